"""A build after few papers changed makes few files, and gives what a clean build gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import files, folders, neighbours, previous, site
from generator.catalog.listings import authors
from tests.build.comparing import assert_clean, assert_told
from tests.command import contents
from tests.conftest import MakeCatalog

TOPICS = """
- slug: ants
  name: Ants
  phrases: [ants]
- slug: bees
  name: Bees
  phrases: [bees]
"""
NAMES = ("Ada Marsh", "Noor Berg", "Ida Lee", "Wei Wang", "Eva Holm", "Jan Noor")
SEARCHES = [{"title": "On wings", "query": "wings"}]

Change = Callable[[dict[str, list[dict[str, Any]]]], None]


def paper(number: int, **more: Any) -> dict[str, Any]:
    """A paper about ants or bees, by two of some people."""
    about = ("ants", "bees")[number % 2]
    return {
        "id": f"2401.{number:05}",
        "arxiv": f"2401.{number:05}",
        "title": f"{about.title()} of the {number}th Kind",
        "abstract": f"We look at {about}, their wings and nests number {number % 5}. " * 3,
        "authors": [{"name": NAMES[number % 6]}, {"name": NAMES[(number * 5 + 1) % 6]}],
        "listed": f"2025-05-{number % 3 + 1:02}",
        "published": f"2025-04-{number % 7 + 1:02}",
        "venue": ("Ant Meeting", "Bee Days", "")[number % 3],
        **more,
    }


def lists() -> dict[str, list[dict[str, Any]]]:
    return {
        "a.jsonl": [paper(n) for n in range(1, 30)],
        "b.jsonl": [paper(n) for n in range(30, 50)],
        "old.jsonl": [old(n) for n in range(60, 73)],
        "year.jsonl": [of_a_year(n) for n in range(80, 90, 2)],
        "title.jsonl": [by_title(90)],
    }


def old(number: int) -> dict[str, Any]:
    """A paper that has nothing to do with the others: no list has both but that of all titles."""
    about = {"title": f"Moss {number}", "abstract": f"Mosses, as we saw {number} of them."}
    when = {"listed": f"2019-03-{number % 2 + 1:02}", "published": "2019-02-01"}
    return paper(number, **about, **when, authors=[{"name": "Otto Alt"}], venue="Moss Days")


def of_a_year(number: int) -> dict[str, Any]:
    """An old paper of which only the year is known."""
    return old(number) | {"listed": None, "published": "2018"}


def by_title(number: int) -> dict[str, Any]:
    """An old paper that is known by its title alone."""
    return {key: value for key, value in old(number).items() if key not in ("id", "arxiv")}


def write(root: Path, found: dict[str, list[dict[str, Any]]]) -> None:
    folder = root / "content/sources"
    for path in folder.iterdir():
        if path.name not in found:
            path.unlink()
    for name, papers in found.items():
        text = "".join(json.dumps(one) + "\n" for one in papers)
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text:
            (folder / name).write_text(text, "utf-8")


def test_authors_get_and_lose_pages_as_the_catalog_bears(
    make_catalog: MakeCatalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authors, "MOST_PAGES", 3)
    monkeypatch.setattr(authors, "PAPERS_A_PAGE", 1_000)
    root = make_catalog(topics=TOPICS)
    signed: list[tuple[str, ...]] = [
        ("Ada Marsh", "Noor Berg"),
        ("Ada Marsh", "Noor Berg"),
        ("Ida Lee", "Ada Marsh"),
    ]
    sizes = []
    for number, more in enumerate(((), ("Ida Lee",), ("Eva Holm",))):
        signed += [more] if more else []
        papers = [
            paper(place, authors=[{"name": name} for name in names])
            for place, names in enumerate(signed, 1)
        ]
        write(root, {"a.jsonl": papers + [old(n) for n in range(60, 90)]})
        site.build(root, jobs=1)
        assert_clean(root, tmp_path / f"clean{number}/shelf")
        sizes.append(len([*(root / "site/authors").glob("[!l]*-*/index.html")]))
    assert sizes == [3, 2, 2]


def built(
    make_catalog: MakeCatalog, **settings: Any
) -> tuple[Path, dict[str, list[dict[str, Any]]]]:
    """A catalog of these lists that was built, and the lists."""
    root, found = make_catalog(topics=TOPICS, settings=settings), lists()
    write(root, found)
    site.build(root, jobs=1)
    return root, found


def new(found: dict[str, list[dict[str, Any]]]) -> None:
    found["new.jsonl"] = [paper(50, listed="2025-05-04"), paper(51, listed="2025-05-04")]


def no_more(found: dict[str, list[dict[str, Any]]]) -> None:
    found["a.jsonl"].pop()


def other_title(found: dict[str, list[dict[str, Any]]]) -> None:
    found["a.jsonl"][3]["title"] = "Zebras and $x^2$"


def other_text(found: dict[str, list[dict[str, Any]]]) -> None:
    found["b.jsonl"][4]["abstract"] = "Ants, ants and bees without any."


def other_people(found: dict[str, list[dict[str, Any]]]) -> None:
    found["b.jsonl"][4]["authors"] = [{"name": "Ada Marsh"}, {"name": "Somebody New"}]


def once_more(found: dict[str, list[dict[str, Any]]]) -> None:
    """Another source has a paper too, on another day, with an ORCID iD and another id."""
    authors = [{"name": NAMES[2], "orcid": "0000-0002-1825-0097"}]
    found["c.jsonl"] = [
        {"title": paper(2)["title"], "arxiv": "2401.00002", "doi": "10.1000/2", "authors": authors}
    ]


def withdrawn(found: dict[str, list[dict[str, Any]]]) -> None:
    found["a.jsonl"][7]["withdrawn"] = "withdrawn"


def same_key(found: dict[str, list[dict[str, Any]]]) -> None:
    """An earlier paper takes the citation key of a later one."""
    twin = paper(52, listed="2025-05-01", published="2025-04-01")
    like = paper(5)
    found["new.jsonl"] = [twin | {"title": like["title"] + " Again", "authors": like["authors"]}]


def votes(found: dict[str, list[dict[str, Any]]]) -> None:
    found["b.jsonl"][9]["upvotes"] = 7


def on_another_day(found: dict[str, list[dict[str, Any]]]) -> None:
    """A paper is put on the list of a later day, too, among those that were first there."""
    found["again.jsonl"] = [paper(3, listed="2025-05-03")]


def into_a_year(found: dict[str, list[dict[str, Any]]]) -> None:
    """A paper comes between two others of its year."""
    found["year.jsonl"].append(of_a_year(83))


def out_of_a_year(found: dict[str, list[dict[str, Any]]]) -> None:
    """A paper is put on the list of a day, and so leaves that of its year."""
    found["again.jsonl"] = [of_a_year(82) | {"listed": "2025-05-04"}]


def another_id(found: dict[str, list[dict[str, Any]]]) -> None:
    """Another source knows a paper's DOI, so its address leads to another one."""
    found["doi.jsonl"] = [by_title(90) | {"doi": "10.1000/90"}]


