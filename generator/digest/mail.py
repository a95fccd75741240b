"""The mail that a digest is sent as. Pure: no file, no network and no clock.

A mail is `multipart/alternative` of plain text and HTML (RFC 2046), in lines that every server
takes, with the headers of a list: List-Id (RFC 2919), List-Unsubscribe (RFC 2369), one click to
unsubscribe (RFC 8058), Auto-Submitted (RFC 3834). Papers, names and settings are foreign text: in
a header they are one encoded line, in HTML they are escaped.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.charset import BASE64, QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from generator import text
from generator.digest import Digest, count, upvotes_of
from generator.model import addresses
from generator.model.dates import day_name
from generator.model.errors import UsageError
from generator.model.papers import Paper
from generator.text.plain import readable

SIZE_LIMIT: Final = 100_000
"""Bytes of the HTML as it is sent; Gmail hides what comes after 102 KB."""

LEAD: Final = 240
"""Characters of an abstract: four lines, seven on a phone."""

ANYONE: Final = "{address}"
"""Stands for the recipient's address in what unsubscribes."""

_TITLE, _NAME, _LINK = 300, 100, 900
"""The most characters of a title, of a name, and of the address that unsubscribes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Where mail comes from or goes to."""

    address: str
    """`ada@example.org`: ASCII, with a domain."""

    name: str = ""

    @property
    def key(self) -> str:
        """Equal for what is the same address to people and to nearly all servers."""
        return self.address.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What there is room for of a digest, the same to everyone."""

    digest: Digest
    papers: tuple[Paper, ...]
    """Those that it shows, from the first on."""

    leads: int
    """How many of these, from the first on, it shows the abstract of."""


def mailbox(written: str) -> Mailbox | None:
    """Read `ada@example.org` or `Ada Lovelace <ada@example.org>`; `None` where it is neither.

    A domain in letters of other scripts becomes what mail servers know it by.
    """
    match = _MAILBOX.fullmatch(written.strip())
    if not match:
        return None
    local, _, domain = (match["inner"] or match["bare"]).rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        return None
    if len(local) > 64 or len(domain) > 253:
        return None
    return Mailbox(
        address=f"{local}@{domain}",
        name=text.excerpt((match["name"] or "").strip(' "'), _NAME),
    )


_MAILBOX: Final = re.compile(r"(?P<name>[^<>]*)<(?P<inner>[^<>\s]+)>|(?P<bare>[^<>\s]+)")
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN: Final = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)


# As much as there is room for


def fitted(digest: Digest) -> Mail:
    """With as many abstracts, and then as many papers, as mail clients show."""

    def shorter(papers: int, leads: int) -> Mail:
        return Mail(digest=digest, papers=digest.papers[:papers], leads=leads)

    def fits(papers: int, leads: int) -> bool:
        content = html(shorter(papers, leads), "x" * _LINK)
        if len(content) > SIZE_LIMIT:  # and no need to encode it
            return False
        return len(_encoded(content, "html").as_bytes(policy=_POLICY)) <= SIZE_LIMIT

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
class _Entry:
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
    """The digest for clients that show text, in lines of at most 72 characters, but for links."""
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
        else count(shown, "new paper"),
        "standfirst": f"{digest.span}{about}",
        "preheader": text.excerpt(titles, 140),
        "entries": [
            _entry(digest, paper, place < mail.leads) for place, paper in enumerate(mail.papers)
        ],
        "more": f"And {rest:,} more" if rest else "",
        "unsubscribe": unsubscribe,
    }
    return _templates().get_template(template).render(values)


def _entry(digest: Digest, paper: Paper, has_lead: bool) -> _Entry:
    names = [text.excerpt(author.name, _NAME) for author in paper.authors[:3]]
    others = len(paper.authors) - len(names)
    upvotes = upvotes_of(paper)
    notes = (
        "" if digest.is_of_one_day else day_name(paper.date, "short"),
        text.excerpt(paper.venue, _NAME),
        count(upvotes, "upvote") if upvotes > 0 else "",
    )
    return _Entry(
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


# The mail itself


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
            f"characters, found “{text.excerpt(template, _NAME)}”."
        )
    return link


def message(
    mail: Mail,
    *,
    sender: Mailbox,
    recipient: Mailbox | None,
    when: datetime,
    copy: str = "all",
    unsubscribe: str = "",
) -> bytes:
    """The mail as it is sent or kept in an `.eml` file (RFC 5322), always the same for the same.

    Args:
        mail: what it says.
        sender: whom it is from; the site's name stands for a name.
        recipient: whom it says it is for; `None` says that to nobody.
        when: its date.
        copy: tells this one from those to others in its Message-ID; letters and digits.
        unsubscribe: as `unsubscribe_link` takes it; empty is none.
    """
    digest = mail.digest
    link = unsubscribe_link(unsubscribe, recipient) if unsubscribe else ""
    headers = {
        "From": _named(sender.name or digest.site_name, sender.address),
        "To": recipient.address if recipient else "undisclosed-recipients:;",
        "Subject": _line(digest.subject),
        "Date": format_datetime(when.astimezone(UTC)),
        "Message-ID": f"<{digest.id}.{copy}@{digest.host}>",
        "List-Id": _named(digest.site_name, _list_id(digest)),
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",  # for answering machines that know nothing newer
    }
    if link:
        headers["List-Unsubscribe"] = f"<{link}>"
        if ANYONE in unsubscribe and link.startswith("https:"):
            # Only a service that is told who asks can do it with one click.
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    whole = MIMEMultipart("alternative", boundary=f"=_{digest.id}", policy=_POLICY)
    for name, value in headers.items():
        whole[name] = value
    whole.attach(_encoded(plain(mail, link), "plain"))
    whole.attach(_encoded(html(mail, link), "html"))
    return whole.as_bytes(policy=_POLICY)


_POLICY: Final = compat32.clone(linesep="\r\n", max_line_length=None)
"""The older one takes headers as they are encoded and folded here; the newer one would decode
them first, and encode an address that is too long for a line."""


def _list_id(digest: Digest) -> str:
    """`demo.papershelf.example` for `https://papershelf.example/demo/`."""
    path = [text.slug(part) for part in urlsplit(digest.home).path.split("/") if part]
    return ".".join([*reversed(path), digest.host])


def _line(words: str) -> str:
    """Any text, as RFC 2047 has it; what looks like an encoded word is encoded once more."""
    # A word that fills a line would go to the next one, with a space before it that stays.
    has_room = max(map(len, words.split(" "))) <= _LONGEST_WORD
    is_simple = words.isascii() and "=?" not in words and has_room
    return Header(words, "us-ascii" if is_simple else "utf-8", header_name="Subject").encode()


_LONGEST_WORD: Final = 60


def _named(name: str, address: str) -> str:
    """`Name <address>`."""
    is_simple = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ]*", name)
    header = Header(name, "us-ascii" if is_simple else "utf-8", header_name="List-Id")
    header.append(f"<{address}>", "us-ascii")
    return header.encode()


def _encoded(content: str, kind: str) -> MIMENonMultipart:
    """A text in short lines of ASCII, in the encoding that is shorter for it."""
    data = content.encode("utf-8", "replace")
    signs = sum(byte > 126 or byte == ord("=") for byte in data)
    charset = Charset("utf-8")
    charset.body_encoding = QP if 6 * signs < len(data) else BASE64
    part = MIMENonMultipart("text", kind, policy=_POLICY)
    part.set_payload(data.decode(), charset)
    return part
