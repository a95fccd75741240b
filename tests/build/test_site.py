"""The whole way, from sources to a site: what comes out, that it is the same, that it is safe."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date
from hashlib import sha256
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.build import config, files, manifest, publishing, reuse, site, state
from generator.build.report import Report
from generator.build.store import Store
from generator.model.errors import UsageError
from generator.model.settings import CHANGES
from generator.pages.front_matter import is_generated
from tests.command import contents, differing, numbered, page, papershelf
from tests.conftest import REAL_PAGE, REPOSITORY, MakeCatalog
from tests.sources.real_page import needs_real_page, real_pairs

LISTS = {
    "2025-05-01.txt": page("May 1", ["On Ants", "On Bees", "Ölüm & Taxes", "The 7th"]),
    "2025/may 2.txt": page("May 2", ["On Cats", "On Ants", "语言模型"]),
    "undated.txt": page("May 3", ["On Dogs"]),
    "sub/2024-12-31.txt": page("Dec 31", ["On Eels"], "It is about eels and eels. It ends."),
}
TOPICS = (
    "- {slug: eels, name: Eels, phrases: [eels]}\n- {slug: ants, name: Ants, phrases: [ants]}\n"
)


def catalog_of(root: Path) -> list[dict[str, object]]:
    text = (root / "site/catalog.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def made(root: Path) -> dict[str, bytes]:
    """All that a build makes: the site and the generated pages."""
    return contents(root / "site") | {
        f"pages/{name}": data for name, data in contents(root / "content/pages").items()
    }


# What comes out


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    """The copied page, built by the command in a new catalog, and what that printed."""
    root = tmp_path_factory.mktemp("real") / "shelf"
    papershelf(root.parent, "new", "shelf")
    (root / "content/sources/example.txt").unlink()
    shutil.copy(REAL_PAGE, root / "content/sources/2025-08-07.txt")
    run = papershelf(root, "build", "--json", "--strict")
    assert run.returncode == 0, run.stderr
    return root, json.loads(run.stdout)


@needs_real_page
def test_real_page_becomes_78_pages_without_a_problem(
    real: tuple[Path, dict[str, object]],
) -> None:
    root, report = real
    expected = {"papers": 78, "pages": 78, "rendered": 78, "unchanged": 0, "problems": []}
    assert {key: report[key] for key in expected} == expected
    assert len(list((root / "site/papers").glob("*/index.html"))) == 78


@needs_real_page
def test_real_page_is_whole_in_the_catalog_for_machines(
    real: tuple[Path, dict[str, object]],
) -> None:
    records = catalog_of(real[0])
    assert [(record["title"], record["abstract"]) for record in records] == real_pairs()
    keys = ["id", "url", "title", "abstract", "listed", "rank", "topics", "links", "sources"]
    for record in records:
        assert list(record) == [key for key in keys if key in record]
        assert record["listed"] == "2025-08-07"
        assert record["sources"][0].keys() == {"file", "format", "position"}  # type: ignore[index]


@needs_real_page
def test_real_page_and_the_demo_have_the_same_titles_in_the_same_order(
    real: tuple[Path, dict[str, object]], demo: Path, demo_site: Path
) -> None:
    expected = [record["title"] for record in catalog_of(real[0])]
    assert [record["title"] for record in catalog_of(demo)] == expected


@needs_real_page
def test_every_word_of_the_real_page_is_on_the_page_of_its_paper(
    real: tuple[Path, dict[str, object]],
) -> None:
    root, _ = real
    for record in catalog_of(root):
        html = (root / "site" / str(record["url"]) / "index.html").read_text("utf-8")
        shown = " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
        if "$" not in f"{record['title']}{record['abstract']}":
            assert str(record["title"]) in shown
            assert str(record["abstract"]) in shown


def test_demo_has_78_papers_and_no_problem(demo_site: Path, demo_report: Report) -> None:
    assert (demo_report.papers, demo_report.pages, demo_report.problems) == (78, 78, ())
    assert demo_report.by_hand == ()
    assert len(list((demo_site / "papers").glob("*/index.html"))) == 78
    sizes = [len(data) for data in contents(demo_site).values()]
    assert (demo_report.size.files, demo_report.size.bytes) == (len(sizes), sum(sizes))
    assert list(demo_report.seconds) == ["read", "list", "write", "render", "index", "publish"]


def test_demo_has_the_files_that_others_look_for(demo_site: Path) -> None:
    found = contents(demo_site)
    assert {"index.html", "404.html", "catalog.jsonl", "robots.txt", "sitemap.xml"} <= found.keys()
    assert {"search/manifest.json", "search/search.js"} <= found.keys()
    assert len([name for name in found if re.fullmatch(r"papers/[^/]+\.png", name)]) == 78
    assert {
        "feed.xml",
        "feed.json",
        "feeds.opml",
        "llms.txt",
        "catalog.schema.json",
    } <= found.keys()
    assert {"downloads/2025.bib", "downloads/2025.ris"} <= found.keys()
    assert [name for name in found if name.startswith(".")] == [publishing.NO_JEKYLL]
    assert not [name for name in found if name.endswith((".md", "/papers.bib"))]
    assert not [name for name in found if re.fullmatch(r"papers/[^/]+\.json", name)]
    assert b"https://papershelf.example/demo/sitemap.xml" in found["robots.txt"]


def test_every_page_of_the_demo_is_in_its_sitemap_once(demo_site: Path) -> None:
    tree = ElementTree.fromstring((demo_site / "sitemap.xml").read_bytes())
    listed = [entry.findtext("{*}loc") or "" for entry in tree]
    on_disk = {
        path.parent.relative_to(demo_site).as_posix().removeprefix(".")
        for path in demo_site.rglob("index.html")
    }
    base = "https://papershelf.example/demo/"
    assert sorted(listed) == sorted(base + (f"{page}/" if page else "") for page in on_disk)
    dates = [text for entry in tree if (text := entry.findtext("{*}lastmod"))]
    assert set(dates) == {"2025-08-07"}
    without = [one.findtext("{*}loc") for one in tree if one.find("{*}lastmod") is None]
    places = ["about", "days", "downloads", "reading-list", "search", "subscribe", "topics"]
    assert without == [f"{base}{place}/" for place in places]


def test_site_without_an_address_has_no_sitemap(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS)
    site.build(root)
    assert not list((root / "site").glob("sitemap*"))
    assert b"Sitemap" not in (root / "site/robots.txt").read_bytes()


def test_page_by_hand_is_in_the_sitemap(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS, settings={"site_url": "https://example.org/"})
    files.write_file(root / "content/pages/guide/README.md", "# Guide\n")
    site.build(root)
    text = (root / "site/sitemap.xml").read_text("utf-8")
    assert "<loc>https://example.org/guide/</loc>" in text
    assert "<loc>https://example.org/about/</loc>" in text
    assert (root / "site/guide/index.html").is_file()


# Catalogs of every shape


def test_catalog_without_sources_builds(make_catalog: MakeCatalog) -> None:
    root = make_catalog()
    report = site.build(root)
    assert (report.papers, report.problems) == (0, ())
    assert catalog_of(root) == []
    shutil.rmtree(root / "content/sources")
    assert site.build(root).papers == 0


def test_catalog_without_a_taxonomy_gets_topics_of_its_own(make_catalog: MakeCatalog) -> None:
    abstract = "We study ant colonies. Ant colonies are many, and ant colonies move."
    root = make_catalog(
        {
            "2025-05-01.txt": page("May 1", [f"Ant Colonies {n}" for n in range(3)], abstract)
            + page("May 2", numbered(40), "It has an abstract. It ends.")
        }
    )
    site.build(root)
    topics = {topic for record in catalog_of(root) for topic in record.get("topics", [])}  # type: ignore[attr-defined]
    assert "ant-colony" in topics or "ant-colonies" in topics
    for topic in topics:
        assert (root / f"site/topics/{topic}/index.html").is_file()


def test_catalog_lies_in_a_folder_of_any_name(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS, name="Ünsere Päpers & 语 (1)")
    report = site.build(root, jobs=2)
    assert report.papers == 8
    assert len(catalog_of(root)) == 8


def test_paper_without_abstract_has_a_page(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"2025-05-01.txt": "May 1\n\nA Title That Stands Alone Here\n"})
    assert site.build(root).pages == 1
    assert "abstract" not in catalog_of(root)[0]
    assert "gives no abstract" in next((root / "site/papers").rglob("*.html")).read_text("utf-8")


def test_problems_are_kept_and_stop_nothing(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"b.txt": b"\xff", "a.txt": "{}", **LISTS})
    report = site.build(root)
    assert [problem.file for problem in report.problems] == ["a.txt", "b.txt", "undated.txt"]
    assert report.papers == 8


def test_source_that_cannot_be_read_is_a_problem(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS)
    source = root / "content/sources/undated.txt"
    if os.geteuid():
        source.chmod(0)
    else:  # root may open every file, but even root cannot read this one from its start
        source.unlink()
        source.symlink_to("/proc/self/mem")
    (problem,) = site.build(root).problems
    assert "cannot be opened" in problem.reason


def test_broken_symbolic_link_among_the_sources_stops_nothing(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS)
    (root / "content/sources/gone.txt").symlink_to("nowhere")
    assert site.build(root).papers == 8


# The same again


def test_same_build_again_changes_no_byte_and_no_time(demo: Path, demo_site: Path) -> None:
    before = made(demo)
    times = {path: path.stat().st_mtime_ns for path in demo_site.rglob("*") if path.is_file()}
    report = site.build(demo)
    assert differing(before, made(demo)) == []
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert (report.rendered, report.as_json()["unchanged"]) == (0, 78)


def test_build_from_nothing_makes_the_same_as_one_upon_another(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"2025-05-09.txt": page("May 9", ["Older", "On Ants"])}, topics=TOPICS)
    site.build(root)
    shutil.rmtree(root / "content/sources")
    fresh = make_catalog(LISTS, topics=TOPICS, name="fresh/shelf")
    shutil.copytree(fresh / "content/sources", root / "content/sources")
    report = site.build(root)
    shutil.copy(root / CHANGES, fresh / CHANGES)
    site.build(fresh)
    assert differing(made(root), made(fresh)) == []
    assert report.papers == report.rendered == 8


def test_clean_build_makes_the_same(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS, topics=TOPICS)
    site.build(root)
    before = made(root)
    report = site.build(root, clean=True)
    assert differing(before, made(root)) == []
    assert report.rendered == 8


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (["--jobs", "2"], {"PYTHONHASHSEED": "1"}),
        (["--jobs", "1"], {"PYTHONHASHSEED": "2", "LC_ALL": "C", "LANG": "C", "TZ": "Asia/Tokyo"}),
        (["--clean"], {"LC_ALL": "tr_TR.UTF-8", "SOURCE_DATE_EPOCH": "1", "COLUMNS": "20"}),
    ],
)
def test_machine_and_its_settings_change_no_byte(
    make_catalog: MakeCatalog, arguments: list[str], env: dict[str, str]
) -> None:
    one = make_catalog(LISTS, topics=TOPICS, settings={"site_url": "https://example.org/a/"})
    other = one.parent / "elsewhere, über" / "another name"
    shutil.copytree(one, other)
    site.build(one)
    run = papershelf(other, "build", *arguments, env=env)
    assert run.returncode == 0, run.stderr
    assert differing(made(one), made(other)) == []


def test_pages_are_taken_over_whatever_the_order_of_sets(make_catalog: MakeCatalog) -> None:
    shelf = make_catalog(LISTS, topics=TOPICS)
    makers = set()
    for seed in "1234":
        run = papershelf(shelf, "build", "--clean", env={"PYTHONHASHSEED": seed})
        assert run.returncode == 0, run.stderr
        store = Store(shelf / state.STORE, reuse.code())
        makers.add(store.get("maker", "site", str))
        store.close()
    assert len(makers) == 1


def test_small_catalog_is_built_by_one_process(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS)
    settings, _ = config.load(root)
    assert site.processes(settings) == 1
    more = page("May 4", numbered(2), "It is long. " * site.SMALL)
    (root / "content/sources/2025-05-04.txt").write_text(more, "utf-8")
    assert site.processes(settings) == os.cpu_count()


def test_many_processes_change_no_byte(
    make_catalog: MakeCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (make_catalog(LISTS, topics=TOPICS, name=f"{n}/shelf") for n in "ab")
    site.build(one, jobs=1)
    monkeypatch.setattr("generator.build.reading.FILES_A_SHARD", 1)
    monkeypatch.setattr("generator.build.writer.PAGES", 7)
    site.build(other, jobs=2)
    assert differing(made(one), made(other)) == []


def without_sources(pages: dict[str, bytes]) -> dict[str, bytes]:
    """What was made, but for the lines that say which file a paper is from."""
    return {
        name: re.sub(
            rb"<li><code>.*?</li>|<p class=\"ps-sources\">.*?</p>|, \"sources\": \[.*\]", b"", data
        )
        for name, data in pages.items()
        if not name.endswith(("catalog.jsonl", manifest.NAME))
    }


def test_names_and_order_of_the_files_change_nothing_but_the_sources(
    make_catalog: MakeCatalog,
) -> None:
    one = make_catalog(LISTS, topics=TOPICS)
    renamed = {
        "z/2025-05-01 renamed.txt": LISTS["2025-05-01.txt"],
        "a 2025.txt": LISTS["2025/may 2.txt"],
        "0.txt": LISTS["undated.txt"],
        "2024-12-31.md": LISTS["sub/2024-12-31.txt"],
    }
    other = make_catalog(renamed, topics=TOPICS, name="other/shelf")
    for root in (one, other):
        site.build(root)
    assert differing(*map(without_sources, (made(one), made(other)))) == []
    without = [
        [{k: v for k, v in record.items() if k != "sources"} for record in catalog_of(root)]
        for root in (one, other)
    ]
    assert without[0] == without[1]


def test_nothing_made_depends_on_the_clock(demo_site: Path) -> None:
    today = f"{date.today():%Y-%m-%d}"
    assert not [name for name, data in contents(demo_site).items() if today.encode() in data]


# Only what changed


@pytest.mark.parametrize("hooks", [[], ["hook.py"]], ids=["", "hooks"])
def test_files_keep_their_time_in_every_build_until_they_change(
    make_catalog: MakeCatalog, hooks: list[str]
) -> None:
    """By which programs that upload a site tell what to send."""
    root = make_catalog(LISTS, topics=TOPICS, settings={"hooks": hooks})
    files.write_file(root / "hook.py", "def on_pre_build(config):\n    pass\n")
    source = root / "content/sources/sub/2024-12-31.txt"
    one = source.read_text("utf-8")
    times: dict[str, int] = {}
    before: dict[str, bytes] = {}
    for text in (one, one.replace("eels", "eels, again"), one):
        source.write_text(text, "utf-8")
        for is_clean in (False, True):
            site.build(root, clean=is_clean)
            after = contents(root / "site")
            now = {path: (root / "site" / path).stat().st_mtime_ns for path in after}
            kept = [path for path in after if now[path] == times.get(path)]
            assert kept == [path for path in after if before.get(path) == after[path]]
            times, before = now, after


def test_changed_paper_is_rendered_and_the_others_keep_their_time(
    make_catalog: MakeCatalog,
) -> None:
    root = make_catalog({"2025-05-01.txt": page("May 1", ["On Ants", "On Bees", "On Cats"])})
    site.build(root)
    ants = root / "site/papers/on-ants/index.html"
    before = ants.stat().st_mtime_ns
    text = page("May 1", ["On Ants", "On Bees"]) + "\nOn Cats\n\nThis abstract is new. It ends.\n"
    (root / "content/sources/2025-05-01.txt").write_text(text, "utf-8")
    report = site.build(root)
    assert (report.rendered, report.papers) == (1, 3)
    assert ants.stat().st_mtime_ns == before
    assert b"This abstract is new" in (root / "site/papers/on-cats/index.html").read_bytes()


def test_build_says_how_much_of_the_search_index_a_new_list_changes(
    make_catalog: MakeCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.search.SEGMENT", 20)
    old = {"2025-01-01.txt": page("2025-01-01", [f"Old Paper {n}" for n in range(20)])}
    root = make_catalog(old)
    first, again = site.build(root).index, site.build(root).index
    assert (first.changed_files, first.changed_bytes) == (first.files, first.bytes)
    assert (again.changed_files, again.changed_bytes) == (0, 0)
    (root / "content/sources/2025-01-02.txt").write_text(page("2025-01-02", ["A New Paper"]))
    index = site.build(root).as_json()["index"]
    assert index["files"] > first.files
    assert index["changed_files"] == index["files"] - first.files + 1  # and the manifest
    assert 0 < index["changed_bytes"] < index["bytes"]


def test_changed_setting_and_theme_reach_every_page(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS, settings={"theme": {"name": "papershelf", "custom_dir": "theme"}})
    (root / "theme").mkdir()
    site.build(root)
    text = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(
        text.replace("site_name: shelf", "site_name: Renamed"), "utf-8"
    )
    assert site.build(root).rendered == 8
    assert b"Renamed" in (root / "site/papers/on-ants/index.html").read_bytes()
    theme = '{% extends "papershelf.html" %}{% block footer %}Own footer{% endblock %}'
    (root / "theme/main.html").write_text(theme, "utf-8")
    assert site.build(root).rendered == 8
    assert b"Own footer" in (root / "site/papers/on-ants/index.html").read_bytes()


def test_changed_page_of_the_site_is_made_anew(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS)
    site.build(root)
    expected = contents(root / "site")
    (root / "site/papers/on-ants/index.html").write_text("vandalised", "utf-8")
    (root / "site/papers/on-bees/index.html").unlink()
    files.write_file(root / "site/stray.html", "stray")
    site.build(root)
    assert differing(expected, contents(root / "site")) == []


# By hand and generated


def test_page_by_hand_wins_and_is_said(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS)
    by_hand = root / "content/pages/papers/on-ants.md"
    files.write_file(by_hand, "# My Own Ants\n")
    report = site.build(root)
    assert report.by_hand == ("papers/on-ants.md",)
    assert by_hand.read_text("utf-8") == "# My Own Ants\n"
    assert b"My Own Ants" in (root / "site/papers/on-ants/index.html").read_bytes()
    run = papershelf(root, "build")
    assert "papers/on-ants.md: written by hand" in run.stderr
    by_hand.unlink()
    assert site.build(root).by_hand == ()
    assert is_generated(by_hand.read_text("utf-8"))


def test_generated_pages_no_longer_wanted_go_and_those_by_hand_stay(
    make_catalog: MakeCatalog,
) -> None:
    root = make_catalog(LISTS, topics=TOPICS)
    pages = root / "content/pages"
    files.write_file(pages / "papers/by-hand.md", "# Mine\n")
    site.build(root)
    (root / "content/sources/sub/2024-12-31.txt").unlink()
    site.build(root)
    assert not (pages / "papers/on-eels.md").exists()
    assert not (pages / "days/2024.md").exists()
    assert not (pages / "topics/eels.md").exists()
    assert not (root / "site/papers/on-eels").exists()
    assert (pages / "papers/by-hand.md").read_text("utf-8") == "# Mine\n"
    assert (root / "site/papers/by-hand/index.html").is_file()
    assert (pages / "about.md").is_file()


def test_manifest_has_of_every_file_the_first_digits_that_sha256sum_prints(
    make_catalog: MakeCatalog,
) -> None:
    root = make_catalog(LISTS)
    site.build(root)
    found = contents(root / "site")
    told = json.loads(found.pop(manifest.NAME))
    expected = {path: sha256(data).hexdigest()[:32] for path, data in found.items()}
    assert told == {"digest": "sha-256-128", "files": expected}


def test_lost_store_changes_nothing(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS, topics=TOPICS)
    files.write_file(root / "content/pages/papers/by-hand.md", "# Mine\n")
    site.build(root)
    before = made(root)
    (root / state.STORE).unlink()
    report = site.build(root)
    assert report.by_hand == ()
    assert differing(before, made(root)) == []


def test_lost_store_leaves_no_stale_page_behind(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS, topics=TOPICS, settings={"site_url": "https://example.org/"})
    files.write_file(root / "content/pages/papers/by-hand.md", "# Mine\n")
    site.build(root)
    (root / state.STORE).unlink()
    (root / "content/sources/sub/2024-12-31.txt").unlink()
    report = site.build(root)
    assert report.by_hand == ()
    fresh = make_catalog(
        {name: text for name, text in LISTS.items() if "2024" not in name},
        topics=TOPICS,
        settings={"site_url": "https://example.org/"},
        name="fresh/shelf",
    )
    files.write_file(fresh / "content/pages/papers/by-hand.md", "# Mine\n")
    shutil.copy(root / CHANGES, fresh / CHANGES)
    site.build(fresh)
    assert differing(made(fresh), made(root)) == []


# Safe


def test_folder_that_is_no_site_is_never_replaced(
    make_catalog: MakeCatalog, tmp_path: Path
) -> None:
    root = make_catalog(LISTS)
    thesis = tmp_path / "thesis"
    files.write_file(thesis / "thesis.tex", "ten years")
    inside = [root / path for path in ("", "content", "content/sources", "content/pages/site")]
    for target in (thesis, *inside):
        with pytest.raises(UsageError, match="--site-dir"):
            site.build(root, site_dir=target)
    assert contents(thesis) == {"thesis.tex": b"ten years"}
    assert (root / "mkdocs.yml").is_file()


def test_pages_folder_is_never_replaced_by_the_site(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS)
    site.build(root)  # now the pages folder holds a catalog.jsonl, as a site does
    with pytest.raises(UsageError):
        site.build(root, site_dir=root / "content/pages")
    assert (root / "content/pages/about.md").is_file()


def test_build_leaves_the_sources_as_they_are(make_catalog: MakeCatalog) -> None:
    root = make_catalog(LISTS, topics=TOPICS)
    before = contents(root)
    site.build(root)
    after = contents(root)
    assert {name: after[name] for name in before} == before


def test_pages_of_the_demo_are_not_tracked_but_ignored() -> None:
    run = subprocess.run(
        ["git", "ls-files", "content/pages"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode == 0 and run.stdout:
        assert run.stdout.split() == ["content/pages/about.md"]
