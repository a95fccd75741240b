"""What a build notes for the next one: what became of every page and file, and of what they show.

It lies beside the site (`.site.made` beside `site/`), in one file of SQLite, so that a build that
changes little reads and writes little of it. It is whole or as good as not there: what a build
notes counts from `keep` on, and a build that is killed before leaves what the one before it noted.
It may be deleted, cut short or of another version at any time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from generator.build import files
from generator.build.tree import Stamp

Value = TypeVar("Value")

_TABLES: Final = """
create table facts(name text primary key, value blob) without rowid;
create table drafts(name text primary key, key blob, day text) without rowid;
create table sources(path text primary key, digest blob, size int, modified int) without rowid;
create table files(path text primary key, digest blob, size int, modified int) without rowid;
create table changes(path text primary key) without rowid;
create table people(
    id text primary key, name text, total int, place text, papers text, family text, orcid text
) without rowid;
"""

_TOGETHER: Final = 500
"""Values that are asked for at once."""


class Noted(NamedTuple):
    """What an earlier build noted of a page, or of files that are made together."""

    key: bytes = b""
    """Digest of all that it shows; empty where nothing is known of it."""

    source: Stamp | None = None
    """Of its Markdown."""

    files: tuple[Stamp | None, ...] = ()
    """Of the files of the site that it became."""


class Ledger:
    """The notes of one build, while they are written, or of the last one."""

    def __init__(self, path: Path, target: Path) -> None:
        """Args: the file; the one that it becomes when it is kept."""
        self.path = path
        self.target = target
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._run = self._connection.execute
        self._run("pragma cache_size = -65536")  # KB
        self._is_as_kept = path == target

    @classmethod
    def anew(cls, site_dir: Path) -> Ledger:
        """An empty one, for a build that makes the site in `site_dir`."""
        target = _path(site_dir)
        found = cls(files.cleared(target.with_name(f"{target.name}.new")), target)
        # Nobody reads it before it is whole.
        found._run("pragma journal_mode = off")
        found._run("pragma synchronous = off")
        found._connection.executescript(_TABLES)
        found._run("begin")
        return found

    @classmethod
    def last(cls, site_dir: Path, code: str) -> Ledger | None:
        """That of the build that made the site in `site_dir`, if the same code wrote it."""
        path = _path(site_dir)
        if not files.status(path):
            return None
        with suppress(sqlite3.DatabaseError):
            found = cls(path, path)
            found._run("begin")
            if found.fact("code", str) == code:
                return found
            found.close()
        return None

    @staticmethod
    def forget_last(site_dir: Path) -> None:
        """Delete what the last build noted."""
        path = _path(site_dir)
        files.delete(path.parent, path.name)

    def keep(self) -> None:
        """Have this be what the next build finds."""
        self.set_fact(_COUNT, self.count())
        self._run("commit")
        self._connection.close()
        if self.path != self.target:
            files.name(self.path, self.target)

    def close(self) -> None:
        """Forget what was not kept."""
        self._connection.close()
        if self.path != self.target:
            files.delete(self.path.parent, self.path.name)

    # What is known of the whole

    def fact(self, name: str, kind: type[Value]) -> Value | None:
        """A value that `set_fact` noted, if it is one of this type."""
        row = self._run("select value from facts where name = ?", (name,)).fetchone()
        with suppress(msgspec.DecodeError):
            return msgspec.msgpack.decode(row[0], type=kind) if row else None
        return None

    def set_fact(self, name: str, value: object) -> None:
        """Note a value that msgspec knows."""
        self._run("insert or replace into facts values(?, ?)", (name, _ENCODER.encode(value)))

    # Pages and files

    def keys(self, names: Collection[str]) -> dict[str, bytes]:
        """The digests of what these pages and files show, as far as they are known."""
        return {row[0]: row[1] for row in self._rows("select name, key from drafts", names)}

    def sources(self, paths: Collection[str]) -> dict[str, Stamp]:
        """The stamps of generated Markdown, by path below the pages folder."""
        return {row[0]: Stamp(*row[1:]) for row in self._rows(_OF_SOURCES, paths, "path")}

    def files(self, paths: Collection[str]) -> dict[str, Stamp]:
        """The stamps of files of the site, by path."""
        return {row[0]: Stamp(*row[1:]) for row in self._rows(_OF_FILES, paths, "path")}

    def below(self, folder: str) -> list[str]:
        """The files of the site in a folder, whose path ends in a slash, and below."""
        return [row[0] for row in self._run(_BELOW.format("path", "files"), _range(folder))]

    def numbered(self, folder: str) -> list[str]:
        """The addresses of pages that are numbered in a folder, whose path ends in a slash."""
        select = f"{_BELOW.format('name', 'drafts')} and trim(substr(name, ?), '0123456789') = '/'"
        values = (f"{folder}0", f"{folder}:", len(folder) + 1)  # what follows the digits
        return [row[0] for row in self._run(select, values)]

    def like(self, pattern: str) -> list[str]:
        """The files of the site whose paths match a pattern: `sitemap*.xml`."""
        return [row[0] for row in self._run("select path from files where path glob ?", (pattern,))]

    def missing(self, before: Ledger) -> list[str]:
        """The files of a site before that this one has not."""
        self._run("attach database ? as before", (str(before.path),))
        select = "select path from before.files except select path from main.files"
        return [row[0] for row in self._run(select)]

    def rendered(self) -> int:
        """How many pages of papers changed."""
        select = (
            "select count(*) from changes join drafts on name = substr(path, 1, length(path) - 10) "
            "where path > 'papers/' and path < 'papers0' and path glob '*/index.html'"
        )
        return int(self._run(select).fetchone()[0])

    def index(self, folder: str) -> list[tuple[str, int, bool]]:
        """The files in a folder: path, bytes, and whether they changed."""
        select = f"select path, size, {_HAS_CHANGED} from files where path >= ? and path < ?"  # noqa: S608
        return self._run(select, _range(folder)).fetchall()

    def note_drafts(self, rows: Iterable[tuple[str, bytes, str | None]]) -> None:
        """Note what pages and files show: name and digest, and of pages the day of their change."""
        self._connection.executemany("insert or replace into drafts values(?, ?, ?)", rows)

    def note_sources(self, rows: Iterable[tuple[str, Stamp]]) -> None:
        """Note how Markdown lies in the pages folder."""
        self._connection.executemany(
            "insert or replace into sources values(?, ?, ?, ?)", ((p, *stamp) for p, stamp in rows)
        )

    def note_files(self, rows: Iterable[tuple[str, Stamp, bool]]) -> None:
        """Note how files lie in the site, and whether they are new or differ."""
        self._is_as_kept = False
        every = list(rows)
        self._connection.executemany(
            "insert or replace into files values(?, ?, ?, ?)",
            ((path, *stamp) for path, stamp, _ in every),
        )
        self._connection.executemany(
            "insert or ignore into changes values(?)",
            ((path,) for path, _, changed in every if changed),
        )
        self._forget("changes", (path for path, _, changed in every if not changed))

    def forget(self, table: str, names: Iterable[str]) -> None:
        """Take rows out of `drafts`, `sources`, `files` or `people`."""
        self._is_as_kept = False
        every = list(names)
        self._forget(table, every)
        if table == "files":
            self._forget("changes", every)

    def _forget(self, table: str, names: Iterable[str]) -> None:
        column = {"drafts": "name", "people": "id"}.get(table, "path")
        self._connection.executemany(
            f"delete from {table} where {column} = ?",  # noqa: S608  # a table of ours
            ((name,) for name in names),
        )

    def settle(self) -> None:
        """Have no file be one that changed."""
        self._run("delete from changes")

    def set_changed(self, paths: Iterable[str]) -> None:
        """Have these files be those that changed."""
        self.settle()
        self._connection.executemany("insert into changes values(?)", ((path,) for path in paths))

    def changed(self) -> list[str]:
        """The files that are new or differ, sorted."""
        return [row[0] for row in self._run("select path from changes order by path")]

    def count(self) -> int:
        """How many files the site has."""
        known = self.fact(_COUNT, int) if self._is_as_kept else None  # to count takes a while
        return known or int(self._run("select count(*) from files").fetchone()[0])

    def count_sources(self) -> int:
        """How many pages of generated Markdown there are."""
        return int(self._run("select count(*) from sources").fetchone()[0])

    def paths(self) -> Iterator[str]:
        """All files of the site."""
        return (row[0] for row in self._run("select path from files"))

    def sizes(self) -> Iterator[tuple[str, int]]:
        """All files of the site, each with its bytes."""
        return self._run("select path, size from files")

    def source_paths(self) -> Iterator[str]:
        """All generated Markdown."""
        return (row[0] for row in self._run("select path from sources"))

    def days(self) -> Iterator[tuple[str, str]]:
        """The address of every page, sorted, and the day of its last change, empty if unknown."""
        return self._run("select name, day from drafts where day is not null order by name")

    def all_lines(self) -> Iterator[str]:
        """The files and their digests as lines of JSON without their ends, sorted by path."""
        return (row[0] for row in self._run(f"select {_LINE} from files order by path"))  # noqa: S608

    # People

    def note_people(self, rows: Iterable[tuple[str, str, int, str, str, str, str]]) -> None:
        """Note who signs papers: as the columns are."""
        marks = "?, ?, ?, ?, ?, ?, ?"
        self._connection.executemany(f"insert or replace into people values({marks})", rows)

    def people(self, ids: Collection[str]) -> list[tuple[str, str, str, str]]:
        """Id, name, family and ORCID iD of these people."""
        return list(self._rows("select id, name, family, orcid from people", ids, "id"))

    def signers(self) -> list[tuple[str, str, int, str, str]]:
        """Id, name, number of papers, place and papers of everyone who has any."""
        signed = "select id, name, total, place, papers from people where total > 0"
        return self._run(signed).fetchall()

    def _rows(self, select: str, names: Collection[str], column: str = "name") -> Iterator[Any]:
        every = list(names)
        for start in range(0, len(every), _TOGETHER):
            some = every[start : start + _TOGETHER]
            marks = ", ".join("?" * len(some))
            yield from self._run(f"{select} where {column} in ({marks})", some)


_COUNT: Final = "count"
_ENCODER: Final = msgspec.msgpack.Encoder()
_OF_SOURCES: Final = "select path, digest, size, modified from sources"
_OF_FILES: Final = "select path, digest, size, modified from files"
_LINE: Final = "json_quote(path) || ': \"' || lower(hex(digest)) || '\"'"
_HAS_CHANGED: Final = "exists(select 1 from changes where changes.path = files.path)"
_BELOW: Final = "select {0} from {1} where {0} >= ? and {0} < ?"


def _range(folder: str) -> tuple[str, str]:
    return folder, f"{folder.removesuffix('/')}0"  # what follows a slash


def _path(site_dir: Path) -> Path:
    return site_dir.with_name(f".{site_dir.name}.made")
