"""Making a catalog, and putting lists into it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.build import config, folders, site
from generator.build.loading import read_catalog
from generator.model.errors import NoPapersError, UsageError
from generator.model.settings import Settings
from tests.command import contents, page
from tests.conftest import MakeCatalog

DAY = date(2025, 8, 7)


@pytest.fixture
def catalog(make_catalog: MakeCatalog) -> Settings:
    settings, _ = config.load(make_catalog())
    return settings


def put(tmp_path: Path, text: str | bytes, name: str = "list.txt") -> Path:
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


# New


def test_new_catalog_builds_as_it_is(tmp_path: Path) -> None:
    root = tmp_path / "shelf"
    folders.new(root)
    report = site.build(root)
    assert report.papers == 1
    assert report.problems == ()
    assert report.by_hand == ()


def test_new_catalog_ignores_in_git_what_a_build_makes_but_for_what_is_permanent(
    tmp_path: Path,
) -> None:
    root = tmp_path / "shelf"
    folders.new(root)
    before = set(contents(root))
    site.build(root)
    ignored = [line for line in (root / ".gitignore").read_text("utf-8").split() if line[0] == "/"]
    made = {
        name
        for name in set(contents(root)) - before
        if not any(
            f"/{name}".startswith(line)
            if line.endswith("/")
            else any(Path(f"/{part}").match(line) for part in (name, *Path(name).parents))
            for line in ignored
        )
    }
    assert made == {"content/permanent.tsv"}


def test_example_may_be_deleted(tmp_path: Path) -> None:
    root = tmp_path / "shelf"
    folders.new(root)
    (example,) = (root / "content/sources").iterdir()
    example.unlink()
    assert site.build(root).papers == 0


def test_new_catalog_goes_into_an_empty_folder(tmp_path: Path) -> None:
    folders.new(tmp_path)
    assert (tmp_path / "mkdocs.yml").is_file()
    assert config.load(tmp_path)[0].site_name == tmp_path.name


@pytest.mark.parametrize("file", ["notes.txt", ".git"])
def test_folder_with_anything_in_it_is_refused_and_stays(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="expected an empty folder"):
        folders.new(tmp_path)
    assert contents(tmp_path) == {file: b"mine"}


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="expected an empty folder"):
        folders.new(put(tmp_path, "mine"))


@pytest.mark.parametrize(
    "name", ["Ünïcode päpers", "it's: a #test", "50% {{ off }}", 'a"b', "列表"]
)
def test_name_of_the_folder_becomes_the_name_of_the_site(tmp_path: Path, name: str) -> None:
    root = tmp_path / name
    folders.new(root)
    assert config.load(root)[0].site_name == name


# Add


def test_list_is_copied_byte_for_byte_under_its_own_name(catalog: Settings, tmp_path: Path) -> None:
    text = page("2025-08-07", ["A Paper"]).replace("\n", "\r\n")
    target, reading = folders.add(put(tmp_path, text, "my list.txt"), catalog)
    assert target == catalog.sources / "my list.txt"
    assert target.read_bytes() == text.encode()
    assert [paper.title for paper in reading.papers] == ["A Paper"]
    assert reading.papers[0].sources[0].file == "my list.txt"


def test_same_list_again_changes_nothing(catalog: Settings, tmp_path: Path) -> None:
    file = put(tmp_path, page("Aug 7", ["A Paper"]))
    for day in (None, None):
        folders.add(file, catalog, day)
    assert len(list(catalog.sources.iterdir())) == 1


def test_another_list_of_the_same_name_is_refused(catalog: Settings, tmp_path: Path) -> None:
    old = page("2025-08-07", ["A Paper"])
    folders.add(put(tmp_path, old), catalog)
    with pytest.raises(UsageError, match="found another list"):
        folders.add(put(tmp_path, page("2025-08-08", ["Another Paper"])), catalog)
    assert (catalog.sources / "list.txt").read_text("utf-8") == old


def test_lists_of_two_days_may_have_one_name(catalog: Settings, tmp_path: Path) -> None:
    folders.add(put(tmp_path, page("Aug 7", ["A Paper"])), catalog, DAY)
    second, reading = folders.add(
        put(tmp_path, page("Aug 8", ["Another Paper"])), catalog, date(2025, 8, 8)
    )
    assert second.name == "2025-08-08-list.txt"
    assert reading.papers[0].days == (date(2025, 8, 8),)
    assert len(list(catalog.sources.iterdir())) == 2


PLAIN = page("Aug 7", ["A Paper"])


@pytest.mark.parametrize(
    "before",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        "date: 2019-01-01\n" + PLAIN,
        "date: 2019-01-01\n\n" + PLAIN,
        "Date: 2019-01-01\n" + PLAIN,
        "---\ndate: 2019-01-01\n---\n\n" + PLAIN,
        "---\ndate:  2019-01-01  \n---   \n" + PLAIN,
        "\n\n---\ndate: 2019-01-01\n---\n" + PLAIN,
        ("---\ndate: 2019-01-01\n---\n\n" + PLAIN).replace("\n", "\r\n"),
        ("date: 2019-01-01\n" + PLAIN).replace("\n", "\r\n"),
        "\ufeff---\ndate: 2019-01-01\n---\n" + PLAIN,
    ],
)
def test_date_is_written_above_and_replaces_an_older_one(
    catalog: Settings, tmp_path: Path, before: str
) -> None:
    target, reading = folders.add(put(tmp_path, before), catalog, DAY)
    after = target.read_text("utf-8")
    assert after.startswith("---\ndate: 2025-08-07\n---\n")
    assert "2019" not in after
    assert "\ufeff" not in after
    assert reading.problems == ()
    assert [(paper.title, paper.days) for paper in reading.papers] == [("A Paper", (DAY,))]


def test_date_joins_other_lines_of_front_matter(catalog: Settings, tmp_path: Path) -> None:
    for number, lines in enumerate(("by: Ada\n", "by: Ada\ndate: 2019-01-01\n")):
        file = put(tmp_path, f"---\n{lines}---\n{PLAIN}", f"{number}.txt")
        target, reading = folders.add(file, catalog, DAY)
        assert target.read_text("utf-8") == f"---\ndate: {DAY}\nby: Ada\n---\n\n{PLAIN}"
        assert reading.papers[0].days == (DAY,)


def test_date_leaves_the_rest_of_the_list_as_it_was(catalog: Settings, tmp_path: Path) -> None:
    target, _ = folders.add(put(tmp_path, PLAIN), catalog, DAY)
    assert target.read_text("utf-8") == f"---\ndate: 2025-08-07\n---\n\n{PLAIN}"


def test_added_list_says_what_a_build_will_say(catalog: Settings, tmp_path: Path) -> None:
    _, reading = folders.add(put(tmp_path, PLAIN), catalog)
    assert reading.problems == read_catalog(catalog).problems


BIBTEX = "@article{a, title = {A Paper}, year = 2024}\n"
TABLE = "title,listed\nA Paper,\nAnother Paper,2025-08-01\n"
RIS = "TY  - JOUR\nTI  - A Paper\nER  - \n"


@pytest.mark.parametrize(
    ("name", "text"), [("export.bib", BIBTEX), ("list.csv", TABLE), ("a.ris", RIS)]
)
def test_date_of_any_other_format_is_said_by_its_name_and_no_byte_changes(
    catalog: Settings, tmp_path: Path, name: str, text: str
) -> None:
    target, reading = folders.add(put(tmp_path, text, name), catalog, DAY)
    assert target == catalog.sources / f"listed-2025-08-07-{name}"
    assert target.read_text("utf-8") == text
    days = {paper.title: paper.days for paper in read_catalog(catalog).papers}
    assert days.pop("A Paper") == (DAY,)
    assert set(days.values()) <= {(date(2025, 8, 1),)}, "a day of its own stays"
    assert reading.problems == ()


def test_a_day_in_another_name_makes_no_list_of_that_day(catalog: Settings, tmp_path: Path) -> None:
    for name in ("2025-08-07-export.bib", "export listed-2025-08-07.bib"):
        _, reading = folders.add(put(tmp_path, BIBTEX, name), catalog)
        assert reading.papers[0].days == ()


SOMETHING_ELSE = {
    "page.html": "<!doctype html><title>Papers</title><p>Soon.</p>",
    "run.py": "import os\n\n\ndef run():\n    pass\n",
    "table.csv": "user,post\na,1\n",
    "empty.txt": "",
    "untitled.bib": "@article{a, year = 2024}\n",
}


@pytest.mark.parametrize("name", SOMETHING_ELSE)
@pytest.mark.parametrize("day", [None, DAY])
def test_file_without_a_paper_is_not_copied_dated_or_not(
    catalog: Settings, tmp_path: Path, name: str, day: date | None
) -> None:
    before = contents(catalog.root)
    with pytest.raises(NoPapersError, match=f"{name}: not added: .+"):
        folders.add(put(tmp_path, SOMETHING_ELSE[name], name), catalog, day, replace=True)
    assert contents(catalog.root) == before


@pytest.mark.parametrize("day", [None, DAY])
@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        (BIBTEX, BIBTEX.replace("A Paper", "Another Paper"), "export.bib"),
        (page("Aug 7", ["A Paper"]), page("Aug 7", ["Another Paper"]), "list.txt"),
    ],
)
def test_a_new_export_takes_the_place_of_the_old_one_where_that_is_said(
    catalog: Settings, tmp_path: Path, old: str, new: str, name: str, day: date | None
) -> None:
    first, _ = folders.add(put(tmp_path, old, name), catalog, day)
    if name.endswith(".bib") or not day:
        with pytest.raises(UsageError, match="Say --replace if"):
            folders.add(put(tmp_path, new, name), catalog, day)
    second, reading = folders.add(put(tmp_path, new, name), catalog, day, replace=True)
    assert second == first
    assert [path.name for path in catalog.sources.iterdir()] == [first.name]
    assert [paper.title for paper in reading.papers] == ["Another Paper"]


def test_replacing_keeps_the_list_of_another_day(catalog: Settings, tmp_path: Path) -> None:
    for day in (DAY, date(2025, 8, 8), date(2025, 8, 8)):
        text = page(f"Aug {day.day}", [f"A Paper of {day}"])
        folders.add(put(tmp_path, text), catalog, day, replace=True)
    names = sorted(path.name for path in catalog.sources.iterdir())
    assert names == ["2025-08-08-list.txt", "list.txt"]
    assert {paper.days for paper in read_catalog(catalog).papers} == {(DAY,), (date(2025, 8, 8),)}


def test_a_file_is_read_as_if_it_lay_in_the_catalog(catalog: Settings, tmp_path: Path) -> None:
    outside = put(tmp_path, page("Aug 7", ["A Paper"]), "2025-08-07.txt")
    inside = catalog.sources / "2025-08-08" / "list.txt"
    inside.parent.mkdir(parents=True)
    inside.write_text(page("Aug 8", ["A Paper"]), "utf-8")
    days = [folders.reading(file, catalog.sources).papers[0].days for file in (outside, inside)]
    assert days == [(DAY,), (date(2025, 8, 8),)]
