"""Files that hold many papers are cut before they are too large, and nothing else changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.build import manifest, owner, previous, publishing, site
from generator.build.report import Report
from generator.exports import catalog_records, hosts
from generator.model.errors import RemovalError
from tests.build.comparing import assert_clean, assert_told
from tests.command import asked_for, contents, differing, mkdocs
from tests.conftest import MakeCatalog

LIMIT = 6_000
"""Bytes of a file here: the records of about a dozen papers."""

TOPICS = "- slug: ants\n  name: Ants\n  phrases: [ants]\n"


@pytest.fixture(autouse=True)
def small_files() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hosts, "LARGEST_FILE", LIMIT)
        yield


def paper(number: int, **more: Any) -> dict[str, Any]:
    day = f"2025-{number // 25 + 1:02}-{number % 25 + 1:02}"
    title = f"Ants of the {number}th Kind"
    return {"arxiv": named(number), "title": title, "listed": day, "published": day, **more}


def named(number: int) -> str:
    """The id of a paper."""
    return f"2401.{number:05}"


def built(root: Path, papers: list[dict[str, Any]], **options: Any) -> Report:
    """Build a site of these papers; what it says is held against what there is."""
    lines = "".join(json.dumps(one) + "\n" for one in papers)
    (root / "content/sources/papers.jsonl").write_text(lines, "utf-8")
    before = contents(root / "site")
    report = site.build(root, jobs=1, **options)
    after = contents(root / "site")
    assert_told(report, before, after)
    cut = ("downloads/2025", "catalog", "build-manifest")
    found = {name: len(data) for name, data in after.items() if name.startswith(cut)}
    found.pop(catalog_records.SCHEMA)
    assert {name: size for name, size in found.items() if size > LIMIT} == {}
    return report


def catalog(root: Path) -> dict[str, list[str]]:
    """The ids of the papers in each file of the catalog of a site, the newest file first."""
    return {
        path.name: [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]
        for path in catalog_records.catalogs(root / "site")
    }


def ids(root: Path) -> list[str]:
    return [one for part in catalog(root).values() for one in part]


def newest_first(numbers: range) -> list[str]:
    return [named(number) for number in reversed(numbers)]


@pytest.mark.parametrize("looked_through", [previous.LOOKED_THROUGH, 0], ids=["small", "large"])
def test_site_whose_files_grow_beyond_the_limit_and_shrink_again(
    make_catalog: MakeCatalog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    looked_through: int,
) -> None:
    monkeypatch.setattr(previous, "LOOKED_THROUGH", looked_through)
    root = make_catalog(topics=TOPICS)
    papers = [paper(number) for number in range(60)]
    longer = [*papers[:5], paper(5, abstract="On ants. " * 40), *papers[6:]]
    steps = [papers[:8], papers[:40], papers, longer, longer[3:-1], papers[:5]]
    for number, step in enumerate(steps):
        built(root, step, allow_removal=True)
        first = int(step[0]["arxiv"][5:])
        assert ids(root) == newest_first(range(first, first + len(step)))
        assert ("catalog.jsonl" in catalog(root)) == (len(step) < 10)
        assert_clean(root, tmp_path / f"clean{number}/shelf")
    assert not (root / "content/pages/catalog-1.jsonl").exists()


def test_new_papers_change_the_newest_parts_alone(make_catalog: MakeCatalog) -> None:
    root = make_catalog(topics=TOPICS)
    papers = [paper(number) for number in range(64)]
    built(root, papers[:60])
    before = catalog(root)
    assert len(before) > 2
    report = built(root, papers)
    changed = [path for path in report.changed if catalog_records.is_catalog(path)]
    assert 0 < len(changed) <= 2
    assert [path for path in before if path not in changed] == [*before][1:]
    downloads = [path for path in report.changed if path.startswith("downloads/2025")]
    assert "downloads/2025.bib" not in downloads
    assert [path for path in downloads if path.endswith(".bib")]


def test_pages_lead_to_all_parts(make_catalog: MakeCatalog) -> None:
    root = make_catalog(topics=TOPICS, settings={"site_url": "https://example.org/"})
    built(root, [paper(number) for number in range(60)])
    page = (root / "site/downloads/index.html").read_text("utf-8")
    places = [page.index(f'href="../{name}"') for name in catalog(root)]
    assert places == sorted(places)
    guide = (root / "site/llms.txt").read_text("utf-8")
    assert all(f"(https://example.org/{name})" in guide for name in catalog(root))
    assert "(https://example.org/catalog.jsonl)" not in guide


def test_parts_read_back_to_the_same_catalog(make_catalog: MakeCatalog, tmp_path: Path) -> None:
    root = make_catalog(topics=TOPICS)
    built(root, [paper(number) for number in range(60)])
    sources = root / "content/sources"
    (sources / "papers.jsonl").unlink()
    for path in catalog_records.catalogs(root / "site"):
        shutil.copy(path, sources)
    before = {path.name: path.read_bytes() for path in catalog_records.catalogs(root / "site")}
    site.build(root, jobs=1)
    assert {
        path.name: path.read_bytes() for path in catalog_records.catalogs(root / "site")
    } == before


def test_log_of_changes_compares_all_parts(make_catalog: MakeCatalog) -> None:
    root = make_catalog(topics=TOPICS)
    papers = [paper(number) for number in range(60)]
    for is_clean in (False, True):
        built(root, papers)
        log = root / "content/changes.jsonl"
        log.unlink(missing_ok=True)
        built(root, [*papers[2:], paper(70)], clean=is_clean)
        (change,) = owner.load_changes(log)
        assert (change.added, change.updated) == ((named(70),), ())
        assert change.removed == (named(0), named(1))


def test_log_of_changes_says_nothing_where_a_part_is_missing(make_catalog: MakeCatalog) -> None:
    root = make_catalog(topics=TOPICS)
    built(root, [paper(number) for number in range(60)])
    (root / "content/pages/catalog-2.jsonl").unlink()
    site.build(root, jobs=1, clean=True)
    assert owner.load_changes(root / "content/changes.jsonl") == []


def test_most_papers_do_not_go_unnoticed(make_catalog: MakeCatalog) -> None:
    root = make_catalog(topics=TOPICS)
    papers = [paper(number) for number in range(60)]
    built(root, papers)
    before = contents(root / "site")
    with pytest.raises(RemovalError, match="40 of 60 papers"):
        built(root, papers[:20], clean=True)
    assert contents(root / "site") == before


def test_manifest_names_every_other_file(make_catalog: MakeCatalog) -> None:
    root = make_catalog(topics=TOPICS)
    built(root, [paper(number) for number in range(60)])
    found = contents(root / "site")
    parts = [json.loads(found.pop(name)) for name in sorted(found) if manifest.is_part(name)]
    assert len(parts) > 1
    assert {path for part in parts for path in part["files"]} == found.keys()


def test_mkdocs_alone_makes_the_same_files(make_catalog: MakeCatalog) -> None:
    root = make_catalog(topics=TOPICS)
    built(root, [paper(number) for number in range(60)])
    mkdocs(root, "build", "--quiet", "--site-dir", "other")
    found, other = contents(root / "site"), asked_for(root / "other")
    missing = {*filter(manifest.is_part, found), publishing.NO_JEKYLL}
    missing.update(path for path in found if path.endswith(".md"))
    assert differing({path: found[path] for path in found.keys() - missing}, other) == []
    assert "catalog-2.jsonl" in other


def test_files_by_hand_of_similar_names_stay(make_catalog: MakeCatalog, tmp_path: Path) -> None:
    root = make_catalog(topics=TOPICS, settings={"site_url": "https://example.org/"})
    names = ["catalog-9.jsonl", "catalog-old.jsonl", "build-manifest-old.json", "sitemap-old.xml"]
    for name in names:
        (root / "content/pages" / name).write_text(f"{name}\n", "utf-8")
    for count in (30, 31):
        built(root, [paper(number) for number in range(count)])
        assert all((root / "site" / name).read_text("utf-8") == f"{name}\n" for name in names)
        assert_clean(root, tmp_path / f"clean{count}/shelf")
