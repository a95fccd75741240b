"""Fetching lists from services into `content/sources/`, just as the services answered.

What is there and settled is not asked for again; the rest is, with the validators of the last
answer. Nothing is written before all pages of a day are there, found whole and read: each of them
must hold a paper. So a broken answer never takes the place of a good file, and what was cut off is
asked for again. A day without papers gets no file, and a file that is there stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from generator import __version__, sources
from generator.build import files
from generator.fetch.answers import Validators
from generator.fetch.batches import Batch, Count
from generator.fetch.http import Client, Manners, client
from generator.fetch.memory import FetchedPage, Known, Memory, digest, note, remember, remembered
from generator.fetch.routes import Unanswered, shown
from generator.model.errors import ContentError
from generator.model.settings import Settings
from generator.sources import Reading
from generator.text import message

GIVE_UP: Final = 5
"""After so many batches in a row without an answer a service is left in peace."""

_MOST_PAGES: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a batch. Files are paths below `content/sources/`."""

    name: str
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: str = ""
    """Why there is no good answer; empty where there is one."""

    is_asked: bool = True
    """Whether anybody was asked: not where a service had no answer again and again."""

    records: int = 0
    """Records in the new and changed files, as the readers count them."""

    papers: int = 0
    """Papers among the records of the new and changed files."""


Say = Callable[[str], None]
"""Is told what happens while a person waits: a pause, another service."""


def silent(text: str) -> None:
    """Nobody is told."""


def fetch_all(
    settings: Settings, batches: Iterable[Batch], *, manners: Manners, say: Say = silent
) -> Iterator[Outcome]:
    """Fetch batches that are of no day, again each time."""
    memory = remembered(settings)
    yield from fetch_batches(
        settings, dict.fromkeys(batches, True), memory, manners, None, say, alike=False
    )


def fetch_batches(
    settings: Settings,
    batches: Mapping[Batch, bool],
    memory: Memory,
    manners: Manners,
    most: int | None,
    say: Say,
    *,
    alike: bool,
) -> Iterator[Outcome]:
    """Fetch batches, each with whether it may change later.

    Those that are `alike` are asked of the same services: where no connection was made for one,
    none is tried for the others.
    """
    came, is_offline = 0, False
    unanswered = Counter[str]()
    with client(_agent(settings), manners, say) as asking:
        for number, (batch, changes) in enumerate(batches.items()):
            if most is not None and came >= most:
                return
            if is_offline or _is_left_in_peace(batch, unanswered):
                yield Outcome(name=batch.name, failed=_UNASKED, is_asked=False)
                continue
            try:
                answering, pages = _answered(settings, asking, batch, memory, unanswered, say)
            except Unanswered as error:
                is_offline = alike and error.is_offline
                for later in list(batches)[number:]:
                    if later is batch or is_offline or _is_left_in_peace(later, unanswered):
                        note(memory, later.name)
                remember(settings, memory)
                yield Outcome(name=batch.name, failed=message(str(error)))
                continue
            came += sum(page.count.records for page in pages)
            outcome = _written(settings, answering, pages)
            pages_kept = tuple(page.kept for page in pages if page.count.records)
            if changes or not pages_kept:
                memory[batch.name] = Known(again=changes, pages=pages_kept)
            else:
                memory.pop(batch.name, None)  # its file says enough
            remember(settings, memory)
            yield outcome


_UNASKED: Final = "not asked, since what was asked before had no answer. Fetch again later."


def _is_left_in_peace(batch: Batch, unanswered: Counter[str]) -> bool:
    """Whether nobody is asked for it, since none of its services answered before."""
    asked: Batch | None = batch
    while asked:
        if _may_ask(asked, unanswered):
            return False
        asked = asked.instead
    return True


def _may_ask(batch: Batch, unanswered: Counter[str]) -> bool:
    """Whether its service is; where there is another to ask, once without an answer is enough."""
    return unanswered[batch.host] < (1 if batch.instead else GIVE_UP)


