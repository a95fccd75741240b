"""What a paper is: the records that every other module passes around.

All text in them is plain Unicode that has been through `text.clean`: no LaTeX escapes, no control
characters, white space folded. Mathematics is still TeX between dollars. What is unknown is `None`
or empty, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec


class Author(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One person (or group) who signed a paper."""

    name: str
    """As printed, given name first: `Tianle Cai`."""

    family: str = ""
    """The family name where the source tells it apart: `Cai`, `van den Oord`."""

    orcid: str = ""
    """The person's ORCID iD: `0000-0002-1825-0097`."""

    id: str = ""
    """Slug of the person, the same on all papers; empty until the catalog knows all names."""


class Publication(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What kind of thing a paper is, and where in its venue it stands; what is unknown is empty.

    Names are those of CSL (https://docs.citationstyles.org/en/stable/specification.html), in full.
    """

    type: str = ""
    """One of `TYPES`, as the source says and never by a guess: `thesis`, `paper-conference`."""

    genre: str = ""
    """The sort of that: `PhD thesis`, `Technical report`."""

    volume: str = ""
    issue: str = ""
    """The number of an issue: `4`, `OOPSLA1`."""

    pages: str = ""
    """`1–20`, `e12345`; with an en dash between numbers."""

    number: str = ""
    """That of an article or a report: `104`, `TR-2024-7`."""

    publisher: str = ""
    """Who issued it, where that is not the venue; of a thesis or report, the institution."""

    place: str = ""
    """The city of the publisher or of the conference, as the source has it."""

    edition: str = ""
    series: str = ""
    editors: tuple[Author, ...] = ()
    isbn: str = ""
    issn: str = ""
    language: str = ""
    license: str = ""


TYPES = (
    *("article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter"),
    *("dataset", "document", "entry-dictionary", "entry-encyclopedia", "manuscript", "pamphlet"),
    *("paper-conference", "patent", "post", "post-weblog", "report", "review", "software"),
    *("speech", "standard", "thesis", "webpage"),
)
"""The types of CSL that papers have; `article` is a preprint."""


class Link(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Somewhere else that belongs to a paper."""

    kind: str
    """`abs`, `pdf`, `doi`, `code`, `model`, `project`, or what its source calls it, as `slides`;
    a second one of a kind is `code-2`.
    """

    url: str
    """Absolute, `http` or `https`: `https://github.com/salesforce/CodeGen2`."""


class Source(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False, order=True):
    """The place in the input that a record was read from."""

    file: str
    """Path below `content/sources/`, with forward slashes: `2025-08-07.txt`."""

    format: str
    """Name of the reader: `daily-page`."""

    position: str
    """Where in the file, as a person would look for it: `line 13`."""

    fields: tuple[str, ...] = ()
    """What the paper has from here, where it has several sources: `("title", "venue")`."""


class Votes(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What readers of a list said about a paper. Missing is not zero."""

    upvotes: int | None = None
    comments: int | None = None
    counted: date | None = None
    """The day of the list that says so; a later one knows better."""


class Paper(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One paper of the catalog. Papers are never changed; steps return new ones."""

    id: str
    """Permanent, unique, from the paper alone, safe in an address: `visual-perception-by-large`."""

    title: str
    """One line: `It's All in The [MASK]: Simple Instruction-Tuning …`; where only an id is known,
    that id: `arXiv:2305.02309` (see `identifiers.is_stand_in`)."""

    abstract: str = ""
    """Paragraphs with one empty line between them; empty where the source has none."""

    authors: tuple[Author, ...] = ()
    """In the order of the paper; empty where the source has none."""

    links: tuple[Link, ...] = ()
    """In the order found; each kind at most once."""

    keywords: tuple[str, ...] = ()
    """As the source gives them: `("retrieval", "dense vectors")`."""

    categories: tuple[str, ...] = ()
    """Of arXiv, the primary one first: `("cs.CL", "cs.LG")`."""

    topics: tuple[str, ...] = ()
    """Slugs of the catalog's taxonomy, strongest first: `("quantization", "hardware")`."""

    venue: str = ""
    """Where it appeared, as the source calls it: `ACL 2023`, `Nature Methods`."""

    publication: Publication = Publication()
    """What kind of thing it is, and where in its venue it stands."""

    organizations: tuple[str, ...] = ()
    """Who published it, as Hugging Face names them: `("Ada Lab",)`."""

    published: str = ""
    """The paper's own date as far as known (ISO 8601): `2019`, `2019-05` or `2019-05-14`."""

    version: int = 0
    """Number of its latest version, where the source counts them: `3`; 0 is unknown."""

    revised: str = ""
    """The date of that version, if it is not the first: as precise as known, like `published`."""

    days: tuple[date, ...] = ()
    """The days of the lists it was on, earliest first; empty for an undated list."""

    rank: int = 0
    """Its place in the list it was first on, from 1; 0 where the source has no order."""

    arxiv: str = ""
    """arXiv id without a version: `2305.02309`, `cs/0501040`."""

    doi: str = ""
    """Lower case, without a resolver: `10.1038/nphys1170`."""

    anthology: str = ""
    """Id in the ACL Anthology: `P19-1001`, `2023.acl-long.1`."""

    votes: Votes | None = None

    withdrawn: str = ""
    """`withdrawn` or `retracted`; such a paper keeps its page and leaves all lists."""

    former_ids: tuple[str, ...] = ()
    """Ids that it had or would have had by one of its sources alone; they lead to it, sorted."""

    feed_id: str = ""
    """What names its entries in feeds, where that is not `id`: most often the id that it was first
    published with; see `permanent`."""

    sources: tuple[Source, ...] = ()
    """Every record that this paper was made from, sorted."""

    @property
    def listed(self) -> date | None:
        """The day of the list that first had it."""
        return self.days[0] if self.days else None

    @property
    def date(self) -> str:
        """The date to show and sort by, as far as known: the day it was listed, else its own."""
        return self.days[0].isoformat() if self.days else self.published

    @property
    def changed(self) -> str:
        """The latest full date that lists know of it; empty where there is none."""
        return max((day for day in (self.date, self.revised) if len(day) == _DAY), default="")

    @property
    def last(self) -> str:
        """The latest full date that is known of it; empty where there is none."""
        days = (*(day.isoformat() for day in self.days), self.published, self.revised)
        return max((day for day in days if len(day) == _DAY), default="")

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its links: `("abs", "pdf", "code")`."""
        return tuple(link.kind for link in self.links)

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of its authors, in their order."""
        return tuple(author.id for author in self.authors)


_DAY = len("2025-08-07")


class PaperSummary(Paper, frozen=True, kw_only=True):
    """What lists need to know of a paper, without the text that makes it large.

    It has no abstract, authors, links, keywords, categories, organizations and sources; for them
    the whole paper has to be read. What is worked out of a paper again and again stands here once.
    """

    digest: bytes
    """Changes with anything that is known of the paper, or made of it for other pages."""

    number: int
    """Tells it from all others of the catalog; it may be another one in the next build."""

    sizes: tuple[int, ...]
    """How many bytes each of `FRAGMENTS` has that was made of it."""

    key: str
    """What it is cited by: `zhang-etal-2023-huatuogpt`."""

    folded: str
    """Its title, to sort by."""

    text: bytes
    """Digest of its title, abstract and topics."""

    recorded: bytes
    """Digest of its line of `catalog.jsonl`."""

    searched: bytes
    """Digest of all that the search index holds of it."""

    date: str
    changed: str
    people: tuple[str, ...]
    kinds: tuple[str, ...]

    def fragment(self, name: str) -> int:
        """The number of a text that was made of it, of `FRAGMENTS`; see `model.fragments`."""
        return self.number * len(FRAGMENTS) + _PLACES[name]

    def size(self, name: str) -> int:
        """How many bytes that has."""
        return self.sizes[_PLACES[name]]


def fragments_of(papers: Iterable[Paper], name: str) -> list[int]:
    """The number of a fragment of each of these summaries; see `PaperSummary.fragment`."""
    place = _PLACES[name]
    numbers = (paper.number for paper in papers if isinstance(paper, PaperSummary))
    return [number * len(FRAGMENTS) + place for number in numbers]


FRAGMENTS = (
    *("entry", "line", "references", "bib", "ris", "csl.json", "record", "result"),
    "paper",
)
"""What is made of a paper once: what lists say of it, with the beginning of its abstract and in a
line; its formatted references, and its entries in files of citations; its line of `catalog.jsonl`;
what a result of a search shows; and the paper itself, as MessagePack."""

_PLACES = {name: number for number, name in enumerate(FRAGMENTS)}
