"""The text of a mail that was saved as a file (RFC 5322 with MIME, RFC 2045).

What its parts are coded in, base64 or quoted-printable, and its HTML become plain lines below the
headers that a person would see.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final

from lxml import etree

LARGEST: Final = 4 * 2**20
"""Bytes; a mail with more has files attached."""

_HEADERS: Final = re.compile(rb"(?:[A-Za-z][\w-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}\r?\n")
_CODED: Final = re.compile(
    rb"^content-(?:transfer-encoding:\s*(?:base64|quoted-printable)|type:\s*(?:multipart|text/html))",
    re.IGNORECASE | re.MULTILINE,
)
_BLOCKS: Final = (
    *("address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "h1", "h2"),
    *("h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "tr", "ul"),
)
_HIDDEN: Final = ("script", "style", "title")


def plain(data: bytes) -> bytes:
    """A file as it is; of a mail that is coded or HTML, its first headers and its text in UTF-8."""
    headers = _HEADERS.match(data[:65536].lstrip()) if b"Content-" in data[:65536] else None
    if not headers or len(data) > LARGEST or b"<Saved by" in headers[0]:
        return data
    if not _CODED.search(headers[0]):
        return data
    try:
        return _read(data)
    except Exception:  # the standard library raises anything for headers that are broken
        return data


def _read(data: bytes) -> bytes:
    mail = message_from_bytes(data.lstrip(), policy=policy.default)
    body = mail.get_body(("plain", "html")) if isinstance(mail, EmailMessage) else None
    text = body.get_content() if body else None
    if not body or not isinstance(text, str):
        return data
    if body.get_content_type() == "text/html":
        text = _lines(text)
    above = "".join(
        f"{name}: {' '.join(str(mail[name]).split())}\n"
        for name in ("From", "Date", "Subject")
        if mail[name]
    )
    return f"{above}\n{text}".encode("utf-8", "replace")


def _lines(html: str) -> str:
    """The text of HTML, each block of it a line."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    clean = re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", " ", html)
    root = etree.fromstring(clean.encode(), parser)
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, ("start", "end")) if root is not None else ():
        name = str(element.tag)
        is_shown = name not in _HIDDEN
        is_pre = name == "pre"
        if name in _BLOCKS:
            pieces.append("\n")
        said = (element.text if is_shown else "") if event == "start" else element.tail
        if said:
            pieces.append(said if is_pre and event == "start" else re.sub(r"\s+", " ", said))
    return re.sub(r"\n\s*\n\s*", "\n\n", "".join(pieces)).strip()
