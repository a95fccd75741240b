"""Hostile text goes through every page and file as text, through a whole real build.

Each site is parsed as a browser would (html5lib). What a reader sees of a paper must equal what
went in, and no element or attribute may be there that the theme did not write.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator import text
from generator.catalog import Catalog
from generator.catalog.taxonomy import Topic
from generator.exports import catalog_records
from generator.model import addresses
from generator.model.papers import Author, Paper
from generator.pages.entries import LEAD
from generator.pages.front_matter import is_generated
from generator.pages.paper import DESCRIPTION
from generator.text.unicode_math import readable
from tests import shelves
from tests.conftest import REPOSITORY
from tests.nasty import NASTY

NASTY_CORPUS = REPOSITORY.parent / "shared" / "corpora" / "nasty.tar.xz"
"""Real records that broke generators, which cannot be published here; used where at hand."""

SITE_NAME = 'Q&A <b>shelf</b> "for" us'
SCRIPTS = {"__config", ""}
ACTIVE = {"iframe", "object", "embed", "applet", "frame", "base", "portal", "style"}


@dataclass(frozen=True)
class Formula:
    """A formula of a page."""

    shown: str

    @classmethod
    def of(cls, element: Element) -> Formula:
        """What a `<math>` shows, without the TeX that it may carry along."""
        note = element.find(".//annotation")
        tex = "".join(note.itertext()) if note is not None else ""
        return cls("".join(element.itertext()).removesuffix(tex))


def seen(element: Element) -> Iterator[str | Formula]:
    """What a reader sees of an element, formulas whole."""
    if element.tag == "math":
        yield Formula.of(element)
    else:
        yield element.text or ""
        for child in element:
            yield from seen(child)
            yield child.tail or ""


def shows(element: Element, source: str) -> bool:
    """Whether the element shows this text and nothing else.

    A formula may stand as a formula or, where its TeX is broken, as its source.
    """
    parts: list[str | Formula] = [""]
    for part in seen(element):
        if isinstance(part, str) and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    for segment in text.segments(source):
        while parts and parts[0] == "":
            parts.pop(0)
        if not parts:
            return False
        first = parts[0]
        if isinstance(first, str):
            if not first.startswith(segment.text):
                return False
            parts[0] = first.removeprefix(segment.text)
        elif segment.kind == "mathematics" and first == Formula.of(
            ElementTree.fromstring(text.inline(segment.text))
        ):
            parts.pop(0)
        else:
            return False
    return not any(parts)


def words(element: Element) -> str:
    return "".join(element.itertext())


def all_of(page: Element, name: str) -> list[Element]:
    """All elements of a class."""
    return [element for element in page.iter() if name in element.get("class", "").split()]


def one_of(page: Element, name: str) -> Element:
    (found,) = all_of(page, name)
    return found


@cache
def furniture(site: Path) -> set[str]:
    """The scripts that pages hold: those of a page by hand, and the results page's own."""
    theme = REPOSITORY / "site_templates/theme"
    own = [site / "about/index.html", *(theme / "partials").glob("search_*.html")]
    return {unindented(words(script)) for path in own for script in parse(path).iter("script")}


def unindented(script: str) -> str:
    return "\n".join(filter(None, map(str.strip, script.split("\n"))))


def parse(path: Path) -> Element:
    page: Element = html5lib.parse(path.read_bytes(), namespaceHTMLElements=False)
    for element in page.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return page


def check(root: Path, catalog: Catalog) -> None:
    """Everything that a site promises about the text of its papers."""
    site = root / "site"
    names = {topic.slug: topic.name for topic in catalog.topics}
    by_address = {addresses.paper(paper.id): paper for paper in catalog.papers}
    pages = {
        path.relative_to(site).as_posix().removesuffix("index.html"): parse(path)
        for path in site.rglob("*.html")
    }
    assert by_address.keys() == {path for path in pages if path.startswith("papers/")}
    for address, page in pages.items():
        check_furniture(page, site)
        for entry in all_of(page, "ps-entry"):
            check_entry(address, entry, names, by_address)
        if address in by_address:
            check_paper(page, by_address[address], names)
    for slug in catalog.by_topic:
        check_topic(pages[addresses.topic(slug)], next(t for t in catalog.topics if t.slug == slug))
    listed = [words(line[0]) for line in one_of(pages[addresses.TOPICS], "ps-index")]
    assert listed == [f"{names[slug]} {len(some)}" for slug, some in catalog.by_topic.items()]
    for day, curator in catalog.curators.items():
        if day in catalog.by_date and curator:
            summary = words(one_of(pages[addresses.date(day)], "ps-summary"))
            assert summary.partition(" · page ")[0].endswith(f", picked by {curator}")
    check_files(root, catalog, names)


