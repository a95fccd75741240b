"""The mail of a digest, read back as mail clients read it."""

from __future__ import annotations

import quopri
import re
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import example, given, settings

from generator import text
from generator.catalog.taxonomy import Topic
from generator.digest.mail import SIZE_LIMIT, Mail, fitted, html, plain
from generator.digest.mailboxes import Mailbox, mailbox
from generator.digest.messages import message
from generator.model.errors import UsageError
from generator.model.papers import Author
from tests import shelves, validation
from tests.digest import letters
from tests.digest.letters import NOON, SENDER
from tests.nasty import any_text

READER = Mailbox(address="reader@example.org")
LEAVE = "https://ants.example/leave?who={address}"
HEADERS = [
    *("Content-Type", "MIME-Version", "From", "To", "Subject", "Date", "Message-ID", "List-Id"),
    *("Auto-Submitted", "Precedence", "List-Unsubscribe", "List-Unsubscribe-Post"),
]
ELEMENTS = {"html", "head", "meta", "title", "style", "body", "div", "p", "a", "h1", "h2", "bdi"}


def written(mail: Mail, **other: Any) -> bytes:
    values: dict[str, Any] = {"sender": SENDER, "recipient": READER, "when": NOON}
    return message(mail, **(values | {"unsubscribe": LEAVE} | other))


def read(content: bytes) -> EmailMessage:
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    for header in mail.values():
        assert not header.defects
    return mail


def parts(mail: EmailMessage) -> tuple[str, str]:
    found = mail.get_body(("plain",)), mail.get_body(("html",))
    assert found[0]
    assert found[1]
    return found[0].get_content(), found[1].get_content()


def hostile() -> Mail:
    """A digest of hostile papers, topics and names, under a hostile subject."""
    catalog = shelves.hostile()
    site = letters.settings(site_name='Q&A <b>shelf</b> "for" us, =?utf-8?q?x?= \r\nBcc: a@b.org')
    return fitted(letters.digest(catalog.papers, site, top=99, names=catalog.topics))


def test_the_mail_has_these_headers_and_no_others() -> None:
    mail = read(written(fitted(letters.digest(letters.papers(2)))))
    assert mail.keys() == HEADERS
    assert mail["From"] == "Reading group <papers@example.org>"
    assert mail["To"] == "reader@example.org"
    assert mail["Subject"] == "Ant Shelf: 2 new papers, 2 March 2026"
    assert mail["Date"].datetime == NOON
    assert mail["List-Id"] == "Ant Shelf <shelf.ants.example>"
    assert mail["List-Unsubscribe"] == "<https://ants.example/leave?who=reader%40example.org>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.walk()] == [
        *("multipart/alternative", "text/plain", "text/html"),
    ]


def test_both_parts_say_the_same_of_each_paper() -> None:
    found = letters.papers(
        3,
        topics=("ants", "bees"),
        venue="ACL 2026",
        authors=tuple(Author(name=name) for name in ("Ada", "Ben", "Cy", "Di", "Ed")),
    )
    found[0] = letters.voted("first", 1234, title="Ants in $O(n^2)$", topics=("ants",))
    found[1] = letters.papers(1, days=(letters.DAY - timedelta(1),), authors=())[0]
    plain_text, markup = parts(read(written(fitted(letters.digest(found, top=2)))))
    seen = " ".join(html5lib.parse(markup, namespaceHTMLElements=False).itertext())
    for part in (plain_text, seen):
        words = " ".join(part.split())
        assert "2 of 3 new papers" in words
        assert "Ants in O(n²)" in words
        assert "2 Mar 2026 · 1,234 upvotes · Ants" in words
        assert "We count ants for the time number 1. There are many." in words
        assert "And 1 more" in words
    targets = [f"https://ants.example/shelf/{path}" for path in ("papers/first/", "days/2026-03/")]
    for target in targets:
        assert target in plain_text
        assert f'href="{target}"' in markup
    one_day = plain(fitted(letters.digest(letters.papers(1, authors=found[2].authors))))
    assert "Ada, Ben, Cy + 2\n" in one_day
    assert "2 Mar 2026" not in one_day  # the heading says it


