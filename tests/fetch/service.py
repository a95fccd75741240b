"""A service to fetch from: a real HTTP server with invented papers, which can be told to fault."""

from __future__ import annotations

import hashlib
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Fault = Callable[["Handler", bytes], None]

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/">
<id>http://arxiv.org/api/made-up</id><updated>{now}</updated>
<o:totalResults>{total}</o:totalResults><o:startIndex>{start}</o:startIndex>
{entries}</feed>
"""


def daily(number: int, day: str) -> dict[str, object]:
    """A paper as Hugging Face lists it."""
    title = f"Counting Ants with Networks, Part {number}"
    summary = f"We count ants for the time number {number}. There are many."
    return {
        "paper": {
            "id": f"2508.{number:05}",
            "title": title,
            "summary": summary,
            "authors": [{"name": "Ada Example", "hidden": False}],
            "publishedAt": f"{day}T00:00:00.000Z",
            "submittedOnDailyAt": f"{day}T02:00:00.000Z",
            "upvotes": number,
        },
        "title": title,
        "summary": summary,
    }


def entry(number: int, day: str) -> str:
    """A paper as arXiv lists it."""
    return (
        f"<entry><id>http://arxiv.org/abs/2508.{number:05}v1</id>"
        f"<title>Counting Bees with Networks, Part {number}</title>"
        f"<summary>We count bees for the time number {number}.</summary>"
        f"<published>{day}T10:00:00Z</published><author><name>Ben Example</name></author></entry>\n"
    )


OAI = """<?xml version='1.0' encoding='UTF-8'?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>{now}</responseDate>
<request verb="ListRecords">http://oaipmh.arxiv.org/oai</request>
{answer}</OAI-PMH>
"""


def record(number: int, day: str) -> str:
    """A paper as arXiv's OAI-PMH lists it, as `arXivRaw`."""
    known = f"2508.{number:05}"
    return (
        f"<record><header><identifier>oai:arXiv.org:{known}</identifier><datestamp>{day}"
        '</datestamp><setSpec>cs:cs:CL</setSpec></header><metadata><arXivRaw xmlns="http://'
        f'arxiv.org/OAI/arXivRaw/"><id>{known}</id><version version="v1"><date>Wed, 6 Aug 2025 '
        f"10:00:00 GMT</date></version><title>Counting Bees with Networks, Part {number}</title>"
        "<authors>Ben Example</authors><categories>cs.CL</categories><abstract>We count bees for "
        f"the time number {number}.</abstract></arXivRaw></metadata></record>\n"
    )


