"""What stands in the head of a page for machines: Google Scholar, Zotero, previews of links.

Each vocabulary has its own readers, and a fact is said again only for another kind of them, since
every page carries this:

- Highwire's tags, for Google Scholar (https://scholar.google.com/intl/en/scholar/inclusion.html)
  and Zotero; a paper that is nowhere published is `DC.type` `preprint` for the latter
- Open Graph (https://ogp.me), for those who preview links
- JSON-LD of https://schema.org, for other search engines and for programs: the whole record
- Signposting (https://signposting.org/FAIR/), for crawlers of libraries

The description is not here: the theme's own `<meta name="description">` is Open Graph's as well,
and a paper without an abstract has none. Nor is `citation_abstract`, which Zotero alone reads, and
after scripts ran: `assets/zotero.js` takes it from JSON-LD.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

import msgspec

from generator.exports.citations import reference
from generator.model import addresses
from generator.model.papers import Author, Paper, Votes
from generator.model.settings import Settings
from generator.text import excerpt, metadata
from generator.text.plain import readable

AUTHORS_TAGGED: Final = 100
"""Authors who get a tag of their own; papers of physics have thousands, and their records name
all of them."""

ORCIDS: Final = 20
"""Authors whose ORCID iDs are linked; JSON-LD has all."""

KEYWORDS: Final = 10
"""Keywords and topics that are named at most."""


def paper_head(
    paper: Paper,
    settings: Settings,
    topics: Mapping[str, str],
    names: Mapping[str, str],
    *,
    has_card: bool,
) -> str:
    """What machines read about a paper, for the head of its page.

    Where the address of the site is not known, what must be absolute is left out.

    Args:
        paper: any paper, also a withdrawn one.
        settings: those of the site.
        topics: the names of topics that may be its keywords, by slug.
        names: those of all topics.
        has_card: whether there is a picture at `addresses.card`.
    """
    address = addresses.paper(paper.id)
    url = addresses.absolute(settings.site_url, address) if settings.site_url else ""
    published = paper.published or paper.date
    pdf = next((link.url for link in paper.links if link.kind == "pdf"), "")
    keywords = _keywords(paper, topics)
    elsewhere = _elsewhere(paper)
    orcids = [_orcid(author) for author in paper.authors[:ORCIDS] if author.orcid]
    kind = reference.kind(paper)

    title = readable(paper.title)
    if title == paper.title:
        elements = [_tag("citation_title", title, "og:title")]
    else:  # citations keep TeX, previews do not read it
        elements = [_tag("citation_title", paper.title), _graph("title", title)]
    elements += [
        _tag("citation_author", _unsplit(author.name)) for author in paper.authors[:AUTHORS_TAGGED]
    ]
    if published:
        # A day or a year: Google Scholar knows no form for a month.
        known = published if len(published) == len("2010-05-12") else published[: len("2010")]
        elements.append(_tag("citation_publication_date", known.replace("-", "/")))
    if reference.container(paper):
        elements.append(_tag(f"citation_{_CONTAINERS.get(kind, kind)}_title", paper.venue))
    elif kind == "preprint":
        elements.append(_tag("DC.type", "preprint"))
    elements += [_tag(f"citation_{name}", value) for name, value in _published(paper, kind)]
    if paper.doi:
        elements.append(_tag("citation_doi", paper.doi))
    if paper.arxiv:
        elements.append(_tag("citation_arxiv_id", paper.arxiv))
    if pdf and settings.pdf_tag:
        elements.append(_tag("citation_pdf_url", pdf))
    if keywords:
        elements.append(_tag("citation_keywords", "; ".join(keywords)))

    elements += [_graph("type", "article"), _graph("site_name", _line(settings.site_name))]
    if url and has_card:
        card = addresses.absolute(settings.site_url, addresses.card(paper.id))
        elements += [
            _graph("image", card),
            _tag("twitter:card", "summary_large_image"),
        ]

    elements += [
        _link("cite-as", "./"),
        _link("type", "https://schema.org/AboutPage"),
        _link("type", "https://schema.org/ScholarlyArticle"),
    ]
    if settings.companions:
        beside = {
            "application/json": addresses.twin(paper.id),
            "text/markdown": addresses.markdown_twin(paper.id),
        }
        elements += [
            _link("describedby", addresses.relative(address, path), kind)
            for kind, path in beside.items()
        ]
    if pdf:
        elements.append(_link("item", pdf, "application/pdf"))
    elements += [_link("author", orcid) for orcid in orcids]
    elements += [_link("related", known) for known in elsewhere]

    return "".join(elements) + _json_ld(_record(paper, names))


def _published(paper: Paper, kind: reference.Kind) -> Iterator[tuple[str, str]]:
    """Highwire's tags for where in its venue a paper stands, and who issued it."""
    said = paper.publication
    if kind in _INSTITUTIONS:
        yield _INSTITUTIONS[kind], reference.issuer(paper)
    elif said.publisher:
        yield "publisher", said.publisher
    if kind == "report" and said.number:
        yield "technical_report_number", said.number
    first, _, last = said.pages.partition("–")
    tags = {
        "volume": said.volume,
        "issue": said.issue,
        "firstpage": first,
        "lastpage": last,
        "isbn": said.isbn,
        "issn": said.issn,
        "language": said.language,
    }
    yield from ((name, value) for name, value in tags.items() if value)


