"""A digest reaches everyone once, whatever the server does on the way."""

from __future__ import annotations

import json
import re
import socket
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.build import locks
from generator.digest import delivery
from generator.digest.mail import Mail, fitted
from generator.digest.mailboxes import Mailbox
from generator.digest.mailing import Outcome, Patience
from generator.digest.smtp import Server
from generator.model.errors import UsageError
from tests.digest import letters, post_office
from tests.digest.post_office import DROP, PASSWORD, USER, Authority, PostOffice

FIRST, SECOND, THIRD = (f"reader{number:02}@example.org" for number in (1, 2, 3))


def open_to_all(office: PostOffice) -> Server:
    return Server(host="127.0.0.1", port=office.port, tls="none")


def send(
    office: PostOffice, mail: Mail, boxes: list[Mailbox], root: Path, **other: Any
) -> tuple[Outcome, list[float]]:
    """Send, and how long was waited between rounds."""
    waits: list[float] = []
    values = {
        "sender": letters.SENDER,
        "now": letters.NOON,
        "patience": Patience(timeout=5),
        "wait": waits.append,
        "server": open_to_all(office),
        **other,
    }
    server = values.pop("server")
    return delivery.send(mail, boxes, server, root, **values), waits


def addresses(boxes: list[Mailbox]) -> list[str]:
    return [box.address for box in boxes]