RSS = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 version="2.0"><channel><title>cs.CL updates on arXiv.org</title>
<link>http://rss.arxiv.org/rss/cs.CL</link><lastBuildDate>{now}</lastBuildDate>
<pubDate>{day:%a, %d %b %Y} 00:00:00 -0400</pubDate>
{items}</channel></rss>
"""


def item(number: int, day: date) -> str:
    """A paper as the feed of arXiv lists it."""
    return (
        f"<item><title>Counting Bees with Networks, Part {number}</title>"
        f"<link>https://arxiv.org/abs/2508.{number:05}</link>"
        f"<description>arXiv:2508.{number:05}v1 Announce Type: new Abstract: We count bees."
        f'</description><guid isPermaLink="false">oai:arXiv.org:2508.{number:05}v1</guid>'
        f"<category>cs.CL</category><pubDate>{day:%a, %d %b %Y} 00:00:00 -0400</pubDate>"
        "<arxiv:announce_type>new</arxiv:announce_type><dc:creator>Ben Example</dc:creator></item>"
    )


def preprint(number: int, day: str) -> dict[str, object]:
    """A paper as bioRxiv lists it."""
    return {
        "title": f"Counting Cells with Ants, Part {number}",
        "authors": "Example, C.; Other, D.",
        "doi": f"10.1101/{day.replace('-', '.')}.{number:06}",
        "date": day,
        "version": "1",
        "category": "cell biology",
        "abstract": f"We count cells for the time number {number}.",
        "server": "bioRxiv",
    }


def work(number: int) -> dict[str, object]:
    """A paper as OpenAlex lists it."""
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": f"https://doi.org/10.1000/work.{number}",
        "title": f"Counting Works, Part {number}",
        "display_name": f"Counting Works, Part {number}",
        "publication_date": "2025-08-07",
        "type": "article",
        "authorships": [{"author": {"display_name": "Eve Example"}}],
    }


def note(number: int) -> dict[str, object]:
    """A paper as OpenReview lists it."""
    title = f"Counting Wasps with Networks, Part {number}"
    content = {"title": {"value": title}, "venueid": {"value": "ICLR.cc/2025/Conference"}}
    return {"id": f"note{number}", "forum": f"note{number}", "content": content}


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    time: float


@dataclass
class Service:
    """What it holds, what it was asked, and how it will fault."""

    url: str = ""
    days: dict[str, int] = field(default_factory=dict)
    """How many papers each day has."""

    notes: int = 0
    works: int = 0
    is_harvested: bool = False
    """Whether it speaks OAI-PMH, with 50 records a page."""

    announced: date | None = None
    """The day of which it has the feed."""

    references: dict[str, dict[str, object]] = field(default_factory=dict)
    """CSL-JSON by DOI."""

    files: dict[str, bytes] = field(default_factory=dict)
    """Other answers, by path."""

    has_validators: bool = True
    faults: list[Fault | None] = field(default_factory=list)
    """One for each of the next requests; `None` answers well."""

    always: Fault | None = None
    requests: list[Request] = field(default_factory=list)

    def answer(self, path: str) -> bytes | None:
        parts = urlsplit(path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if parts.path in self.files:
            return self.files[parts.path]
        if parts.path == "/api/daily_papers":
            start, limit = int(query["p"]) * int(query["limit"]), int(query["limit"])
            day = query["date"]
            numbers = range(1, self.days.get(day, 0) + 1)[start : start + limit]
            return json.dumps([daily(number, day) for number in numbers]).encode()
        now = str(time.time_ns())  # the time of asking, as services say it
        if parts.path == "/oai2" and self.is_harvested:
            return OAI.format(now=now, answer=self.harvest(query, now)).encode()
        if parts.path == "/rss/cs.CL" and self.announced:
            count = self.days.get(self.announced.isoformat(), 0)
            items = "".join(item(number, self.announced) for number in range(1, count + 1))
            return RSS.format(now=now, day=self.announced, items=items).encode()
        if parts.path.startswith("/details/"):
            *_, day, cursor, _ = parts.path.split("/")
            papers = [preprint(n, day) for n in range(1, self.days.get(day, 0) + 1)]
            message = {"status": "ok", "cursor": cursor, "total": str(len(papers))}
            if not papers:
                message = {"status": "no posts found"}
            start = int(cursor)
            return json.dumps(
                {"messages": [message], "collection": papers[start : start + 30]}
            ).encode()
        if parts.path == "/works":
            page, size = int(query["page"]), int(query["per_page"])
            works = [work(number) for number in range(1, self.works + 1)]
            meta = {"count": self.works, "db_response_time_ms": time.time_ns()}
            return json.dumps(
                {"meta": meta, "results": works[size * (page - 1) : size * page]}
            ).encode()
        if (doi := parts.path[1:]) in self.references:
            return json.dumps(self.references[doi]).encode()
        if parts.path == "/api/query" and "id_list" in query:
            ids = [int(one.partition(".")[2]) for one in query["id_list"].split(",")]
            known = [number for number in ids if number < 90000]
            entries = "".join(entry(number, "2025-08-07") for number in known)
            return ATOM.format(now=now, total=len(known), start=0, entries=entries).encode()
        if parts.path == "/api/query":
            day = query["search_query"].partition("submittedDate:[")[2][:8]
            day = f"{day[:4]}-{day[4:6]}-{day[6:]}"
            start, limit, total = (
                int(query["start"]), int(query["max_results"]), self.days.get(day, 0)
            )  # fmt: skip
            numbers = range(1, total + 1)[start : start + limit]
            entries = "".join(entry(number, day) for number in numbers)
            return ATOM.format(now=now, total=total, start=start, entries=entries).encode()
        if parts.path == "/notes":
            start, limit = int(query["offset"]), int(query["limit"])
            notes = [note(number) for number in range(self.notes)][start : start + limit]
            return json.dumps({"notes": notes, "count": self.notes}).encode()
        return None

    def harvest(self, query: dict[str, str], now: str) -> str:
        """What OAI-PMH answers within its envelope."""
        token = query.get("resumptionToken", "")
        day, start = token.split("|")[:2] if token else (query["from"], "0")
        total, first = self.days.get(day, 0), int(start)
        if not total:
            return '<error code="noRecordsMatch">there is nothing</error>'
        records = "".join(record(n, day) for n in range(first + 1, min(first + 50, total) + 1))
        more = f"{day}|{first + 50}|{now}" if first + 50 < total else ""
        return f"<ListRecords>{records}<resumptionToken>{more}</resumptionToken></ListRecords>"

    @property
    def asked(self) -> list[str]:
        return [request.path for request in self.requests]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    service: Service

    def do_GET(self) -> None:
        service = self.service
        headers = {name.lower(): value for name, value in self.headers.items()}
        service.requests.append(Request(self.path, headers, time.monotonic()))
        fault = service.faults.pop(0) if service.faults else service.always
        body = service.answer(self.path)
        if fault:
            self.close_connection = True
            fault(self, body or b"")
        elif body is None:
            self.send(404, b"there is no such thing")
        else:
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if service.has_validators and headers.get("if-none-match") == etag:
                self.send(304, b"")
            else:
                self.send(200, body, None, {"ETag": etag} if service.has_validators else {})

    def send(
        self,
        status: int,
        body: bytes,
        length: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body if status != 304 else b"")

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # the client hung up, as it should


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Service]:
    """A service on this machine; with `tls` it shows that certificate, for `localhost`."""
    service = Service()
    server = _Server(("127.0.0.1", 0), type("OneHandler", (Handler,), {"service": service}))
    service.url = f"http://127.0.0.1:{server.server_port}"
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        service.url = f"https://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# Faults


def status(code: int, retry_after: str = "") -> Fault:
    headers = {"Retry-After": retry_after} if retry_after else {}
    return lambda handler, body: handler.send(code, b"<h1>no</h1>", None, headers)


def redirect(url: str) -> Fault:
    return lambda handler, body: handler.send(302, b"", None, {"Location": url})


def instead(other: bytes) -> Fault:
    return lambda handler, body: handler.send(200, other)


def cut_off(handler: Handler, body: bytes) -> None:
    """Half of what was announced."""
    handler.send(200, body[: len(body) // 2], length=len(body))


def half(handler: Handler, body: bytes) -> None:
    """Half of it, announced as if it were all."""
    handler.send(200, body[: len(body) // 2])


def slow(handler: Handler, body: bytes) -> None:
    """The first bytes, then nothing for longer than anyone waits."""
    handler.send(200, body[:10], length=len(body))
    time.sleep(1)


def reset(handler: Handler, body: bytes) -> None:
    """The connection breaks off with an error."""
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()


def raw(start: bytes, again: bytes = b"", pause: float = 0.0) -> Fault:
    """These bytes, then others again and again for as long as somebody listens."""

    def fault(handler: Handler, body: bytes) -> None:
        handler.wfile.write(start)
        while again:
            time.sleep(pause)
            handler.wfile.write(again)

    return fault


def encoded(encoding: str, body: bytes, again: bytes = b"") -> Fault:
    """An answer in an encoding; of what comes again and again the length is not told."""
    length = "" if again else f"Content-Length: {len(body)}\r\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n{length}\r\n"
    return raw(head.encode() + body, again)
