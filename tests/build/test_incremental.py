"""Whatever changes between two builds, the site is the one that a clean build makes."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from generator.build import files, folders, owner, site
from generator.build.state import STORE
from generator.build.work import Advance, ignore
from generator.model.settings import PERMANENT
from tests.build.comparing import assert_clean, assert_told
from tests.command import contents, numbered, page, papershelf
from tests.conftest import MakeCatalog

NAMES = ("Ada Marsh", "Noor Berg", "Ida Lee", "Wei Wang")
WORDS = ("ants", "bees", "cells", "dunes", "$x^2$", "eels & <i>")

TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
DAYS = st.sampled_from(["2025-05-01", "2025-05-02", "2025-05-03"])
PAPERS = st.fixed_dictionaries(
    {
        "title": TITLES,
        "abstract": st.lists(st.sampled_from(WORDS), min_size=3, max_size=9).map(" ".join),
        "authors": st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
    },
    optional={
        "listed": DAYS,
        "days": st.lists(DAYS, max_size=2),
        "rank": st.integers(1, 3),
        "published": st.sampled_from(["2024-01-02", "2025-04", "2024", "2025-05-02"]),
        "venue": st.sampled_from(["Ant Meeting", "Bee Days"]),
        "upvotes": st.integers(0, 9),
        "withdrawn": st.just("withdrawn"),
    },
)
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "site_name": st.sampled_from(["Shelf", "Books & <b>"]),
        "site_url": st.sampled_from(["https://example.org/", "https://example.org/a/"]),
        "repo_url": st.just("https://github.com/ada/shelf"),
        "copyright": st.just("Ours"),
    },
)
OWN = st.fixed_dictionaries(
    {},
    optional={
        "papers_per_page": st.sampled_from([2, 50]),
        "author_pages": st.sampled_from([1, 2]),
        "author_feeds": st.sampled_from([0, 1, 2]),
        "cards": st.sampled_from(["never", "always"]),
        "companions": st.just(True),
        "searches": st.just([{"title": "On ants", "query": "ants"}]),
    },
)
TOPICS = {
    "": "",
    "one": "- slug: ants\n  name: Ants\n  phrases: [ants]\n",
    "two": "- slug: ants\n  name: Of ants\n  phrases: [ants]\n"
    "- slug: bees\n  name: Bees\n  phrases: [bees]\n",
}
PEOPLE = {
    "": "",
    "joined": "- name: Ada Marsh\n  names: [Noor Berg]\n",
    "split": "- name: Ida Lee\n  id: ida-lee-2\n  papers: [p1]\n",
}
OTHERS = {
    "": {},
    "bibtex": {
        "more.bib": "@inproceedings{a, title={Of ants}, author={Marsh, Ada}, year={2023}, "
        "booktitle={Ant Meeting}}\n@article{b, title={Of bees}, author={Lee, Ida}, year=2019}\n"
    },
    "older": {
        "more.bib": "@article{c, title={Of ants and older ones}, author={Marsh, Ada}, year=2023}\n"
    },
    "yaml": {"more.yml": "- title: Of cells\n  authors: [Wei Wang]\n  date: 2024-01-02\n"},
    "page": {"2025-05-04.txt": page("May 4", ["Of ants", "On dunes"])},
    "broken": {"more.bib": "@article{", "more.yml": "- ["},
}
"""Sources of other formats, by what they are."""

HOOK = """
from pathlib import Path

def on_post_build(config):
    Path(config.site_dir, "hooked.txt").write_text("by a hook")