def check_furniture(page: Element, site: Path) -> None:
    """Only the theme's own scripts and attributes are there, and no address that runs."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in ACTIVE
        if element.tag == "noscript":
            assert "needs JavaScript" in words(element)
        if element.get("type") == "application/ld+json":
            assert json.loads(words(element))["@context"] == "https://schema.org"
        elif element.tag == "script" and not element.get("src"):
            assert element.get("id", "") in SCRIPTS
            if not element.get("id"):
                script = unindented(words(element))
                assert script in furniture(site) or "__md_" in script
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert name not in ("style", "srcdoc", "formaction")
            if name in ("href", "src", "action"):
                scheme, colon, _ = value.partition(":")
                inside = not colon or "/" in scheme or "#" in scheme or "?" in scheme
                assert inside or scheme.lower() in ("http", "https", "mailto"), value
    assert [meta.get("http-equiv") for meta in page.iter("meta") if meta.get("http-equiv")] == []


def check_paper(page: Element, paper: Paper, names: dict[str, str]) -> None:
    (heading,) = page.iter("h1")
    assert shows(heading, paper.title)
    (title,) = page.iter("title")
    assert words(title) == f"{' '.join(readable(paper.title).split())} · {SITE_NAME}"
    said = {m.get("name"): m.get("content") for m in page.iter("meta") if m.get("name")}
    if paper.abstract:
        assert said["description"] == readable(text.excerpt(paper.abstract, DESCRIPTION))
        (script,) = (s for s in page.iter("script") if s.get("type") == "application/ld+json")
        assert json.loads(script.text or "")["abstract"] == paper.abstract
    else:
        assert "description" not in said
    shown = [
        words(author)
        for line in all_of(page, "ps-byline")
        for author in line
        if not author.get("class")
    ]
    rest = [paper.authors[len(shown) :]] if len(shown) < len(paper.authors) else []
    assert shown == [author.name for author in paper.authors[: len(shown)]]
    assert [words(details[1]) for details in all_of(page, "ps-authors-rest")] == [
        " · ".join(author.name for author in authors) for authors in rest
    ]
    paragraphs = paper.abstract.split("\n\n") if paper.abstract else []
    for element, paragraph in zip(all_of(page, "ps-abstract"), paragraphs, strict=True):
        assert shows(element, paragraph)
    for chips in all_of(page, "ps-chips"):
        assert [words(chip) for chip in chips] == [names[slug] for slug in paper.topics]


def check_entry(
    address: str, entry: Element, names: dict[str, str], by_address: dict[str, Paper]
) -> None:
    def leads_to(element: Element) -> str:
        return urljoin(f"https://example.org/{address}", element.get("href")).split("/", 3)[3]

    link = next(entry.iter("a"))
    paper = by_address[leads_to(link)]
    assert shows(link, paper.title)
    for line in all_of(entry, "ps-authors"):
        assert words(line).startswith(", ".join(a.name for a in paper.authors[:3]))
    for lead in all_of(entry, "ps-lead"):
        assert shows(lead, text.excerpt(paper.abstract, LEAD))
    for meta in all_of(entry, "ps-meta"):
        links = [link for link in meta if link.tag == "a"]
        assert [words(link) for link in links if leads_to(link).startswith("topics/")] == [
            names[slug] for slug in paper.topics[:4]
        ]


def check_topic(page: Element, topic: Topic) -> None:
    (heading,) = page.iter("h1")
    assert words(heading) == topic.name
    (title,) = page.iter("title")
    assert words(title) == f"{topic.name} · {SITE_NAME}"
    if topic.description:
        assert words(one_of(page, "ps-description")) == topic.description


def check_files(root: Path, catalog: Catalog, names: dict[str, str]) -> None:
    """What programs read: front matter, the catalog, the search index, the sitemap."""
    pages = root / "content/pages"
    for paper in catalog.papers:
        markdown = (pages / addresses.file(addresses.paper(paper.id))).read_text("utf-8")
        assert is_generated(markdown)
        front: dict[str, Any] = yaml.safe_load(markdown.split("\n---\n")[0])
        assert unescape(front["title"]) == readable(paper.title)
        assert [unescape(name) for name in front.get("authors", ())] == [
            author.name for author in paper.authors
        ]
        assert [unescape(tag) for tag in front.get("tags", ())] == [
            names[slug] for slug in paper.topics
        ]
        assert front["generator"] == "papershelf"
    lines = (root / "site" / catalog_records.CATALOG).read_text("utf-8").split("\n")
    records = [json.loads(line) for line in lines if line]
    assert [(record["id"], record["title"], record.get("abstract", "")) for record in records] == [
        (paper.id, paper.title, paper.abstract) for paper in catalog.papers
    ]
    assert [[author["name"] for author in record.get("authors", ())] for record in records] == [
        [author.name for author in paper.authors] for paper in catalog.papers
    ]
    for path in (root / "site").rglob("*.xml"):
        ElementTree.parse(path)


def assert_only_text(html: str, expected: str) -> None:
    assert "<" not in html
    assert '"' not in html
    assert unescape(html) == expected


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def make(root: Path, catalog: Catalog) -> None:
    shelves.publish(root, catalog, site_name=SITE_NAME, papershelf={"papers_per_page": 12})


def test_hand_made_hostile_text_is_text_on_every_page(tmp_path: Path) -> None:
    catalog = shelves.hostile()
    make(tmp_path / "shelf", catalog)
    check(tmp_path / "shelf", catalog)
    assert len(catalog.papers) == len(shelves.HOSTILE)


def test_nothing_is_written_outside_of_the_catalog(tmp_path: Path) -> None:
    make(tmp_path / "a/b/c/shelf", shelves.hostile())
    assert {path for path in tree(tmp_path) if not path.startswith("a/b/c/shelf")} == {
        "a",
        "a/b",
        "a/b/c",
    }
    written = {path.split("/")[0] for path in tree(tmp_path / "a/b/c/shelf")}
    assert written == {
        *("content", "mkdocs.yml", "site", ".papershelf", ".gitignore"),
    }


def test_a_check_that_compares_text_can_fail(tmp_path: Path) -> None:
    page = html5lib.parse(
        "<p>a <math><mi>x</mi><annotation>x</annotation></math> b", namespaceHTMLElements=False
    )
    (paragraph,) = page.iter("p")
    for element in page.iter():
        element.tag = element.tag.rpartition("}")[2]
    assert shows(paragraph, "a $x$ b")
    assert not shows(paragraph, "a $y$ b")
    assert not shows(paragraph, "a $x$ b c")
    assert not shows(paragraph, "a $x$")


# ------------------------------------------------------------------ what hypothesis makes up

pieces = st.one_of(
    st.sampled_from([*NASTY, *(raw for raw in shelves.HOSTILE if len(raw) < 300)]),
    st.text(st.characters(), max_size=12),
    st.sampled_from([" ", "\n", "\n\n", " and "]),
)
raw_texts = st.lists(pieces, max_size=8).map("".join)
lines = raw_texts.map(text.clean)
some_lines = lines.filter(bool)


@st.composite
def papers(draw: st.DrawFn, slugs: Sequence[str]) -> Paper:
    title = draw(some_lines)
    return Paper(
        id=text.slug(title),
        title=title,
        abstract=text.paragraphs(draw(raw_texts)),
        authors=tuple(Author(name=name) for name in draw(st.lists(some_lines, max_size=4))),
        keywords=tuple(draw(st.lists(some_lines, max_size=2))),
        topics=tuple(draw(st.lists(st.sampled_from(slugs), unique=True, max_size=3))),
        days=draw(st.sampled_from([(), (date(2026, 1, 1),), (date(2026, 1, 2),)])),
    )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    found = draw(st.lists(some_lines, min_size=3, max_size=5, unique_by=text.slug))
    topics = tuple(
        Topic(slug=text.slug(name), name=name, description=draw(lines)) for name in found
    )
    slugs = [topic.slug for topic in topics]
    several = draw(st.lists(papers(slugs), min_size=1, max_size=12, unique_by=lambda p: p.id))
    several.sort(key=lambda paper: (paper.days or (date.min,), paper.id), reverse=True)
    return Catalog(
        papers=tuple(several),
        topics=topics,
        curators={day: draw(lines) for day in ("", "2026-01-01", "2026-01-02")},
    )


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog's folder, whose content each example replaces."""
    root = tmp_path_factory.mktemp("hypothesis") / "shelf"
    make(root, Catalog(papers=(), curators={}))
    return root


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink is to build hundreds of sites
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(catalog=catalogs())
def test_what_a_reader_sees_is_what_went_in(shelf: Path, catalog: Catalog) -> None:
    shelves.rebuild(shelf, catalog)
    check(shelf, catalog)