def test_everyone_gets_a_mail_of_their_own_over_one_connection(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    outcome, waits = send(office, mail, fifty, root)
    assert outcome.sent == addresses(fifty)
    assert outcome.is_complete
    assert waits == []
    assert office.connections == 1
    assert [taken.mail["To"] for taken in office.taken] == addresses(fifty)
    assert {taken.sender for taken in office.taken} == {letters.SENDER.address}
    assert len({taken.mail["Message-ID"] for taken in office.taken}) == 50


def test_the_mail_arrives_as_it_was_made_dots_included(office: PostOffice, root: Path) -> None:
    dotted = fitted(letters.digest(letters.papers(1, title="." + "x" * 71 + " .. . .hidden")))
    send(office, dotted, [Mailbox(address=FIRST)], root)
    body = office.taken[0].mail.get_body(("plain",))
    assert body
    lines = body.get_content().splitlines()
    assert "." + "x" * 71 in lines
    assert ".. . .hidden" in lines


def test_the_same_digest_goes_to_nobody_twice(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    send(office, mail, fifty[:30], root)
    outcome, _ = send(office, mail, fifty, root)
    assert outcome.already == addresses(fifty[:30])
    assert outcome.sent == addresses(fifty[30:])
    shouted = [Mailbox(address=box.address.upper()) for box in fifty]
    assert len(send(office, mail, shouted, root)[0].already) == 50
    assert office.got() == Counter(addresses(fifty))


def test_another_digest_goes_to_all_again(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    send(office, mail, fifty[:2], root)
    other = fitted(letters.digest(letters.papers(2), subject="Another"))
    assert len(send(office, other, fifty[:2], root)[0].sent) == 2


def test_no_address_is_kept_on_the_disk(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    send(office, mail, fifty[:2], root)
    (kept,) = (root / delivery.DIGESTS).iterdir()
    assert [json.loads(line)[0] for line in kept.read_text().splitlines()] == ["trying", "sent"] * 2
    assert "example" not in kept.read_text()
    other = fitted(letters.digest(letters.papers(2), subject="Another"))
    send(office, other, fifty[:2], root)
    one, another = (
        set(re.findall("[0-9a-f]{32}", path.read_text())) for path in kept.parent.iterdir()
    )
    assert len(one) == len(another) == 2
    assert not one & another


def test_who_is_refused_keeps_nobody_else_from_it(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.to_recipient = lambda address, time: "550 no such user" if address == SECOND else None
    outcome, waits = send(office, mail, fifty, root)
    assert outcome.refused == {SECOND: "“550 no such user”"}
    assert outcome.sent == [one for one in addresses(fifty) if one != SECOND]
    assert not outcome.is_complete
    assert (waits, office.connections) == ([], 1)
    office.to_recipient = lambda address, time: None
    assert send(office, mail, fifty, root)[0].sent == [SECOND]


def test_a_mail_that_is_refused_at_its_end_is_not_sent(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.to_mail = lambda boxes, time: "554 looks like spam" if boxes == [SECOND] else None
    outcome, _ = send(office, mail, fifty[:3], root)
    assert outcome.refused == {SECOND: "“554 looks like spam”"}
    assert outcome.sent == [FIRST, THIRD]
    office.to_mail = lambda boxes, time: None
    assert send(office, mail, fifty[:3], root)[0].sent == [SECOND]


def test_who_is_put_off_is_tried_again_after_the_others(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.to_recipient = lambda address, time: (
        "450 come back later" if address == SECOND and time < 3 else None
    )
    outcome, waits = send(office, mail, fifty[:3], root)
    assert outcome.sent == [FIRST, THIRD, SECOND]
    assert outcome.is_complete
    assert waits == [20, 60]


def test_who_is_put_off_for_ever_is_reported_and_reached_by_a_later_run(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.to_mail = lambda boxes, time: "451 busy" if boxes == [SECOND] else None
    outcome, waits = send(office, mail, fifty[:3], root)
    assert outcome.deferred == {SECOND: "“451 busy”"}
    assert waits == [20, 60, 180]
    office.to_mail = lambda boxes, time: None
    outcome, _ = send(office, mail, fifty[:3], root)
    assert (outcome.sent, outcome.already) == ([SECOND], [FIRST, THIRD])


@pytest.mark.parametrize("answer", [DROP, "421 too many for one connection"])
@pytest.mark.parametrize("moment", ["recipient", "data"])
def test_a_connection_that_ends_before_a_mail_costs_nothing(
    answer: str, moment: str, office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    if moment == "recipient":
        office.to_recipient = lambda address, time: answer if len(office.asked) % 20 == 0 else None
    else:
        office.to_data = lambda boxes, time: answer if time % 20 == 0 else None
    outcome, _ = send(office, mail, fifty, root)
    assert outcome.is_complete
    assert office.got() == Counter(addresses(fifty))
    assert office.connections >= 3


def test_a_server_that_closes_after_a_mail_has_said_that_it_did_not_take_it(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.to_mail = lambda boxes, time: "421 shutting down" if time == 2 else None
    outcome, _ = send(office, mail, fifty[:3], root)
    assert outcome.is_complete
    assert office.got() == Counter(addresses(fifty[:3]))


def test_who_may_have_the_mail_is_reported_and_never_sent_to_again(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.to_mail = lambda boxes, time: DROP if boxes == [SECOND] else None
    outcome, _ = send(office, mail, fifty, root)
    assert outcome.unknown == [SECOND]
    assert len(outcome.sent) == 49
    assert not outcome.is_complete
    office.to_mail = lambda boxes, time: None
    again, _ = send(office, mail, fifty, root)
    assert (again.unknown, len(again.already), again.sent) == ([SECOND], 49, [])
    assert office.got() == Counter(addresses(fifty))


def test_an_answer_that_comes_too_late_is_none(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.delay = lambda boxes: 2.0 if boxes == [SECOND] else 0
    outcome, _ = send(office, mail, fifty[:3], root, patience=Patience(last=0.5))
    assert (outcome.unknown, outcome.sent) == ([SECOND], [FIRST, THIRD])
    assert office.got() == Counter(addresses(fifty[:3]))


def test_the_answer_to_a_mail_may_take_longer_than_others(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.delay = lambda boxes: 0.8 if boxes == [SECOND] else 0
    outcome, _ = send(office, mail, fifty[:3], root, patience=Patience(timeout=0.4, last=9))
    assert outcome.is_complete


def test_a_server_that_always_hangs_up_is_not_tried_with_everyone(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.to_mail = lambda boxes, time: DROP
    outcome, _ = send(office, mail, fifty, root)
    assert len(outcome.unknown) == 12  # three in each of four rounds
    assert len(outcome.deferred) == 38
    office.to_recipient = lambda address, time: DROP
    office.asked.clear()
    outcome, _ = send(office, mail, fifty, root)
    assert len(office.asked) == 12
    assert len(outcome.deferred) == 38
    assert max(office.got().values()) == 1


def test_batches_reach_all_and_show_nobody_the_others(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.to_recipient = lambda address, time: (
        "550 no such user" if address == SECOND else "450 later" if (address, time) == (THIRD, 1)
        else None
    )  # fmt: skip
    outcome, _ = send(office, mail, fifty, root, bcc=20)
    assert outcome.refused.keys() == {SECOND}
    assert sorted(outcome.sent) == [one for one in addresses(fifty) if one != SECOND]
    assert [len(taken.recipients) for taken in office.taken] == [18, 20, 10, 1]
    for taken in office.taken:
        assert b"reader" not in taken.content
        assert taken.mail["To"].addresses == ()
        assert taken.mail["Bcc"] is taken.mail["Cc"] is None
    assert len(send(office, mail, fifty, root)[0].already) == 49


def test_a_batch_whose_answer_is_lost_is_unknown_as_a_whole(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.to_mail = lambda boxes, time: DROP if time == 2 else None
    outcome, _ = send(office, mail, fifty, root, bcc=20)
    assert outcome.unknown == addresses(fifty[20:40])
    send(office, mail, fifty, root, bcc=7)
    assert office.got() == Counter(addresses(fifty))


def test_one_address_for_each_to_unsubscribe_does_not_go_to_a_batch(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    link = "https://ants.example/leave?who={address}"
    send(office, mail, fifty[:1], root, unsubscribe=link)
    found = office.taken[0].mail["List-Unsubscribe"]
    assert found == "<https://ants.example/leave?who=reader01%40example.org>"
    with pytest.raises(UsageError, match="where a mail goes to several"):
        send(office, mail, fifty, root, unsubscribe=link, bcc=20)
    assert len(office.taken) == 1


def test_without_an_address_to_unsubscribe_the_sender_is_written_to(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    send(office, mail, fifty[:1], root)
    found = office.taken[0].mail["List-Unsubscribe"]
    assert found == "<mailto:papers@example.org?subject=unsubscribe>"


def test_a_sender_that_is_not_taken_ends_the_run(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    office.rejects_sender = "553 not yours"
    with pytest.raises(UsageError, match="found “553 not yours”"):
        send(office, mail, fifty, root)
    office.rejects_sender = "451 not now"
    outcome, waits = send(office, mail, fifty, root)
    assert len(outcome.deferred) == 50
    assert len(waits) == 3


def test_two_runs_do_not_send_the_same_digest_at_once(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    path = root / delivery.DIGESTS / f"{mail.digest.id}.jsonl"
    with locks.journal(path), pytest.raises(UsageError, match="another run has it"):
        send(office, mail, fifty, root)
    assert office.connections == 0
    assert send(office, mail, fifty, root)[0].is_complete


def test_a_line_that_was_cut_off_does_not_count(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    send(office, mail, fifty[:2], root)
    (path,) = (root / delivery.DIGESTS).iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])  # within the second `sent`
    assert send(office, mail, fifty[:2], root)[0].unknown == [SECOND]
    path.write_bytes(whole + b'["trying", "0123')
    assert send(office, mail, fifty[:3], root)[0].sent == [THIRD]
    assert len(send(office, mail, fifty[:3], root)[0].already) == 3


def test_a_file_that_says_something_else_stops_the_run(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    send(office, mail, fifty[:2], root)
    (path,) = (root / delivery.DIGESTS).iterdir()
    path.write_text("[]\n" + path.read_text())
    with pytest.raises(UsageError, match="line 1: expected what was sent to whom"):
        send(office, mail, fifty, root)
    assert len(office.taken) == 2


# It does not see that such a connection is encrypted from its first byte.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_an_encrypted_server_is_sent_to_with_a_password(
    tls: Any,
    authority: Authority,
    mail: Mail,
    fifty: list[Mailbox],
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with post_office.running(
        tls=authority.context, starttls=tls == "starttls", password=True
    ) as office:
        server = Server(host="localhost", port=office.port, tls=tls, user=USER, password=PASSWORD)
        outcome, _ = send(office, mail, fifty[:3], root, server=server)
        assert len(outcome.sent) == 3
        with pytest.raises(UsageError) as wrong:
            send(office, mail, fifty, root, server=replace(server, password="wr0ng-guess"))
        assert "refused the user and the password (535)" in str(wrong.value)
        assert "wr0ng" not in str(wrong.value) + repr(server)
        assert wrong.value.__cause__ is None


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_certificate_of_strangers_is_not_trusted(
    tls: Any, authority: Authority, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    with post_office.running(tls=authority.context, starttls=tls == "starttls") as office:
        server = Server(host="localhost", port=office.port, tls=tls)
        with pytest.raises(UsageError, match="expected a certificate to trust"):
            send(office, mail, fifty, root, server=server)
        assert office.taken == []


def test_a_server_without_encryption_gets_nothing(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    server = Server(
        host="127.0.0.1", port=office.port, tls="starttls", user=USER, password=PASSWORD
    )
    with pytest.raises(UsageError, match="expected STARTTLS, found none, and nothing is sent"):
        send(office, mail, fifty, root, server=server)
    with pytest.raises(UsageError, match="expected TLS from the first byte"):
        send(office, mail, fifty, root, server=replace(server, tls="tls"))
    assert office.asked == []


def test_a_server_that_is_not_there_puts_all_off(
    office: PostOffice, mail: Mail, fifty: list[Mailbox], root: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    outcome, waits = send(
        office, mail, fifty, root, server=Server(host="127.0.0.1", port=port, tls="none")
    )
    assert set(outcome.deferred.values()) == {"Connection refused"}
    assert len(outcome.deferred) == 50
    assert waits == [20, 60, 180]
