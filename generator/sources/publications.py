"""What kind of thing a record is and where in its venue it stands, out of formats of references.

Each function gives what `RawRecord` has as `publication`. The types of every format are mapped
to those of CSL here, once; a type that says nothing (`@misc`, `GEN`) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from generator.model.papers import TYPES, Author
from generator.sources.fields.names import TYPE_OF, key
from generator.sources.references import text

BIBTEX: Final = {
    "article": "article-journal",
    "periodical": "article-journal",
    "suppperiodical": "article-journal",
    "review": "review",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "inreference": "entry-encyclopedia",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "booklet": "pamphlet",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "manual": "report",
    "unpublished": "manuscript",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "standard": "standard",
    "preprint": "article",
}
"""Types of BibTeX (http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf) and BibLaTeX
(http://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf)."""

RIS: Final = {
    "JOUR": "article-journal",
    "JFULL": "article-journal",
    "EJOUR": "article-journal",
    "INPR": "article-journal",
    "ABST": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "CPAPER": "paper-conference",
    "CONF": "paper-conference",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary",
    "THES": "thesis",
    "RPRT": "report",
    "GOVDOC": "report",
    "UNPB": "manuscript",
    "MANSCPT": "manuscript",
    "PAMP": "pamphlet",
    "ELEC": "webpage",
    "WEB": "webpage",
    "BLOG": "post-weblog",
    "DATA": "dataset",
    "DBASE": "dataset",
    "COMP": "software",
    "PAT": "patent",
    "STAND": "standard",
}
"""Types of RIS: https://en.wikipedia.org/wiki/RIS_(file_format)."""

CROSSREF: Final = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "reference-entry": "entry-encyclopedia",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "proceedings": "book",
    "dissertation": "thesis",
    "report-component": "report",
    "posted-content": "article",
}
"""What Crossref says in place of a type of CSL (https://api.crossref.org/types)."""

_GENRES: Final = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
}
"""What BibTeX's types of entries say besides, and BibLaTeX's words for types of theses."""


def of_words(
    kinds: Iterable[str], *, pages: str = "", last_page: str = "", **others: str
) -> dict[str, object]:
    """The publication of a record with types in words, `Journal Article`; the first known counts.

    Args:
        kinds: the types.
        pages: all pages, or the first of them.
        last_page: the last of them.
        others: other fields of `papers.Publication` by their names.
    """
    words = (key(word) for kind in kinds for word in kind.split(";"))
    is_first = re.fullmatch(r"\w+", pages) and last_page and last_page != pages
    return {
        **others,
        "type": next((TYPE_OF[word] for word in words if word in TYPE_OF), ""),
        "pages": f"{pages}-{last_page}" if is_first else pages,
    }


BIBTEX_FIELDS: Final = (
    *(
        "type",
        "volume",
        "number",
        "issue",
        "pages",
        "eid",
        "articleno",
        "publisher",
        "organization",
    ),
    *("address", "location", "edition", "series", "isbn", "issn", "language", "langid"),
    *("license", "copyright"),
)
"""The fields that `of_bibtex` knows."""


def of_bibtex(
    kind: str, fields: Mapping[str, str], editors: Sequence[Author | None]
) -> dict[str, object]:
    """The publication of an entry of BibTeX or BibLaTeX.

    Args:
        kind: its type, in small letters: `inproceedings`.
        fields: `BIBTEX_FIELDS` in Unicode, by their names.
        editors: of the book that it is in.
    """
    is_report = BIBTEX.get(kind) == "report"
    number = fields.get("number", "")
    genre = fields.get("type", "")
    said = _GENRES.get(genre.lower(), genre) or _GENRES.get(kind, "")
    return {
        "type": BIBTEX.get(kind, ""),
        "genre": said if BIBTEX.get(kind) in ("thesis", "report") else "",
        "volume": fields.get("volume", ""),
        "issue": "" if is_report else fields.get("issue") or number,
        "pages": fields.get("pages", ""),
        "number": number if is_report else fields.get("eid") or fields.get("articleno", ""),
        "publisher": fields.get("publisher") or fields.get("organization", ""),
        "place": fields.get("address") or fields.get("location", ""),
        "edition": fields.get("edition", ""),
        "series": fields.get("series", ""),
        "editors": editors,
        "isbn": fields.get("isbn", ""),
        "issn": fields.get("issn", ""),
        "language": fields.get("language") or fields.get("langid", ""),
        "license": fields.get("license") or fields.get("copyright", ""),
    }


def of_ris(values: Mapping[str, str], editors: Iterable[Author | str | None]) -> dict[str, object]:
    """The publication of a record of RIS.

    Args:
        values: the first value of each of its tags.
        editors: of the book that it is in.
    """
    kind = RIS.get(values.get("TY", ""), "")
    numbers = values.get("SN", "")
    is_issn = re.search(r"\b\d{4}-?\d{3}[\dX]\b(?![-\d])", numbers) and kind.startswith("article")
    first, last = values.get("SP", ""), values.get("EP", "")
    return {
        "type": kind,
        "genre": values.get("M3", "") if kind in ("thesis", "report") else "",
        "volume": values.get("VL", ""),
        "issue": values.get("IS", ""),
        "pages": f"{first}-{last}" if first and last and first != last else first,
        "number": values.get("M1", "") if kind == "report" else "",
        "publisher": values.get("PB", ""),
        "place": values.get("CY", ""),
        "edition": values.get("ET", ""),
        "series": values.get("T3", ""),
        "editors": list(editors),
        "issn" if is_issn else "isbn": numbers,
        "language": values.get("LA", ""),
    }


def of_csl(record: Mapping[str, Any], editors: Sequence[Author | None]) -> dict[str, object]:
    """The publication of an item of CSL-JSON, or of what Crossref and doi.org give in its place."""
    kind = text(record.get("type"))
    variables = {
        "genre": "genre",
        "volume": "volume",
        "issue": "issue",
        "pages": "page",
        "number": "number",
        "publisher": "publisher",
        "place": "publisher-place",
        "edition": "edition",
        "series": "collection-title",
        "isbn": "ISBN",
        "issn": "ISSN",
        "language": "language",
    }
    values: dict[str, object] = {
        name: text(record.get(variable)) for name, variable in variables.items()
    }
    kind = CROSSREF.get(kind, kind)
    return values | {"type": kind if kind in TYPES else "", "editors": editors}
