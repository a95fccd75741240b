"""What a build leaves for the next one, in one file of SQLite.

It is an optimisation: it may be deleted, cut short, damaged, restored from a cache or of another
version at any time, and is then as good as empty. Each value carries a checksum with its name, so
that one that was damaged is not there, or, where that would go unnoticed, stops the build, which
begins again without the file.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar
from zlib import crc32

import msgspec

from generator.build import files
from generator.model import chunks

Value = TypeVar("Value")

_TABLES: Final = """
create table if not exists kept(
    kind text, name text, value blob, primary key(kind, name)
);
create table if not exists fragment(number integer primary key, value blob);
"""
_ENCODER: Final = msgspec.msgpack.Encoder()
_IN_A_ROW: Final = 4_000
"""Values of a table in each row."""

_CHECKSUM: Final = 4
"""Bytes at the end of a value."""


class DamagedError(Exception):
    """A store is damaged, so what it holds is not to be trusted."""


class Store:
    """Values by kind and name, and texts by number. Handed to another process, it is opened there.

    What is put counts at once, or from the end of a `transaction` on.
    """

    def __init__(self, path: Path, code: str, *, clean: bool = False) -> None:
        """Open a store, or begin one where there is none that can be used.

        Args:
            path: of the file; it need not exist.
            code: digest of the code that makes the values; those of another are forgotten.
            clean: begin one in any case.

        Raises:
            OSError: the file cannot be written.
        """
        self._path = path
        self._code = code
        self.found = "" if path.is_file() else "no such file"
        """What there was instead of a store that can be used; empty where there was one."""

        try:
            self._connection = self._opened()
            if not self.found and self.get("store", "code", str) != code:
                self.found = "one that another version left"
        except DamagedError:
            self.found = "a damaged file"
        if clean or self.found:
            with suppress(AttributeError):
                self._connection.close()
            for name in (path.name, f"{path.name}-journal"):
                files.delete(path.parent, name)
            self._connection = self._opened()
            self.put("store", [("code", code)])

    def __reduce__(self) -> tuple[Callable[..., Store], tuple[Path, str, int]]:
        return _reopened, (self._path, self._code, self._path.stat().st_ino)

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with _explained(self._path):
            connection = _connected(self._path)
            connection.execute("pragma synchronous = off")  # what a crash damages has no checksum
            connection.execute("pragma cache_size = -65536")  # KB
            connection.executescript(_TABLES)
        return connection

    def close(self) -> None:
        """Forget what was not kept."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is put and dropped within the block is kept, or nothing."""
        with _explained(self._path):
            self._connection.execute("begin immediate")
            try:
                yield
                self._connection.execute("commit")
            except BaseException:
                with suppress(sqlite3.Error):  # some end it themselves
                    self._connection.execute("rollback")
                raise

    def get(self, kind: str, name: str, type: type[Value]) -> Value | None:
        """The value that was put under this name, if it is whole and of this type."""
        select = "select value from kept where kind = ? and name = ?"
        with _explained(self._path):
            row = self._connection.execute(select, (kind, name)).fetchone()
        return _value(kind, name, row[0], msgspec.msgpack.Decoder(type)) if row else None

    def all(self, kind: str, type: type[Value]) -> dict[str, Value]:
        """All whole values of a kind, by name."""
        with _explained(self._path):
            return _all(self._connection, kind, type)

    def names(self, kind: str) -> list[str]:
        """The names of all values of a kind."""
        select = "select name from kept where kind = ?"
        with _explained(self._path):
            return [name for (name,) in self._connection.execute(select, (kind,))]

    def put(self, kind: str, values: Iterable[tuple[str, object]]) -> None:
        """Keep values that msgspec knows, in place of those of the same names."""
        rows = ((kind, name, _data(kind, name, value)) for name, value in values)
        with _explained(self._path):
            self._connection.executemany("insert or replace into kept values(?, ?, ?)", rows)

    def drop(self, kind: str, names: Iterable[str]) -> None:
        """Forget values."""
        drop = "delete from kept where kind = ? and name = ?"
        with _explained(self._path):
            self._connection.executemany(drop, ((kind, name) for name in names))

    def put_table(self, kind: str, values: Mapping[str, object]) -> None:
        """Keep these small values and no others of a kind, thousands in each row."""
        rows = chunks.batches(values.items(), _IN_A_ROW)
        self.drop_all(kind)
        self.put(kind, ((str(number), dict(row)) for number, row in enumerate(rows)))
        self.put("counts", [(kind, len(values))])

    def table(self, kind: str, type: type[Value]) -> dict[str, Value]:
        """The values that `put_table` was given; none if not all of them are whole."""
        with _explained(self._path):
            return _table(self._connection, kind, type)

    def drop_all(self, kind: str) -> None:
        """Forget all values of a kind."""
        with _explained(self._path):
            self._connection.execute("delete from kept where kind = ?", (kind,))

    def put_fragments(self, fragments: Iterable[tuple[int, bytes]]) -> None:
        """Keep texts, each under a number, in place of those of the same numbers."""
        rows = ((number, data + _sum(number, data)) for number, data in fragments)
        with _explained(self._path):
            self._connection.executemany("insert or replace into fragment values(?, ?)", rows)

    def drop_fragments(self, numbers: Iterable[int]) -> None:
        """Forget texts."""
        drop = "delete from fragment where number = ?"
        with _explained(self._path):
            self._connection.executemany(drop, ((number,) for number in numbers))

    def fragments(self) -> StoredFragments:
        """What reads the texts, in any process."""
        return StoredFragments(str(self._path), self._path.stat().st_ino)


