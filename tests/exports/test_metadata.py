"""The head of a page, read back as those read it whom it is for."""

from __future__ import annotations

import dataclasses
import json
import re
import tarfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pyld import jsonld

from generator import sources, text
from generator.build import site
from generator.exports import metadata
from generator.model.papers import Author, Link, Paper, Publication, Votes
from generator.model.settings import Settings
from generator.text.unicode_math import readable
from tests import shelves, validation
from tests.conftest import REPOSITORY, MakeCatalog

NASTY = REPOSITORY.parent / "shared" / "corpora" / "nasty.tar.xz"
SETTINGS = Settings(
    root=Path("/shelf"),
    pages=Path("/shelf/pages"),
    site_name="The “Shelf”",
    site_url="https://papershelf.example/demo/",
)
NAMES = {"retrieval": "Retrieval", "ants": "Ants & bees"}
PAPER = Paper(
    id="2401.00001",
    title="Largely Typical: A Title of Some Eighty Characters, as Most Papers Have Them Now",
    abstract="We do. " * 60,
    authors=(
        Author(name="Ada Lovelace"),
        Author(name="Grace Brewster Hopper", orcid="0000-0002-1825-0097"),
        Author(name="Charles Babbage"),
        Author(name="Mary Somerville"),
        Author(name="王小明"),
    ),
    links=(
        Link(kind="abs", url="https://arxiv.org/abs/2401.00001"),
        Link(kind="pdf", url="https://arxiv.org/pdf/2401.00001?a=1&b=2"),
    ),
    keywords=("dense vectors", "Retrieval"),
    topics=("retrieval", "ants"),
    published="2024-01-05",
    days=(date(2024, 1, 9),),
    arxiv="2401.00001",
    doi="10.1234/a<b>(2024)#1",
)


def elements(head: str) -> list[ElementTree.Element]:
    """What a browser makes of it, in a page."""
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title>'
        f"{head}</head><body><p>B</p></body></html>"
    )
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    start, body = tree
    assert [child.tag for child in body] == ["p"]
    return list(start)[2:]


def tags(head: str, name: str) -> list[str]:
    """The contents of all tags of a name, as Zotero and Google Scholar look for them."""
    return [
        element.get("content", "")
        for element in elements(head)
        if element.tag == "meta" and name in (element.get("name"), element.get("property"))
    ]


def links(head: str, relation: str) -> list[tuple[str, str | None]]:
    return [
        (element.get("href", ""), element.get("type"))
        for element in elements(head)
        if element.tag == "link" and element.get("rel") == relation
    ]


def linked_data(head: str) -> dict[str, Any]:
    (script,) = (element for element in elements(head) if element.tag == "script")
    assert script.get("type") == "application/ld+json"
    data: dict[str, Any] = json.loads(script.text or "")
    return data


def head(paper: Paper = PAPER, *, has_card: bool = True, **settings: Any) -> str:
    settings_of = dataclasses.replace(SETTINGS, **settings)
    return metadata.paper_head(paper, settings_of, NAMES, NAMES, has_card=has_card)


# Google Scholar and Zotero


def test_scholar_finds_title_authors_and_date() -> None:
    assert tags(head(), "citation_title") == [PAPER.title]
    assert tags(head(), "citation_author") == [author.name for author in PAPER.authors]
    assert tags(head(), "citation_publication_date") == ["2024/01/05"]


@pytest.mark.parametrize(
    ("published", "tag"),
    [("2010-10-02", "2010/10/02"), ("2010-05", "2010"), ("2010", "2010"), ("", "2024/01/09")],
)
def test_date_is_a_day_or_a_year_or_else_the_day_it_was_listed(published: str, tag: str) -> None:
    found = head(replace(PAPER, published=published))
    assert tags(found, "citation_publication_date") == [tag]


def test_what_is_unknown_is_absent() -> None:
    found = head(Paper(id="bare", title="Bare"), has_card=False)
    names = [e.get("name") or e.get("property") for e in elements(found) if e.tag == "meta"]
    assert names == [
        "citation_title",
        "og:type",
        "og:site_name",
    ]
    assert linked_data(found).keys() == {"@context", "@type", "@id", "headline"}


