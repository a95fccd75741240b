"""What stands on a page around its papers: buttons, counts, dates, labels.

A page copied in a browser is its texts, one below the other; `pieces` tells what each is as far as
it says so itself. What is left over is `Role.TEXT`: titles, authors and abstracts, which only the
whole page tells apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from generator.sources.copied.labels import ADDRESS, FIELD, LABELS
from generator.sources.copied.lines import Line
from generator.sources.days import DAY


class Role(Enum):
    """What a piece of a page is."""

    TEXT = auto()
    """A title, authors, an abstract, or something else that a person reads."""

    DAY = auto()
    COUNT = auto()
    """Votes, comments, views; `-` where there are none."""

    BUTTON = auto()
    """What is the same on all pages of a site."""

    MARK = auto()
    """A button or a label that each paper of a page has."""

    SUBMITTER = auto()
    ORGANIZATION = auto()
    PUBLISHED = auto()
    """The date of a paper, which is never that of the list."""

    VENUE = auto()
    FIELD = auto()
    """What says its name: `Authors: …`."""

    CURATOR = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a page, or a part of one."""

    role: Role
    text: str
    line: int
    is_first: bool = True
    """Whether an empty line stands above it."""

    name: str = ""
    """The name of a field, in small letters; for a mark, what all of its kind have in common."""

    row: str = ""
    """All that the line says."""


_COUNT: Final = re.compile(r"[+]?\d{1,3}(?:[,.]?\d{1,3})*\s?[kKmM]?|[-–—−]{1,2}")
_AUTHORS: Final = re.compile(r"\+?\d[\d,]* authors?|\+\d+", re.IGNORECASE)
_AUTHORS_AND_COUNT: Final = re.compile(r"(\d[\d,]* authors?)[ ·•]+([\d,.]+k?|-)", re.IGNORECASE)
_PUBLISHED: Final = re.compile(
    rf"(?:published|submitted|posted|publish|updated)(?:\s+on)?\s*:?\s+({DAY.pattern})\b.*",
    re.IGNORECASE,
)
_MODIFIED: Final = re.compile(rf"({DAY.pattern})\s*\((?:last )?modified\b.*", re.IGNORECASE)
_GLUED: Final = re.compile(
    rf"Modified: (?:{DAY.pattern})\s*([A-Z].{{2,80}}?)(?:\s*Readers: .*)?\Z", re.IGNORECASE
)
"""Dates, a venue and readers, as OpenReview has them in one line."""

