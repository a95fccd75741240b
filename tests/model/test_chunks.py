"""Rows in chunks that stay as they are where something is put in between."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.model import chunks

ROWS = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 90)))


@given(sizes=ROWS, most=st.integers(1, 200))
def test_parts_by_size_have_all_in_order_and_are_not_too_large(
    sizes: list[tuple[int, int]], most: int
) -> None:
    rows = ((str(number), size, number) for number, size in enumerate(sizes))
    parts = list(chunks.parts_by_size(rows, most))
    assert [number for part in parts for number in part] == list(range(len(sizes)))
    assert all(parts)
    for part in parts:
        total = max(map(sum, zip(*(sizes[number] for number in part), strict=True)))
        assert total <= most or len(part) == 1
    every = list(map(sum, zip(*sizes, strict=True)))
    assert len(parts) <= 1 or max(every) > most


def test_parts_by_size_stay_where_one_of_them_changes() -> None:
    ids = [f"p{number}" for number in range(40_000)]
    sizes = dict.fromkeys(ids, 10)

    def parts(ids: list[str]) -> list[list[str]]:
        return list(
            chunks.parts_by_size(((one, [sizes.get(one, 10)], one) for one in ids), 100_000)
        )

    before = parts(ids)
    sizes["p50"] = 400
    for after in (ids, ids[:70] + ids[71:], [*ids, "p40000"]):
        changed = [part for part in parts(after) if part not in before]
        assert len(changed) <= 1
    assert all(75_000 <= 10 * len(part) <= 100_000 for part in before[:-1])
