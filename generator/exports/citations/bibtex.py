"""Entries for BibTeX and for biber, which reads the richer BibLaTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from generator.exports.citations import names, reference, tex
from generator.exports.citations.names import Name
from generator.model.papers import Paper, Publication

_MONTHS: Final = [month[:3].lower() for month in reference.MONTHS]
_BIBTEX_TYPES: Final[dict[reference.Kind, str]] = {
    "journal": "article",
    "conference": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
    "preprint": "misc",
    "other": "misc",
}
_BIBLATEX_TYPES: Final = _BIBTEX_TYPES | {
    "thesis": "thesis",
    "report": "report",
    "preprint": "online",
}
_OTHERS: Final = {"dataset": "dataset", "software": "software", "webpage": "online"}
"""What BibLaTeX has for types of CSL that are no kind of their own."""


def bibtex(paper: Paper, key: str, page_url: str = "", most: int | None = None) -> str:
    """An entry for classic BibTeX (http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf).

    All is ASCII but letters of scripts that LaTeX has no form for; `citations.tex` says which. The
    fields `eprint`, `archivePrefix` and `primaryClass` are those of https://info.arxiv.org/help.

    Args:
        paper: that is cited.
        key: what it is cited by.
        page_url: the address of its page here.
        most: authors that are named at most; `and others`, which styles understand, stands for the
            rest.
    """
    authors = [_name(name, False) for name in names.of(paper)[:most]]
    if len(authors) < len(paper.authors):
        authors.append("others")
    kind = reference.kind(paper)
    year, month, _ = (*reference.date(paper), 0, 0, 0)[:3]
    return _entry(
        "mastersthesis"
        if kind == "thesis" and reference.is_masters(paper)
        else _BIBTEX_TYPES[kind],
        key,
        {
            "title": tex.title(paper.title, unicode=False),
            "author": " and ".join(authors),
            "key": "" if paper.authors else key,  # what styles sort and label by instead
            _PLACES.get(kind, "howpublished"): _place(paper, kind, False),
            **_published(paper, kind, _BIBTEX_FIELDS, unicode=False),
            "year": f"{year:04}" if year else "",
            "month": _MONTHS[month - 1] if month else "",
            "eprint": paper.arxiv,
            "archivePrefix": "arXiv" if paper.arxiv else "",
            "primaryClass": _category(paper),
            "doi": reference.doi(paper),
            "url": reference.url(paper, page_url),
            "note": paper.withdrawn.capitalize(),
        },
    )


def biblatex(paper: Paper, key: str, page_url: str = "") -> str:
    """An entry for biber, in Unicode (http://mirrors.ctan.org/macros/latex/contrib/biblatex)."""
    kind = reference.kind(paper)
    thesis = "mathesis" if reference.is_masters(paper) else "phdthesis"
    entry_type = _BIBLATEX_TYPES[kind]
    return _entry(
        _OTHERS.get(paper.publication.type, entry_type) if kind == "other" else entry_type,
        key,
        {
            "title": tex.title(paper.title, unicode=True),
            "author": " and ".join([_name(name, True) for name in names.of(paper)]),
            _BIBLATEX_PLACES.get(kind, "organization"): _place(paper, kind, True),
            "type": thesis if kind == "thesis" else "",
            **_published(paper, kind, _BIBLATEX_FIELDS, unicode=True),
            "date": reference.iso(paper),
            "eprint": paper.arxiv,
            "eprinttype": "arxiv" if paper.arxiv else "",
            "eprintclass": _category(paper),
            "doi": reference.doi(paper),
            "url": reference.url(paper, page_url),
            "note": paper.withdrawn.capitalize(),
        },
    )


_PLACES: Final[dict[reference.Kind, str]] = {
    "journal": "journal",
    "conference": "booktitle",
    "chapter": "booktitle",
    "book": "publisher",
    "thesis": "school",
    "report": "institution",
}
_BIBLATEX_PLACES: Final = _PLACES | {"journal": "journaltitle", "thesis": "institution"}
_BIBTEX_FIELDS: Final = {
    "volume": "volume",
    "issue": "number",
    "number": "number",
    "pages": "pages",
    "publisher": "publisher",
    "place": "address",
    "edition": "edition",
    "series": "series",
    "genre": "type",
    "isbn": "isbn",
    "issn": "issn",
    "language": "language",
}
_BIBLATEX_FIELDS: Final = _BIBTEX_FIELDS | {"place": "location"}


def _published(
    paper: Paper, kind: reference.Kind, fields: Mapping[str, str], *, unicode: bool
) -> dict[str, str]:
    """The fields that say where in its venue a paper stands, by their names in the format."""
    publication = paper.publication
    if publication == _NOWHERE:
        return {}
    publication = replace(publication, pages=publication.pages.replace("–", "--"))
    written = {
        called: tex.escape(value, unicode=unicode)
        for name, called in fields.items()
        if (value := getattr(publication, name))
    }
    if kind in ("book", "thesis", "report"):
        written.pop("publisher", "")  # which `_place` says
    if kind != "report":
        written.pop("type", "")
    written["editor"] = " and ".join(
        _name(names.split(editor), unicode) for editor in publication.editors
    )
    return written


_NOWHERE: Final = Publication()


def _entry(type: str, key: str, fields: dict[str, str]) -> str:
    """What is unknown is left out; a month is a macro, which stands without braces."""
    lines = [
        f"  {name} = {value},\n" if name == "month" else f"  {name} = {{{value}}},\n"
        for name, value in fields.items()
        if value
    ]
    return f"@{type}{{{key},\n{''.join(lines)}}}\n"


def _place(paper: Paper, kind: reference.Kind, unicode: bool) -> str:
    """Where it appeared; of arXiv the `eprint` says so."""
    if kind == "preprint" and paper.arxiv:
        return ""
    if kind in ("book", "thesis", "report"):
        return _venue(reference.issuer(paper), unicode)
    return _venue(reference.server(paper) if kind == "preprint" else paper.venue, unicode)


@lru_cache(maxsize=1 << 12)
def _venue(venue: str, unicode: bool) -> str:
    return tex.escape(venue, unicode=unicode)


def _category(paper: Paper) -> str:
    return paper.categories[0] if paper.arxiv and paper.categories else ""


@lru_cache(maxsize=1 << 16)
def _name(name: Name, unicode: bool) -> str:
    r"""`van den Oord, A{\"a}ron`; what has no parts, in braces: `{Gemini Team}`."""
    family, given, suffix, _ = name
    plain = f"{family}, {given}"
    if given and not suffix and _PLAIN.fullmatch(plain) and not _NOT_IN_NAMES.search(plain):
        return plain  # most names, at a fifth of the price
    if not given or not (unicode or _CAN_BE_CUT.fullmatch(tex.escape(given, unicode=False))):
        whole = ", ".join(filter(None, (f"{given} {family}".strip(), suffix)))
        written = _name_part(whole, unicode)
        # Alone, a letter with an accent is told as one only outside of other braces.
        return written if written.startswith("{") and " " not in whole else f"{{{written}}}"
    return ", ".join(_name_part(part, unicode) for part in (family, suffix, given) if part)


# A sign is alone between letters: two of them may mean something to TeX.
_PLAIN: Final = re.compile(r"[A-Za-z]+(?:(?:\. |, |[ '.-])[A-Za-z]+)*\.?")

# What BibTeX makes initials of: not of other scripts, whose first byte it would take, nor of signs.
_CAN_BE_CUT: Final = re.compile(r"(?![^A-Za-z]*\\text)[\x20-\x7e]*")


@lru_cache(maxsize=1 << 16)
def _name_part(part: str, unicode: bool) -> str:
    written = tex.escape(part, unicode=unicode)
    if unicode:
        # What is biber's sign of names in another syntax, and groups in front, of which it would
        # take the closing brace for an initial.
        written = written.replace("=", r"\symbol{61}")
        if _GROUP_IN_FRONT.match(written):
            written = _GROUP_IN_FRONT.sub(rf"{{\\symbol{{{ord(part[0])}}}}}", written)
    return _NOT_IN_NAMES.sub(r"{\g<0>}", written)


_GROUP_IN_FRONT: Final = re.compile(r"^\{\\text[a-z]+\}")

# Words that stand between names, ends of labels, and signs that bibtexparser takes for spaces.
_NOT_IN_NAMES: Final = re.compile(r"\b(?:and|others)\b|[\[\]]|\\[$&#%_]", re.IGNORECASE)
