"""The log of what became of the catalog from build to build."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import site
from generator.catalog import changes
from generator.catalog.changes import Change
from generator.model.errors import ConfigError, UsageError
from generator.model.settings import CHANGES
from tests.conftest import MakeCatalog

DAY = "2025-05-01"


def catalog_of(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def compare(old: str, new: str, date: str) -> Change:
    lines = {changes.digest(line): line for line in new.encode().splitlines(keepends=True)}
    return changes.compare(
        old.encode().splitlines(keepends=True),
        lines,
        lambda digests: map(lines.__getitem__, sorted(digests)),
        date,
    )


def record(id: str, title: str = "A title", **more: Any) -> dict[str, Any]:
    return {"id": id, "title": title, **more}


def test_first_build_has_nothing_to_compare_with() -> None:
    assert compare("", catalog_of(record("a")), DAY) == Change(date=DAY)


def test_old_catalog_that_was_cut_short_is_nothing_to_compare_with() -> None:
    old, new = catalog_of(record("a"), record("b")), catalog_of(record("b"), record("c"))
    assert compare(old[:-5], new, DAY) == Change(date=DAY)


def test_new_papers_are_added_and_others_removed() -> None:
    change = compare(catalog_of(record("a")), catalog_of(record("b")), DAY)
    assert change == Change(date=DAY, added=("b",), removed=("a",))


def test_another_title_is_an_update_and_other_votes_are_not() -> None:
    old = catalog_of(record("a"), record("b", upvotes=1))
    new = catalog_of(record("a", "Another title"), record("b", upvotes=2))
    assert compare(old, new, DAY) == Change(date=DAY, updated=("a",))


def test_new_version_is_an_update() -> None:
    old, new = catalog_of(record("a", version=1)), catalog_of(record("a", version=2))
    assert compare(old, new, DAY).updated == ("a",)


def test_paper_that_is_withdrawn_is_said_once() -> None:
    listed, gone = record("a"), record("a", withdrawn="withdrawn")
    assert compare(catalog_of(listed), catalog_of(gone), DAY).withdrawn == ("a",)
    later = compare(catalog_of(gone), catalog_of(gone | {"rank": 2}), DAY)
    assert later == Change(date=DAY)


def test_paper_that_is_withdrawn_no_more_is_added() -> None:
    listed, gone = record("a"), record("a", "Another title", withdrawn="withdrawn")
    assert compare(catalog_of(gone), catalog_of(listed), DAY) == Change(date=DAY, added=("a",))


def test_paper_under_a_better_id_is_neither_added_nor_removed() -> None:
    old = catalog_of(record("a-title"), record("another-title"))
    new = catalog_of(record("2305.00001", former_ids=["a-title", "another-title"]))
    assert compare(old, new, DAY) == Change(date=DAY)


def test_changes_of_one_day_are_joined() -> None:
    log = changes.extended([], Change(date=DAY, added=("a", "b"), updated=("x",)))
    log = changes.extended(log, Change(date=DAY, updated=("a", "y"), removed=("c",)))
    assert log == [Change(date=DAY, added=("a", "b"), updated=("x", "y"), removed=("c",))]


LISTED, REVISED = record("a"), record("a", "Another title")
GONE = record("a", withdrawn="withdrawn")


@pytest.mark.parametrize(
    ("states", "kind"),
    [
        ([None, LISTED, None], None),
        ([None, LISTED, REVISED], "added"),
        ([None, LISTED, GONE], "withdrawn"),
        ([None, LISTED, None, LISTED], "added"),
        ([LISTED, None, LISTED], None),
        ([LISTED, None, GONE], "withdrawn"),
        ([LISTED, GONE, LISTED], None),
        ([LISTED, GONE, LISTED, GONE], "withdrawn"),
        ([LISTED, GONE, None], "removed"),
        ([LISTED, GONE, None, GONE], "withdrawn"),
        ([LISTED, REVISED, None], "removed"),
        ([LISTED, REVISED, GONE], "withdrawn"),
        ([GONE, LISTED, REVISED], "added"),
        ([GONE, LISTED, None], None),
        ([GONE, None, LISTED], None),
    ],
)
def test_a_day_says_what_became_of_a_paper_all_told(
    states: list[dict[str, Any] | None], kind: str | None
) -> None:
    day_before = Change(date="2025-04-30", added=("a", "b"))
    log = [day_before]
    for old, new in pairwise(states):  # another paper stays, as without lines there is no catalog
        before, after = (catalog_of(record("b"), *filter(None, [one])) for one in (old, new))
        log = changes.extended(log, compare(before, after, DAY))
    expected = Change(date=DAY, **{kind: ("a",)}) if kind else None
    assert log == [day_before, *filter(None, [expected])]


def test_change_of_another_day_stands_by_itself_and_none_leaves_the_log_as_it_is() -> None:
    one, other = Change(date=DAY, added=("a",)), Change(date="2025-05-02", added=("b",))
    log = changes.extended([one], other)
    assert log == [one, other]
    assert changes.extended(log, Change(date="2025-05-03")) == log


def test_log_does_not_grow_for_ever() -> None:
    log: list[Change] = []
    for number in range(changes.KEPT + 5):
        log = changes.extended(log, Change(date=f"{number:04}", added=("a",)))
    assert len(log) == changes.KEPT
    assert log[-1].date == f"{changes.KEPT + 4:04}"


IDS = st.lists(st.text("abc-", min_size=1), max_size=3).map(tuple)
DATES = st.dates().map(str) | st.sampled_from(["", "2025", "2025-05"])


@given(st.lists(st.builds(Change, date=DATES, added=IDS, updated=IDS, removed=IDS)))
def test_log_reads_back_as_it_was_written(log: list[Change]) -> None:
    assert changes.parse(changes.lines(log).encode(), "changes.jsonl") == log


@pytest.mark.parametrize("broken", ["{", "[]", '{"added": ["a"]}', '{"date": 3}'])
def test_broken_log_says_which_file_and_what_to_do(broken: str) -> None:
    with pytest.raises(ConfigError, match=r"shelf/changes\.jsonl.*delete the file"):
        changes.parse(f"{broken}\n".encode(), "shelf/changes.jsonl")


def test_builds_write_the_log_and_its_page(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"2025-05-01.yml": "- title: On the Language of Ants\n"})
    site.build(root)
    assert not (root / CHANGES).exists()
    assert not (root / "site/changes").exists()

    source = root / "content/sources/2025-05-02.yml"
    source.write_text("- title: On the Language of Bees\n  date: 2025-05-02\n", "utf-8")
    site.build(root)
    (line,) = (root / CHANGES).read_text("utf-8").splitlines()
    assert json.loads(line)["added"] == ["on-the-language-of-bees"]
    page = (root / "site/changes/index.html").read_text("utf-8")
    assert "On the Language of Bees" in page
    assert "On the Language of Ants" not in page


def test_log_has_the_day_of_the_build_and_earlier_lines_keep_theirs(
    make_catalog: MakeCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_catalog({"2025-05-01.yml": "- title: On the Language of Ants\n"})
    site.build(root, jobs=1)
    (root / CHANGES).write_text(
        '{"date": "2025-05-02", "added": ["x"]}\n{"date": "2025"}\n', "utf-8"
    )
    source = root / "content/sources/2025-05-03.yml"
    for epoch in ("86399", "86400", ""):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        if not epoch:
            monkeypatch.delenv("SOURCE_DATE_EPOCH")
        source.write_text(f"- title: On the Language of Bees, Part {epoch}\n", "utf-8")
        site.build(root, jobs=1)
    lines = (root / CHANGES).read_text("utf-8").splitlines()
    found = [json.loads(line)["date"] for line in lines]
    assert found[:4] == ["2025-05-02", "2025", "1970-01-01", "1970-01-02"]
    days = {datetime.now(UTC) - timedelta(minutes=n) for n in (0, 10)}
    assert found[4] in {day.date().isoformat() for day in days}  # it may be midnight
    page = (root / "site/changes/index.html").read_text("utf-8")
    assert "2 January 1970" in page


@pytest.mark.parametrize("epoch", ["yesterday", "1e9", "9" * 30, "9" * 5000, ""])
def test_day_that_is_none_is_said(
    make_catalog: MakeCatalog, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    root = make_catalog({"2025-05-01.yml": "- title: On the Language of Ants\n"})
    site.build(root, jobs=1)
    (root / "content/sources/b.yml").write_text("- title: On the Language of Bees\n", "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    for clean in (False, True):
        with pytest.raises(UsageError, match=r"SOURCE_DATE_EPOCH: expected seconds .* found “"):
            site.build(root, jobs=1, clean=clean)


def test_paper_that_comes_back_the_same_day_leaves_no_trace(make_catalog: MakeCatalog) -> None:
    ants, bees = ({"title": f"On the Language of {name}"} for name in ("Ants", "Bees"))
    root = make_catalog()
    source = root / "content/sources/papers.jsonl"

    def build(*papers: dict[str, str]) -> str:
        source.write_text(catalog_of(*papers), "utf-8")
        site.build(root, jobs=1)
        return (root / CHANGES).read_text("utf-8") if (root / CHANGES).exists() else ""

    assert build(ants, bees) == ""
    assert "withdrawn" in build(ants, bees | {"withdrawn": "retracted"})
    assert "removed" in build(ants)
    assert build(ants, bees) == ""
    assert "withdrawn" in build(ants, bees | {"withdrawn": "retracted"})
    assert (root / "site/changes/index.html").is_file()
    assert build(ants, bees) == ""
    assert not (root / "site/changes").exists()


def test_log_makes_the_same_page_in_a_clean_build(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"a.yml": "- title: On the Language of Ants\n"})
    site.build(root)
    (root / "content/sources/b.yml").write_text("- title: On the Language of Bees\n", "utf-8")
    site.build(root)
    page = (root / "site/changes/index.html").read_bytes()
    site.build(root, clean=True)
    assert (root / "site/changes/index.html").read_bytes() == page
