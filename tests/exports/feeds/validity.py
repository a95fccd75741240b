"""Whether a feed is what its format says."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
from lxml import etree

from generator.exports import feeds

HERE = Path(__file__).parent


GRAMMAR = etree.RelaxNG(etree.parse(HERE / "atom.rng"))


SCHEMA = jsonschema.Draft202012Validator(json.loads((HERE / "feed.schema.json").read_text("utf-8")))


ATOM = "{http://www.w3.org/2005/Atom}"


def parsed(feed: str) -> Any:
    """What feedparser makes of a feed, which it must not complain about."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of its own parts of the library
        found = feedparser.parse(feed.encode(), sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def assert_valid(found: dict[str, str]) -> None:
    for path, feed in found.items():
        if path.endswith(".json"):
            SCHEMA.validate(json.loads(feed.encode()))
        elif path == feeds.OPML:
            etree.fromstring(feed.encode())
        else:
            tree = etree.fromstring(feed.encode())
            GRAMMAR.assertValid(tree)
            assert tree.find(f"{ATOM}author") is not None
            parsed(feed)
