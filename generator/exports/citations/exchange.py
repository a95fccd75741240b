"""Records for programs that keep references: CSL-JSON, RIS and COinS."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from generator.exports.citations import names, reference
from generator.exports.citations.names import Name
from generator.model.papers import Paper, Publication

_CSL_TYPES: Final[dict[reference.Kind, str]] = {
    "journal": "article-journal",
    "conference": "paper-conference",
    "chapter": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "preprint": "article",
    "other": "document",
}
_RIS_TYPES: Final[dict[reference.Kind, str]] = {
    "journal": "JOUR",
    "conference": "CPAPER",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "preprint": "UNPB",
    "other": "GEN",
}


_RIS_OTHERS: Final = {"dataset": "DATA", "software": "COMP", "webpage": "ELEC", "patent": "PAT"}
"""What RIS has for types of CSL that are no kind of their own."""


def csl(paper: Paper, key: str, page_url: str = "") -> dict[str, Any]:
    """One item of CSL-JSON (https://github.com/citation-style-language/schema, `csl-data.json`)."""
    kind = reference.kind(paper)
    date = reference.date(paper)
    preprint = kind == "preprint"
    publication = paper.publication
    fields = {
        "id": key,
        "type": _CSL_TYPES[kind] if preprint else publication.type or _CSL_TYPES[kind],
        "title": paper.title,
        "author": [_csl_name(name) for name in names.of(paper)],
        "issued": {"date-parts": [list(date)]} if date else None,
        "container-title": _container(paper),
        "volume": publication.volume,
        "issue": publication.issue,
        "page": publication.pages,
        "editor": [_csl_name(names.split(editor)) for editor in publication.editors],
        "publisher": reference.server(paper) if preprint else reference.issuer(paper),
        "publisher-place": publication.place,
        "edition": publication.edition,
        "collection-title": publication.series,
        "genre": publication.genre,
        "number": publication.number
        or (f"arXiv:{paper.arxiv}" if preprint and paper.arxiv else ""),
        "ISBN": publication.isbn,
        "ISSN": publication.issn,
        "language": publication.language,
        "DOI": reference.doi(paper),
        "URL": reference.url(paper, page_url),
        "note": reference.note(paper),
    }
    return {name: value for name, value in fields.items() if value}


def _container(paper: Paper) -> str:
    """The venue, where it is neither a server of preprints nor said as who issued the paper."""
    return "" if reference.kind(paper) in ("preprint", "thesis", "report") else paper.venue


def _csl_name(name: Name) -> dict[str, str]:
    family, given, suffix, _ = name
    if not given:
        return {"literal": ", ".join(filter(None, (family, suffix)))}
    parts = {"family": family, "given": given}
    return parts | {"suffix": suffix} if suffix else parts


def ris(paper: Paper, key: str, page_url: str = "") -> str:
    """One record of RIS (https://en.wikipedia.org/wiki/RIS_(file_format)): TY … ER."""
    kind = reference.kind(paper)
    date = reference.date(paper)
    year, month, day = (*date, 0, 0, 0)[:3]
    preprint = kind == "preprint"
    fields = [
        (
            "TY",
            _RIS_OTHERS.get(paper.publication.type, "GEN") if kind == "other" else _RIS_TYPES[kind],
        ),
        ("ID", key),
        ("TI", paper.title),
        *[("AU", _inverted(name)) for name in names.of(paper)],
        ("PY", f"{year:04}" if year else ""),
        ("DA", f"{year:04}/{month:02}/{f'{day:02}' if day else ''}/" if month else ""),
        ("T2", _container(paper)),
        *_published(paper.publication),
        ("PB", reference.server(paper) if preprint else reference.issuer(paper)),
        ("AN", f"arXiv:{paper.arxiv}" if paper.arxiv else ""),
        ("DO", reference.doi(paper)),
        ("UR", reference.url(paper, page_url)),
        ("N1", paper.withdrawn.capitalize()),
    ]
    lines = [f"{tag}  - {value}\n" for tag, value in fields if value]
    return f"{''.join(lines)}ER  - \n"


def _published(publication: Publication) -> list[tuple[str, str]]:
    first, _, last = publication.pages.partition("–")
    return [
        ("VL", publication.volume),
        ("IS", publication.issue),
        ("SP", first),
        ("EP", last),
        *[("A2", _inverted(names.split(editor))) for editor in publication.editors],
        ("CY", publication.place),
        ("ET", publication.edition),
        ("T3", publication.series),
        ("M3", publication.genre),
        ("M1", publication.number),
        ("SN", publication.isbn),
        ("SN", publication.issn),
        ("LA", publication.language),
    ]


def _inverted(name: Name) -> str:
    """`Oord, Aäron`, `Smith, John, Jr.`; what has no parts as it is."""
    return ", ".join([part for part in name[:3] if part])


COINS_AUTHORS: Final = 100
"""Authors that a COinS span names; with the thousands of some papers, a page of a list would have
hundreds of kilobytes."""


def coins(paper: Paper) -> str:
    """The title of a COinS span (https://en.wikipedia.org/wiki/COinS), before HTML's escaping.

    An OpenURL ContextObject (ANSI/NISO Z39.88-2004) as keys and encoded values, in the format of
    journals, books or dissertations; what is none of these in Dublin Core. It stands in every
    list that a paper is in, so of a collaboration only the first `COINS_AUTHORS` are named; the
    paper's own page names all.
    """
    kind = reference.kind(paper)
    parts = [_COINS[kind]]
    if kind in _CONTAINERS:
        parts.append(f"&rft.atitle={_encoded(paper.title)}")
        if paper.venue:
            parts.append(f"&{_CONTAINERS[kind]}={_encoded(paper.venue)}")
    else:
        parts.append(f"&{_ALONE.get(kind, 'rft.title')}={_encoded(paper.title)}")
    if kind == "preprint":
        parts.append(f"&rft.source={_encoded(reference.server(paper))}")
    if kind in _FIELDS:
        issuer = {"publisher": reference.issuer(paper)}
        for name, called in _FIELDS[kind].items():
            if value := issuer.get(name, "") or str(getattr(paper.publication, name)):
                parts.append(f"&{called}={_encoded(value.replace('–', '-'))}")
    if date := reference.iso(paper):
        parts.append(f"&rft.date={date}")
    author_key = "rft.au" if kind in _FIELDS else "rft.creator"
    parts += [_coins_author(name, author_key) for name in names.of(paper)[:COINS_AUTHORS]]
    if doi := reference.doi(paper):
        parts.append(f"&rft_id=info:doi/{_encoded(doi)}")
    if url := reference.url(paper, ""):
        parts.append(f"&rft_id={_encoded(url)}")
    return "".join(parts)


_CONTEXT: Final = "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3A"
_COINS: Final[dict[reference.Kind, str]] = {
    "journal": f"{_CONTEXT}journal&rft.genre=article",
    "conference": f"{_CONTEXT}book&rft.genre=proceeding",
    "chapter": f"{_CONTEXT}book&rft.genre=bookitem",
    "book": f"{_CONTEXT}book&rft.genre=book",
    "thesis": f"{_CONTEXT}dissertation",
    "report": f"{_CONTEXT}book&rft.genre=report",
    "preprint": f"{_CONTEXT}dc&rft.type=preprint",
    "other": f"{_CONTEXT}dc&rft.type=document",
}
_CONTAINERS: Final[dict[reference.Kind, str]] = {
    "journal": "rft.jtitle",
    "conference": "rft.btitle",
    "chapter": "rft.btitle",
}
_ALONE: Final[dict[reference.Kind, str]] = {"book": "rft.btitle", "report": "rft.btitle"}
_IN_JOURNALS: Final = {
    "volume": "rft.volume",
    "issue": "rft.issue",
    "pages": "rft.pages",
    "issn": "rft.issn",
}
_IN_BOOKS: Final = {
    "pages": "rft.pages",
    "publisher": "rft.pub",
    "place": "rft.place",
    "edition": "rft.edition",
    "series": "rft.series",
    "isbn": "rft.isbn",
}
_FIELDS: Final[dict[reference.Kind, dict[str, str]]] = {
    "journal": _IN_JOURNALS,
    "conference": _IN_BOOKS,
    "chapter": _IN_BOOKS,
    "book": _IN_BOOKS,
    "report": _IN_BOOKS,
    "thesis": {"publisher": "rft.inst"},
}


@lru_cache(maxsize=1 << 16)
def _coins_author(name: Name, key: str) -> str:
    """A group is `rft.aucorp` where the format has it; Dublin Core knows creators only."""
    family, given, suffix, is_group = name
    if is_group and key == "rft.au":
        key = "rft.aucorp"
    given = " ".join(filter(None, (given, suffix)))
    encoded = [_encoded(part) for part in (family, given) if part]
    return f"&{key}={'%2C%20'.join(encoded)}"


@lru_cache(maxsize=1 << 16)
def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace")
