"""What a reader has found in one file so far; every reader hands its records to this.

A reader knows where its format keeps a title. What makes a title one, and a date, a name, an
identifier or a link, is decided here, once for all formats.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from functools import partial
from typing import Final, TypedDict

from generator import text as foreign
from generator.model.errors import ContentError, Problem
from generator.model.papers import TYPES, Author, Link, Paper, Publication, Source, Votes
from generator.sources import identifiers, names
from generator.sources.content import Content
from generator.sources.days import is_undecided
from generator.sources.days import listed as listed_day
from generator.sources.days import published as published_date
from generator.sources.links import kind_of, links_in
from generator.sources.reading import Reading

LONGEST_TITLE: Final = 2_000
MOST_AUTHORS: Final = 20_000
"""The longest lists of real papers, those of particle physics, stay below."""

LONGEST_ABSTRACT: Final = 200_000
MOST_LINKS: Final = 200
MOST_PROBLEMS: Final = 10_000
"""Of one file. A file of millions is of another kind, or means harm."""

MOST_UNUSED: Final = 1_000
"""Names of fields, of one file, that no paper has a place for; a table has fewer."""

LONGEST_POSITION: Final = 200
FAULT: Final = "This is a fault of Papershelf; please report it with the record."
"""What a problem says that no reader has foreseen."""

_NOWHERE: Final = Publication()
_PUBLICATION: Final = [field.name for field in fields(Publication) if field.name != "editors"]
_BETWEEN_PAGES: Final = re.compile(r"(?<=[\w.])\s*(?:--?-?|[‐‑‒–—])\s*(?=\w)")

_PLACEHOLDER: Final = re.compile(
    r"(?:(?:paper |article |no |the |your )?title(?: (?:here|missing|unknown))?|untitled(?: paper)?"
    r"|n ?a|none|null|nan|tb[ad]|todo|test|unknown|placeholder|abstract|x+|lorem ipsum.*)"
)
_NO_ABSTRACT: Final = re.compile(
    r"(?:n ?a|none|null|nan|no ?abstract|abstract|tb[ad]|todo|x+"
    r"|(?:the |this |an )?(?:paper |article )?(?:has )?no abstract(?: is)?(?: was)?"
    r"(?: (?:available|provided|given|found|supplied))?(?: .{0,40})?"
    r"|(?:the )?abstract (?:is |was )?(?:not |un)(?:yet )?(?:available|provided|found)(?: .{0,40})?"
    r"|(?:an )?abstract (?:will be|to be) .{0,40}|(?:this is )?(?:a |the )?placeholder.{0,40}"
    r"|(?:please )?see (?:the )?(?:pdf|paper|full text|attached.{0,20})|lorem ipsum.*)"
)


class Records:
    """Takes the records of one file in their order, and says in the end what became of each."""

    def __init__(self, content: Content, format: str) -> None:
        self._file = content.file
        day = listed_day(content.file)
        self._listed = (day,) if day else ()
        self._format = format
        self._papers: list[Paper] = []
        self._problems: list[Problem] = []
        self._unlisted = 0
        self._refused = 0
        self._unused: Counter[str] = Counter()
        if content.doubt:
            self.remark("", content.doubt)

    def refuse(self, position: str, reason: str) -> None:
        """A record does not become a paper, for this reason."""
        self._refused += 1
        self.remark(position, reason)

    def remark(self, position: str, reason: str) -> None:
        """Something is doubtful; no record is lost for it. Without a position, about the file."""
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(self._problem(position, reason))
        else:
            self._unlisted += 1

    def leave(self, names: Iterable[str]) -> None:
        """One record fills in these columns or fields, which no paper has a place for."""
        for name in dict.fromkeys(_place(foreign.clean(name)) for name in names):
            if name in self._unused or len(self._unused) < MOST_UNUSED:
                self._unused[name] += 1

    def _problem(self, position: str, reason: str) -> Problem:
        said = foreign.message(reason)
        return Problem(file=self._file, position=_place(position), reason=said)

    @contextmanager
    def record(self, position: str) -> Iterator[None]:
        """Read one record in a block: whatever goes wrong there refuses that record alone."""
        try:
            yield
        except Exception as error:
            self.refuse(position, why_unread(error))

    def reading(self, curators: Iterable[tuple[date | None, str]] = ()) -> Reading:
        """All that was found."""
        if not self._papers and not self._problems:
            self.remark("", "expected papers, found none. Put some in, or remove the file.")
        if self._unlisted:
            reason = f"{self._unlisted:,} more problems are not listed. Mend those that are first."
            self._problems.append(self._problem("", reason))
            self._unlisted = 0
        return Reading(
            file=self._file,
            format=self._format,
            papers=tuple(self._papers),
            problems=tuple(self._problems),
            refused=self._refused,
            curators=tuple(curators),
            unused=tuple(self._unused.items()),
        )

    def add(
        self,
        position: str,
        *,
        title: object,
        abstract: object = "",
        authors: Iterable[Author | str | None] = (),
        published: object = "",
        version: object = None,
        revised: object = "",
        days: Iterable[date | None] = (),
        rank: int = 0,
        venue: object = "",
        publication: Mapping[str, object] | None = None,
        organizations: Iterable[object] = (),
        arxiv: object = "",
        doi: object = "",
        anthology: object = "",
        links: Iterable[tuple[str, object]] = (),
        keywords: Iterable[object] = (),
        categories: Iterable[object] = (),
        upvotes: object = None,
        comments: object = None,
        counted: date | None = None,
        withdrawn: str = "",
        former_ids: Iterable[str] = (),
        sources: Iterable[Source] = (),
    ) -> None:
        """Make a paper of a record, or a problem; all text is foreign and raw.

        Where a value may be any `object`, what JSON holds can be handed on as it is: a number
        counts as its digits, `null` as unknown, and a list or mapping gives a remark.

        Args:
            position: where a person would look for it: `line 13`, `record 4`, a key.
            title: without one, a paper is called by its arXiv id or DOI; without these, or with a
                placeholder, the record is refused.
            abstract: paragraphs, or a sentence that says there is none.
            authors: names in any form, or the result of `names.author`; `None` is nobody.
            published: the paper's own date in any form that `days.published` understands.
            version: the number of its latest version, with or without a `v`.
            revised: the date of that version, of no account where it is the first.
            days: the days of the lists it was on; `None` is no day. Where there is none, it is the
                day that the name of the file states, see `days.listed`.
            rank: the place in that day's list, from 1.
            venue: as the source calls it.
            publication: values by the names of the fields of `Publication`; `editors` as `authors`.
            organizations: the names of who published it.
            arxiv: an arXiv id or address, with or without a version.
            doi: a DOI or an address of one; those of arXiv and the ACL count as such ids as well.
            anthology: an id or address of the ACL Anthology.
            links: kinds and addresses; `("url", …)` is put under the kind that its host is known
                for: `code`, `model`, `abs` where papers are read, else `project`. An address of
                arXiv, a DOI or the anthology gives the id.
            keywords: each one a keyword.
            categories: arXiv's.
            upvotes: a number.
            comments: a number.
            counted: the day for which these numbers hold.
            withdrawn: empty, `withdrawn` or `retracted`.
            former_ids: ids that it had before.
            sources: what it was made from, where that is not this record of this file.
        """
        said = _Said(self, position)
        raw_title = said.text("title", title)
        if len(raw_title) > LONGEST_TITLE:
            self.refuse(
                position, f"expected a title, found {len(raw_title):,} characters. Shorten it."
            )
            return
        title = foreign.clean(raw_title)
        known, addresses = said.identified(links, arxiv=arxiv, doi=doi, anthology=anthology)
        title = title or identifiers.stand_in(arxiv=known["arxiv"], doi=known["doi"])
        folded = foreign.fold(title)
        if not title or not any(map(str.isalnum, title)):
            self.refuse(position, "the record has no title. Add one.")
            return
        if _PLACEHOLDER.fullmatch(folded):
            self.refuse(
                position, f"expected a title, found the placeholder “{title}”. Put the real one."
            )
            return
        signed = list(authors)
        if len(signed) > MOST_AUTHORS:
            self.refuse(
                position,
                f"expected at most {MOST_AUTHORS:,} authors, found {len(signed):,}. Remove some.",
            )
            return
        body = said.abstract(abstract)
        own = identifiers.paper_id(title=title, **known)
        number, first_date = said.version(version), said.published(published)
        last_date = "" if number == 1 else said.published(revised)
        paper = Paper(
            id=own,
            title=title,
            abstract=body,
            authors=_once(tuple(said.authors(signed))),
            links=said.links(addresses, known, links_in(body)),
            keywords=said.terms("keywords", keywords),
            categories=said.categories(categories),
            venue=foreign.clean(said.text("venue", venue)),
            publication=said.publication(publication or {}),
            organizations=said.terms("organizations", organizations),
            published=first_date,
            version=number,
            revised=last_date if last_date != first_date else "",
            days=tuple(sorted(filter(None, set(days)))) or self._listed,
            rank=rank,
            votes=said.votes(upvotes, comments, counted),
            withdrawn=withdrawn,
            former_ids=tuple(sorted(set(map(_former, former_ids)) - {own})),
            sources=tuple(sorted(map(_cleaned, sources))) or (self._source(position),),
            **known,
        )
        self._papers.append(paper)

    def _source(self, position: str) -> Source:
        return Source(file=self._file, format=self._format, position=_place(position))


def _cleaned(source: Source) -> Source:
    """A source that a catalog names, which is foreign text like all that it says."""
    return Source(
        file=foreign.one_line(source.file),
        format=foreign.one_line(source.format),
        position=_place(source.position),
        fields=tuple(map(foreign.one_line, source.fields)),
    )


def why_unread(error: Exception) -> str:
    """What a problem says of a record or a file that could not be read for this error."""
    if isinstance(error, ContentError):
        return str(error)
    if isinstance(error, RecursionError):
        return "expected a record, found values nested too deeply. Write it flatter."
    said = f"{type(error).__name__}: {error}"[:200]
    return f"expected a record, found what cannot be read ({said}). {FAULT}"


def _place(position: str) -> str:
    """A position as it can be shown; keys and ids are foreign, and may be of any length."""
    return foreign.excerpt(foreign.one_line(position), LONGEST_POSITION)


def _once(authors: tuple[Author, ...]) -> tuple[Author, ...]:
    """The authors, where all of them stand there twice, as in the data of whole conferences."""
    half = len(authors) // 2
    return authors[:half] if authors == authors[:half] * 2 else authors


def _former(text: str) -> str:
    """An id as `paper_id` gives it; that of arXiv keeps its dot."""
    arxiv = identifiers.arxiv(text)
    return identifiers.paper_id(arxiv=arxiv, doi="", anthology="", title=text)


class _Said:
    """One record's fields, checked; what is wrong with one is remarked, and the field unknown."""

    def __init__(self, records: Records, position: str) -> None:
        self._remark = partial(records.remark, position)

    def text(self, field: str, value: object) -> str:
        if value is None or isinstance(value, bool):
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, int | float):
            return str(value)
        self._remark(f"expected text as {field}, found a {type(value).__name__}. Write it as text.")
        return ""

    def abstract(self, value: object) -> str:
        raw = self.text("abstract", value)
        if len(raw) > LONGEST_ABSTRACT:
            self._remark(f"expected an abstract, found {len(raw):,} characters. Shorten it.")
            return ""
        found = foreign.paragraphs(raw)
        folded = foreign.fold(found[:200]) if found else ""
        if found and (not folded or (len(found) < 150 and _NO_ABSTRACT.fullmatch(folded))):
            self._remark(f"expected an abstract, found “{found}”. Remove it, or put the real one.")
            return ""
        return found

    def authors(self, signed: Iterable[Author | str | None]) -> Iterator[Author]:
        for author in signed:
            if isinstance(author, str):
                author = names.author(author)
            elif author is not None and not isinstance(author, Author):
                author = names.author(self.text("author", author))
            if author:
                yield author

    def publication(self, given: Mapping[str, object]) -> Publication:
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
        raw = foreign.clean(self.text("date", value))
        try:
            found = published_date(raw) if raw else ""
        except ValueError as error:
            self._remark(f"expected the year of a paper, found {error}. Correct the date “{raw}”.")
            return ""
        if found is None:
            self._remark(f"expected a date such as 2025-08-07, found “{raw[:60]}”. Correct it.")
        elif is_undecided(raw):
            self._remark(
                f"“{raw[:60]}” may have the day or the month first; the year alone was kept. "
                "Write it as 2025-08-07."
            )
        return found or ""

    def version(self, value: object) -> int:
        raw = self.text("version", value).strip()
        if not raw:
            return 0
        match = re.fullmatch(r"v?([1-9]\d{0,2})", raw, re.ASCII)
        if not match:
            self._remark(f"expected the number of a version, found “{raw[:60]}”. Correct it.")
        return int(match[1]) if match else 0

    def terms(self, field: str, values: Iterable[object]) -> tuple[str, ...]:
        found = (foreign.clean(self.text(field, value)) for value in values)
        return tuple(dict.fromkeys(term for term in found if term))

    def categories(self, values: Iterable[object]) -> tuple[str, ...]:
        """Those of arXiv's form; they go out as they are, into BibTeX too."""
        terms = self.terms("categories", values)
        for term in terms:
            if not identifiers.is_category(term) and not identifiers.is_classes(term):
                self._remark(
                    f"expected a category of arXiv such as cs.CL, found “{term[:60]}”. "
                    "Correct it, or make it a keyword."
                )
        return tuple(filter(identifiers.is_category, terms))

    def votes(self, upvotes: object, comments: object, counted: date | None) -> Votes | None:
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

    def identified(
        self, links: Iterable[tuple[str, object]], **given: object
    ) -> tuple[_Identifiers, list[tuple[str, str]]]:
        """The identifiers that the record states, or that its addresses hold; and the addresses."""
        named = [(foreign.clean(kind), url) for kind, url in links]
        addresses = [
            (kind or "url", foreign.one_line(self.text("url", url))) for kind, url in named
        ]
        addresses = [(kind, url) for kind, url in addresses if url]
        own = [url for kind, url in addresses if kind in ("url", "abs", "pdf", "doi")]
        for field, value in given.items():
            if isinstance(value, float):  # 2401.00010 has lost its last zero
                self._remark(f"expected the {_CALLED[field]} as text, found a number. Quote it.")
        stated = {
            field: "" if isinstance(value, float) else foreign.one_line(self.text(field, value))
            for field, value in given.items()
        }
        found = _Identifiers(arxiv="", doi="", anthology="")
        for field, read in (
            ("arxiv", identifiers.arxiv),
            ("doi", _doi),
            ("anthology", identifiers.anthology),
        ):
            texts = filter(None, [stated[field], stated["doi"], *own])
            found[field] = next(filter(None, map(read, texts)), "")  # type: ignore[literal-required]
            kept = read(stated[field]) or (field == "doi" and identifiers.doi(stated[field]))
            placeholder = next(filter(_TEMPLATE.fullmatch, (str(kept), stated[field])), "")
            if placeholder:
                if found[field] == placeholder:  # type: ignore[literal-required]
                    found[field] = ""  # type: ignore[literal-required]
                self._remark(
                    f"“{placeholder}” is the placeholder of a template. "
                    f"Put the {_CALLED[field]}, or remove it."
                )
            elif field == "arxiv" and (whole := identifiers.cut_arxiv(stated[field])):
                if not found["arxiv"].startswith(stated[field]):
                    self._remark(
                        f"“{stated[field]}” has lost its last zero: {whole}? A spreadsheet takes "
                        "such an id for a number. Make the column text and write it anew."
                    )
            elif stated[field] and not kept:
                self._remark(
                    f"“{stated[field][:60]}” is no {_CALLED[field]}. Correct or remove it."
                )
        return found, addresses

    def links(
        self, addresses: Iterable[tuple[str, str]], known: _Identifiers, others: tuple[Link, ...]
    ) -> tuple[Link, ...]:
        """One link of each kind; those of the identifiers lead, those of the abstract come last."""
        made: list[tuple[str, str]] = []
        if known["arxiv"]:
            made.append(("abs", f"https://arxiv.org/abs/{known['arxiv']}"))
            made.append(("pdf", f"https://arxiv.org/pdf/{known['arxiv']}"))
        if known["anthology"]:
            made.append(("abs", f"https://aclanthology.org/{known['anthology']}/"))
            made.append(("pdf", f"https://aclanthology.org/{known['anthology']}.pdf"))
        if known["doi"]:
            made.append(("doi", f"https://doi.org/{known['doi']}"))
        pairs: list[tuple[str, str]] = []
        for kind, url in [*made, *addresses]:
            safe = foreign.safe_url(url)
            if not safe:
                self._remark(f"expected a web address, found “{url[:60]}”. Correct or remove it.")
            elif (
                kind in ("pdf", "doi") or not known["doi"] or identifiers.doi(safe) != known["doi"]
            ):
                pairs.append((kind_of(safe) or "abs" if kind == "url" else kind, safe))
        by_url: dict[str, Link] = {}
        kinds: set[str] = set()
        for kind, url in [*pairs, *((link.kind, link.url) for link in others)]:
            if url not in by_url and kind not in kinds:
                by_url[url] = Link(kind=kind, url=url)
                kinds.add(kind)
        if len(by_url) > MOST_LINKS:
            self._remark(
                f"expected at most {MOST_LINKS} links, found {len(by_url):,}. "
                f"The first {MOST_LINKS} were kept; remove those that matter less."
            )
        return tuple(by_url.values())[:MOST_LINKS]


def _doi(text: str) -> str:
    """A DOI that is not arXiv's own name for its id, nor what a template has until it is known."""
    found = identifiers.doi(text)
    return "" if found.startswith("10.48550/arxiv.") or _TEMPLATE.fullmatch(found) else found


# `10.1145/nnnnnnn.nnnnnnn` and `10.1145/1122445.1122456` of the ACM, `10.1109/XXXX.2024.00000`;
# `0000.00000` and `1234.56789` in place of an arXiv id.
_TEMPLATE: Final = re.compile(
    r"0000\.0{4,5}|1234\.5678\d?"
    r"|10\.\d+/(?:(?:.*[./-])?([nx])\1{3,}(?:[./-].*)?|[0./-]{5,}|1122445\.1122456)"
)


class _Identifiers(TypedDict):
    arxiv: str
    doi: str
    anthology: str


_CALLED: Final = {"arxiv": "arXiv id", "doi": "DOI", "anthology": "id of the ACL Anthology"}
