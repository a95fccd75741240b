"""`papershelf serve`: the site at a local address, built anew and reloaded on every change."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from functools import partial
from importlib import resources
from ipaddress import ip_address
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final
from urllib.parse import urlsplit

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from generator.build import config, files, locks, owned, reuse, site, state, walking, work
from generator.build.inputs import Inputs
from generator.build.report import Report
from generator.model.errors import BusyError, PapershelfError
from generator.model.settings import Settings
from generator.text import message

POLLED: Final = 0.1
"""Seconds from one look for changes to the next, at least."""


def serve(
    root: Path,
    host: str,
    port: int,
    built: Callable[[Report], None],
    *,
    allow_removal: bool = False,
) -> None:
    """Serve the catalog in `root` until interrupted or told to end.

    Pages come first: after a change of few papers the search index follows them, without another
    reload. What cannot be built after a change is printed, and the site stays as it was.

    Args:
        root: the catalog's folder.
        host: the address to listen on.
        port: the port to listen on.
        built: is told of every build.
        allow_removal: build also where most papers of the last build are gone.

    Raises:
        PapershelfError: the first build fails, or the port is taken.
    """
    _be_interrupted_by_ends()
    settings, mkdocs = config.load(root)
    with (
        tempfile.TemporaryDirectory(prefix="papershelf-") as folder,
        work.workers(os.cpu_count() or 1),  # they take a second to start, so they stay
    ):
        target = Path(folder) / "site"
        turn = Lock()
        build = partial(site.build, root, site_dir=target, allow_removal=allow_removal)

        def rebuild() -> None:
            with turn, said():
                built(build(search_later=True))
                _start(index)  # pages are reloaded when this returns, so it is not waited for

        def index() -> None:
            with turn, said():
                build()

        @contextmanager
        def said() -> Iterator[None]:
            try:
                yield
            except PapershelfError as error:
                click.echo(f"papershelf: {message(str(error))}", err=True)
                if isinstance(error, BusyError):
                    _start(await_end)
            except OSError as error:
                click.echo(f"papershelf: {message(files.explained(error))}", err=True)

        def await_end() -> None:
            """Build when the run has ended that has the catalog now."""
            while True:
                with suppress(BusyError), locks.alone(root / site.LOCK):
                    break
                time.sleep(POLLED)
            server.build_soon()

        def watch() -> None:
            while True:
                with turn:  # what a build writes meanwhile is not looked through
                    began = time.monotonic()
                    is_changed = next(looks)
                    took = time.monotonic() - began
                if is_changed:
                    server.build_soon()
                time.sleep(max(POLLED, 9 * took))

        looks = _changes(settings, mkdocs)
        next(looks)
        built(build())
        server = _Server(
            builder=rebuild,
            host=host,
            port=port,
            root=str(target),
            mount_path=urlsplit(settings.site_url).path or "/",
        )
        server.error_handler = partial(_not_found, target / "404.html")
        # MkDocs has pages reloaded where it watches something; nothing ever happens in here.
        server.watch(str(files.emptied(Path(folder) / "watched")))
        click.echo(f"Serving on {server.url} (Ctrl+C ends it)")
        try:
            _start(watch)
            server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]  # MkDocs
        except OSError as error:
            raise PapershelfError(
                f"{server.url}: cannot listen there ({error.strerror}). Name another --port."
            ) from error
        except KeyboardInterrupt:
            click.echo("Ended.")
        finally:
            server.shutdown()
            turn.acquire()  # so that no build goes on, or begins, while its folder is deleted


def _start(function: Callable[[], None]) -> None:
    """Have a function called in a thread of its own, with the same workers at hand."""
    Thread(target=copy_context().run, args=(function,), daemon=True).start()


def _be_interrupted_by_ends() -> None:
    """Have what ends a process interrupt it, so that it leaves nothing in the temporary folder."""

    def end(number: int, frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)  # once is enough
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, end)


class _Server(LiveReloadServer):
    """MkDocs' server; while only this machine can reach it, it answers to local names alone.

    Else a page of another site could read what is shown here: it has its own name lead to this
    machine, and then asks for that.
    """

    def build_soon(self) -> None:
        """Have the site built when nothing changes any more, and pages reloaded."""
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Called by `wsgiref`."""
        is_apart = ip_address(str(self.server_address[0])).is_loopback
        if is_apart and not _is_local(environ.get("HTTP_HOST", "")):
            text = f"This site is shown to this machine alone, at {self.url}\n"
            start_response("421 Misdirected Request", [("Content-Type", "text/plain")])
            return [text.encode()]
        if _is_broken(environ["PATH_INFO"].encode("latin-1")):
            start_response("404 Not Found", [("Content-Type", "text/html")])
            return [self.error_handler(404) or b"Not found"]
        return super().serve_request(environ, start_response)


def _not_found(page: Path, code: int) -> bytes | None:
    return files.content(page) if files.status(page) else None


def _is_local(host: str) -> bool:
    """Whether a name or an address, with or without a port, is that of this machine alone.

    Args:
        host: as it stands in a request: `localhost:8000`, `[::1]`.
    """
    try:
        found = urlsplit(f"//{host}")
        name, _ = found.hostname or "", found.port
        is_whole = found.netloc == host and "@" not in host
        return is_whole and (name == "localhost" or ip_address(name).is_loopback)
    except ValueError:
        return False


def _is_broken(path: bytes) -> bool:
    """Whether no page has a path, or it leads out of the site."""
    try:
        parts = path.decode().split("/")
    except UnicodeDecodeError:
        return True
    return b"\0" in path or b"//" in path or not {".", ".."}.isdisjoint(parts)


def _changes(settings: Settings, mkdocs: MkDocsConfig) -> Iterator[bool]:
    """Whether anything changed that a site is made of, since that was asked last."""
    before = None
    while True:
        try:
            by_hand = owned.by_hand(settings.pages, state.generated(settings))
            now = Inputs.of(settings, _watched(settings, mkdocs), by_hand)
        except OSError:  # a folder that is looked through has just gone
            yield False
            continue
        yield now != before
        before = now


def _watched(settings: Settings, mkdocs: MkDocsConfig) -> Iterator[Path]:
    """The files of the theme, of hooks, and of templates that are part of the catalog."""
    yield from reuse.extensions(mkdocs)
    templates = Path(str(resources.files("site_templates")))
    if templates.is_relative_to(settings.root):
        yield from (templates / path for path in walking.relative_files(templates))
