"""What static hosts take, and whether they take a site of some size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

from generator.model.settings import Settings
from generator.text.words import counted

Sized = tuple[str, int]
"""The path of a file below the site, and how many bytes it has."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a site is, by each measure that hosts limit."""

    files: int = 0
    bytes: int = 0
    entries: int = 0
    """Files and folders, the site's own folder among them."""

    largest_folder: int = 0
    """Files in the folder that has most, without those in folders below it."""

    largest_file: int = 0
    """Bytes."""


class Limit(NamedTuple):
    """What a host takes at most."""

    measure: str
    """The field of `Size`."""

    most: int
    text: str
    """The limit in words, for people."""


class Host(NamedTuple):
    """A host of static sites, with what it takes."""

    name: str
    limits: tuple[Limit, ...]
    source: str
    """Where the host says so; what stood there on the day that `READ` says."""


READ: Final = "2026-11-30"

LARGEST_FILE: Final = 24_000_000
"""Bytes of a file that holds many papers, at most; all hosts take it. What is larger is cut."""

HOSTS: Final = (
    Host(
        "GitHub Pages",
        (Limit("bytes", 10**9, "1 GB"),),
        "https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits",
    ),
    Host(
        "GitLab Pages",
        (
            Limit("bytes", 10**9, "1 GB"),
            Limit("entries", 200_000, "200,000 files and folders"),
        ),
        "https://docs.gitlab.com/administration/instance_limits/",
    ),
    Host(
        "Cloudflare Pages",
        (
            Limit("files", 20_000, "20,000 files (100,000 on paid plans)"),
            Limit("largest_file", 25 * 2**20, "25 MiB a file"),
        ),
        "https://developers.cloudflare.com/pages/platform/limits/",
    ),
    Host(
        "Netlify",
        (Limit("largest_folder", 54_000, "54,000 files a folder"),),
        "https://docs.netlify.com/site-deploys/overview/",
    ),
)
"""The hosts that a build names."""


def measure(files: Iterable[Sized]) -> Size:
    """How large a site of these files is."""
    folders: Counter[str] = Counter()
    total = largest = 0
    for path, size in files:
        folders[path.rpartition("/")[0]] += 1
        total += size
        largest = max(largest, size)
    every = {""}
    for folder in folders:
        while folder not in every:
            every.add(folder)
            folder = folder.rpartition("/")[0]
    count = folders.total()
    return Size(count, total, count + len(every), max(folders.values(), default=0), largest)


def exceeded(size: Size) -> dict[str, list[Limit]]:
    """The limits that a site of this size is beyond, by the name of the host."""
    beyond = {
        host.name: [limit for limit in host.limits if _of(size, limit) > limit.most]
        for host in HOSTS
    }
    return {name: limits for name, limits in beyond.items() if limits}


class Saving(NamedTuple):
    """Files that another value of a setting would save."""

    setting: str
    paths: re.Pattern[str]
    advice: str
    """What to set; `{}` stands for the value that there is."""


SAVINGS: Final = (
    Saving(
        "author_pages",
        re.compile(r"authors/(?![0-9]+/|letter-)[^/]+/"),
        "`author_pages` above {}",
    ),
    Saving(
        "author_feeds",
        re.compile(r"authors/[^/]+/feed\.(?:xml|json)\Z"),
        "`author_feeds` above {}",
    ),
    Saving("companions", re.compile(r"papers/[^/]+\.(?:json|md)\Z"), "`companions: false`"),
    Saving("cards", re.compile(r"papers/[^/]+\.png\Z"), "`cards: never`"),
)
"""Settings that have something to do with how many files a site has, and how large they are."""

_WORTH: Final = 0.1
"""The share of what is too much that a setting has to save to be worth a word."""


def helpful(size: Size, files: Iterable[Sized], settings: Settings) -> list[str]:
    """The settings by which a site would fit more hosts, as people say them; the best first.

    Args:
        size: of the site.
        files: that it consists of; they are looked at where some host does not take it.
        settings: as they are.
    """
    beyond = list(chain.from_iterable(exceeded(size).values()))
    if not beyond:
        return []
    savings: dict[str, list[Sized]] = {saving.setting: [] for saving in SAVINGS}
    for file in files:
        for saving in SAVINGS:
            if saving.paths.match(file[0]):
                savings[saving.setting].append(file)
    worth: dict[str, float] = {}
    for saving in SAVINGS:
        value = getattr(settings, saving.setting)
        if not value:
            continue
        saved = measure(savings[saving.setting])
        worth[saving.advice.format(value)] = max(
            _of(saved, limit) / (_of(size, limit) - limit.most) for limit in beyond
        )
    return sorted((one for one in worth if worth[one] >= _WORTH), key=lambda one: -worth[one])


def _of(size: Size, limit: Limit) -> int:
    """How much of what it limits there is."""
    return int(getattr(size, limit.measure))


def verdict(size: Size, settings: Sequence[str] = ()) -> str:
    """How large a site is, which hosts take it, and which do not and why.

    Args:
        size: of the site.
        settings: that would help, as `helpful` says them.
    """
    beyond = exceeded(size)
    fit = [host.name for host in HOSTS if host.name not in beyond]
    files = counted(size.files, "file")
    text = f"{files}, {_bytes(size.bytes)}: fits {_joined(fit) or 'none'}"
    for name, limits in beyond.items():
        text += f"; not {name}: {_joined([one.text for one in limits])}"
    return f"{text}; what helps: {_joined(settings)}" if settings else text


def _bytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 10**9 else f"{size / 1e6:.{int(size < 10**7)}f} MB"


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
