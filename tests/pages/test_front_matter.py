"""Front matter that YAML and we read alike."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils import meta

from generator.pages import front_matter

TEXT = st.text(st.characters(codec="utf-8"), min_size=1)
VALUES = TEXT | st.lists(TEXT, min_size=1) | st.dates() | st.just({"exclude": True}) | st.just(True)

# Names of keys are ours: none that YAML takes for something else, as it does `no`.
KEYS = st.from_regex("[a-z_]{1,8}", fullmatch=True).filter(lambda key: yaml.safe_load(key) == key)


@example({"title": "\x7f and \x85"}, "")
@given(st.dictionaries(KEYS, VALUES), st.text("a\n-# "))
def test_mkdocs_reads_what_we_read(front: dict[str, object], body: str) -> None:
    front.pop("generator", None)
    page = front_matter.dumps(front) + "\n" + body
    rest, found = meta.get_data(page)
    assert found == front | {"generator": "papershelf"}
    assert front_matter.split(page.encode()) == (found, rest.encode())
    assert front_matter.is_generated(page)


def test_what_is_unknown_is_left_out() -> None:
    assert front_matter.dumps({"title": "A", "venue": "", "next": None, "tags": []}) == (
        '---\ntitle: "A"\ngenerator: papershelf\n---\n'
    )


def test_a_day_is_a_date_of_yaml() -> None:
    page = front_matter.dumps({"date": date(2025, 8, 7)})
    assert yaml.safe_load(page.split("---\n")[1])["date"] == date(2025, 8, 7)


@pytest.mark.parametrize(
    "page",
    ["# By hand\n", "---\ntitle: By hand\n---\n", "---\ntitle: a\ngenerator: papershelf\n---\n"],
)
def test_front_matter_of_others_is_not_ours_to_read(page: str) -> None:
    assert front_matter.split(page.encode()) is None
