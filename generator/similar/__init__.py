"""Which papers are like a paper, and by which words: TF-IDF and the cosine of the angle between.

One new paper must not change the pages of all others. So nothing that weighs a word depends on it:
how many papers have a word is counted in the oldest 2^n papers only (as many as there are, at
most), which stay the same until the catalog has doubled, or a paper older than they are comes. A
new paper enters the lists that it belongs to, and all others stay as they are.

For the same reason a run finds little to do: what the one before kept is as good as found anew,
but for papers that are new or have another text, and for the lists that these enter or leave.
Where one of the oldest changes, so do the papers that have a word which weighs more or less now,
and these are few: a weight depends on how many binary digits the number of papers has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from generator.build import work
from generator.model.fragments import NOWHERE, Fragments
from generator.model.papers import Paper
from generator.similar import kept as cache
from generator.similar.counts import MANY
from generator.similar.found import Neighbour, Similar
from generator.similar.kept import BrokenCacheError
from generator.similar.nearest import LIKENESS, MOST
from generator.similar.run import Known, Run
from generator.similar.terms import digest

__all__ = ["LIKENESS", "MOST", "Neighbour", "Similar", "begin", "digest", "find"]


def find(
    papers: Sequence[Paper], jobs: int = 1, kept: Path | None = None, volume: Fragments = NOWHERE
) -> Similar:
    """The papers most like each of these.

    Args:
        papers: any, in any order; what is found does not depend on it.
        jobs: processes and threads at most; what is found does not depend on them either.
        kept: a folder that is all ours, where each run leaves what it found for the next, which
            finds the same sooner. It may be deleted at any time; without one, nothing is kept.
        volume: where papers lie that are known in brief.
    """
    return begin(papers, jobs, kept, volume)()


def begin(
    papers: Sequence[Paper], jobs: int = 1, kept: Path | None = None, volume: Fragments = NOWHERE
) -> Callable[[], Similar]:
    """Have another process look at what changed among many papers; gives what waits for it.

    The arguments are those of `find`.
    """
    with work.keeping_everything():
        known = Known.of(sorted(papers, key=lambda paper: paper.id), volume)
    if not kept:
        return Run(known, jobs).anew
    is_apart = len(known.spans) >= MANY
    renew = partial(_renewed, kept=kept)
    renewed = (
        work.later(renew, known, jobs, roomy=True) if is_apart else partial(renew, known, jobs=jobs)
    )
    return partial(_found, renewed, Run(known, jobs, kept), kept)


def _renewed(known: Known, kept: Path, jobs: int = 1) -> bool:
    """Renew what the last run found, if that is of use."""
    try:
        with work.keeping_everything():
            Run(known, jobs, kept).after(cache.load(kept))
    except BrokenCacheError:
        return False
    return True


def _found(renewed: Callable[[], bool], run: Run, kept: Path) -> Similar:
    is_renewed = renewed()
    with work.keeping_everything():
        if is_renewed:
            with suppress(BrokenCacheError):
                state = cache.load(kept)
                return Similar(state, cache.words(kept, state))
        return run.anew()