"""


@contextmanager
def interrupted(name: str) -> Iterator[Advance]:
    """A step of a build that is interrupted when the pages are written, and nothing is in place."""
    yield ignore
    if name == "render":
        raise KeyboardInterrupt


@pytest.mark.parametrize("added", [{"plugins": ["material/tags"]}, {"hooks": ["hook.py"]}], ids=str)
def test_plugins_and_hooks_come_stay_and_go(
    make_catalog: MakeCatalog, tmp_path: Path, added: dict[str, list[str]]
) -> None:
    root = make_catalog({"2025-05-01.txt": page("May 1", numbered(3))})
    files.write_file(root / "hook.py", HOOK)
    config = root / "mkdocs.yml"
    plain = config.read_text("utf-8")
    with_them = yaml.safe_dump(yaml.safe_load(plain) | added)
    papers = 3
    for text in (plain, with_them, with_them, with_them, plain, with_them):
        papers += 1
        config.write_text(text, "utf-8")
        (root / "content/sources/2025-05-01.txt").write_text(page("May 1", numbered(papers)))
        before = contents(root / "site")
        report = site.build(root, jobs=1)
        assert_told(report, before, contents(root / "site"))
    assert_clean(root, tmp_path / "clean/shelf")


def test_hook_that_changed_is_called(make_catalog: MakeCatalog) -> None:
    root = make_catalog(settings={"hooks": ["hook.py"]})
    for text in ("by a hook", "by another hook"):
        files.write_file(root / "hook.py", HOOK.replace("by a hook", text))
        report = json.loads(papershelf(root, "build", "--json").stdout)
        assert (root / "site/hooked.txt").read_text("utf-8") == text
        assert "hooked.txt" in report["changed"]


class Builds(RuleBasedStateMachine):
    """A catalog that people change in every way, and build again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="papershelf-"))
        self.root = self.folder / "shelf"
        folders.new(self.root)
        (self.root / "content/sources/example.txt").unlink()
        self.papers: dict[str, dict[str, Any]] = {}
        self.again: list[dict[str, Any]] = []
        self.settings = yaml.safe_load((self.root / "mkdocs.yml").read_text("utf-8"))
        self.values: dict[str, Any] = {}
        self.hooks: list[str] = []
        files.write_file(self.root / "hook.py", HOOK)
        self.is_clean = False
        self.moves = 0

    @initialize(
        papers=st.lists(PAPERS, min_size=2, max_size=4), topics=st.sampled_from(["", "two"])
    )
    def begin(self, papers: list[dict[str, Any]], topics: str) -> None:
        self.other_topics(topics)
        for number, paper in enumerate(papers):
            self.add(f"p{number}", paper)

    @rule(name=st.sampled_from(["p0", "p1", "p2", "q0", "q1"]), paper=PAPERS)
    def add(self, name: str, paper: dict[str, Any]) -> None:
        """A new paper, or another one in its place."""
        self.papers[name] = {"id": name, **paper}

    @precondition(lambda self: self.papers)
    @rule(data=st.data(), day=DAYS, more=st.sampled_from([{}, {"doi": "10.1000/1"}]))
    def another_source_has_it_too(
        self, data: st.DataObject, day: str, more: dict[str, Any]
    ) -> None:
        """On another day perhaps; or no source but the first has any of them."""
        known = self.papers[data.draw(st.sampled_from(sorted(self.papers)))]
        again = {key: known[key] for key in ("title", "authors")} | {"listed": day} | more
        self.again = [] if again in self.again else [*self.again, again]

    @precondition(lambda self: self.papers)
    @rule(data=st.data(), title=TITLES)
    def rename(self, data: st.DataObject, title: str) -> None:
        self.papers[data.draw(st.sampled_from(sorted(self.papers)))]["title"] = title

    @precondition(lambda self: len(self.papers) > 1)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        del self.papers[data.draw(st.sampled_from(sorted(self.papers)))]

    @rule(topics=st.sampled_from(sorted(TOPICS)))
    def other_topics(self, topics: str) -> None:
        path = self.root / "content/topics.yml"
        if topics:
            path.write_text(TOPICS[topics], "utf-8")
        else:
            path.unlink(missing_ok=True)

    @rule(people=st.sampled_from(sorted(PEOPLE)))
    def other_people(self, people: str) -> None:
        (self.root / "content/authors.yml").write_text(PEOPLE[people], "utf-8")

    @rule(others=st.sampled_from(sorted(OTHERS)))
    def other_formats(self, others: str) -> None:
        for name in {name for sources in OTHERS.values() for name in sources}:
            files.delete(self.root / "content/sources", name)
        for name, text in OTHERS[others].items():
            (self.root / "content/sources" / name).write_text(text, "utf-8")

    @rule(values=SETTINGS, own=OWN)
    def other_settings(self, values: dict[str, Any], own: dict[str, Any]) -> None:
        self.values = values | {"extra": {"papershelf": own}}

    @rule(hooks=st.sampled_from([[], ["hook.py"]]))
    def hook(self, hooks: list[str]) -> None:
        """With it, MkDocs renders all pages."""
        self.hooks = hooks

    @rule()
    def build_anew(self) -> None:
        self.is_clean = True

    @rule()
    def interrupt(self) -> None:
        self.write()
        before = contents(self.root / "site")
        try:
            report = site.build(self.root, jobs=1, step=interrupted)
        except KeyboardInterrupt:
            report = None
        assert report is None or not report.changed
        assert contents(self.root / "site") == before

    @rule(path=st.sampled_from(["index.html", "feed.xml", "build-manifest.json"]), text=st.text())
    def somebody_changes_the_site(self, path: str, text: str) -> None:
        files.delete(self.root / "site", path)
        if text:
            files.write_file(self.root / "site" / path, text)

    @rule(text=st.sampled_from(["# About\n", "# About\n\n[All](titles/index.md)\n"]))
    def page_by_hand(self, text: str) -> None:
        (self.root / "content/pages/about.md").write_text(text, "utf-8")

    @rule(is_there=st.booleans())
    def page_by_hand_in_place_of_a_generated_one(self, is_there: bool) -> None:
        path = self.root / "content/pages/papers/p0.md"
        if is_there:
            files.write_file(path, "# By hand\n")
        elif path.is_file() and path.read_text("utf-8") == "# By hand\n":
            path.unlink()

    @rule(how=st.sampled_from([shutil.copy2, shutil.copyfile, None]))
    def go_on_elsewhere(self, how: Callable[[str, str], Any] | None) -> None:
        """In a copy of the folder, with or without its times, or in the folder itself, moved."""
        self.moves += 1
        other = self.folder / f"{self.moves}/shelf"
        other.parent.mkdir()
        if how:
            shutil.copytree(self.root, other, copy_function=how)
            shutil.rmtree(self.root)
        else:
            self.root.rename(other)
        self.root = other

    @rule(places=st.lists(st.floats(0, 1, exclude_max=True), max_size=5), size=st.floats(0.5, 1))
    def damage_what_is_remembered(self, places: list[float], size: float) -> None:
        path = self.root / STORE
        if path.is_file():
            data = bytearray(path.read_bytes())
            for place in places:
                data[int(place * len(data))] ^= 1
            path.write_bytes(data[: int(size * len(data))])

    def write(self) -> None:
        values = self.settings | self.values | {"hooks": self.hooks}
        files.write_file(self.root / "mkdocs.yml", yaml.safe_dump(values))
        for name, papers in (("papers", self.papers.values()), ("again", self.again)):
            lines = "".join(json.dumps(paper) + "\n" for paper in papers)
            (self.root / f"content/sources/{name}.jsonl").write_text(lines, "utf-8")

    @invariant()
    def the_site_is_that_of_a_clean_build_and_what_became_of_it_is_told(self) -> None:
        self.write()
        before = contents(self.root / "site")
        given = self.given()
        report = site.build(self.root, jobs=1, clean=self.is_clean)
        self.is_clean = False
        assert_told(report, before, contents(self.root / "site"))
        assert_clean(self.root, self.folder / "clean/shelf")
        assert given <= self.given()

    def given(self) -> set[tuple[str, str]]:
        """The ids in feeds and the keys that papers were given."""
        return {line[:2] for line in owner.load_permanent(self.root / PERMANENT)}

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


