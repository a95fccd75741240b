"""A static host as people rent it, which counts what it sends.

Text goes out gzipped, all else as it is; every file has an ETag and may be kept for ten minutes, as
on GitHub Pages. Files are read and compressed once, so that neither is in anybody's time.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

TEXT = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".txt": "text/plain",
}
"""What hosts compress, by the end of the name."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer."""

    path: str
    """From the host on, without the query: `/search/`."""

    bytes: int
    """All that went over the wire: head and body."""


@dataclass(frozen=True, slots=True)
class _Answer:
    head: bytes
    body: bytes
    etag: str


@dataclass(kw_only=True)
class Host:
    """A folder, served."""

    folder: Path
    origin: str = ""
    """`http://127.0.0.1:40123/`."""

    sent: list[Sent] = field(default_factory=list)
    """All answers so far, also those to workers."""

    _answers: dict[str, _Answer] = field(default_factory=dict)

    def answer(self, path: str) -> _Answer:
        """What is sent for an address, made once."""
        if path not in self._answers:
            self._answers[path] = self._made(path)
        return self._answers[path]

    def _made(self, path: str) -> _Answer:
        file = (self.folder / unquote(path).lstrip("/")).resolve()
        if path.endswith("/"):
            file /= "index.html"
        if not file.is_file() or not file.is_relative_to(self.folder.resolve()):
            return _Answer(_head("404 Not Found", {"Content-Length": "0"}), b"", "")
        body = file.read_bytes()
        headers = {"Content-Type": "application/octet-stream"}
        if file.suffix in TEXT:
            body = gzip.compress(body, 6)
            headers = {
                "Content-Type": f"{TEXT[file.suffix]}; charset=utf-8",
                "Content-Encoding": "gzip",
                "Vary": "Accept-Encoding",
            }
        etag = f'"{md5(body, usedforsecurity=False).hexdigest()}"'
        headers |= {
            "Content-Length": str(len(body)),
            "ETag": etag,
            "Cache-Control": "max-age=600",
        }
        return _Answer(_head("200 OK", headers), body, etag)


def _head(status: str, headers: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


@contextmanager
def serve(folder: Path) -> Iterator[Host]:
    """Serve what is in `folder` until the block ends."""
    host = Host(folder=folder)

    class Handler(_Handler):
        site = host

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    host.origin = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    site: Host
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        answer = self.site.answer(path)
        if answer.etag and self.headers.get("If-None-Match") == answer.etag:
            data = _head("304 Not Modified", {"ETag": answer.etag})
        else:
            data = answer.head + answer.body
        self.site.sent.append(Sent(path, len(data)))
        with suppress(ConnectionError):  # a page that is left no longer listens
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""