_CONTAINERS: Final[dict[str, str]] = {"chapter": "inbook"}
_INSTITUTIONS: Final[dict[str, str]] = {
    "thesis": "dissertation_institution",
    "report": "technical_report_institution",
}


def _record(paper: Paper, names: Mapping[str, str]) -> dict[str, Any]:
    """All that the catalog knows of a paper, in the words of schema.org."""
    title, kind = readable(paper.title), reference.kind(paper)
    votes, elsewhere, said = paper.votes or Votes(), _elsewhere(paper), paper.publication
    ids = {"arxiv": paper.arxiv, "doi": paper.doi, "acl": paper.anthology}
    return {
        "@type": _TYPES.get(paper.publication.type, "ScholarlyArticle"),
        "@id": "./",
        "headline": title,
        "name": paper.title if paper.title != title else "",
        "abstract": paper.abstract,
        "author": [_person(author) for author in paper.authors],
        "datePublished": paper.published or paper.date,
        "dateModified": paper.revised,
        "version": paper.version if paper.version > 1 else None,
        "sdDatePublished": paper.listed and paper.listed.isoformat(),
        "isPartOf": paper.venue
        and {
            "@type": _PARTS.get(kind, "CreativeWork"),
            "name": paper.venue,
            **_stated(volumeNumber=said.volume, issueNumber=said.issue, issn=said.issn),
        },
        **_stated(
            pagination=said.pages,
            publisher=said.publisher and {"@type": "Organization", "name": said.publisher},
            bookEdition=said.edition,
            isbn=said.isbn,
            inLanguage=said.language,
            license=said.license,
        ),
        "editor": [_person(editor) for editor in said.editors],
        "keywords": list(paper.keywords),
        "articleSection": [names[slug] for slug in paper.topics],
        "genre": list(paper.categories),
        "identifier": [f"{name}:{value}" for name, value in ids.items() if value],
        "sameAs": elsewhere,
        "encoding": [
            {"name": link.kind, "contentUrl": link.url}
            for link in paper.links
            if link.url not in elsewhere
        ],
        "interactionStatistic": None
        if votes.upvotes is None
        else {"interactionType": "LikeAction", "userInteractionCount": votes.upvotes},
        "commentCount": votes.comments,
        "creativeWorkStatus": paper.withdrawn,
    }


