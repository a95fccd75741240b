"""The taxonomy of a catalog: what `content/topics.yml` says, and how its phrases are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

import yaml

from generator.errors import ConfigError
from generator.text import fold

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the fast one, where PyYAML has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One term of the taxonomy, and the signs by which its papers are known."""

    slug: str
    """Unique, safe in an address, never `index`: `speculative-decoding`."""

    name: str
    """As people read it: `Speculative decoding`."""

    description: str = ""
    """One sentence: `Drafting several tokens cheaply and verifying them at once …`."""

    phrases: tuple[str, ...] = ()
    """Signs that count; a hyphen may be a space or nothing, a star is any ending:
    `("draft model", "pre-training", "quantiz*")`."""

    strong: tuple[str, ...] = ()
    """Signs that count twice: `("speculative decoding",)`."""

    veto: tuple[str, ...] = ()
    """Phrases whose words are no sign, for pruning: `("token pruning",)`."""

    is_invented: bool = False
    """Whether no taxonomy has it: it is a phrase or a keyword that papers share."""


def keywords(topics: Iterable[Topic]) -> dict[str, str]:
    """The names, by slug, of topics that papers may have as keywords: those of a taxonomy.

    What was invented for browsing is nobody's keyword, and is not passed on as one.
    """
    return {topic.slug: topic.name for topic in topics if not topic.is_invented}


def load(path: Path) -> tuple[Topic, ...]:
    """Read a taxonomy; a missing or empty file is an empty one, a mistake a `ConfigError`."""
    if not path.exists():
        return ()
    try:
        entries = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506  (a safe loader)
    except yaml.YAMLError as error:
        raise ConfigError(
            f"{path}: expected YAML, found a mistake: {error}. Mend it there."
        ) from error
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise ConfigError(
            f"{path}: expected a list of topics, found {_kind(entries)}. "
            "Begin each topic with '- slug: …'."
        )
    topics: dict[str, Topic] = {}
    for number, entry in enumerate(entries, 1):
        topic = _topic(entry, f"{path}, topic {number}")
        if topic.slug in topics:
            raise ConfigError(
                f"{path}, topic {number}: expected slugs that differ, found {topic.slug!r} "
                "a second time. Join the two topics or rename one."
            )
        topics[topic.slug] = topic
    return tuple(topics.values())


_SLUG = re.compile(r"[a-z0-9-]+")
_TEXTS = ("slug", "name", "description")
_LISTS = ("phrases", "strong", "veto")


def _topic(entry: object, where: str) -> Topic:
    """One entry of the file as a topic."""
    if not isinstance(entry, dict):
        raise ConfigError(
            f"{where}: expected keys and values, found {_kind(entry)}. "
            "Begin the topic with '- slug: …' and indent the rest under it."
        )
    if entry.get("slug"):
        where = f"{where} ({entry['slug']})"
    for key in entry:
        if key not in _TEXTS + _LISTS:
            raise ConfigError(
                f"{where}: expected only {', '.join(_TEXTS + _LISTS)}, found {key!r}. "
                "Correct its spelling or remove it."
            )
    for key in ("slug", "name"):
        if key not in entry:
            raise ConfigError(f"{where}: expected a {key}, found none. Add '{key}: …'.")
    texts = {
        key: _text(entry[key], f"a text as its {key}", where) for key in _TEXTS if key in entry
    }
    if not _SLUG.fullmatch(texts["slug"]) or texts["slug"] == "index":
        raise ConfigError(
            f"{where}: expected a slug of a-z, 0-9 and hyphens other than 'index', found "
            f"{texts['slug']!r}. Choose another; it becomes the topic's address."
        )
    lists = {key: _phrases(entry[key], key, where) for key in _LISTS if key in entry}
    return Topic(
        slug=texts["slug"],
        name=texts["name"],
        description=texts.get("description", ""),
        phrases=lists.get("phrases", ()),
        strong=lists.get("strong", ()),
        veto=lists.get("veto", ()),
    )


def _text(value: object, expected: str, where: str) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ConfigError(
        f"{where}: expected {expected}, found {_kind(value)}. "
        "Write some words; a number or a lone yes, no, on or off needs quotes."
    )


def _phrases(value: object, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ConfigError(
            f"{where}: expected a list as its {key}, found {_kind(value)}. "
            "Write one phrase a line, each after a hyphen, or remove the key."
        )
    phrases = tuple(_text(phrase, f"texts in its list {key}", where) for phrase in value)
    for phrase in phrases:
        if not all(spellings(phrase)) or re.search(r"\*(?![\s-]|$)", phrase):
            raise ConfigError(
                f"{where}: expected words in its list {key}, any of them with a star at its end, "
                f"found {phrase!r}. Write letters or digits before a star and none behind it."
            )
    return phrases


def _kind(value: object) -> str:
    """What was found in the place of something else, for a message."""
    names = {dict: "keys and values", list: "a list", type(None): "nothing"}
    return names.get(type(value), repr(value))


def spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """A phrase as words: with each hyphen a space, and with each hyphen nothing."""
    chunks = []
    for chunk in phrase.split():
        parts = [_sign_word(part) for part in chunk.split("-")]
        apart = tuple(word for words in parts for word in words)
        joined = _sign_word(chunk.replace("-", ""))
        chunks.append({apart, joined})
    for spelling in sorted(set(product(*chunks))):
        yield tuple(word for words in spelling for word in words)


def _sign_word(text: str) -> tuple[str, ...]:
    if text.endswith("*"):
        *words, last = fold(text).split() or [""]
        return (*map(_singular, words), last + "*") if last else ()
    return tuple(words_of(text))


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: folded, without plural endings."""
    # A lone "s" is what is left of "the model's".
    return list(map(_singular, fold(text).replace(" s ", " ").split()))


@lru_cache(maxsize=1 << 18)
def _singular(word: str) -> str:
    """Without the plural ending; wrong for many a word, but alike in phrase and text."""
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes")) else word[:-1]