def test_identifiers_and_the_file_are_named() -> None:
    assert tags(head(), "citation_doi") == ["10.1234/a<b>(2024)#1"]
    assert tags(head(), "citation_arxiv_id") == ["2401.00001"]
    assert tags(head(), "citation_pdf_url") == ["https://arxiv.org/pdf/2401.00001?a=1&b=2"]


def test_pdf_tag_can_be_turned_off_and_the_link_stays() -> None:
    found = head(pdf_tag=False)
    assert tags(found, "citation_pdf_url") == []
    assert links(found, "item") == [("https://arxiv.org/pdf/2401.00001?a=1&b=2", "application/pdf")]


def test_abstract_is_whole_with_its_tex_as_the_source_has_it() -> None:
    long = "We need $O(n \\log n)$ “steps” & <no> more. " * 80
    paper = replace(PAPER, abstract=f"{long.strip()}\n\nA second paragraph.")
    assert linked_data(head(paper))["abstract"] == paper.abstract


def test_keywords_and_topics_are_named_once_each() -> None:
    assert tags(head(), "citation_keywords") == ["dense vectors; Retrieval; Ants & bees"]


def test_no_name_or_keyword_is_split_at_its_semicolon() -> None:
    paper = replace(
        PAPER, authors=(Author(name="Lovelace; Ada"),), keywords=("a; b",), topics=("ants",)
    )
    assert tags(head(paper), "citation_author") == ["Lovelace, Ada"]
    assert tags(head(paper), "citation_keywords") == ["a, b; Ants & bees"]


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("Nature Methods", "journal"),
        ("Nature 2019", "journal"),
        ("Journal of Machine Learning Research", "journal"),
        ("Proceedings of the National Academy of Sciences", "journal"),
        ("Proceedings of the IEEE", "journal"),
        ("ACL 2023", "conference"),
        ("NAACL-HLT 2019", "conference"),
        ("NeurIPS 2024 poster", "conference"),
        ("CVPR'24", "conference"),
        ("eccv2022", "conference"),
        ("Proceedings of the 40th International Conference on Machine Learning", "conference"),
    ],
)
def test_venue_is_a_journal_or_a_conference(venue: str, kind: str) -> None:
    found = head(replace(PAPER, venue=venue))
    assert tags(found, f"citation_{kind}_title") == [venue]
    assert (
        len(tags(found, "citation_journal_title") + tags(found, "citation_conference_title")) == 1
    )
    assert tags(found, "DC.type") == []


def test_what_the_anthology_has_was_at_a_conference() -> None:
    found = head(replace(PAPER, venue="Some Meeting of Ours", anthology="P19-1001"))
    assert tags(found, "citation_conference_title") == ["Some Meeting of Ours"]


@pytest.mark.parametrize("venue", ["", "arXiv", "CoRR", "bioRxiv 2020", "arXiv preprint"])
def test_what_is_on_arxiv_alone_is_a_preprint(venue: str) -> None:
    found = head(replace(PAPER, venue=venue))
    assert tags(found, "DC.type") == ["preprint"]
    assert tags(found, "citation_journal_title") == []


def test_what_the_source_says_of_its_kind_and_place_is_tagged() -> None:
    said = Publication(
        type="chapter", volume="3", issue="2", pages="1–20", publisher="Ant Press", isbn="978-3"
    )
    found = head(replace(PAPER, venue="The Book of Ants", publication=said))
    assert tags(found, "citation_inbook_title") == ["The Book of Ants"]
    assert tags(found, "citation_volume") == ["3"]
    assert tags(found, "citation_issue") == ["2"]
    assert tags(found, "citation_firstpage") + tags(found, "citation_lastpage") == ["1", "20"]
    assert tags(found, "citation_publisher") == ["Ant Press"]
    assert tags(found, "citation_isbn") == ["978-3"]


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        ("thesis", "citation_dissertation_institution"),
        ("report", "citation_technical_report_institution"),
    ],
)
def test_institutions_of_theses_and_reports_are_tagged(kind: str, tag: str) -> None:
    said = Publication(type=kind)
    found = head(replace(PAPER, venue="Ant University", anthology="", publication=said))
    assert tags(found, tag) == ["Ant University"]
    assert tags(found, "citation_journal_title") == []
    said = Publication(type=kind, publisher="Ant University")
    assert tags(head(replace(PAPER, venue="", publication=said)), tag) == ["Ant University"]


