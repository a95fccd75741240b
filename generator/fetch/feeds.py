"""Feeds, and addresses that people have written down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NoReturn
from urllib.parse import urlsplit

from generator.fetch.batches import Batch, Count, called, excerpt, opened
from generator.fetch.routes import Unanswered, is_address, shown
from generator.fetch.services import always
from generator.model.errors import ContentError, UsageError


def feed(url: str, day: date) -> Batch:
    """The feed at an address. Feeds forget, so each day has a file of its own."""
    if not is_address(url):
        raise UsageError(
            f"expected the address of a feed with http:// or https://, found “{shown(url)}”."
        )
    parts = urlsplit(url)
    return Batch(
        name=f"rss/{called(url, f'{parts.hostname}{parts.path}')}",
        ending=f"/{day}.xml",
        page=always(url),
        count=_count_items,
        host=parts.netloc.rpartition("@")[2],
        steady=_without_build,
    )


def _count_items(data: bytes) -> Count:
    content = opened(data, "xml")
    if content.kind != "xml" or content.xml_doubt:
        raise ContentError(content.xml_doubt or f"expected a feed, found {excerpt(data)}")
    if content.xml.tag not in ("rss", "feed", "RDF"):
        raise ContentError(f"expected RSS or Atom, found {excerpt(data)}")
    return Count(records=sum(1 for _ in content.xml.iter("item", "entry")))


def _without_build(data: bytes) -> bytes:
    """The feed without when it was made, which differs each time."""
    head, *rest = re.split(rb"(?=<(?:item|entry)[\s>])", data, maxsplit=1)
    made = rb"<(lastBuildDate|pubDate|updated|dc:date)>[^<]*</\1>"
    return b"".join([re.sub(made, b"", head), *rest])


# Addresses


def addresses(text: str, file: str) -> Iterator[Batch]:
    """The addresses in a file, one a line; a line that begins with `#` is a comment.

    A line that is no address is a batch that has no page, so that the others are fetched.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    urls = {line.partition("#")[0]: number for number, line in lines if line and line[0] != "#"}
    for url, number in urls.items():
        if not is_address(url):
            name = f"urls/{called(url, shown(url) or file)}"
            page = _unasked(
                f"{file}, line {number}: expected an address with http:// or https://, "
                f"found “{shown(url)}”. Correct it, or begin the line with #."
            )
            yield Batch(name=name, ending="", page=page, count=_count_list)
            continue
        parts = urlsplit(url)
        file_ending = re.search(r"\.[A-Za-z0-9]{1,6}\Z", parts.path)
        ending = file_ending[0] if file_ending else ""
        # Of a query only the day is shown: it may hold a key, and readers look for days in names.
        days = "".join(re.findall(r"\b\d{4}-\d\d-\d\d\b", parts.query)[:1])
        readable = f"{parts.hostname}{parts.path.removesuffix(ending)}-{days}"
        yield Batch(
            name=f"urls/{called(url, readable)}",
            ending=ending,
            page=always(url),
            count=_count_list,
            host=parts.netloc.rpartition("@")[2],
        )


def _unasked(reason: str) -> Callable[[int], str]:
    def page(number: int) -> NoReturn:
        raise Unanswered(reason, passing=False)

    return page


def _count_list(data: bytes) -> Count:
    """The records of a file in any format that a reader knows, if it is whole."""
    content = opened(data)
    if content.kind == "xml" and content.xml_doubt:
        raise ContentError(content.xml_doubt)
    if content.kind == "lines":
        for number, value in content.lines():
            if isinstance(value, ContentError):
                raise ContentError(f"line {number}: {value}")
    return Count(records=1)  # it must hold papers; how many, its reader says
