"""A paper as JSON-LD of https://schema.org, for search engines and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import msgspec

from generator.exports.citations import reference
from generator.model.papers import Author, Paper, Votes
from generator.text.unicode_math import readable

ORCIDS: Final = 20
"""Authors whose ORCID iDs are linked; JSON-LD has all."""

KEYWORDS: Final = 10
"""Keywords and topics that are named at most."""


def json_ld_record(paper: Paper, names: Mapping[str, str]) -> dict[str, Any]:
    """All that the catalog knows of a paper, in the words of schema.org."""
    title, kind = readable(paper.title), reference.kind(paper)
    votes, elsewhere, said = paper.votes or Votes(), elsewhere_of(paper), paper.publication
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
            **stated(volumeNumber=said.volume, issueNumber=said.issue, issn=said.issn),
        },
        **stated(
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


def json_ld_script(record: Mapping[str, Any]) -> str:
    """What is unknown is left out; a count of none is known."""
    stated_values = {key: value for key, value in record.items() if value not in _UNKNOWN}
    stated_values = {"@context": "https://schema.org"} | stated_values
    data = msgspec.json.encode(stated_values).decode()
    # In a script nothing but this sign can begin markup.
    return f'<script type="application/ld+json">{data.replace("<", _LESS_THAN)}</script>'


_LESS_THAN: Final = "\\u003c"
_UNKNOWN: Final[tuple[object, ...]] = (None, "", (), [])


def keywords_of(paper: Paper, topics: Mapping[str, str]) -> list[str]:
    """Keywords of a paper, then its topics that may be keywords, each once."""
    keywords = [*paper.keywords, *(topics[slug] for slug in paper.topics if slug in topics)]
    unique = {word.casefold(): word for word in reversed(list(map(unsplit, keywords)))}
    return list(reversed(unique.values()))[:KEYWORDS]


def elsewhere_of(paper: Paper) -> list[str]:
    """Where the same paper is, by its identifiers."""
    pages = []
    if paper.doi:
        pages.append(f"https://doi.org/{quote(paper.doi, safe=_IN_DOI, errors='replace')}")
    if paper.arxiv:
        pages.append(f"https://arxiv.org/abs/{quote(paper.arxiv)}")
    return pages


_IN_DOI: Final = "/:;()._-"


def orcid_address(author: Author) -> str:
    """The address of a person's record at ORCID."""
    return f"https://orcid.org/{author.orcid}"


def _person(author: Author) -> dict[str, str]:
    person = {"@type": "Person", "name": author.name}
    return person | {"@id": orcid_address(author)} if author.orcid else person


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


def stated(**values: object) -> dict[str, object]:
    """Values by their names, without those that are empty."""
    return {name: value for name, value in values.items() if value}


def unsplit(text: str) -> str:
    """Zotero takes a semicolon for the end of a name or keyword."""
    return text.replace(";", ",")