# ------------------------------------------------------------------ what people really wrote


def real_records(folder: Path) -> Iterable[dict[str, Any]]:
    with tarfile.open(NASTY_CORPUS) as archive:
        archive.extractall(folder, filter="data")
    with (folder / "nasty/nasty.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


@pytest.mark.skipif(not NASTY_CORPUS.exists(), reason=f"needs {NASTY_CORPUS}, which is not public")
def test_real_nasty_records_are_text_on_every_page(tmp_path: Path) -> None:
    topic = Topic(slug="nasty", name="Nasty & real")
    found: dict[str, Paper] = {}
    for number, record in zip(count(), real_records(tmp_path), strict=False):
        title = text.clean(record["title"] or "") or "Untitled"
        paper = Paper(
            id=text.slug(f"{title} {record['id']}"),
            title=title,
            abstract=text.paragraphs(record["abstract"] or ""),
            authors=tuple(Author(name=text.clean(name)) for name in record["authors"] or ()),
            topics=(topic.slug,) if number % 2 else (),
            days=(date(2026, 1, 1 + number // 40),),
        )
        found[paper.id] = paper
    several = sorted(found.values(), key=lambda paper: (paper.days, paper.id), reverse=True)
    assert len(several) > 400
    catalog = Catalog(papers=tuple(several), topics=(topic,), curators={})
    make(tmp_path / "shelf", catalog)
    check(tmp_path / "shelf", catalog)
