"""A list of references, cut in the way in which most of them can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from generator.sources import cited
from generator.sources.cited.reference import Cited
from generator.sources.cited.signatures import Form
from generator.sources.formats.reference_list.cuts import CUTS, HEADING, Cutting, Row

SAMPLE: Final = 60
"""References that show how all of the list are written."""


_AGAIN: Final = re.compile(r"(?:[—–-]{2,}|—|_{3,})[.,]?\s*")
_SAME: Final = "Same, A. B."
"""Stands for the authors of the reference above while one is read that repeats them."""


class ReferenceText:
    """A text, cut into its references."""

    def __init__(self, rows: Sequence[Row]) -> None:
        rows = [row for row in rows if not HEADING.fullmatch(row.text)]
        best = -1
        self.entries: list[Cutting] = []
        self.stray: list[Row] = []
        self.sample: list[Cited] = []
        self.form = Form.STRAIGHT
        if not rows:
            return
        tried: set[tuple[str, ...]] = set()
        for cut in CUTS:
            entries, stray = cut(rows)
            texts = tuple(entry.text for entry in entries[:SAMPLE])
            if not texts or texts in tried:
                continue
            tried.add(texts)
            for form in Form:
                sample = [cited.parse(text, form) for text in texts]
                whole = sum(one.is_whole for one in sample)
                if whole > best:
                    best = whole
                    self.entries, self.stray, self.sample, self.form = entries, stray, sample, form
        self.sample = []
        before: tuple[str, ...] = ()
        for entry in self.entries[:SAMPLE]:
            self.sample.append(self.parsed(entry.text, before))
            before = self.sample[-1].authors or before

    def parsed(self, text: str, before: tuple[str, ...]) -> Cited:
        """A reference, its names in the form of the whole list, else in another one.

        Args:
            text: of it.
            before: the authors of the reference above, whom `———.` repeats.
        """
        again = _AGAIN.match(text)
        if again and before:
            one = cited.parse(f"{_SAME} {text[again.end() :]}", Form.TURNED)
            one.authors = before if one.title else ()
            return one
        one = cited.parse(text, self.form)
        if one.is_whole:
            return one
        others = [cited.parse(text, form) for form in Form if form is not self.form]
        whole = (other for other in others if other.is_whole)
        return next(whole, one if one.authors or one.is_known else others[0])
