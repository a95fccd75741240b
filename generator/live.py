"""`papershelf serve`: the site at a local address, built anew and reloaded on every change."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from importlib import resources
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import urlsplit

import click
from mkdocs.livereload import LiveReloadServer

from generator import config, files, ownership, site, work
from generator.config import Settings
from generator.errors import PapershelfError
from generator.report import Report

POLLED = 0.1
"""Seconds from one look for changes to the next."""


def serve(root: Path, host: str, port: int, built: Callable[[Report], None]) -> None:
    """Serve the catalog in `root` until interrupted.

    Pages come first: after a change of few papers the search index follows them, without another
    reload. What cannot be built after a change is printed, and the site stays as it was.

    Args:
        root: the catalog's folder.
        host: the address to listen on.
        port: the port to listen on.
        built: is told of every build.

    Raises:
        PapershelfError: the first build fails, or the port is taken.
    """
    settings, _ = config.load(root)
    with (
        tempfile.TemporaryDirectory(prefix="papershelf-") as folder,
        work.workers(os.cpu_count() or 1),  # they take a second to start, so they stay
    ):
        target = Path(folder) / "site"

        turn = Lock()

        def rebuild() -> None:
            with turn, _said():
                built(site.build(root, site_dir=target, search_later=True))
                # Pages are reloaded when this returns, so the index is not waited for.
                Thread(target=copy_context().run, args=(index,), daemon=True).start()

        def index() -> None:
            with turn, _said():
                site.build(root, site_dir=target)

        built(site.build(root, site_dir=target))
        server = LiveReloadServer(
            builder=rebuild,
            host=host,
            port=port,
            root=str(target),
            mount_path=urlsplit(settings.site_url).path or "/",
            polling_interval=POLLED,
        )
        server.error_handler = lambda code: (target / "404.html").read_bytes()
        for path, recursive in _watched(settings):
            if path.exists():
                server.watch(str(path), recursive=recursive)
        click.echo(f"Serving on {server.url} (Ctrl+C ends it)")
        try:
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


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except PapershelfError as error:
        click.echo(f"papershelf: {error}", err=True)


def _watched(settings: Settings) -> Iterator[tuple[Path, bool]]:
    """What a build depends on, and whether the folders below count too.

    Of the pages those count that were written by hand: a build must not set off the next one.
    """
    yield settings.root / config.FILE, False
    yield settings.taxonomy.parent, False
    yield settings.sources, True
    generated = ownership.paths(settings.pages, lambda path: False)
    for page in set(files.relative_files(settings.pages)) - generated:
        yield settings.pages / page, False
    templates = Path(str(resources.files("site_templates")))
    if templates.is_relative_to(settings.root):
        yield templates, True
