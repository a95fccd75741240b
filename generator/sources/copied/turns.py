"""Lists in which titles and authors take turns, as pages of accepted papers have them.

What makes such a list is that it holds to the end: every second line names people. Headings may
stand between the pairs, and what nearly all pairs have below their authors is part of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from generator.sources.copied import bylines, wording


class Turn(Enum):
    """What a line is."""

    TITLE = auto()
    AUTHORS = auto()
    BELOW = auto()
    """What stands below the authors of each paper: where they work, `Poster`."""

    HEADING = auto()
    """What stands between papers: `Session 1: Bees`."""


MOST_BETWEEN: Final = 3
"""Lines between a line of authors and the next title."""

HEADING: Final = re.compile(
    r"(?:(?:oral|poster|paper|spotlight|keynote|parallel|main|technical)s? )?"
    r"(?:session|track|day|part|room)(?:\s+(?:\d{1,3}|[a-z]|[ivx]{1,4})\b.{0,100}|:.{0,100}|)"
    r"|(?:.{0,60} )?(?:papers|orals?|posters?|spotlights?|talks|presentations|abstracts|tracks?"
    r"|proceedings|programme|program|schedule|demos|demonstrations|findings)(?: \(\d+\))?:?"
    r"|\W*(?:\d{1,2}[:.]\d\d\b.{0,20})|main conference|(?:(?:coffee|tea|lunch) )?break"
    r"|lunch|(?:conference )?dinner|(?:welcome )?reception|registration"
    r"|(?:opening|closing)(?: \w+)?"
    r"|welcome|coffee|tea|keynote(?::.{0,80})?|invited talk(?::.{0,80})?|discussion|panel",
    re.IGNORECASE,
)
"""What stands above papers, and says so."""


def turns(texts: Sequence[str]) -> list[Turn]:
    """What each line is in a list of titles and authors in turns; empty where it is none.

    The authors stand below all titles, or above all.
    """
    return _turns(texts) or _turns(texts[::-1])[::-1]


def _turns(texts: Sequence[str]) -> list[Turn]:
    costs: list[float] = [0.0]
    steps: list[int] = [0]
    likeness = [-9.0 if HEADING.fullmatch(text) else bylines.likeness(text) for text in texts]
    for place, text in enumerate(texts):
        is_people = likeness[place] > 3
        alone = 9.0 if is_people else 0.2 if HEADING.fullmatch(text) else 1.0
        best, step = costs[place] + alone, 1
        if place and likeness[place] > 0 and wording.likeness(texts[place - 1]) > -3:
            pair = costs[place - 1] + _oddity(texts[place - 1], likeness[place - 1])
            if likeness[place] < 1 and HEADING.fullmatch(texts[place - 1]):
                pair += 1.0  # two lines of a heading: `Accepted Papers`, `Main Conference`
            if pair < best:
                best, step = pair, 2
        costs.append(best)
        steps.append(step)
    told: list[Turn] = []
    place = len(texts)
    while place:
        told += [Turn.HEADING] if steps[place] == 1 else [Turn.AUTHORS, Turn.TITLE]
        place -= steps[place]
    told.reverse()
    return _below(told) if _holds(told, texts, likeness) else []


def _oddity(title: str, likeness: float) -> float:
    """What it costs that a line is a title."""
    return 3.0 if likeness > 3 else 0.5 if likeness > 0 or HEADING.fullmatch(title) else 0.0


def _holds(told: Sequence[Turn], texts: Sequence[str], likeness: Sequence[float]) -> bool:
    """Whether titles and authors take turns in the whole list, and are titles and authors."""
    titles = [place for place, turn in enumerate(told) if turn is Turn.TITLE]
    if len(titles) < 2:
        return False
    between = [
        sum(told[place] is Turn.HEADING for place in range(above + 2, below))
        for above, below in zip(titles, [*titles[1:], len(told)], strict=True)
    ]
    odd = sum(
        turn is Turn.HEADING and HEADING.fullmatch(text) is None
        for turn, text in zip(told, texts, strict=True)
    )
    if any(
        turn is Turn.HEADING and not HEADING.fullmatch(text) and not _is_label(text)
        for turn, text in zip(told, texts, strict=True)
    ):
        return False
    people = sum(likeness[place + 1] > 3 for place in titles)
    # Two capitalized words may be either.
    mistaken = sum(0.5 if likeness[n] == 0.5 else likeness[n] > 0 for n in titles)
    is_even = 10 * sum(count == 1 for count in between) >= 9 * len(titles)
    return (
        max(between) <= MOST_BETWEEN
        and (is_even or 3 * odd <= len(titles))
        and 3 * mistaken <= len(titles)
        and (2 * people >= len(titles) or (len(titles) > 2 and odd < 2))
    )


def _is_label(text: str) -> bool:
    """Whether a line may be what stands above papers or below authors, and is no sentence."""
    share = wording.capitals(text)
    is_short = len(text.split()) <= 15 and not text.endswith((".", "!", "。"))
    return is_short and wording.likeness(text) >= 0 and (share is None or share > 0.6)


def _below(told: list[Turn]) -> list[Turn]:
    """Turns of lines, with one more for each paper where nearly all have one, the last one too."""
    ends = [place for place, turn in enumerate(told) if turn is Turn.AUTHORS]
    after = [place + 1 for place in ends if told[place + 1 : place + 2] == [Turn.HEADING]]
    if ends[-1] + 1 in after and 10 * len(after) >= 9 * len(ends):
        for place in after:
            told[place] = Turn.BELOW
    return told