def test_hostile_text_stays_text() -> None:
    mail = hostile()
    assert len(mail.papers) > 25
    sent = read(written(mail))
    assert sent.keys() == HEADERS
    assert sent["Subject"] == mail.digest.subject
    assert sent["From"].addresses[0].addr_spec == "papers@example.org"
    plain_text, markup = parts(sent)
    tree = html5lib.parse(markup, namespaceHTMLElements=False)
    assert {element.tag for element in tree.iter()} <= ELEMENTS
    for element in tree.iter():
        assert element.attrib.keys() <= {
            *("lang", "charset", "name", "content", "style", "class", "dir", "href")
        }
        target = element.get("href", "https://ants.example/")
        assert target.startswith("https://ants.example/"), target
    seen = " ".join("".join(tree.itertext()).split())
    for paper in mail.papers:
        if "$" not in paper.title and len(paper.title) < 300:
            assert " ".join(paper.title.split()) in seen
    for line in plain_text.splitlines():
        assert len(line) <= 72 or line.startswith("https://"), line


def test_the_html_is_valid(tmp_path: Path) -> None:
    (tmp_path / "hostile.html").write_text(html(hostile(), "https://ants.example/"), "utf-8")
    assert validation.errors(tmp_path) == []


# What a title, a name or a subject may try in a header.
TRICKS = [
    "Hello\r\nBcc: thief@example.org",
    "Hello\nX-Other: yes\n\nbody",
    "=?utf-8?q?Hello?=",
    "=?utf-8?b?SGVsbG8=?= and more",
    "\u202egnp.exe",
    "a" * 300,
    "漢字かな交じり文" * 30,
    "Ünal " * 60,
    'comma, <angle@example.org>; colon: (comment) "quote" \\',
    "\x00\x07null",
    ".",
]


@pytest.mark.parametrize("trick", TRICKS)
def test_no_subject_or_name_becomes_a_header(trick: str) -> None:
    site = letters.settings(site_name=trick)
    digest = letters.digest(letters.papers(1), site, subject=trick)
    content = written(fitted(digest), sender=Mailbox(address="a@b.org"))
    mail = read(content)
    assert mail.keys() == HEADERS
    assert mail["Subject"] == digest.subject == text.excerpt(trick, 200)
    (sender,) = mail["From"].addresses
    assert sender.addr_spec == "a@b.org"
    # Not as that policy reads names: it puts a space between two words that are one.
    raw = message_from_bytes(content)["From"]
    assert str(make_header(decode_header(raw))) == f"{text.excerpt(trick, 100)} <a@b.org>"
    assert [address.addr_spec for address in mail["To"].addresses] == ["reader@example.org"]


@settings(max_examples=60)
@given(subject=any_text, name=any_text, title=any_text)
@example(subject="", name="[x](javascript:alert(1))" * 3, title="")
def test_any_text_comes_back_and_every_line_can_be_sent(
    subject: str, name: str, title: str
) -> None:
    papers = letters.papers(1, title=text.clean(title), abstract=text.paragraphs(name))
    digest = letters.digest(papers, letters.settings(site_name=name), subject=subject)
    content = written(fitted(digest))
    assert content.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)|\0", content) is None
    assert max(map(len, content.split(b"\r\n"))) <= 998
    mail = read(content)
    assert mail.keys() == HEADERS
    assert mail["Subject"] == digest.subject
    markup = parts(mail)[1]
    tree = html5lib.parse(markup, namespaceHTMLElements=False)
    assert {element.tag for element in tree.iter()} <= ELEMENTS


def test_the_same_mail_is_the_same_bytes() -> None:
    mail = hostile()
    assert written(mail) == written(hostile())
    assert written(mail) != written(mail, copy="other")


@pytest.mark.parametrize("letter", ["a", "漢", "ä"])
def test_a_mail_is_no_longer_than_clients_show(letter: str) -> None:
    found = letters.papers(400, abstract=f"{letter * 6} " * 99, title=f"{letter * 9} " * 5)
    mail = fitted(letters.digest(found, top=100))
    sent = read(written(mail))
    (size,) = (len(part.as_bytes()) for part in sent.walk() if part.get_content_subtype() == "html")
    assert SIZE_LIMIT * 0.95 < size < SIZE_LIMIT
    assert 0 < mail.leads < 100
    rest = 400 - len(mail.papers)
    assert f"And {rest} more" in html(mail)
    assert f"{len(mail.papers)} of 400 new papers" in plain(mail)
    many = fitted(letters.digest(found, top=400))
    assert many.leads == 0
    assert len(many.papers) < 400