def test_of_thousands_of_authors_a_hundred_are_tagged() -> None:
    paper = replace(PAPER, authors=tuple(Author(name=f"Author {n}") for n in range(3000)))
    assert tags(head(paper), "citation_author") == [f"Author {n}" for n in range(100)]
    assert len(linked_data(head(paper))["author"]) == 3_000
    identified = tuple(replace(PAPER.authors[1], name=f"Author {n}") for n in range(300))
    assert head(replace(PAPER, authors=identified)).count('<link rel="author"') == 20


# Previews of links


def test_preview_has_a_picture_and_its_size() -> None:
    found = head()
    assert tags(found, "og:type") == ["article"]
    assert tags(found, "og:title") == [PAPER.title]
    assert tags(head(replace(PAPER, title="$\\pi_0$ Grows")), "og:title") == ["π₀ Grows"]
    assert tags(found, "og:site_name") == ["The “Shelf”"]
    assert tags(found, "og:image") == ["https://papershelf.example/demo/papers/2401.00001.png"]
    assert tags(found, "twitter:card") == ["summary_large_image"]


def test_without_a_card_there_is_no_picture() -> None:
    assert "image" not in head(has_card=False)


def test_without_the_address_of_the_site_nothing_of_ours_is_absolute() -> None:
    found = head(site_url="")
    assert tags(found, "og:image") == []
    assert "papershelf.example" not in found


# Signposting


def test_signs_lead_to_this_page_its_records_its_file_its_authors_and_elsewhere() -> None:
    found = head()
    assert links(found, "cite-as") == [("./", None)]  # this page, wherever it is
    assert links(found, "describedby") == []
    assert [href for href, _ in links(found, "type")] == [
        "https://schema.org/AboutPage",
        "https://schema.org/ScholarlyArticle",
    ]
    assert links(found, "author") == [("https://orcid.org/0000-0002-1825-0097", None)]
    assert links(found, "related") == [
        ("https://doi.org/10.1234/a%3Cb%3E(2024)%231", None),
        ("https://arxiv.org/abs/2401.00001", None),
    ]


def test_signs_lead_to_companions_where_there_are_such() -> None:
    assert links(head(companions=True), "describedby") == [
        ("../2401.00001.json", "application/json"),
        ("../2401.00001.md", "text/markdown"),
    ]


# JSON-LD

SCHEMA_ORG = "https://schema.org/"
CONTEXT = {
    "@vocab": SCHEMA_ORG,
    **{name: {"@type": "@id"} for name in ("url", "sameAs")},
    "itemListElement": {"@container": "@list"},
}
PERSON = {
    "type": "object",
    "required": ["@type", "name"],
    "properties": {
        "@type": {"const": "Person"},
        "name": {"type": "string", "minLength": 1},
        "@id": {"pattern": "^https://orcid.org/[0-9X-]{19}$"},
    },
    "additionalProperties": False,
}
WORDS = {"type": "array", "minItems": 1, "items": {"type": "string"}}
DATE = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
ARTICLE = {
    "type": "object",
    "required": ["@context", "@type", "headline"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "ScholarlyArticle"},
        "@id": {"const": "./"},
        "headline": {"type": "string", "minLength": 1},
        "author": {"type": "array", "minItems": 1, "items": PERSON},
        "datePublished": DATE,
        "dateModified": DATE,
        "sdDatePublished": DATE,
        "version": {"type": "integer", "minimum": 2},
        "name": {"type": "string", "minLength": 1},
        "abstract": {"type": "string", "minLength": 1},
        **dict.fromkeys(("keywords", "articleSection", "genre"), WORDS),
        "isPartOf": {
            "required": ["@type", "name"],
            "properties": {"@type": {"enum": ["Periodical", "PublicationVolume", "CreativeWork"]}},
        },
        "identifier": {"type": "array", "items": {"pattern": "^(?:arxiv|doi|acl):"}},
        "encoding": {
            "type": "array",
            "items": {
                "required": ["name", "contentUrl"],
                "properties": {"contentUrl": {"pattern": '^https?://[^ <>"]+$'}},
            },
        },
        "interactionStatistic": {"required": ["interactionType", "userInteractionCount"]},
        "commentCount": {"type": "integer"},
        "sameAs": {"type": "array", "items": {"pattern": '^https://[^ <>"]+$'}},
        "creativeWorkStatus": {"enum": ["withdrawn", "retracted"]},
    },
    "additionalProperties": False,
}


