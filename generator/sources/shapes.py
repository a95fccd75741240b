"""Readers that a table describes: where each field of a record of JSON or plain XML stands.

Services answer with the same few things under names of their own, in wrappers of their own. Of each
a `Shape` says which names tell its records, and the paths of their fields:

- `journal.title` is `title` in `journal`; where a list stands on the way, all of its elements count
- `identifier[type=doi].id` counts those elements alone whose `type` is `doi`
- of several paths the first counts that says anything

The records themselves are looked for: one, a list, JSON lines, or either within an answer, such as
`{"hits": {"hits": […]}}`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from generator.model.errors import ContentError
from generator.model.papers import Author
from generator.sources import identifiers
from generator.sources.content import Content
from generator.sources.elements import tree
from generator.sources.fields import author_lists
from generator.sources.json_paths import (
    Paths,
    Record,
    date_at,
    held,
    is_object,
    is_said,
    reach,
    texts,
    turned_name,
)
from generator.sources.publications import of_words
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, mapping, pubmed_title, signed, terms, web

_PUBLICATION: Final = (
    *("volume", "issue", "pages", "number", "publisher", "isbn", "issn", "language", "license"),
)


@dataclass(kw_only=True)
class Shape:
    """A reader, made of what its format calls things; see `Reader`."""

    NAME: str
    LABEL: str

    signs: tuple[Paths, ...] = ()
    """Paths that a record has, all of one of these: nothing else is taken for one."""

    roots: Paths = ()
    """Names of the root element, where the format is XML too or alone."""

    elements: Paths = ()
    """Names of the elements that are records."""

    marks: str = ""
    """What XML must say near its beginning, such as a namespace, where its root says too little."""

    within: Paths = ()
    """Keys that may wrap the record itself, as in `{"data": {"title": …}}`."""

    prepared: Callable[[Record], Record] = lambda record: record
    """Makes fields of a record that are only told from several others."""

    told: Paths = ()
    """Keys that `prepared` reads, or that say nothing about the paper."""

    passed: Callable[[Record], str] = lambda record: ""
    """What a record is if it is no paper by its kind, such as a talk; those are counted, and said
    in one line."""

    is_part: Callable[[Record], bool] = lambda record: False
    """Whether a record belongs to another one, such as an attachment, and is none itself."""

    title: Paths = ("title",)
    is_sentence: bool = False
    """Whether titles end in a full stop, or stand in brackets, as those of PubMed do."""

    abstract: Paths = ("abstract",)
    authors: Paths = ("authors",)
    editors: Paths = ()
    """Editors, for a work without authors."""

    initials: bool = False
    """Whether names are written as `Byron AK`."""

    published: Paths = ()
    venue: Paths = ()
    arxiv: Paths = ()
    doi: Paths = ("doi",)
    anthology: Paths = ()
    url: Paths = ()
    pdf: Paths = ()
    code: Paths = ()
    keywords: Paths = ()
    categories: Paths = ()
    version: Paths = ()
    kind: Paths = ()
    """The type of a work, which tells what was retracted."""

    # Where in its venue a paper stands: see `papers.Publication`.
    type: Paths = ()
    volume: Paths = ()
    issue: Paths = ()
    pages: Paths = ()
    """All pages, or the first of them."""

    last_page: Paths = ()
    number: Paths = ()
    publisher: Paths = ()
    isbn: Paths = ()
    issn: Paths = ()
    language: Paths = ()
    license: Paths = ()

    def detect(self, content: Content) -> bool:
        """Whether the first record that can be found has the signs of this format."""
        if content.kind == "xml":
            is_here = content.root in self.roots and self.marks in content.head
            return is_here and bool(self._marked.search(content.head))
        if not self.signs or content.kind not in ("json", "lines"):
            return False
        return held(dict(content.first), self._is_record) is not None

    def read(self, content: Content) -> Reading:
        """Every record as a paper, whatever its type."""
        records = Records(content, self.NAME)
        others: Counter[str] = Counter()
        for position, record in self._records(content, records):
            with records.record(position):
                own = next((record[key] for key in self.within if mapping(record.get(key))), record)
                own = self.prepared(own)
                if kind := self.passed(own):
                    others[kind] += 1
                elif not self.is_part(own):
                    self._add(records, position, own)
        if others:
            listed = ", ".join(f"{count:,} “{kind}”" for kind, count in others.most_common(10))
            records.remark("", f"what is no paper was passed over: {listed}.")
        return records.reading()

    @cached_property
    def _marked(self) -> re.Pattern[str]:
        return re.compile(rf"<(?:\w+:)?(?:{'|'.join(self.elements)})[\s>]")

    def _is_record(self, value: Mapping[str, Any]) -> bool:
        return any(all(any(True for _ in reach(value, path)) for path in one) for one in self.signs)

    def _records(self, content: Content, records: Records) -> Iterator[tuple[str, Record]]:
        if content.kind == "xml":
            root = content.xml
            if content.xml_doubt:
                records.remark("", content.xml_doubt)
            for number, element in enumerate(root.iter(*self.elements), 1):
                yield f"record {number}", {"element": element.tag, **mapping(tree(element))}
            return
        if content.kind == "lines":
            positioned = (
                (f"line {number}", each)
                for number, value in content.lines()
                for each in ([value] if isinstance(value, ContentError) else self._in(value))
            )
        else:
            positioned = (
                (f"record {number}", v) for number, v in enumerate(self._in(content.json), 1)
            )
        for position, value in positioned:
            if isinstance(value, dict):
                yield position, value
            elif isinstance(value, ContentError):
                records.refuse(position, str(value))
            else:
                said = json.dumps(value, ensure_ascii=False)[:60]
                records.refuse(position, f"expected a record, found “{said}”. Remove or mend it.")

    def _in(self, value: Any) -> list[Any]:
        records = held(value, self._is_record)
        return records if records is not None else [value]

    def _add(self, records: Records, position: str, record: Record) -> None:
        def first(paths: Paths) -> str:
            return next((said for path in paths for said in texts(record, path)), "")

        def all_of(paths: Paths) -> list[str]:
            return next(filter(None, (list(texts(record, path)) for path in paths)), [])

        def stated(paths: Paths, read: Callable[[str], str]) -> str:
            said = [value for path in paths for value in texts(record, path)]
            return next(filter(read, said), said[0] if said else "")

        kinds = " ".join(all_of(self.kind)).lower()
        people = self._people(record, self.authors) or self._people(record, self.editors)
        if nameless := people.count(None):
            records.remark(
                position,
                f"expected {len(people):,} authors by their names, found {nameless:,} without one. "
                "Add the name, or remove what stands in its place.",
            )
        records.add(
            position,
            RawRecord(
                title=pubmed_title(first(self.title)) if self.is_sentence else first(self.title),
                abstract=first(self.abstract),
                authors=people,
                published=fullest(
                    date_at(each) for path in self.published for each in reach(record, path)
                ),
                venue=first(self.venue),
                publication=of_words(
                    all_of(self.type),
                    last_page=first(self.last_page),
                    **{name: first(getattr(self, name)) for name in _PUBLICATION},
                ),
                arxiv=stated(self.arxiv, identifiers.arxiv),
                doi=stated(self.doi, identifiers.doi),
                anthology=stated(self.anthology, identifiers.anthology),
                links=list(self._links(record)),
                keywords=terms(all_of(self.keywords)),
                categories=all_of(self.categories),
                version=first(self.version),
                withdrawn="retracted"
                if re.search(r"retracted (?:publication|article)", kinds)
                else "withdrawn"
                if "withdrawn" in kinds
                else "",
            ),
        )
        unused = (key for key, each in record.items() if key not in self._used and is_said(each))
        records.count_unused(unused)

    @cached_property
    def _used(self) -> set[str]:
        """The keys of a record that a path begins with."""
        tuples = [value for value in vars(self).values() if isinstance(value, tuple)]
        paths = [path for one in (*tuples, *self.signs) for path in one if isinstance(path, str)]
        whole = {"year", "month", "day"} if "" in paths else set()
        return {"id", "_id", "element"} | whole | {re.split(r"[.\[]", path)[0] for path in paths}

    def _links(self, record: Record) -> Iterator[tuple[str, str]]:
        for kind, paths in (("url", self.url), ("pdf", self.pdf), ("code", self.code)):
            for path in paths:
                for _, address in web(kind, texts(record, path)):
                    if re.match(r"https?://", address, re.IGNORECASE):
                        yield kind, address

    def _people(self, record: Record, paths: Paths) -> list[Author | None]:
        """The authors; `None` stands for an object without a name in it."""
        nameless: list[Author | None] = []
        for path in paths:
            people_found = list(reach(record, path))
            if len(people_found) == 1 and isinstance(people_found[0], str):
                line = people_found[0].strip()
                # The stop of a list, `Ameise B, Bee CL.`, and not of an initial.
                is_ended = line.endswith(".") and line.count(".") == 1 and ", " in line
                people_found = list(author_lists.split(line[:-1] if is_ended else line))
            if self.initials:
                people_found = list(map(turned_name, people_found))
            people = [
                person for each in people_found if (person := signed(each)) or is_object(each)
            ]
            if any(people):
                return people
            nameless = nameless or people
        return nameless
