"""The mail that a digest is sent as. Pure: no file, no network and no clock.

A mail is `multipart/alternative` of plain text and HTML (RFC 2046), in lines that every server
takes, with the headers of a list: List-Id (RFC 2919), List-Unsubscribe (RFC 2369), one click to
unsubscribe (RFC 8058), Auto-Submitted (RFC 3834). Papers, names and settings are foreign text: in
a header they are one encoded line, in HTML they are escaped.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from email.charset import BASE64, QP, Charset
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from generator import text
from generator.digest import Digest, upvotes_of
from generator.digest.mailboxes import LONGEST_NAME, Mailbox
from generator.model import addresses
from generator.model.dates import day_name
from generator.model.errors import UsageError
from generator.model.papers import Paper
from generator.text.unicode_math import readable
from generator.text.words import counted

SIZE_LIMIT: Final = 100_000
"""Bytes of the HTML as it is sent; Gmail hides what comes after 102 KB."""

LEAD: Final = 240
"""Characters of an abstract: four lines, seven on a phone."""

ANYONE: Final = "{address}"
"""Stands for the recipient's address in what unsubscribes."""

_TITLE, _LINK = 300, 900
"""The most characters of a title, and of the address that unsubscribes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What there is room for of a digest, the same to everyone."""

    digest: Digest
    papers: tuple[Paper, ...]
    """The papers that the mail shows, from the first on."""

    leads: int
    """How many of these, from the first on, it shows the abstract of."""


# As much as there is room for


def fitted(digest: Digest) -> Mail:
    """The mail of a digest, with as many abstracts, and then papers, as mail clients show."""

    def shorter(papers: int, leads: int) -> Mail:
        return Mail(digest=digest, papers=digest.papers[:papers], leads=leads)

    def fits(papers: int, leads: int) -> bool:
        content = html(shorter(papers, leads), "x" * _LINK)
        if len(content) > SIZE_LIMIT:  # and no need to encode it
            return False
        return len(encoded(content, "html").as_bytes(policy=POLICY)) <= SIZE_LIMIT

    most = len(digest.papers)
    papers = _largest(most, lambda papers: fits(papers, 0))
    leads = _largest(most, lambda leads: fits(most, leads)) if papers == most else 0
    return shorter(papers, leads)


def _largest(most: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `most` that fits, where smaller ones fit if it does; else 0."""
    if fits(most):
        return most
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


# What the mail says


@dataclass(frozen=True, slots=True, kw_only=True)
class _MailedPaper:
    """What is said about a paper."""

    title: str
    url: str
    authors: str
    notes: list[str]
    topics: list[tuple[str, str]]
    lead: str


def html(mail: Mail, unsubscribe: str = "") -> str:
    """The digest for clients that show HTML; `unsubscribe` is a safe address, or empty."""
    return _rendered("digest.html.j2", mail, unsubscribe)


def plain(mail: Mail, unsubscribe: str = "") -> str:
    """The digest for clients that show text, in lines of at most 72 characters, links excepted."""
    return _rendered("digest.txt.j2", mail, unsubscribe)


def _rendered(template: str, mail: Mail, unsubscribe: str) -> str:
    digest = mail.digest
    shown, rest = len(mail.papers), digest.total - len(mail.papers)
    about = "".join(f" · {topic.name}" for topic in digest.topics)
    titles = " · ".join(readable(paper.title) for paper in mail.papers[:3])
    values = {
        "digest": digest,
        "heading": f"{shown:,} of {digest.total:,} new papers"
        if rest
        else counted(shown, "new paper"),
        "standfirst": f"{digest.span}{about}",
        "preheader": text.excerpt(titles, 140),
        "entries": [
            _entry(digest, paper, place < mail.leads) for place, paper in enumerate(mail.papers)
        ],
        "more": f"And {rest:,} more" if rest else "",
        "unsubscribe": unsubscribe,
    }
    return _templates().get_template(template).render(values)


def _entry(digest: Digest, paper: Paper, has_lead: bool) -> _MailedPaper:
    names = [text.excerpt(author.name, LONGEST_NAME) for author in paper.authors[:3]]
    others = len(paper.authors) - len(names)
    upvotes = upvotes_of(paper)
    notes = (
        "" if digest.is_of_one_day else day_name(paper.date, "short"),
        text.excerpt(paper.venue, LONGEST_NAME),
        counted(upvotes, "upvote") if upvotes > 0 else "",
    )
    return _MailedPaper(
        title=readable(text.excerpt(paper.title, _TITLE)),
        url=addresses.absolute(digest.home, addresses.paper(paper.id)),
        authors=", ".join(names) + (f" + {others}" if others else ""),
        notes=[note for note in notes if note],
        topics=[
            (digest.names[slug], addresses.absolute(digest.home, addresses.topic(slug)))
            for slug in paper.topics[:4]
        ],
        lead=readable(text.excerpt(paper.abstract, LEAD)) if has_lead else "",
    )


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(str(files("site_templates") / "mail")),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["wrap"] = lambda value: textwrap.fill(value, 72, break_on_hyphens=False)
    return environment


def unsubscribe_link(template: str, recipient: Mailbox | None) -> str:
    """The address where a recipient unsubscribes.

    Args:
        template: of http, https or mailto; `{address}` stands for the recipient's.
        recipient: `None` where a mail goes to several.

    Raises:
        UsageError: it is no such address, or would be the same for all.
    """
    if ANYONE in template and not recipient:
        raise UsageError(
            f"--unsubscribe: expected no {ANYONE} where a mail goes to several, found "
            f"“{template}”. Leave --bcc out, or {ANYONE}."
        )
    address = quote(recipient.address, safe="") if recipient else ""
    link = text.safe_url(template.replace(ANYONE, address))
    if not link or len(link) > _LINK:  # a line of a mail has 998
        raise UsageError(
            f"--unsubscribe: expected an address of https: or mailto: with at most {_LINK} "
            f"characters, found “{text.excerpt(template, LONGEST_NAME)}”."
        )
    return link


POLICY: Final = compat32.clone(linesep="\r\n", max_line_length=None)
"""The older one takes headers as they are encoded and folded here; the newer one would decode
them first, and encode an address that is too long for a line."""


def encoded(content: str, kind: str) -> MIMENonMultipart:
    """A text in short lines of ASCII, in the encoding that is shorter for it."""
    data = content.encode("utf-8", "replace")
    signs = sum(byte > 126 or byte == ord("=") for byte in data)
    charset = Charset("utf-8")
    charset.body_encoding = QP if 6 * signs < len(data) else BASE64
    part = MIMENonMultipart("text", kind, policy=POLICY)
    part.set_payload(data.decode(), charset)
    return part