def expanded(data: dict[str, Any], base: str = "") -> dict[str, Any]:
    def load(url: str, options: dict[str, Any]) -> dict[str, Any]:
        assert url == "https://schema.org"
        document = {"@context": CONTEXT}
        return {"document": document, "documentUrl": url, "contextUrl": None, "contentType": None}

    (node,) = jsonld.expand(data, {"documentLoader": load, "base": base})
    found: dict[str, Any] = node
    return found


def values(node: dict[str, Any], property: str) -> list[Any]:
    found = node.get(f"{SCHEMA_ORG}{property}", [])
    return [value.get("@value") or value["@id"] for value in found]


def test_linked_data_expands_to_the_article() -> None:
    paper = replace(PAPER, venue="Nature", revised="2024-02-01", withdrawn="retracted")
    data = linked_data(head(paper))
    jsonschema.validate(data, ARTICLE)
    node = expanded(data, "https://papershelf.example/demo/papers/2401.00001/")
    assert node["@id"] == "https://papershelf.example/demo/papers/2401.00001/"
    assert node["@type"] == [f"{SCHEMA_ORG}ScholarlyArticle"]
    assert values(node, "headline") == [PAPER.title]
    assert values(node, "datePublished") == ["2024-01-05"]
    assert values(node, "dateModified") == ["2024-02-01"]
    assert values(node, "creativeWorkStatus") == ["retracted"]
    assert values(node, "sameAs") == [
        "https://doi.org/10.1234/a%3Cb%3E(2024)%231",
        "https://arxiv.org/abs/2401.00001",
    ]
    people = node[f"{SCHEMA_ORG}author"]
    assert [values(person, "name") for person in people] == [[a.name] for a in PAPER.authors]
    assert people[1]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert values(node, "abstract") == [PAPER.abstract]
    assert values(node, "keywords") == ["dense vectors", "Retrieval"]
    assert values(node, "articleSection") == ["Retrieval", "Ants & bees"]
    assert values(node, "sdDatePublished") == ["2024-01-09"]
    assert values(node, "identifier") == ["arxiv:2401.00001", "doi:10.1234/a<b>(2024)#1"]
    assert [values(one, "contentUrl") for one in node[f"{SCHEMA_ORG}encoding"]] == [
        [PAPER.links[1].url]
    ]
    (journal,) = node[f"{SCHEMA_ORG}isPartOf"]
    assert (journal["@type"], values(journal, "name")) == ([f"{SCHEMA_ORG}Periodical"], ["Nature"])


def test_the_record_says_what_the_source_says_of_its_kind_and_place() -> None:
    said = Publication(
        type="chapter",
        volume="3",
        pages="1–20",
        publisher="Ant Press",
        editors=(Author(name="Grace Hopper"),),
        license="CC BY 4.0",
    )
    node = linked_data(head(replace(PAPER, venue="The Book of Ants", publication=said)))
    assert node["@type"] == "Chapter"
    part = {"@type": "Book", "name": "The Book of Ants", "volumeNumber": "3"}
    assert node["isPartOf"] == part
    assert node["pagination"] == "1–20"
    assert node["publisher"] == {"@type": "Organization", "name": "Ant Press"}
    assert node["editor"] == [{"@type": "Person", "name": "Grace Hopper"}]
    assert node["license"] == "CC BY 4.0"


def test_votes_of_nobody_are_known_and_unknown_ones_are_not_said() -> None:
    node = linked_data(head(replace(PAPER, votes=Votes(upvotes=0, comments=0))))
    assert node["interactionStatistic"]["userInteractionCount"] == node["commentCount"] == 0
    unknown = linked_data(head(replace(PAPER, votes=None, version=0)))
    assert not {"interactionStatistic", "commentCount", "version"} & unknown.keys()


# Hostile text

