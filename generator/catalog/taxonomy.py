"""The taxonomy of a catalog: what `content/topics.yml` says, and how its phrases are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from generator.model.errors import ConfigError
from generator.text import fold
from generator.text.safe_yaml import Document, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One term of the taxonomy, and the signs by which its papers are known."""

    slug: str
    """Unique, safe in an address, never `index`: `speculative-decoding`."""

    name: str
    """The name that people read: `Speculative decoding`."""

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


def parse(document: Document) -> tuple[Topic, ...]:
    """The topics of a taxonomy, none where the document is empty.

    Raises:
        ConfigError: it is no list of topics; the text says where and what to write.
    """
    entries = document.value
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise ConfigError(
            f"{document.name}, line {document.line()}: expected a list of topics, "
            f"found {shown(entries)}. Begin each topic with '- slug: …'."
        )
    topics: dict[str, Topic] = {}
    for number, entry in enumerate(entries, 1):
        topic = _topic(entry, _Position(document, number, entry))
        if topic.slug in topics:
            where = _Position(document, number)("slug")
            raise ConfigError(
                f"{where}: expected slugs that differ, found {topic.slug!r} "
                "a second time. Join the two topics or rename one."
            )
        topics[topic.slug] = topic
    return tuple(topics.values())


class _Position:
    """Where a topic stands, for messages."""

    def __init__(self, document: Document, number: int, entry: object = None) -> None:
        self._document = document
        self._number = number
        slug = entry.get("slug") if isinstance(entry, dict) else None
        self._slug = f" ({shown(slug)})" if slug else ""

    def __call__(self, *path: object) -> str:
        line = self._document.line(self._number - 1, *path)
        return f"{self._document.name}, line {line}, topic {self._number}{self._slug}"


_SLUG = re.compile(r"[a-z0-9-]+")
_TEXTS = ("slug", "name", "description")
_LISTS = ("phrases", "strong", "veto")


def _topic(entry: object, where: _Position) -> Topic:
    """One entry of the file as a topic."""
    if not isinstance(entry, dict):
        raise ConfigError(
            f"{where()}: expected keys and values, found {shown(entry)}. "
            "Begin the topic with '- slug: …' and indent the rest under it."
        )
    for key in entry:
        if key not in _TEXTS + _LISTS:
            raise ConfigError(
                f"{where(key)}: expected only {', '.join(_TEXTS + _LISTS)}, found {shown(key)!r}. "
                "Correct its spelling or remove it."
            )
    for key in ("slug", "name"):
        if key not in entry:
            raise ConfigError(f"{where()}: expected a {key}, found none. Add '{key}: …'.")
    texts = {
        key: _text(entry[key], f"a text as its {key}", where(key)) for key in _TEXTS if key in entry
    }
    if not _SLUG.fullmatch(texts["slug"]) or texts["slug"] == "index":
        raise ConfigError(
            f"{where('slug')}: expected a slug of a-z, 0-9 and hyphens other than 'index', found "
            f"{shown(texts['slug'])!r}. Choose another; it becomes the topic's address."
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
        f"{where}: expected {expected}, found {shown(value)}. "
        "Write some words; a number or a lone yes, no, on or off needs quotes."
    )


def _phrases(value: object, key: str, where: _Position) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ConfigError(
            f"{where(key)}: expected a list as its {key}, found {shown(value)}. "
            "Write one phrase a line, each after a hyphen, or remove the key."
        )
    expected = f"texts in its list {key}"
    phrases = tuple(_text(each, expected, where(key, n)) for n, each in enumerate(value))
    for number, phrase in enumerate(phrases):
        if all(() in part for part in pattern(phrase)) or re.search(r"\*(?![\s-]|$)", phrase):
            raise ConfigError(
                f"{where(key, number)}: expected words in its list {key}, any of them with a star "
                f"at its end, found {shown(phrase)!r}. Write letters or digits before a star and "
                "none behind it."
            )
    return phrases


Pattern = tuple[tuple[tuple[str, ...], ...], ...]
"""A phrase as it is looked for: its parts in order, each with all spellings of it as words."""


def pattern(phrase: str) -> Pattern:
    """A phrase with each hyphen a space or nothing: `pre-training loss curve` is looked for as
    `((("pre", "training"), ("pretraining",)), (("loss", "curve"),))`.
    """
    parts: list[tuple[tuple[str, ...], ...]] = []
    for chunk in phrase.split():
        apart = tuple(word for part in chunk.split("-") for word in _sign_word(part))
        joined = _sign_word(chunk.replace("-", ""))
        if joined != apart:
            parts.append((apart, joined))
        elif parts and len(parts[-1]) == 1:  # words that are sure are one part
            parts[-1] = ((*parts[-1][0], *apart),)
        else:
            parts.append((apart,))
    return tuple(parts)


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
    """A word without its plural ending; wrong for many a word, but alike in phrase and text."""
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes")) else word[:-1]
