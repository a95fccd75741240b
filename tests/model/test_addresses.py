"""Where pages are, and how they point at each other."""

from __future__ import annotations

import posixpath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import addresses

EVERY_KIND = [
    addresses.FRONT,
    addresses.DAYS,
    addresses.TOPICS,
    addresses.TITLES,
    addresses.SEARCH,
    addresses.paper("liquid"),
    addresses.topic("retrieval"),
    addresses.date("2025-08-07"),
    addresses.date(""),
    addresses.date("2025-08"),
    addresses.date("2025"),
    addresses.page(addresses.TITLES, "liquid"),
    addresses.page(addresses.topic("retrieval"), "12"),
]
ADDRESSES = st.lists(st.text("abc-12", min_size=1, max_size=5), max_size=4).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("papers/liquid/", addresses.paper("liquid")),
        ("topics/retrieval/", addresses.topic("retrieval")),
        ("days/2025-08-07/", addresses.date("2025-08-07")),
        ("days/undated/", addresses.date("")),
        ("days/2025-08/", addresses.date("2025-08")),
        ("days/2025/", addresses.date("2025")),
        ("titles/", addresses.page("titles/", "")),
        ("titles/2/", addresses.page("titles/", "2")),
    ],
)
def test_published_addresses_never_change(expected: str, actual: str) -> None:
    assert expected == actual


def test_no_two_pages_share_an_address_or_a_file() -> None:
    assert len(EVERY_KIND) == len(set(EVERY_KIND))
    assert len(EVERY_KIND) == len({addresses.file(address) for address in EVERY_KIND})


@pytest.mark.parametrize("address", EVERY_KIND)
def test_file_and_its_address_are_each_others_inverse(address: str) -> None:
    assert address == addresses.of_file(addresses.file(address))


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("README.md", ""),
        ("about.md", "about/"),
        ("guide/index.md", "guide/"),
        ("guide/README.md", "guide/"),
        ("guide/a.b.md", "guide/a.b/"),
        ("indexes.md", "indexes/"),
    ],
)
def test_pages_by_hand_have_the_address_that_mkdocs_gives_them(path: str, address: str) -> None:
    assert address == addresses.of_file(path)


@pytest.mark.parametrize(
    ("start", "to", "expected"),
    [
        ("", "", "./"),
        ("", "papers/a/", "papers/a/"),
        ("papers/a/", "", "../../"),
        ("papers/a/", "papers/b/", "../b/"),
        ("papers/a/", "papers/a/", "./"),
        ("papers/a/", "papers/a.json", "../a.json"),
        ("titles/2/", "titles/", "../"),
        ("titles/", "titles/2/#letter-a", "2/#letter-a"),
        ("about/", "catalog.jsonl", "../catalog.jsonl"),
    ],
)
def test_links_are_relative(start: str, to: str, expected: str) -> None:
    assert expected == addresses.relative(start, to)


@given(ADDRESSES, ADDRESSES, ADDRESSES)
def test_relative_link_arrives_wherever_the_site_is_mounted(
    mount: str, start: str, to: str
) -> None:
    base = f"https://example.org/{mount}"
    arrived = urljoin(base + start, addresses.relative(start, to))
    assert posixpath.normpath(base + to) == posixpath.normpath(arrived)


@pytest.mark.parametrize("site_url", ["https://example.org/shelf", "https://example.org/shelf/"])
def test_full_address_has_one_slash_behind_the_site(site_url: str) -> None:
    assert addresses.absolute(site_url, addresses.DAYS) == "https://example.org/shelf/days/"
    assert addresses.absolute(site_url, addresses.FRONT) == "https://example.org/shelf/"