TEXT = st.one_of(
    st.sampled_from(shelves.HOSTILE),
    st.text(max_size=60),
    st.text("<>&\"'/!-; \\sctiprSCTIPR", max_size=40),
).map(text.clean)


def hostile_papers() -> st.SearchStrategy[Paper]:
    return st.builds(
        Paper,
        id=st.just("x"),
        title=TEXT,
        authors=st.lists(TEXT.map(lambda name: Author(name=name)), max_size=3).map(tuple),
        keywords=st.lists(TEXT, max_size=2).map(tuple),
        venue=TEXT,
        doi=st.sampled_from(["", '10.1/"><script>', "10.1/é\u2028%"]),
    )


@given(hostile_papers())
def test_no_text_breaks_out_of_its_place(paper: Paper) -> None:
    found = head(paper)
    kinds = {element.tag for element in elements(found)}
    assert kinds == {"meta", "link", "script"}
    assert len(elements(found)) == found.count("<") - 1
    assert tags(found, "citation_title") == [paper.title]
    assert tags(found, "og:title") == [readable(paper.title)]
    assert tags(found, "citation_author") == [a.name.replace(";", ",") for a in paper.authors]
    data = linked_data(found)
    assert data.get("headline", "") == readable(paper.title)
    assert [person["name"] for person in data.get("author", [])] == [a.name for a in paper.authors]


@given(TEXT, TEXT)
def test_no_title_of_a_listing_breaks_out(title: str, description: str) -> None:
    found = listing_head(title, description)
    assert {element.tag for element in elements(found)} == {"meta", "link", "script"}
    assert tags(found, "og:title") == [text.excerpt(title, 500)]
    assert linked_data(found).get("description", "") == text.excerpt(description, 500)


def nasty() -> Iterator[Paper]:
    for number, raw in enumerate(shelves.HOSTILE):
        title = text.clean(raw)
        link = text.safe_url(f"https://example.org/{raw[:200]}") or "https://example.org/"
        yield replace(
            PAPER,
            id=f"hostile-{number}",
            title=title,
            authors=(Author(name=title),),
            keywords=(title,),
            venue=title if number % 2 else "",
            doi=f"10.1/{title[:50].lower()}",
            links=(Link(kind="pdf", url=link),),
        )
    if NASTY.is_file():
        yield from corpus()


def corpus() -> Iterator[Paper]:
    """Real records that broke somebody's generator, where they are at hand."""
    with tarfile.open(NASTY) as archive:
        for member in archive.getmembers():
            if member.name.endswith(".jsonl"):
                file = archive.extractfile(member)
                assert file
                yield from sources.read(file.read(), "nasty.jsonl").papers


def test_head_of_every_nasty_paper_is_valid_html(tmp_path: Path) -> None:
    for number, paper in enumerate(nasty()):
        page = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title>'
            f"{head(replace(paper, topics=()))}</head><body><p>B</p></body></html>"
        )
        (tmp_path / f"{number}.html").write_text(page, "utf-8")
        jsonschema.validate(linked_data(head(replace(paper, topics=()))), ARTICLE)
    listing = f"<!doctype html><html lang=en><title>T</title>{listing_head('A & “b”', 'c')}<p>B"
    (tmp_path / "listing.html").write_text(listing, "utf-8")
    assert validation.errors(tmp_path) == []


# Size


def test_typical_head_is_small() -> None:
    """Every page of a paper carries it, besides the abstract."""
    about = replace(PAPER, abstract="")
    assert len(head(about).encode()) < 3_000
    assert len(head(about, has_card=False).encode()) < 2_800


# Listings


def listing_head(title: str = "Ants & bees", description: str = "D", **settings: Any) -> str:
    papers = [PAPER.id, "bare"]
    return metadata.listing_head(
        title,
        description,
        "topics/ants/2/",
        papers,
        dataclasses.replace(SETTINGS, **settings),
        has_feed=True,
        start="topics/ants/",
    )