def read_table(path: Path, kind: str, type: type[Value]) -> dict[str, Value]:
    """The values of `Store.table` in a store that another process may have, whatever made it."""
    if not path.is_file():
        return {}
    with suppress(DamagedError), _explained(path), closing(_connected(path)) as connection:
        return _table(connection, kind, type)
    return {}


def _table(connection: sqlite3.Connection, kind: str, type: type[Value]) -> dict[str, Value]:
    table: dict[str, Value] = {}
    for row in _all(connection, kind, dict[str, type]).values():  # type: ignore[valid-type]
        table |= row
    counts = _all(connection, "counts", int)
    return table if counts.get(kind) == len(table) else {}


def _connected(path: str | Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, isolation_level=None, timeout=_PATIENCE, check_same_thread=False
    )
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    return connection


def _all(connection: sqlite3.Connection, kind: str, type: type[Value]) -> dict[str, Value]:
    decoder = msgspec.msgpack.Decoder(type)
    rows = connection.execute("select name, value from kept where kind = ?", (kind,))
    values = ((name, _value(kind, name, data, decoder)) for name, data in rows)
    return {name: value for name, value in values if value is not None}


@lru_cache(maxsize=1)
def _reopened(path: Path, code: str, inode: int) -> Store:
    """A store of another process; once here, however often it is handed over."""
    return Store(path, code)


class StoredFragments(NamedTuple):
    """The texts of a store, by number: `model.fragments.Fragments`."""

    path: str
    inode: int
    """Tells the file from another one that took its name."""

    def read(self, number: int) -> bytes:
        """The text of this number.

        Raises:
            DamagedError: it is not there, or not as it was put there.
        """
        select = "select value from fragment where number = ?"
        with _explained(self.path):
            row = _reading(self).execute(select, (number,)).fetchone()
        if not row or not isinstance(row[0], bytes):
            raise DamagedError
        data = row[0][:-_CHECKSUM]
        if row[0][-_CHECKSUM:] != _sum(number, data):
            raise DamagedError
        return data


@lru_cache(maxsize=4)
def _reading(fragments: StoredFragments) -> sqlite3.Connection:
    return _connected(fragments.path)


_PATIENCE: Final = 60.0
"""Seconds to wait for another process that writes."""


@contextmanager
def _explained(path: str | Path) -> Iterator[None]:
    """Within the block, an error of SQLite says what it is: damage, or one of the system."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except sqlite3.DatabaseError as error:
        code = error.sqlite_errorcode
        number = _SYSTEM.get(code & 0xFF)
        is_cut_short = code == sqlite3.SQLITE_IOERR_SHORT_READ
        is_said_read_only = code & 0xFF == sqlite3.SQLITE_READONLY and os.access(path, os.W_OK)
        if number and not is_cut_short and not is_said_read_only:
            raise OSError(number, os.strerror(number), str(path)) from None
        raise DamagedError from error


_SYSTEM: Final = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
}
"""What the system calls errors of SQLite that are no damage."""


def _data(kind: str, name: str, value: object) -> bytes:
    data = _ENCODER.encode(value)
    return data + _checksum(kind, name, data)


def _value(
    kind: str, name: str, data: Any, decoder: msgspec.msgpack.Decoder[Value]
) -> Value | None:
    if not isinstance(data, bytes) or data[-_CHECKSUM:] != _checksum(kind, name, data[:-_CHECKSUM]):
        return None
    try:
        return decoder.decode(data[:-_CHECKSUM])
    except msgspec.DecodeError:
        return None


def _checksum(kind: str, name: str, data: bytes) -> bytes:
    named = crc32(f"{kind}\0{name}\0".encode("utf-8", "surrogateescape"))
    return crc32(data, named).to_bytes(_CHECKSUM, "big")


def _sum(number: int, data: bytes) -> bytes:
    return crc32(data, number & 0xFFFFFFFF).to_bytes(_CHECKSUM, "big")