CHANGES: list[Change] = [
    *(new, no_more, other_title, other_text, other_people, once_more, withdrawn, same_key, votes),
    *(on_another_day, into_a_year, out_of_a_year, another_id),
]


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog that was built. Who changes it changes it back."""
    root = tmp_path_factory.mktemp("unchanged") / "shelf"
    folders.new(root)
    config = root / "mkdocs.yml"
    own = {"papers_per_page": 4, "searches": SEARCHES}
    values = {"site_url": "https://example.org/shelf/", "extra": {"papershelf": own}}
    config.write_text(yaml.safe_dump(yaml.safe_load(config.read_text("utf-8")) | values))
    (root / "content/topics.yml").write_text(TOPICS, "utf-8")
    write(root, lists())
    site.build(root, jobs=1)
    return root


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_few_papers_change_and_change_back(unchanged: Path, tmp_path: Path, change: Change) -> None:
    root, found = unchanged, lists()
    before = contents(root / "site")
    change(found)
    write(root, found)
    report = site.build(root, jobs=1)
    assert 0 < len(report.changed) < report.size.files
    between = contents(root / "site")
    assert_told(report, before, between)
    assert_clean(root, tmp_path / "clean/shelf")
    write(root, lists())
    report = site.build(root, jobs=1)
    assert_told(report, between, contents(root / "site"))
    assert_clean(root, tmp_path / "clean/shelf")


def test_what_large_catalogs_leave_to_other_processes_makes_the_same(
    make_catalog: MakeCatalog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root, found = built(make_catalog)
    monkeypatch.setattr(previous, "LOOKED_THROUGH", 0)
    monkeypatch.setattr(neighbours, "MANY", 0)
    site.build(root, jobs=2, clean=True)
    for change in (new, other_text, no_more):
        before = contents(root / "site")
        change(found)
        write(root, found)
        assert_told(site.build(root, jobs=2), before, contents(root / "site"))
        assert_clean(root, tmp_path / "clean/shelf")
        assert site.build(root, jobs=2).seconds == {}  # what lay there afterwards was seen


@pytest.mark.parametrize("named", ["days/2025-05-04.md", "authors/ada-marsh.md"])
def test_where_the_navigation_changes_all_are_looked_at(
    make_catalog: MakeCatalog, tmp_path: Path, named: str
) -> None:
    root = make_catalog(topics=TOPICS, settings={"nav": ["index.md", {"Named": named}]})
    found = lists()
    for change in (votes, new, no_more, lambda found: found.pop("new.jsonl")):
        change(found)
        write(root, found)
        site.build(root, jobs=1)
        assert_clean(root, tmp_path / "clean/shelf")


def test_where_many_papers_change_all_are_looked_at(
    make_catalog: MakeCatalog, tmp_path: Path
) -> None:
    root, found = built(make_catalog)
    write(root, {"b.jsonl": found["b.jsonl"]})
    site.build(root, jobs=1, allow_removal=True)
    assert_clean(root, tmp_path / "clean/shelf")


def test_pages_come_first_and_the_search_index_with_the_next_build(
    make_catalog: MakeCatalog, tmp_path: Path
) -> None:
    root, found = built(make_catalog)
    for title in ("On Zebras", "On Quaggas"):
        found["a.jsonl"][3]["title"] = title
        write(root, found)
        report = site.build(root, jobs=1, search_later=True)
        assert f"papers/{paper(4)['id']}/index.html" in report.changed
        assert report.index.changed_files == 0
    assert site.build(root, jobs=1).index.changed_files > 0
    assert_clean(root, tmp_path / "clean/shelf")
    assert site.build(root, jobs=1).changed == ()


def test_pages_by_hand_stay_and_follow_what_they_lead_to(
    make_catalog: MakeCatalog, tmp_path: Path
) -> None:
    gone, there, coming = (f"papers/{paper(number)['id']}" for number in (29, 5, 50))
    by_hand = f"# Ours\n\nSee [one](../{gone}.md), [two](../{there}.md), [three](../{coming}.md).\n"
    nav = ["index.md", {"Topics": "topics/index.md"}, {"Ours": "topics/ours.md"}]
    root = make_catalog(topics=TOPICS, settings={"nav": nav})
    files.write_file(root / "content/pages/topics/ours.md", by_hand)
    found = lists()
    write(root, found)
    site.build(root, jobs=1)
    shown = root / "site/topics/ours/index.html"
    for change, told in ((other_text, False), (no_more, True), (new, True), (votes, False)):
        change(found)
        write(root, found)
        before = shown.stat().st_mtime_ns
        report = site.build(root, jobs=1)
        assert (shown.stat().st_mtime_ns != before) == told
        assert "topics/ours/index.html" not in report.removed
        assert_clean(root, tmp_path / "clean/shelf")
    assert f'href="../../{there}/"' in shown.read_text("utf-8")
    assert f'href="../../{coming}/"' in shown.read_text("utf-8")
    assert f'href="../../{gone}/"' not in shown.read_text("utf-8")
