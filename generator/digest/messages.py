"""A mail as the message that goes out: headers, parts and their encodings."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.utils import format_datetime
from typing import Final
from urllib.parse import urlsplit

from generator import text
from generator.digest import Digest
from generator.digest.mail import ANYONE, POLICY, Mail, encoded, html, plain, unsubscribe_link
from generator.digest.mailboxes import Mailbox


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
    whole = MIMEMultipart("alternative", boundary=f"=_{digest.id}", policy=POLICY)
    for name, value in headers.items():
        whole[name] = value
    whole.attach(encoded(plain(mail, link), "plain"))
    whole.attach(encoded(html(mail, link), "html"))
    return whole.as_bytes(policy=POLICY)


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
