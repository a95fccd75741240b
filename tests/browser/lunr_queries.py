"""Queries for lunr, made of the words of a catalog: every part of its language, in any mixture.

The same documents and the same seed give the same queries.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from lunr.stop_word_filter import WORDS

from generator.search.words import fold

T = TypeVar("T")

Document = Mapping[str, str]

STOP_WORDS: tuple[str, ...] = tuple(sorted(WORDS))

NAMES_OF_OBJECTS = ("constructor", "prototype", "hasownproperty", "tostring", "valueof", "length")
"""Words that a program in JavaScript may take for something else."""


@dataclass(frozen=True, slots=True)
class Query:
    kind: str
    text: str


def queries(documents: Sequence[Document], count: int, seed: int = 1) -> list[Query]:
    """So many different queries, spread over all kinds; fewer only if there are no more."""
    return list(islice(_different(documents, count * 10, seed), count))


def _different(documents: Sequence[Document], attempts: int, seed: int) -> Iterator[Query]:
    maker = _Maker(documents, random.Random(seed))
    kinds = [name for name, often in KINDS.items() for _ in range(often)]
    seen = set()
    for attempt in range(attempts):
        kind = kinds[attempt % len(kinds)]
        text = getattr(maker, kind)()
        if text not in seen:
            seen.add(text)
            yield Query(kind, text)


KINDS = {
    "rare": 3,
    "common": 2,
    "middling": 3,
    "title_words": 3,
    "author": 3,
    "year": 1,
    "number": 2,
    "stop_word": 1,
    "unknown_word": 1,
    "other_script": 1,
    "object": 1,
    "several": 8,
    "many": 3,
    "a_whole_title": 2,
    "the_same_twice": 3,
    "field": 8,
    "wrong_field": 3,
    "must": 6,
    "must_in_fields": 5,
    "must_and_unknown": 2,
    "but_not": 6,
    "only_not": 2,
    "boosted": 6,
    "boost_of_nothing": 1,
    "trailing": 6,
    "leading": 4,
    "inner": 5,
    "all_wildcards": 2,
    "wild_in_field": 6,
    "only_wildcards": 1,
    "one_edit": 8,
    "two_edits": 3,
    "no_edit": 2,
    "edits_and_wildcards": 2,
    "edits_in_field": 4,
    "mixture": 20,
}
"""How often each comes in a round."""


class _Maker:
    """Each method but the private ones makes one query of the kind of its name."""

    def __init__(self, documents: Sequence[Document], chance: random.Random) -> None:
        self._chance = chance
        self._documents = documents
        self._fields = list(documents[0])
        often = Counter(
            word
            for document in documents
            for word in {word for text in document.values() for word in _words(text)}
        )
        self._all = sorted(often, key=lambda word: (-often[word], word)) or ["nothing"]
        plain = [word for word in self._all if word not in WORDS] or self._all
        self._common = plain[: max(20, len(plain) // 100)]
        self._rare = [word for word in plain if often[word] == 1] or plain
        self._middling = [word for word in plain if 2 <= often[word] <= 30] or plain
        self._numbers = [word for word in plain if word[0].isdigit()] or plain
        self._foreign = [word for word in plain if not word.isascii()] or plain
        self._by_field = {
            name: sorted({word for document in documents for word in _words(document[name])})
            or self._all
            for name in self._fields
        }

    # One word.

    def rare(self) -> str:
        return self._pick(self._rare)

    def common(self) -> str:
        return self._pick(self._common)

    def middling(self) -> str:
        return self._pick(self._middling)

    def title_words(self) -> str:
        return " ".join(self._pick(self._by_field["title"]) for _ in range(self._upto(2)))

    def author(self) -> str:
        return self._pick(self._by_field["authors"])

    def year(self) -> str:
        return self._pick(self._by_field["year"])

    def number(self) -> str:
        return self._pick(self._numbers)

    def stop_word(self) -> str:
        sign = self._pick(["", "", "+", "-", "title:"])
        return f"{sign}{self._pick(STOP_WORDS)}"

    def unknown_word(self) -> str:
        return "".join(self._pick("bcdfghjklmnpqrstvwxz") for _ in range(self._upto(9)))

    def other_script(self) -> str:
        return self._pick(self._foreign)

    def object(self) -> str:
        return self._pick(NAMES_OF_OBJECTS) + self._pick(["", "*", "~1", " model"])

    # Several.

    def several(self) -> str:
        return self._join(self._word() for _ in range(2 + self._upto(4)))

    def many(self) -> str:
        return self._join(self._pick(self._all) for _ in range(6 + self._upto(14)))

    def a_whole_title(self) -> str:
        return self._join(_words(self._pick(self._documents)["title"])) or self._word()

    def the_same_twice(self) -> str:
        word = self._word()
        again = self._pick(
            [
                word,
                f"{word}^3",
                f"+{word}",
                f"-{word}",
                f"{word[:4]}*" if fold(word[:4]) == word[:4] else word,
                f"{word}~1",
                f"title:{word}",
            ]
        )
        words = [word, again, *(self._word() for _ in range(self._chance.randrange(2)))]
        self._chance.shuffle(words)
        return self._join(words)

    # In a field.

    def field(self) -> str:
        return self._join(self._in_its_field() for _ in range(self._upto(2)))

    def wrong_field(self) -> str:
        return f"{self._pick(self._fields)}:{self._word()}"

    # Must, and must not.

    def must(self) -> str:
        document = self._pick(self._documents)
        words = [f"+{self._of(document)}", self._either("+", self._of(document))]
        words += [self._word(), self._either("+", self._pick(self._common))][: self._upto(3) - 1]
        self._chance.shuffle(words)
        return self._join(words)

    def must_in_fields(self) -> str:
        document = self._pick(self._documents)
        clauses = []
        for _ in range(1 + self._upto(2)):
            name = self._pick([name for name in self._fields if document[name]] or self._fields)
            word = self._of(document, name)
            clauses.append(self._pick([f"+{name}:{word}", f"+{word}", f"{name}:{word}"]))
        return self._join(clauses)

    def must_and_unknown(self) -> str:
        words = [f"+{self.unknown_word()}", self._either("+"), self._either("+")]
        self._chance.shuffle(words)
        return self._join(words)

    def but_not(self) -> str:
        document = self._pick(self._documents)
        words = [self._of(document), f"-{self._of(document)}", f"-{self._word()}"]
        words += [self._pick(self._common), self._either("-")][: self._upto(2)]
        self._chance.shuffle(words)
        return self._join(words)

    def only_not(self) -> str:
        fields = ["", "", *(f"{name}:" for name in self._fields)]
        return self._join(f"-{self._pick(fields)}{self._word()}" for _ in range(self._upto(3)))

    # Weights.

    def boosted(self) -> str:
        words = [f"{self._word()}^{self._boost()}", self._word(), self._in_its_field()]
        return self._join(words[: 1 + self._upto(2)])

    def boost_of_nothing(self) -> str:
        return self._pick([f"{self._word()}^0", f"{self._word()}^0 {self._word()}"])

    # Wildcards.

    def trailing(self) -> str:
        return self._join([self._trailing(), *(self._word() for _ in range(self._upto(2) - 1))])

    def leading(self) -> str:
        return self._wild(lambda word, cut: f"*{word[cut:]}")

    def inner(self) -> str:
        return self._wild(lambda word, cut: f"{word[:cut]}*{word[cut + self._upto(3) - 1 :]}")

    def all_wildcards(self) -> str:
        return self._wild(lambda word, cut: f"*{word[cut : cut + 3]}*{word[cut + 3 :]}*")

    def wild_in_field(self) -> str:
        made = [self._trailing, self._trailing, self.inner, self.leading]
        clause = f"{self._pick(self._fields)}:{self._pick(made)()}"
        return self._join([clause, *(self._word() for _ in range(self._upto(2) - 1))])

    def only_wildcards(self) -> str:
        return self._pick(["*", "**", "title:*", "+venue:*", "-venue:*", "* -title:a*", "*^2"])

    # Misspelled.

    def one_edit(self) -> str:
        word = f"{self._misspelled(self._long(), 1)}~1"
        return self._join([word, *(self._word() for _ in range(self._upto(2) - 1))])

    def two_edits(self) -> str:
        return f"{self._misspelled(self._long(), self._upto(2))}~2"

    def no_edit(self) -> str:
        return f"{self._word()}~0"

    def edits_and_wildcards(self) -> str:
        return f"{self._trailing()}~1"

    def edits_in_field(self) -> str:
        name = self._pick(self._fields)
        word = self._pick(self._by_field[name])
        sign = self._pick(["", "", "+", "-"])
        return self._join(
            [
                f"{sign}{name}:{self._misspelled(word, 1)}~1",
                *([self._word()] if sign == "-" else []),
            ]
        )

    # Anything.

    def mixture(self) -> str:
        return self._join(self._clause() for _ in range(self._upto(5)))

    def _clause(self) -> str:
        sign = self._pick(["", "", "", "", "", "+", "-"])
        name = self._pick(["", "", f"{self._pick(self._fields)}:"])
        made: list[Callable[[], str]] = [self._word, self._word, self._word, self._trailing]
        made += [self.inner, lambda: f"{self._misspelled(self._long(), 1)}~1"]
        boost = self._pick(["", "", "", f"^{self._boost()}"])
        return f"{sign}{name}{self._pick(made)()}{boost}"

    def _word(self) -> str:
        """Of any kind, the telling ones more often."""
        kinds = [self.middling, self.middling, self.middling, self.rare, self.common, self.author]
        kinds += [self.number, lambda: self._pick(self._by_field["title"])]
        return self._pick([*kinds, *kinds, *kinds, self._stop_word, self.year])()

    def _stop_word(self) -> str:
        return self._pick(STOP_WORDS)

    def _of(self, document: Document, name: str = "") -> str:
        """One that stands in the document, in the field of that name, and is no stop word."""
        text = document[name] if name else " ".join(document.values())
        return self._pick([word for word in _words(text) if word not in WORDS] or ["1"])

    def _either(self, sign: str, word: str = "") -> str:
        """A word, given or any, with the sign or without it."""
        return f"{self._pick(['', sign])}{word or self._word()}"

    def _in_its_field(self) -> str:
        name = self._pick(self._fields)
        return f"{name}:{self._pick(self._by_field[name])}"

    def _long(self) -> str:
        for _ in range(20):
            word = self._word()
            if len(word) > 4:
                break
        return word

    def _trailing(self) -> str:
        return self._wild(lambda word, cut: f"{word[:cut]}*")

    def _wild(self, cut: Callable[[str, int], str]) -> str:
        """A word with wildcards, none beside what folding would take away."""
        for _ in range(20):
            word = self._long()
            made = cut(word, self._chance.randrange(min(2, len(word) - 1), len(word) + 1))
            parts = made.split("*")
            if len("".join(parts)) > 1 and all(part == fold(part) for part in parts):
                return made
        return f"{word}*"

    def _misspelled(self, word: str, times: int) -> str:
        made = word
        for _ in range(times):
            at = self._chance.randrange(len(made))
            letter = self._pick("abcdefghijklmnopqrstuvwxyz0123456789")
            made = self._pick(
                [
                    made[:at] + letter + made[at:],
                    made[:at] + letter + made[at + 1 :],
                    made[:at] + made[at + 1 :],
                    made[:at] + made[at + 1 : at + 2] + made[at : at + 1] + made[at + 2 :],
                ]
            )
        return made if made and fold(made) == made else word

    def _boost(self) -> int:
        return self._pick([1, 2, 3, 5, 10, 10, 100, 7])

    def _upto(self, most: int) -> int:
        """A number from 1."""
        return self._chance.randrange(most) + 1

    def _pick(self, some: Sequence[T]) -> T:
        return some[self._chance.randrange(len(some))]

    def _join(self, clauses: Iterator[str] | list[str]) -> str:
        return " ".join(clauses)


def _words(text: str) -> Iterator[str]:
    """Its words, but for Chinese, Japanese and Korean: what is looked for is not folded as text is.

    Text that is written together becomes several words, so twice a letter is not one word.
    """
    return (word for word in text.split() if fold(word + word) == word + word)
