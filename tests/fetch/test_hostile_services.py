"""Services that hold on, flood, mislead or answer nonsense: each is told of, and none does harm."""

from __future__ import annotations

import gc
import gzip
import json
import re
import socket
import time
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.fetch import fetching
from generator.fetch.routes import is_address, shown
from generator.fetch.services import hugging_face
from generator.model.errors import ConfigError
from tests.command import papershelf
from tests.digest import post_office
from tests.fetch import service as other
from tests.fetch.fetching import DAY, QUICK, arxiv, hf, source, state, urls, venue
from tests.fetch.service import (
    Fault,
    Service,
    daily,
    encoded,
    entry,
    instead,
    raw,
    redirect,
    status,
)

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What a terminal would take for commands, or cannot print."""

LIST = json.dumps([daily(number, "2025-08-07") for number in range(1, 4)]).encode()
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

HURRIED = replace(QUICK, longest_answer=0.4)
"""Each part of an answer may take longer than the whole: nothing but the deadline ends it."""


def stored(block: bytes) -> bytes:
    """A block of deflate, not the last one, with nothing in it for an empty one."""
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(block) + packing.flush(zlib.Z_SYNC_FLUSH)


ZLIB = b"\x78\x9c"
GZIP = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"
BOMB = b"[" * 30_000_000

HOLDING: dict[str, Fault] = {
    "says nothing": raw(b"", b"", 0),
    "a letter of the status at a time": raw(b"HTTP/1.1 2", b"0", 0.02),
    "a header at a time": raw(OK, b"X-More: 1\r\n", 0.02),
    "a letter of a header at a time": raw(OK + b"X-More: ", b"1", 0.02),
    "100 Continue for ever": raw(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01),
    "100 Continue for ever, at once": raw(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "103 Early Hints for ever": raw(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 0.01),
    "a byte of the body at a time": raw(OK + b"Content-Length: 9999\r\n\r\n", b"[", 0.02),
    "a byte of a body without a length at a time": raw(OK + b"\r\n", b"[", 0.02),
    "a byte of a chunk at a time": raw(CHUNKED + b"ffff\r\n", b"[", 0.02),
    "a chunk of one byte at a time": raw(CHUNKED, b"1\r\n[\r\n", 0.02),
    "a letter of what a chunk is called at a time": raw(CHUNKED + b"1;", b"a", 0.02),
    "a letter of a trailer at a time": raw(CHUNKED + b"0\r\nX: ", b"a", 0.02),
    "empty blocks of deflate for ever": raw(
        OK + b"Content-Encoding: deflate\r\n\r\n" + ZLIB, stored(b""), 0.02
    ),
    "empty blocks of gzip for ever": raw(
        OK + b"Content-Encoding: gzip\r\n\r\n" + GZIP, stored(b""), 0.02
    ),
    "empty members of gzip for ever": raw(
        OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b""), 0.02
    ),
    "a refusal without end": raw(b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\nX: ", b"1", 0.02),
}


def hold(handler: other.Handler, body: bytes) -> None:
    """Nothing, until the other side hangs up."""
    handler.connection.recv(1)


HOLDING["says nothing"] = hold

FLOODING: dict[str, Fault] = {
    "a body without end": raw(OK + b"\r\n", b"[" * 65536),
    "chunks without end": raw(CHUNKED, b"ffff\r\n" + b"[" * 65535 + b"\r\n"),
    "a length that is too large": raw(OK + b"Content-Length: 99999999999\r\n\r\n", b"[" * 65536),
    "a bomb of gzip": encoded("gzip", gzip.compress(BOMB)),
    "a bomb of x-gzip": encoded("X-GZip", gzip.compress(BOMB)),
    "a bomb of deflate": encoded("deflate", zlib.compress(BOMB)),
    "bombs of gzip without end": encoded("gzip", b"", gzip.compress(BOMB[:100_000])),
    "empty blocks of deflate without end": encoded("deflate", ZLIB, stored(b"") * 10_000),
    "empty members of gzip without end": encoded("gzip", b"", gzip.compress(b"") * 3_000),
}

UNASKED: dict[str, Fault] = {
    f"an answer in {encoding}": encoded(encoding, body)
    for encoding, body in {
        "gzip, gzip": gzip.compress(gzip.compress(BOMB)),
        "gzip,deflate": zlib.compress(gzip.compress(LIST)),
        "identity, gzip": gzip.compress(LIST),
        "br": b"\x0b\x02\x80[]\n\x03",
        "zstd": b"\x28\xb5\x2f\xfd\x04\x00",
        "compress": b"\x1f\x9d",
        "aes128gcm": b"?",
        "\xff": LIST,
    }.items()
}

BROKEN: dict[str, Fault] = {
    "gzip that is cut off": encoded("gzip", gzip.compress(LIST)[:-20]),
    "gzip without its end": encoded("gzip", gzip.compress(LIST)[:-8]),
    "gzip with a wrong sum": encoded("gzip", gzip.compress(LIST)[:-8] + b"\0" * 8),
    "gzip that is none": encoded("gzip", LIST),
    "gzip of nothing": encoded("gzip", b""),
    "gzip with something after it": encoded("gzip", gzip.compress(LIST) + b"more"),
    "deflate that is none": encoded("deflate", LIST),
    "deflate that is cut off": encoded("deflate", zlib.compress(LIST)[:-30]),
    "no HTTP": raw(b"220 mail.example.org ESMTP\r\n"),
    "nothing": raw(b""),
    "another protocol": status(101),
    "half a status": raw(b"HTTP/1.1 2"),
    "headers without end": raw(OK, b"X-More: 1\r\n" * 1000),
    "a header of nonsense": raw(OK + b"\0\0: \xff\r\n\r\n"),
    "two lengths": raw(OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\n[]\n"),
    "a length below zero": raw(OK + b"Content-Length: -3\r\n\r\n[]\n"),
    "chunks of nonsense": raw(CHUNKED + b"zz\r\n[]\r\n0\r\n\r\n"),
    "a chunk that is cut off": raw(CHUNKED + b"ff\r\n[]"),
}

REFUSING: dict[str, Fault] = {
    "204": raw(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "206": status(206),
    "300": status(300),
    "302 without a place": status(302),
    "305": status(305),
    "407": status(407),
    "418": status(418),
    "451": status(451),
    "999": raw(b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"),
}


def good(shelf: Path, service: Service) -> dict[str, tuple[bytes, int]]:
    """What is there after a good day, of which the service would say more by now."""
    service.has_validators = False
    service.days = {"2025-08-07": 3}
    assert not hf(shelf)[0].failed
    service.requests.clear()
    return state(shelf)


@pytest.mark.parametrize("name", HOLDING)
def test_a_request_ends_at_its_deadline(shelf: Path, service: Service, name: str) -> None:
    before = good(shelf, service)
    service.always = HOLDING[name]
    (outcome,) = hf(shelf, manners=HURRIED)
    assert "expected a whole answer within 0.4 seconds" in outcome.failed
    assert len(service.asked) <= 1
    assert state(shelf) == before


def test_a_handshake_ends_at_the_deadline(shelf: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # connections are made, and that is all
        port = silent.getsockname()[1]
        (outcome,) = urls(shelf, f"https://127.0.0.1:{port}/list", HURRIED)
        gc.collect()  # a connection that is still open would be told of
    assert "expected a whole answer within 0.4 seconds" in outcome.failed


def test_the_deadline_is_one_for_all_redirects(shelf: Path, service: Service) -> None:
    def late(handler: other.Handler, body: bytes) -> None:
        time.sleep(0.15)
        redirect("/")(handler, body)

    service.always = late
    (outcome,) = hf(shelf, manners=HURRIED)
    assert "expected a whole answer within 0.4 seconds" in outcome.failed


@pytest.mark.parametrize("name", FLOODING)
def test_an_answer_has_a_limit_sent_and_unpacked(shelf: Path, service: Service, name: str) -> None:
    before = good(shelf, service)
    service.always = FLOODING[name]
    (outcome,) = hf(shelf)
    assert "expected at most 200,000 bytes, found more" in outcome.failed
    assert len(service.asked) == 1
    assert state(shelf) == before


@pytest.mark.parametrize("name", [name for name in FLOODING if "bomb" in name])
def test_a_bomb_takes_no_more_memory_than_the_limit(
    shelf: Path, service: Service, name: str
) -> None:
    service.days = {"2025-08-07": 3}
    hf(shelf)  # all modules are there
    service.always = FLOODING[name]
    tracemalloc.start()
    try:
        assert hf(shelf)[0].failed
        assert tracemalloc.get_traced_memory()[1] < 10 * QUICK.largest
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", UNASKED)
def test_an_encoding_that_was_not_asked_for_is_not_unpacked(
    shelf: Path, service: Service, name: str
) -> None:
    before = good(shelf, service)
    service.always = UNASKED[name]
    (outcome,) = hf(shelf)
    assert "expected an answer in gzip, in deflate or as it is" in outcome.failed
    assert len(service.asked) == 1
    assert state(shelf) == before


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_asked_past_and_never_kept(
    shelf: Path, service: Service, name: str
) -> None:
    before = good(shelf, service)
    service.always = BROKEN[name]
    (outcome,) = hf(shelf)
    assert "(tried 3 times)" in outcome.failed
    assert state(shelf) == before


@pytest.mark.parametrize("name", REFUSING)
def test_a_status_that_brings_no_list_is_told(shelf: Path, service: Service, name: str) -> None:
    before = good(shelf, service)
    service.always = REFUSING[name]
    (outcome,) = hf(shelf)
    assert f"found “{name[:3]}" in outcome.failed
    assert state(shelf) == before


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(LIST)),
        ("GZIP", gzip.compress(LIST[:100]) + gzip.compress(LIST[100:])),
        ("deflate", zlib.compress(LIST)),
        ("identity", LIST),
        ("", LIST),
    ],
)
def test_what_was_asked_for_is_unpacked(
    shelf: Path, service: Service, encoding: str, body: bytes
) -> None:
    service.faults = [encoded(encoding, body)]
    assert not hf(shelf)[0].failed
    assert source(shelf, DAY).read_bytes() == LIST


@pytest.mark.parametrize(
    "after", ["9" * 400, "-1", "soon", "Fri, 01 Jan 2100 00:00:00 +99999999999"]
)
def test_any_retry_after_is_waited_for_up_to_a_limit(
    shelf: Path, service: Service, after: str
) -> None:
    service.days = {"2025-08-07": 3}
    service.faults = [status(503, retry_after=after)]
    assert hf(shelf, manners=replace(QUICK, longest_wait=0.1))[0].papers == 3


# What is no list of papers


def test_what_reads_as_no_paper_is_never_kept(shelf: Path, service: Service) -> None:
    before = good(shelf, service)
    for answer in (
        b'[{"a": 1}]',
        b'[{"paper": {}}]',
        b'[{"paper": {"id": "2508.00001", "title": "title"}}]',
        json.dumps([{}] * 100).encode(),
    ):
        service.always = instead(answer)
        (outcome,) = hf(shelf)
        assert "expected papers, found none: " in outcome.failed
    assert state(shelf) == before
    untitled = entry(1, "2025-08-07").replace("Counting Bees with Networks, Part 1", "Untitled")
    feed = other.ATOM.format(now="", total=1, start=0, entries=untitled)
    service.always = instead(feed.encode())
    assert "expected papers, found none: " in arxiv(shelf)[0].failed
    service.always = instead(b'{"notes": [{"id": "a"}, {"id": "b"}], "count": 2}')
    assert "expected papers, found none: " in venue(shelf)[0].failed
    assert {name for name in state(shelf) if "sources" in name} == {f"sources/{DAY}"}


@pytest.mark.parametrize(
    "answer",
    [
        b"[]",
        b"{}",
        b"null",
        b"title,authors\n",
        b"<feed/>",
        b"% no entry\n",
        b"\0",
        b"404",
        b"<p>Hi",
    ],
)
def test_an_address_that_brings_no_paper_fails(
    shelf: Path, service: Service, answer: bytes
) -> None:
    service.files = {"/list": LIST}
    assert urls(shelf, f"{service.url}/list")[0].papers == 3
    (name,) = (path for path in state(shelf) if "urls/" in path)
    service.files = {"/list": answer}
    assert urls(shelf, f"{service.url}/list")[0].failed
    assert source(shelf, name.removeprefix("sources/")).read_bytes() == LIST


# Addresses


MALFORMED = [
    "ftp://example.org/x",
    "file:///etc/passwd",
    "gopher://example.org/",
    "javascript:alert(1)",
    "data:text/plain,a",
    "example.org",
    "//example.org/",
    "http:",
    "http://",
    "http:///x",
    "http://?x",
    "http://:80/",
    "https://[1:2]/",
    "http://[x",
    "http://[::1/",
    "http://[]/",
    "http://[v1.a]/",
    "http://a b/",
    "http://a/b c",
    "a b",
    "http://a..b/",
    "http://.a/",
    f"http://{'a' * 64}.org/",
    "http://x:99999/",
    "http://x:-1/",
    "http://x:y/",
    "http://x:80:80/",
    "http://user:pa/ss@example.org/",
    "http://exa\ufffdmple.org/",
    "http://example.org/\ufffd",
    "http://\ud800.org/",
    "http://example.org/\ud800",
    "http://a\0b/",
    "http://example.org/\x07",
    "http://example.org/\u202e",
    "http://１２７.0.0.1/",
    "http://ex\u200dample.org/",
    f"http://example.org/{'a' * 70_000}",
]


@pytest.mark.parametrize("line", MALFORMED, ids=lambda line: ascii(line)[:40])
def test_an_address_that_cannot_be_asked_stops_no_other(
    shelf: Path, service: Service, line: str
) -> None:
    service.files = {"/list.json": LIST}
    bad, fine = urls(shelf, f"{line}\n{service.url}/list.json\n")
    assert bad.failed.startswith("list, line 1: expected an address with http:// or https://")
    assert (bad.new, fine.papers) == ((), 3)
    assert not CONTROLS.search(bad.failed)
    assert bad.failed.encode()


@pytest.mark.parametrize("line", MALFORMED[:5], ids=lambda line: ascii(line)[:40])
def test_a_redirect_to_what_cannot_be_asked_is_told(
    shelf: Path, service: Service, line: str
) -> None:
    service.files = {"/list.json": LIST}
    service.faults = [redirect(line)]
    moved, fine = urls(shelf, f"{service.url}/moved\n{service.url}/list.json\n")
    assert moved.failed
    assert (moved.new, fine.papers) == ((), 3)


def test_dead_services_stop_no_other(shelf: Path, service: Service) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and nobody listens
        port = nobody.getsockname()[1]
        dead = "".join(f"http://127.0.0.1:{port}/{number}\n" for number in range(8))
        service.files = {"/list.json": LIST}
        outcomes = urls(shelf, f"{dead}{service.url}/list.json\n")
    asked = [outcome for outcome in outcomes if "Connection refused" in outcome.failed]
    assert len(asked) == fetching.GIVE_UP
    assert all("not asked" in outcome.failed for outcome in outcomes[fetching.GIVE_UP : -1])
    assert outcomes[-1].papers == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=12), st.text(max_size=12))
def test_any_line_is_asked_or_told(
    shelf: Path, service: Service, monkeypatch: pytest.MonkeyPatch, host: str, path: str
) -> None:
    """Through a proxy, so that no name is looked up."""
    monkeypatch.setenv("http_proxy", service.url)
    monkeypatch.setenv("no_proxy", "")
    line = " ".join(f"http://{host}/{path}".split("#")[0].splitlines()).strip()
    (outcome,) = urls(shelf, line)
    assert not CONTROLS.search(outcome.failed)
    assert ("line 1: expected an address" in outcome.failed) is not is_address(line)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://example.org/a.json", "https://example.org/a.json"),
        ("https://user:secret@example.org:81/a?key=secret#secret", "https://example.org:81/a"),
        ("https://secret@example.org/@b", "https://example.org/@b"),
        ("http://user:se/cret@example.org/a", "http://example.org/a"),
        ("http://user:secret@[x/?key=secret", "http://[x/"),
        ("user:secret@example.org", "example.org"),
        ("ftp://user:secret@example.org/x", "ftp://example.org/x"),
        ("http://a/\x1b[31m", "http://a/[31m"),
    ],
)
def test_an_address_is_shown_without_secrets(url: str, text: str) -> None:
    assert shown(url) == text


def test_a_setting_that_is_no_address_is_told_without_secrets() -> None:
    for line in MALFORMED:
        with pytest.raises(ConfigError, match="expected an address") as told:
            hugging_face(line.replace("http://", "http://secret:secret@") + "?key=secret")
        assert "secret" not in str(told.value)


def test_no_message_is_a_command_for_a_terminal(shelf: Path, service: Service) -> None:
    for fault in (
        instead(b'{"\\u001b]0;": "\x1b[2J\\u202e"}'),
        raw(b"\x1b[2J HTTP/1.1 200 OK\r\n\r\n"),
        status(404),
        encoded("\x9b2J", b""),
        redirect("ftp://\x1b[2J/"),
    ):
        service.always = fault
        (outcome,) = hf(shelf)
        assert not CONTROLS.search(outcome.failed)


def test_no_service_learns_a_secret_of_the_settings(shelf: Path, service: Service) -> None:
    text = (shelf / "mkdocs.yml").read_text("utf-8")
    text = text.replace("https://example.org/shelf", "https://secret@example.org/shelf?secret")
    (shelf / "mkdocs.yml").write_text(text, "utf-8")
    hf(shelf)
    agent = service.requests[0].headers["user-agent"]
    assert agent.endswith(" (+https://example.org/shelf)")


def test_no_message_holds_a_secret(shelf: Path, service: Service) -> None:
    """No user, password or query, whatever goes wrong."""
    with_secrets = service.url.replace("//", "//secretive:secret@") + "/list?key=secret"
    faults: list[Fault | None] = [
        *(status(404), instead(b"<!doctype html>"), redirect("http://[x?key=secret")),
        *(redirect("ftp://secret:secret@example.org/?key=secret"), redirect(with_secrets)),
        *(redirect("http://10.0.0.1/?key=secret"), redirect("http://user:secret/x@example.org")),
        *(encoded("br", b""), encoded("gzip", LIST), raw(b"")),
    ]
    for fault in faults:
        service.always = fault
        (outcome,) = urls(shelf, with_secrets)
        assert outcome.failed
        assert "secret" not in repr(outcome)
    malformed = [
        f"http://secret:secret@{rest}?key=secret"
        for rest in ("[x/", "a b/", "a..b/", "x:99999/", "x:y/", "\ud800/", "/")
    ]
    for line in [*malformed, "http://user:sec/secret@example.org/", "?key=secret", "secret@"]:
        assert "secret" not in repr(urls(shelf, line))
    assert "secret" not in str(state(shelf))


# Redirects


PRIVATE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "2852039166",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fe80::1%25lo]",
    "[fd00::1]",
    "[ff02::1]",
]


@pytest.fixture
def public(service: Service, monkeypatch: pytest.MonkeyPatch) -> str:
    """An address of the internet, which a proxy on this machine leads to the service."""
    monkeypatch.setenv("http_proxy", service.url)
    monkeypatch.setenv("no_proxy", "localhost")
    return "http://papers.example.org/list"


@pytest.mark.parametrize("host", PRIVATE)
def test_a_redirect_from_the_internet_leads_into_no_private_network(
    shelf: Path, service: Service, public: str, host: str
) -> None:
    service.faults = [redirect(f"http://{host}/list")]
    service.always = instead(LIST)
    (outcome,) = urls(shelf, public)
    assert "expected a redirect to a public address" in outcome.failed
    assert len(service.asked) == 1


def test_nor_does_a_name_that_is_of_one(shelf: Path, service: Service, public: str) -> None:
    port = service.url.rpartition(":")[2]
    service.faults = [redirect(f"http://localhost:{port}/list")]
    service.always = instead(LIST)
    (outcome,) = urls(shelf, public)
    assert f"not to a loopback one, found one to http://localhost:{port}/list" in outcome.failed
    assert len(service.asked) == 1


def test_nor_does_a_connection_that_a_person_opened_to_one(
    shelf: Path, service: Service, public: str
) -> None:
    own = f"http://localhost:{service.url.rpartition(':')[2]}/own"
    service.files = {"/own": LIST}
    service.faults = [None, redirect(own)]
    mine, led = urls(shelf, f"{own}\n{public}")
    assert mine.papers == 3
    assert "not to a loopback one" in led.failed
    assert len(service.asked) == 2


def test_a_redirect_within_the_internet_is_followed(
    shelf: Path, service: Service, public: str
) -> None:
    service.faults = [redirect("/list2"), redirect("http://93.184.216.34/list?b")]
    service.always = instead(LIST)
    assert urls(shelf, public)[0].papers == 3
    assert service.asked[1:] == [
        "http://papers.example.org/list2",
        "http://93.184.216.34/list?b",
    ]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1"])
def test_who_names_a_private_address_is_led_within_its_network(
    shelf: Path, service: Service, host: str
) -> None:
    port = service.url.rpartition(":")[2]
    service.faults = [redirect(f"http://127.0.0.1:{port}/list")]
    service.always = instead(LIST)
    assert urls(shelf, f"http://{host}:{port}/moved")[0].papers == 3
    service.faults = [redirect("http://169.254.169.254/list")]
    (outcome,) = urls(shelf, f"http://{host}:{port}/moved")
    assert "not to a link-local one" in outcome.failed


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,x", "http://0177.0.0.1/x", "loop"]
)
def test_a_redirect_elsewhere_is_not_followed(shelf: Path, service: Service, target: str) -> None:
    there = f"{service.url}/loop" if target == "loop" else target
    service.always = redirect(there)
    (outcome,) = hf(shelf)
    assert "redirect" in outcome.failed
    assert not source(shelf, "hf-daily").exists()


def test_a_redirect_from_https_leads_to_https_alone(
    shelf: Path, service: Service, tmp_path: Path
) -> None:
    authority = post_office.authority(tmp_path)
    service.files = {"/list": LIST}
    with other.running(authority.context) as secure:
        secure.files = {"/list": LIST}
        secure.faults = [redirect(f"{secure.url}/list"), None, redirect(f"{service.url}/list")]
        (shelf / "lists.txt").write_text(f"{secure.url}/moved\n{secure.url}/down\n", "utf-8")
        run = papershelf(
            shelf,
            "fetch",
            "urls",
            "lists.txt",
            "--json",
            env={"SSL_CERT_FILE": str(authority.file)},
        )
    told = json.loads(run.stdout)
    assert (told["papers"], len(told["failed"])) == (3, 1), run.stderr
    assert "expected a redirect with https, found one to http://127" in told["failed"][0]["reason"]
    assert service.asked == []


# The environment


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("http_proxy", "gopher://secret@x"),
        ("http_proxy", "http://x:secret"),
        ("all_proxy", "socks5://secret@x"),
    ],
)
def test_a_proxy_that_is_none_is_a_wrong_setting(
    shelf: Path, service: Service, name: str, value: str
) -> None:
    run = papershelf(shelf, "fetch", "hf-daily", env={name: value})
    assert run.returncode == 2
    assert run.stderr.startswith("papershelf: expected a proxy")
    assert "secret" not in run.stderr


def test_certificates_that_are_none_are_a_wrong_setting(shelf: Path, service: Service) -> None:
    run = papershelf(shelf, "fetch", "hf-daily", env={"SSL_CERT_FILE": str(shelf / "mkdocs.yml")})
    assert run.returncode == 2
    assert run.stderr.startswith("papershelf: expected a proxy")