def _answered(
    settings: Settings,
    asking: Client,
    batch: Batch,
    memory: Memory,
    unanswered: Counter[str],
    say: Say,
) -> tuple[Batch, list[_Fetched]]:
    """All pages of the first of its services that has an answer, and which one that is.

    Raises:
        Unanswered: no service has; the text says it of each.
    """
    errors: dict[str, Unanswered] = {}
    asked: Batch | None = batch
    while asked:
        service, instead = asked.host, asked.instead
        if _may_ask(asked, unanswered):
            try:
                pages = list(_pages(settings, asking, asked, memory))
                _check_not_emptied(settings, asked, pages)
                unanswered[service] = 0
                return asked, pages
            except Unanswered as error:
                errors[service] = error
                unanswered[service] = unanswered[service] + 1 if error.passing else 0
                if error.is_offline:  # it would be waited for again and again
                    unanswered[service] = GIVE_UP
                elif instead:
                    say(f"{batch.name}: {service}: {error} Asking {instead.host} instead.")
        asked = instead
    first, *others = errors.values()
    is_offline = all(error.is_offline for error in errors.values())
    if is_offline or not others:
        raise first
    raise Unanswered(" ".join(f"{who}: {error}" for who, error in errors.items()), passing=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fetched:
    """A page that is whole."""

    path: str
    data: bytes
    count: Count
    reading: Reading | None
    """What the readers find in it, where that was not known before."""

    is_new: bool
    is_changed: bool
    kept: FetchedPage


def _pages(settings: Settings, asking: Client, batch: Batch, memory: Memory) -> Iterator[_Fetched]:
    """The pages of a batch up to the last one; what has not changed is taken from the disk."""
    remembered_pages = memory.get(batch.name, Known()).pages
    earlier, token = b"", ""
    for number in range(_MOST_PAGES):
        url = batch.after(token) if batch.after and token else batch.page(number)
        path = batch.path(number)
        asked = digest(url.encode())
        target = settings.sources / path
        old = target.read_bytes() if target.is_file() else None
        memo = remembered_pages[number] if number < len(remembered_pages) else None
        if old is None or memo is None or (memo.asked, memo.digest) != (asked, digest(old)):
            memo = None  # another address, or another file than the one that was fetched
        validators = Validators(etag=memo.etag, modified=memo.modified) if memo else None
        answer = asking.get(url, partial(_read, batch, path), validators, batch.accept)
        if answer is None and old is not None and memo is not None:
            data, count, reading, kept = old, batch.count(old), None, memo
        elif answer is not None:
            data, (count, reading), fresh = answer
            if old is not None and batch.steady(old) == batch.steady(data):
                data = old
            kept = FetchedPage(
                asked=asked, digest=digest(data), etag=fresh.etag, modified=fresh.modified
            )
        else:
            raise Unanswered("expected an answer, found none. Fetch again later.", passing=True)
        if number and data == earlier:
            return  # a service that knows no pages
        yield _Fetched(
            path=path,
            data=data,
            count=count,
            reading=reading,
            is_new=old is None,
            is_changed=old is not None and old != data,
            kept=kept,
        )
        if batch.is_last(number, count):
            return
        earlier, token = data, count.token


def _read(batch: Batch, path: str, data: bytes) -> tuple[Count, Reading]:
    """What an answer holds.

    Raises:
        ContentError: it is broken, or has records of which none is a paper.
    """
    count, reading = batch.count(data), sources.read(data, path)
    if count.records and not reading.papers:
        reasons = [problem.reason for problem in reading.problems]
        raise ContentError(f"expected papers, found none: {reasons[0] if reasons else 'no record'}")
    return count, reading


def _check_not_emptied(settings: Settings, batch: Batch, pages: Iterable[_Fetched]) -> None:
    """An empty list is no reason to lose a list that is there."""
    there = (settings.sources / batch.path(0)).is_file()
    if there and not any(page.count.records for page in pages):
        raise Unanswered(
            "expected papers, found an empty list where there were some. "
            "The file stays as it was; delete it if it is wrong.",
            passing=False,
        )


def _written(settings: Settings, batch: Batch, pages: Iterable[_Fetched]) -> Outcome:
    """Write what differs, the first page last: a day that has it has all its pages."""
    filled = [page for page in pages if page.count.records]
    for page in reversed(filled):
        files.write_whole(settings.sources / page.path, page.data)
    differing = [page for page in filled if page.is_new or page.is_changed]
    readings = [page.reading for page in differing if page.reading]
    return Outcome(
        name=batch.name,
        new=tuple(page.path for page in filled if page.is_new),
        changed=tuple(page.path for page in filled if page.is_changed),
        unchanged=tuple(page.path for page in filled if page not in differing),
        records=sum(reading.records for reading in readings),
        papers=sum(len(reading.papers) for reading in readings),
    )


def _agent(settings: Settings) -> str:
    """`papershelf/0.1.0 (+https://example.org/catalog)`."""
    address = shown(settings.repo_url)
    named = address if re.fullmatch(r"[!-'*-~]+", address) else ""
    return f"papershelf/{__version__}" + (f" (+{named})" if named else "")