_ACCEPTED: Final = re.compile(
    r"(?:(?:[A-Z][\w&/*-]*[A-Z][\w&/*-]*)(?: [A-Z][\w&/-]*)* (?:19|20)\d\d(?: \w+){0,3}"
    r"|(?:accept(?:ed)?|submitted to|under review)\b.{0,60})",
)
_DECISION: Final = re.compile(
    r"\b(?:oral|poster|spotlight|conference|workshop|findings|submission|accept\w*|withdrawn|track"
    r"|submitted|main|datasets?)\b",
    re.IGNORECASE,
)
_SUBMITTER: Final = re.compile(r"submitted by(?:\s+(\S+))?", re.IGNORECASE)
_TAGS: Final = re.compile(r"(?:\s*\[(?:pdf|html|copy|kimi|rel|abs)\s?\d*\])+\s*\Z", re.IGNORECASE)
_TAG: Final = re.compile(r"(?:\[(?:pdf|html|book|citation|doc|b|c)\]\s*(?!=))+", re.IGNORECASE)
_HASH: Final = re.compile(r"#\d+\s+")
_BADGES: Final = re.compile(
    r"\[?(?:(?:pdf|bib|abstract|abs|code|data|video|software|dataset|supp|poster|slides|note|attachment|html"
    r"|optional supplementary material|arxiv|bibtex|link|paper|doi|other|openreview|citeproc"
    r"|supplementary(?: pdf| material)?"
    r"|related material|download pdf|ps|github(?: [\d.,]+\s?[km]?)?)(?:[\s|,·/\[\]]+|$))+",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(
    r"(?:upvote|view blog|arxiv page|show details|hide details|revisions bibtex"
    r"|save twitter linkedin facebook|view paper|read paper|view pdf|show abstract"
    r"|hide abstract|view on arxiv|bookmark|summary|more|less|▽ more|△ less|add to library"
    r"|show more|show less|collapse|expand|bibtex|revisions|save|cite|share|like|comment"
    r"|view details|details|abstract|view abstract|\[abstract\]|listen"
    r"|available media|chat|copy|related articles|all versions|show abstract bibtex)"
)
_BUTTONS: Final = re.compile(
    r"(?:new|subscribe|daily papers|by|ak|and the research community|daily|weekly|monthly"
    r"|trending|trending papers|get trending papers in your email inbox once a day!"
    r"|get trending papers in your email inbox!|previous|next|hugging face|hugging face's logo"
    r"|models|datasets|spaces|buckets|buckets new|community|docs|enterprise|pricing|log in"
    r"|sign up|website|tasks|huggingchat|collections|languages|organizations|blog|posts|learn"
    r"|discord|forum|github|solutions|team \& enterprise|hugging face pro|enterprise support"
    r"|inference providers|inference endpoints|storage buckets|system theme|company|tos"
    r"|privacy|about|careers|jobs|press|explore|hot|likes|sign in|search|menu|home|login"
    r"|register|help|contact|twitter|linkedin|facebook|everyone|readers: everyone|load more"
    r"|resources|cc by(?:[- ]\w{2,3})* \d\.\d|page|terms"
    r"|skip to main content|skip to content|no abstract|authors|all|filter|sort by"
    r"|papers|recent|(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?: \d{4})?"
    r"|\d{0,4}-?w(?:eek )?\d{1,2}(?:,? \d{4})?|pdf icon|\[edit\]|\(opens in a new tab\))"
)
_NUMBERED: Final = re.compile(
    r"(?:paper|submission|poster)(?: (?:id|number|no\.?))?:? ?#?\d{1,5}|id:? ?\d{1,5}"
)
_SORT: Final = re.compile(
    r"(?:(?:spotlight|oral|highlight) )?(?:poster|oral|spotlight|highlight)(?: presentation)?"
)
_ARXIV: Final = re.compile(r"(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
_HASHTAGS: Final = re.compile(r"#[^\W\d][\w-]*(?: #[^\W\d][\w-]*)*")
_SPOT: Final = re.compile(
    r"(?:(?:Hall|Room|Booth|Exhibit Hall|Poster Session) [\w, +]*#?\d|#\d+\Z)"
)
"""Where a poster hangs."""

_NOTICE: Final = re.compile(
    r"this message was sent by|(?:#?\d+ )?paper of the (?:day|week|month)"
    r"|[\w -]{1,40}['’]s avatar\Z"
)
_BULLET: Final = re.compile(r"[·•]")
_CURATOR: Final = re.compile(r"by\s*(?=[A-Z@])")


def is_count(text: str) -> bool:
    """Whether a line is a number, as of votes: `117`, `1,204`, `1.54k`, or `-` for none."""
    return len(text) < 12 and _COUNT.fullmatch(text) is not None


def number(text: str) -> int | None:
    """What a count says; `None` for `-`."""
    match = re.fullmatch(r"\+?([\d.,]+)\s?([km]?)", text.strip().lower())
    if not match:
        return None
    if match[2]:
        try:
            return round(float(match[1].replace(",", "")) * {"k": 1_000, "m": 1_000_000}[match[2]])
        except ValueError:
            return None
    digits = re.sub(r"[.,]", "", match[1])
    return int(digits) if digits else None


def parts_of(row: Line) -> Iterator[Piece]:
    """A line as one piece; as several if it holds what is else in lines of its own."""
    texts = [row.text]
    if "\t" in row.text and not row.text.partition("\t")[0].rstrip().endswith(":"):
        texts = [part.strip() for part in row.text.split("\t") if part.strip()]
    elif _BULLET.search(row.text) and len(row.text) < 300:
        cut = [part.strip() for part in re.split(r"([·•])", row.text)]
        small = [part for part in cut if part and part not in "·•"]
        if row.text in "·•" or any(map(_is_small, small)):
            texts = ["·" if part in "·•" else part for part in cut if part]
    rest = iter((Role.VENUE,))  # in a row of a table, beside the date
    is_dated = False
    for place, text in enumerate(texts):
        for piece in _piece(text, row.number):
            role = piece.role
            if is_dated and role is Role.TEXT and "\t" in row.text:
                role = next(rest, Role.BUTTON)
            yield replace(piece, role=role, is_first=row.is_first and place == 0, row=text)
            is_dated = is_dated or role is Role.PUBLISHED


def _is_small(text: str) -> bool:
    return bool(DAY.fullmatch(text) or _PUBLISHED.fullmatch(text) or _AUTHORS.fullmatch(text))


def _piece(text: str, line: int) -> Iterator[Piece]:
    low = " ".join(text.lower().split()) if len(text) < 100 else ""
    if not text.strip("«»‹›←→↑↓▲▼⋮⋯ "):
        yield Piece(Role.BUTTON, text, line, name=low)
    elif text == "·":
        yield Piece(Role.MARK, text, line, name="·")
    elif DAY.fullmatch(text):
        yield Piece(Role.DAY, text, line)
    elif match := _SUBMITTER.fullmatch(text):
        yield Piece(Role.MARK, match[1] or "", line, name="submitted by")
    elif match := _PUBLISHED.fullmatch(text) or _MODIFIED.fullmatch(text):
        yield Piece(Role.PUBLISHED, match[1], line, name="published on")
        if venue := _GLUED.search(text):
            yield Piece(Role.VENUE, venue[1], line)
    elif _AUTHORS.fullmatch(text):
        yield Piece(Role.MARK, text, line, name="n authors")
    elif len(text) < 40 and (match := _AUTHORS_AND_COUNT.fullmatch(text)):
        yield Piece(Role.MARK, match[1], line, name="n authors")
        yield Piece(Role.COUNT, match[2], line)
    elif re.fullmatch(r"\d[\d,]* (?:comments?|likes?|views?|upvotes?|citations?|resources?)", low):
        yield Piece(Role.MARK, text, line, name="n " + low.split()[-1].rstrip("s"))
    elif match := re.fullmatch(r"upvote\s+(\S+)", low):
        yield Piece(Role.MARK, "upvote", line, name="upvote")
        yield Piece(Role.COUNT, match[1], line)
    elif _NUMBERED.fullmatch(low):
        yield Piece(Role.MARK, text, line, name="paper id")
    elif _SORT.fullmatch(low):
        yield Piece(Role.MARK, text, line, name="decision")
    elif len(low) < 60 and _MARKS.fullmatch(low):
        yield Piece(Role.MARK, text, line, name=low)
    elif (len(low) < 60 and _BUTTONS.fullmatch(low)) or _NOTICE.match(low):
        yield Piece(Role.BUTTON, text, line, name=low)
    elif len(text) < 40 and _ARXIV.fullmatch(text):
        yield Piece(Role.FIELD, text, line, name="url")
    elif text[0] == "#" and len(text) < 300 and _HASHTAGS.fullmatch(text):
        yield Piece(Role.FIELD, text.replace(" ", "; ").replace("#", ""), line, name="keywords")
    elif len(text) < 60 and _SPOT.match(text):
        yield Piece(Role.FIELD, text, line, name="place")
    elif is_count(text):
        yield Piece(Role.COUNT, text, line)
    elif len(text) < 100 and _BADGES.fullmatch(text):
        yield Piece(Role.MARK, text, line, name="badges")
    elif _CURATOR.match(text) and len(text) < 80 and not FIELD.match(text):
        yield Piece(Role.CURATOR, _CURATOR.sub("", text, count=1), line)
    elif (match := FIELD.match(text)) and (match[2] or len(text) < 30):
        yield Piece(Role.FIELD, match[2], line, name=LABELS[match[1].lower()])
    elif ADDRESS.fullmatch(text):
        yield Piece(Role.FIELD, text, line, name="url")
    elif len(text) < 80 and _ACCEPTED.fullmatch(text) and _DECISION.search(text):
        yield Piece(Role.VENUE, text, line)
    else:
        bare = _TAG.sub("", text, count=1) if text[0] == "[" and len(text) < 600 else text
        if bare.endswith("]") and len(text) < 600:
            bare = _HASH.sub("", _TAGS.sub("", bare), count=1)
        if bare and bare != text:
            yield Piece(Role.MARK, text, line, name="tags")
        yield Piece(Role.TEXT, bare or text, line)


def is_handle(piece: Piece) -> bool:
    """Whether it may be the name of who put a paper on a list."""
    return (
        piece.role in (Role.TEXT, Role.BUTTON)
        and piece.text.count(" ") < 3
        and len(piece.text) <= 40
    )


def is_short(text: str) -> bool:
    """Whether it may be the name of an organization."""
    return len(text) <= 100 and (not text.endswith((".", "。")) or len(text.split()) <= 4)
