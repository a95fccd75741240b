"""The links in the fields of a record, under any of the names in `field_names.LINKS`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from generator.sources.fields.names import LINK_KEYS, key


def links(record: Mapping[str, Any], is_ours: bool) -> Iterator[tuple[str, object]]:
    """Kinds and addresses, best first.

    Args:
        record: fields by what `field_names.key` gives of their names.
        is_ours: whether it is of a catalog of ours, where `url` is the page of the paper.
    """
    own = record.get("links")
    if isinstance(own, Mapping):
        yield from ((str(kind), url) for kind, url in own.items())
    for name in sorted(record.keys() & _LINK_RANKS.keys(), key=lambda name: _LINK_RANKS[name][0]):
        is_page = is_ours and name == "url"  # its own there
        for place, url in enumerate(() if is_page else _addresses(record[name])):
            if url.startswith("/pdf/") and "forum" in record:
                url = f"https://openreview.net{url}"
            if name not in _UNSURE or _ADDRESS.match(url):
                kind = "url" if place else _LINK_RANKS[name][1]
                yield _kind(kind, url), url


def kind_of(name: str) -> str:
    """The kind of a link of this name, `url` where it says none: `[PDF]` → `pdf`."""
    said = key(name)
    return next((kind for kind, keys in LINK_KEYS.items() if said in keys), "url")


def told(links: Iterable[tuple[str, object]]) -> Iterator[tuple[str, object]]:
    """Links; one without a kind may be a PDF by its end."""
    yield from ((_kind(kind, url), url) for kind, url in links)


def _kind(kind: str, url: object) -> str:
    """The kind of a link; one whose kind is unknown may be a PDF by its end."""
    is_pdf = isinstance(url, str) and url.lower().endswith(".pdf")
    return "pdf" if kind == "url" and is_pdf else kind


def _addresses(value: object) -> list[str]:
    """The addresses in a value, which may have several, or one without its scheme."""
    value = value.get("url") if isinstance(value, Mapping) else value
    if not isinstance(value, str):
        return []
    if value.startswith(("{", "[")):  # as Python or JSON writes it
        return re.findall(r"https?://[^'\"\s{}\[\]]+", value)
    parts = [part.strip(" \t\n;|,") for part in re.split(r"(?<=[\s;|,])(?=https?://)", value)]
    return [f"https://{part}" if _HOST.match(part) else part for part in parts if part]


_LINK_RANKS: Final = {
    name: (rank, kind)
    for rank, (kind, name) in enumerate(
        (kind, name) for kind, keys in LINK_KEYS.items() for name in keys
    )
}
_UNSURE: Final = frozenset(
    (
        *LINK_KEYS["code"],
        *(key for kind in ("slides", "video", "poster", "dataset") for key in LINK_KEYS[kind]),
        *("paper", "links", "html", "abs", "project", "site", "openreview", "homepage", "website"),
        "forum",
    )
)
"""Keys of fields that may have an address, or something else."""

_HOST: Final = re.compile(r"(?:[\w-]{1,60}\.){1,5}[a-z]{2,}(?:/\S*)?\Z")
_ADDRESS: Final = re.compile(r"\s*https?://", re.IGNORECASE)


def is_used(name: str, value: object) -> bool:
    """Whether a field of this name, with this value, gives links: it may have words instead."""
    return name not in _UNSURE or any(map(_ADDRESS.match, _addresses(value)))