TestBuilds = Builds.TestCase
TestBuilds.settings = settings(
    max_examples=int(os.environ.get("EXAMPLES", "20")),
    stateful_step_count=6,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink is to build hundreds of sites
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_companions_come_and_go_with_their_setting(
    make_catalog: MakeCatalog, tmp_path: Path
) -> None:
    root = make_catalog({"2025-05-01.txt": page("May 1", numbered(3))})
    plain = (root / "mkdocs.yml").read_text("utf-8")
    own = yaml.safe_load(plain)
    own.setdefault("extra", {})["papershelf"] = {"companions": True}

    def beside() -> set[str]:
        return {
            path.relative_to(folder).as_posix()
            for folder in (root / "site", root / "content/pages")
            for path in (folder / "papers").glob("*.*")
            if folder.name == "site" or path.suffix != ".md"
        }

    for text, kinds in ((plain, set()), (yaml.safe_dump(own), {"json", "md"}), (plain, set())):
        (root / "mkdocs.yml").write_text(text, "utf-8")
        before = contents(root / "site") if (root / "site").is_dir() else {}
        assert_told(site.build(root, jobs=1), before, contents(root / "site"))
        lines = (root / "site/catalog.jsonl").read_text("utf-8").splitlines(keepends=True)
        records = {json.loads(line)["id"]: line for line in lines}
        assert beside() == {f"papers/{one}.{kind}" for one in records for kind in kinds}
        for one, line in records.items():
            head = (root / "site/papers" / one / "index.html").read_text("utf-8")
            assert ('rel="describedby"' in head) is bool(kinds)
            if kinds:
                assert (root / f"site/papers/{one}.json").read_text("utf-8") == line
                assert (root / f"site/papers/{one}.md").read_text("utf-8").startswith("# ")
        assert_clean(root, tmp_path / "clean/shelf")
