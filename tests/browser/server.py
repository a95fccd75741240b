"""A static host as people rent it: files below a path, an index for a folder, `404.html` else."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, and what was answered."""

    path: str
    """From the host on, without the query: `/demo/days/`."""

    status: int

    compressed: int
    """Bytes of the body after gzip, as any host would send text."""


@dataclass(kw_only=True)
class Host:
    """A site, served."""

    origin: str
    """`http://127.0.0.1:40123`."""

    mount: str
    """Where the site is on its host: `/` or `/demo/`."""

    folder: Path
    headers: dict[str, str] = field(default_factory=dict)
    """Sent with every answer."""

    fallback: str = ""
    """The page that is answered, with status 200, where there is no file: `index.html`."""

    requests: list[Request] = field(default_factory=list)
    """All so far, also those of a page's workers, in the order in which they were answered."""

    @property
    def url(self) -> str:
        """The front page's address."""
        return self.origin + self.mount


@contextmanager
def serve(
    folder: Path, mount: str, *, headers: dict[str, str] | None = None, fallback: str = ""
) -> Iterator[Host]:
    """Serve the site in `folder` at `mount` until the block ends; see `Host` for the rest."""
    host = Host(origin="", mount=mount, folder=folder, headers=headers or {}, fallback=fallback)

    class Handler(_Handler):
        site = host

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    host.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@lru_cache(maxsize=500)
def _packed(body: bytes) -> int:
    """Bytes that it has after gzip; every page asks for the same scripts again."""
    return len(gzip.compress(body, 6))


class _Handler(BaseHTTPRequestHandler):
    site: Host
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self._file(path)
        if file and file.is_dir() and not path.endswith("/"):
            self._answer(301, b"", "text/html", ("Location", f"{path}/"))
        elif file and (file / "index.html" if file.is_dir() else file).is_file():
            file = file / "index.html" if file.is_dir() else file
            self._answer(200, file.read_bytes(), guess_type(file.name)[0] or "text/plain")
        elif self.site.fallback:
            self._answer(200, (self.site.folder / self.site.fallback).read_bytes(), "text/html")
        else:
            self._answer(404, (self.site.folder / "404.html").read_bytes(), "text/html")

    def _file(self, path: str) -> Path | None:
        """What the address means on disk, or `None` outside of the site."""
        if not path.startswith(self.site.mount):
            return None
        folder = self.site.folder.resolve()  # once: a test may deploy another while this answers
        file = (folder / path.removeprefix(self.site.mount)).resolve()
        return file if file.is_relative_to(folder) else None

    def _answer(self, status: int, body: bytes, kind: str, *headers: tuple[str, str]) -> None:
        request = Request(path=urlsplit(self.path).path, status=status, compressed=_packed(body))
        self.site.requests.append(request)
        self.send_response(status)
        self.send_header("Content-Type", kind if "image" in kind else f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages says of everything
        for name, value in (*self.site.headers.items(), *headers):
            self.send_header(name, value)
        with suppress(ConnectionError):  # a page that is left no longer listens
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""