def listing_head(
    title: str,
    description: str,
    address: str,
    papers: Sequence[str],
    settings: Settings,
    *,
    has_feed: bool,
    start: str | None = None,
) -> str:
    """What machines read about a page of a listing, for its head.

    Args:
        title: what is listed: `Retrieval`.
        description: a sentence about it; may be empty.
        address: where this page is.
        papers: the ids of those on this page, in their order; none where they are many.
        settings: those of the site.
        has_feed: whether the listing has a feed.
        start: the address of its first page, which the feed is beside, if it is another.
    """
    site_url, site_name, line = settings.site_url, _line(settings.site_name), _line(title)
    url = addresses.absolute(site_url, address) if site_url else ""
    elements = [
        _graph("title", line),
        _graph("type", "website"),
        _graph("site_name", site_name),
    ]
    if url:
        elements.append(_graph("url", url))
    if has_feed:
        start = address if start is None else start
        name = site_name if start == addresses.FRONT else f"{line} · {site_name}"
        feeds = {"atom+xml": addresses.atom(start)}
        if start == addresses.FRONT:
            feeds["feed+json"] = addresses.json_feed(start)
        for kind, feed in feeds.items():
            href = addresses.relative(address, feed)
            elements.append(_link("alternate", href, f"application/{kind}", name))
    record = {
        "@type": "CollectionPage",
        "@id": url,
        "name": line,
        "description": _line(description),
        "mainEntity": papers
        and {
            "@type": "ItemList",
            "itemListElement": [
                {"@id": addresses.relative(address, addresses.paper(paper))} for paper in papers
            ],
        },
    }
    return "".join(elements) + _json_ld(record)


def _tag(name: str, content: str, graph: str = "") -> str:
    """Args: the same content may be a property of Open Graph too."""
    shared = f' property="{graph}"' if graph else ""
    return f'<meta name="{name}"{shared} content="{metadata(content)}">'


def _graph(property: str, content: str) -> str:
    return f'<meta property="og:{property}" content="{metadata(content)}">'


def _link(relation: str, href: str, type: str = "", title: str = "") -> str:
    kind = f' type="{type}"' if type else ""
    name = f' title="{metadata(title)}"' if title else ""
    return f'<link rel="{relation}"{kind}{name} href="{metadata(href)}">'


def _json_ld(record: Mapping[str, Any]) -> str:
    """What is unknown is left out; a count of none is known."""
    known = {key: value for key, value in record.items() if value not in _UNKNOWN}
    known = {"@context": "https://schema.org"} | known
    data = msgspec.json.encode(known).decode()
    # In a script nothing but this sign can begin markup.
    return f'<script type="application/ld+json">{data.replace("<", _LESS_THAN)}</script>'


_LESS_THAN: Final = "\\u003c"
_UNKNOWN: Final[tuple[object, ...]] = (None, "", (), [])
_LONGEST: Final = 500


def _line(text: str) -> str:
    """One line of what a person wrote into the settings or the taxonomy."""
    return excerpt(text, _LONGEST)


def _unsplit(text: str) -> str:
    """Zotero takes a semicolon for the end of a name or keyword."""
    return text.replace(";", ",")


def _keywords(paper: Paper, topics: Mapping[str, str]) -> list[str]:
    """Those of the paper, then its topics that may be keywords, each once."""
    found = [*paper.keywords, *(topics[slug] for slug in paper.topics if slug in topics)]
    unique = {word.casefold(): word for word in reversed(list(map(_unsplit, found)))}
    return list(reversed(unique.values()))[:KEYWORDS]


def _elsewhere(paper: Paper) -> list[str]:
    """Where the same paper is, by its identifiers."""
    found = []
    if paper.doi:
        found.append(f"https://doi.org/{quote(paper.doi, safe=_IN_DOI, errors='replace')}")
    if paper.arxiv:
        found.append(f"https://arxiv.org/abs/{quote(paper.arxiv)}")
    return found


_IN_DOI: Final = "/:;()._-"


def _orcid(author: Author) -> str:
    return f"https://orcid.org/{author.orcid}"


def _person(author: Author) -> dict[str, str]:
    person = {"@type": "Person", "name": author.name}
    return person | {"@id": _orcid(author)} if author.orcid else person


_PARTS: Final[dict[str, str]] = {
    "journal": "Periodical",
    "conference": "PublicationVolume",
    "chapter": "Book",
}
"""What an article is a part of, in the words of schema.org."""

_TYPES: Final[dict[str, str]] = {
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "report": "Report",
    "software": "SoftwareSourceCode",
    "thesis": "Thesis",
}
"""What schema.org calls things that are no articles, by their types in CSL."""


def _stated(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}