def test_text_that_is_not_latin_is_sent_in_the_shorter_encoding() -> None:
    long = letters.papers(20, title="漢字 " * 60, abstract="漢字 " * 200)
    mail = read(written(fitted(letters.digest(long))))
    encodings = [part["Content-Transfer-Encoding"] for part in mail.walk()]
    assert encodings == [None, "base64", "base64"]
    plain_english = written(fitted(letters.digest(letters.papers(1))))
    assert b"Counting Ants, Part 1" in quopri.decodestring(plain_english)


def test_a_long_address_to_unsubscribe_stays_on_one_line() -> None:
    link = f"https://ants.example/{'x/' * 250}?a=1,2;b=(c)&who={{address}}"
    content = written(fitted(letters.digest(letters.papers(1))), unsubscribe=link)
    expected = link.replace("{address}", "reader%40example.org")
    assert f"\r\nList-Unsubscribe: <{expected}>\r\n".encode() in content
    assert read(content)["List-Unsubscribe"] == f"<{expected}>"


@pytest.mark.parametrize("link", ["https://ants.example/leave", "mailto:leave@ants.example"])
def test_one_click_is_offered_only_where_the_address_knows_who_asks(link: str) -> None:
    mail = read(written(fitted(letters.digest(letters.papers(1))), unsubscribe=link))
    assert mail["List-Unsubscribe"] == f"<{link}>"
    assert mail["List-Unsubscribe-Post"] is None
    assert f'href="{link}"' in parts(mail)[1]


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "ants.example", "ftp://ants.example/", "https://x.org/" + "x" * 900],
)
def test_other_addresses_to_unsubscribe_are_refused(link: str) -> None:
    with pytest.raises(UsageError, match="--unsubscribe: expected an address"):
        written(fitted(letters.digest(letters.papers(1))), unsubscribe=link)


def test_an_address_to_unsubscribe_cannot_break_out() -> None:
    link = 'https://x.org/>\r\nBcc: a@b.org"<script>'
    mail = read(written(fitted(letters.digest(letters.papers(1))), unsubscribe=link))
    assert mail["Bcc"] is None
    assert "<script" not in parts(mail)[1]
    assert mail["List-Unsubscribe"].startswith("<https://x.org/%3E")


@pytest.mark.parametrize(
    ("line", "box"),
    [
        ("ada@example.org", ("ada@example.org", "")),
        ("  Ada.L+x@Example.ORG ", ("Ada.L+x@Example.ORG", "")),
        ("Ada Lovelace <ada@example.org>", ("ada@example.org", "Ada Lovelace")),
        ('"Lovelace, Ada" <ada@example.org>', ("ada@example.org", "Lovelace, Ada")),
        ("Zoë <zoe@münchen.example>", ("zoe@xn--mnchen-3ya.example", "Zoë")),
        ("<ada@example.org>", ("ada@example.org", "")),
        *((wrong, None) for wrong in (
            "", "ada", "ada@", "@example.org", "ada@localhost", "ada@example..org", "a b@x.org",
            "ada@-x.org", "ada@example.org, ben@example.org", "Ada <ada@example.org> Ben",
            "ada@example.org>", "zoë@example.org", ".ada@example.org", "ada@example.o\r\nrg",
            "x" * 65 + "@example.org", "a@" + "x" * 64 + ".org", "ada@@example.org", "a@b.org\0",
        )),
    ],
)  # fmt: skip
def test_addresses_are_read_as_people_write_them(line: str, box: tuple[str, str] | None) -> None:
    found = mailbox(line)
    assert (found and (found.address, found.name)) == box


def test_topics_stand_with_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = Topic(slug="odd", name="R&D <i>", description="")
    monkeypatch.setattr(letters, "TOPICS", (odd,))
    mail = fitted(letters.digest(letters.papers(1, topics=("odd",)), topics=["odd"]))
    assert "R&amp;D &lt;i&gt;" in html(mail)
    assert "2 March 2026 · R&D <i>\n" in plain(mail)
