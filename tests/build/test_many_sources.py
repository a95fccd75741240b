"""A catalog of several formats at once, built: one page a paper; old addresses still lead."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.build import site, state
from tests.build.many_sources import LISTED, SOURCES
from tests.command import page, papershelf
from tests.conftest import MakeCatalog
from tests.validation import errors


@pytest.fixture
def root(make_catalog: MakeCatalog) -> Path:
    return make_catalog(SOURCES)


def record(root: Path) -> dict[str, object]:
    line = (root / "site/catalog.jsonl").read_text("utf-8").splitlines()[0]
    found: dict[str, object] = json.loads(line)
    return found


def test_three_sources_of_one_paper_are_one_page(root: Path) -> None:
    report = site.build(root).as_json()
    assert {key: report[key] for key in ("papers", "records", "merged", "problems")} == {
        "papers": 1,
        "records": 3,
        "merged": 2,
        "problems": [],
    }
    found = record(root)
    assert (found["id"], found["upvotes"], found["comments"]) == ("2508.01234", 12, 2)
    assert (found["venue"], found["listed"]) == ("Proc. of Ants", "2025-08-07")
    assert found["authors"] == [{"name": "José García", "id": "jose-garcia"}]
    assert {s["file"]: s.get("fields") for s in found["sources"]} == {  # type: ignore[attr-defined]
        "2025-08-07.json": ["abstract", "arxiv", "authors", "published", "title", "upvotes"],
        "library.ris": ["venue"],
        "pasted/2025-08-07.txt": None,
    }


def test_old_address_leads_to_the_new_one_and_every_page_is_valid(root: Path) -> None:
    (root / "content/sources/2025-08-07.json").unlink()
    site.build(root)
    old = "papers/counting-ants-on-the-way-to-work/"
    assert "Counting Ants" in (root / "site" / old / "index.html").read_text("utf-8")
    (root / "content/sources/2025-08-07.json").write_text(json.dumps([LISTED]), "utf-8")
    site.build(root)
    text = (root / "site" / old / "index.html").read_text("utf-8")
    (target,) = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', text)
    assert (root / "site" / old / target / "index.html").resolve().is_file()
    assert errors(root / "site") == []
    (root / "content/sources/pasted/2025-08-07.txt").unlink()
    (root / "content/sources/library.ris").unlink()
    site.build(root)
    assert not (root / "site" / old).exists()


def test_former_pages_go_also_where_the_store_is_lost(root: Path) -> None:
    site.build(root)
    (root / state.STORE).unlink()
    for name in ("pasted/2025-08-07.txt", "library.ris"):
        (root / "content/sources" / name).unlink()
    site.build(root)
    assert not (root / "site/papers/counting-ants-on-the-way-to-work").exists()
    assert not (root / "content/pages/papers/counting-ants-on-the-way-to-work").exists()


def test_withdrawn_paper_keeps_its_page_and_leaves_everything_else(
    make_catalog: MakeCatalog,
) -> None:
    gone = LISTED | {"paper": {**LISTED["paper"], "withdrawnAt": "2025-08-09"}}  # type: ignore[dict-item]
    root = make_catalog({"2025-08-07.json": json.dumps([gone]), "x.txt": page("2025-08-07", ["B"])})
    site.build(root)
    holding = {
        path.relative_to(root / "site").as_posix()
        for path in (root / "site").rglob("*")
        if path.suffix in (".html", ".xml", ".json", ".jsonl")
        and "Counting Ants" in path.read_text("utf-8")
    }
    assert holding == {
        "papers/2508.01234/index.html",
        "catalog.jsonl",
    }
    assert record(root)["withdrawn"] == "withdrawn"


def test_bombs_end_in_problems(make_catalog: MakeCatalog) -> None:
    crowd = [{"name": f"A{number}"} for number in range(10**6)]
    crowded = LISTED | {"paper": {**LISTED["paper"], "authors": crowd}}  # type: ignore[dict-item]
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    root = make_catalog(
        {
            "crowd.json": json.dumps([crowded]),
            "laughs.xml": f"<!DOCTYPE article [{laughs}]><article>&l11;</article>",
            "deep.xml": "<article>" + "<front>" * 100_000,
            "deep.json": '[{"paper": ' * 100_000,
        }
    )
    with (root / "content/sources/line.jsonl").open("wb") as endless:
        endless.truncate(2**30)
    run = papershelf(root, "check", "--json")
    assert "Traceback" not in run.stderr
    report = json.loads(run.stdout)
    assert report["papers"] == 0
    assert {problem["file"] for problem in report["problems"]} == {
        *("crowd.json", "laughs.xml", "deep.xml", "deep.json", "line.jsonl")
    }


def test_unknown_kind_is_told_by_what_it_looks_like(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    (problem,) = site.build(root).problems
    assert "found XML with the root <svg>" in problem.reason
