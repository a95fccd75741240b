"""One record's fields → what a paper has of them, each checked for what it should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from generator import text as foreign
from generator.model.papers import TYPES, Author, Publication, Votes
from generator.sources import identifiers, names
from generator.sources.days import is_undecided
from generator.sources.days import published as published_date

LONGEST_ABSTRACT: Final = 200_000
_NOWHERE: Final = Publication()
_PUBLICATION: Final = [name for name in Publication.__struct_fields__ if name != "editors"]
_BETWEEN_PAGES: Final = re.compile(r"(?<=[\w.])\s*(?:--?-?|[‐‑‒–—])\s*(?=\w)")

_NO_ABSTRACT: Final = re.compile(
    r"(?:n ?a|none|null|nan|no ?abstract|abstract|tb[ad]|todo|x+"
    r"|(?:the |this |an )?(?:paper |article )?(?:has )?no abstract(?: is)?(?: was)?"
    r"(?: (?:available|provided|given|found|supplied))?(?: .{0,40})?"
    r"|(?:the )?abstract (?:is |was )?(?:not |un)(?:yet )?(?:available|provided|found)(?: .{0,40})?"
    r"|(?:an )?abstract (?:will be|to be) .{0,40}|(?:this is )?(?:a |the )?placeholder.{0,40}"
    r"|(?:please )?see (?:the )?(?:pdf|paper|full text|attached.{0,20})|lorem ipsum.*)"
)


class Values:
    """One record's fields, checked; what is wrong with one is remarked, and the field unknown."""

    def __init__(self, remark: Callable[[str], None]) -> None:
        self._remark = remark

    def text(self, field: str, value: object) -> str:
        """A value as text: numbers as their digits, nothing for `null` and booleans."""
        if value is None or isinstance(value, bool):
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, int | float):
            return str(value)
        self._remark(f"expected text as {field}, found a {type(value).__name__}. Write it as text.")
        return ""

    def abstract(self, value: object) -> str:
        """Paragraphs, without a sentence that says that there is no abstract."""
        raw = self.text("abstract", value)
        if len(raw) > LONGEST_ABSTRACT:
            self._remark(f"expected an abstract, found {len(raw):,} characters. Shorten it.")
            return ""
        abstract = foreign.paragraphs(raw)
        folded = foreign.fold(abstract[:200]) if abstract else ""
        if abstract and (not folded or (len(abstract) < 150 and _NO_ABSTRACT.fullmatch(folded))):
            self._remark(
                f"expected an abstract, found “{abstract}”. Remove it, or put the real one."
            )
            return ""
        return abstract

    def authors(self, signed: Iterable[Author | str | None]) -> Iterator[Author]:
        """The authors, each as `names.author` gives it."""
        for author in signed:
            if isinstance(author, str):
                author = names.author(author)
            elif author is not None and not isinstance(author, Author):
                author = names.author(self.text("author", author))
            if author:
                yield author

    def publication(self, given: Mapping[str, object]) -> Publication:
        """Where it appeared, as a citation names it."""
        values = {name: foreign.clean(self.text(name, given.get(name))) for name in _PUBLICATION}
        if values["type"] and values["type"] not in TYPES:
            self._remark(f"expected a type of CSL such as thesis, found “{values['type'][:60]}”.")
            values["type"] = ""
        if values["volume"].startswith("abs/"):  # so DBLP and others have ids of arXiv
            values["volume"] = ""
        values["pages"] = _BETWEEN_PAGES.sub("–", values["pages"])
        editors = given.get("editors")
        signed = editors if isinstance(editors, list | tuple) else ()
        if not signed and not any(values.values()):
            return _NOWHERE
        return Publication(**values, editors=tuple(self.authors(signed)))

    def published(self, value: object) -> str:
        """A date as `2025`, `2025-08` or `2025-08-07`."""
        raw = foreign.clean(self.text("date", value))
        try:
            date = published_date(raw) if raw else ""
        except ValueError as error:
            self._remark(f"expected the year of a paper, found {error}. Correct the date “{raw}”.")
            return ""
        if date is None:
            self._remark(f"expected a date such as 2025-08-07, found “{raw[:60]}”. Correct it.")
        elif is_undecided(raw):
            self._remark(
                f"“{raw[:60]}” may have the day or the month first; the year alone was kept. "
                "Write it as 2025-08-07."
            )
        return date or ""

    def version(self, value: object) -> int:
        """The number of a version, 0 where none is stated."""
        raw = self.text("version", value).strip()
        if not raw:
            return 0
        match = re.fullmatch(r"v?([1-9]\d{0,2})", raw, re.ASCII)
        if not match:
            self._remark(f"expected the number of a version, found “{raw[:60]}”. Correct it.")
        return int(match[1]) if match else 0

    def terms(self, field: str, values: Iterable[object]) -> tuple[str, ...]:
        """Keywords or names, each once."""
        terms = (foreign.clean(self.text(field, value)) for value in values)
        return tuple(dict.fromkeys(term for term in terms if term))

    def categories(self, values: Iterable[object]) -> tuple[str, ...]:
        """Categories of arXiv's form; they go out as they are, into BibTeX too."""
        terms = self.terms("categories", values)
        for term in terms:
            if not identifiers.is_category(term) and not identifiers.is_classes(term):
                self._remark(
                    f"expected a category of arXiv such as cs.CL, found “{term[:60]}”. "
                    "Correct it, or make it a keyword."
                )
        return tuple(filter(identifiers.is_category, terms))

    def votes(self, upvotes: object, comments: object, counted: date | None) -> Votes | None:
        """The numbers of those who voted and commented; `None` where none is stated."""
        numbers = {}
        for field, value in (("upvotes", upvotes), ("comments", comments)):
            if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
                value = int(value)
            if value is None or value == "":
                continue
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
                self._remark(
                    f"expected a number of {field}, found “{str(value)[:60]}”. Correct it."
                )
                continue
            numbers[field] = value
        return Votes(counted=counted, **numbers) if numbers else None