def test_listing_is_a_collection_of_its_papers_in_their_order() -> None:
    address = "https://papershelf.example/demo/topics/ants/2/"
    node = expanded(linked_data(listing_head()), address)
    assert node["@id"] == address
    assert node["@type"] == [f"{SCHEMA_ORG}CollectionPage"]
    assert values(node, "name") == ["Ants & bees"]
    (list_,) = node[f"{SCHEMA_ORG}mainEntity"]
    (entries,) = list_[f"{SCHEMA_ORG}itemListElement"]
    assert [entry["@id"] for entry in entries["@list"]] == [
        "https://papershelf.example/demo/papers/2401.00001/",
        "https://papershelf.example/demo/papers/bare/",
    ]


def test_addresses_in_a_listing_are_relative_where_the_site_is_not_known() -> None:
    data = linked_data(listing_head(site_url=""))
    assert data["mainEntity"]["itemListElement"][1]["@id"] == "../../../papers/bare/"
    assert tags(listing_head(site_url=""), "og:url") == []


def test_every_page_of_a_listing_leads_to_the_feed_beside_the_first() -> None:
    found = [e for e in elements(listing_head()) if e.get("rel") == "alternate"]
    assert [(e.get("type"), e.get("href"), e.get("title")) for e in found] == [
        ("application/atom+xml", "../feed.xml", "Ants & bees · The “Shelf”"),
    ]


def test_front_page_leads_to_the_feeds_of_the_site() -> None:
    found = metadata.listing_head("The “Shelf”", "", "", [PAPER.id], SETTINGS, has_feed=True)
    assert links(found, "alternate") == [
        ("feed.xml", "application/atom+xml"),
        ("feed.json", "application/feed+json"),
    ]
    assert 'title="The “Shelf”"' in found


def test_listing_without_a_feed_names_none() -> None:
    found = metadata.listing_head("Days", "", "days/", [], SETTINGS, has_feed=False)
    assert links(found, "alternate") == []
    assert tags(found, "og:type") == ["website"]


# In a site

SHARED = """
@article{a, title = {Speculative decoding with Owls}, year = 2025, keywords = {night vision}}
@article{b, title = {Fast speculative decoding}, year = 2025, month = 5}
@article{c, title = {Speculative decoding for Foxes}, year = 2025, abstract = {Foxes are quick.}}
""" + "".join(
    f"@article{{{name}, title = {{On {name}}}}}\n" for name in ("elk", "bat", "ox", "eel")
)
"""Papers of which three share a phrase, which becomes a topic where there is no taxonomy."""


def passed_on(site_dir: Path) -> set[str]:
    """All keywords in pages, feeds, files of citations and the catalog."""
    texts = [file.read_text("utf-8") for file in site_dir.rglob("*") if file.suffix in _PASSED_ON]
    return {word for text in texts for found in _KEYWORDS.findall(text) for word in found if word}


_PASSED_ON = {".html", ".xml", ".json", ".jsonl", ".bib", ".ris"}
_KEYWORDS = re.compile(
    r'citation_keywords" content="([^"]*)|<category term="([^"]*)|"(?:tags|keywords?)": ?\["([^"]*)'
    r'|"keyword": ?"([^"]*)|keywords *= *[{"]([^}"]*)|(?m:^KW  - (.*)$)'
)


def test_topics_that_were_made_up_are_nobodys_keywords(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"list.bib": SHARED})
    site_dir = site.build(root).site_dir
    assert (site_dir / "topics/speculative-decoding").is_dir()
    assert passed_on(site_dir) == {"night vision"}
    topic = "- {slug: speculative-decoding, name: Speculative decoding, phrases: [decoding]}"
    (root / "content/topics.yml").write_text(topic, "utf-8")
    site.build(root)
    assert {"Speculative decoding", "night vision; Speculative decoding"} < passed_on(site_dir)


def test_page_without_an_abstract_describes_nothing(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"list.bib": SHARED}, settings={"site_description": "A site of papers."})
    site_dir = site.build(root).site_dir
    heads = [file.read_text("utf-8") for file in (site_dir / "papers").glob("*/index.html")]
    assert len(heads) == 7
    for found in heads:
        has_abstract = "Foxes" in found.partition("</title>")[0]
        assert ("description" in found.partition("</head>")[0]) == has_abstract
        assert ('og:description" content="Foxes are quick.' in found) == has_abstract
    front = (site_dir / "index.html").read_text("utf-8")
    assert (
        '<meta name="description" property="og:description" content="A site of papers.">' in front
    )
