"""Makes the table of rarities: `python -m tests.benchmarks.rarity PAPERS > …/similar/rarity.txt`.

The one that Papershelf comes with was counted in the titles and abstracts of 100,000 papers of
arXiv, whose metadata are in the public domain (CC0).
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log2
from pathlib import Path

from generator.model import chunks
from generator.similar.rarity import RAREST
from generator.similar.terms import Text, count_terms


def main(lines: Iterable[str]) -> None:
    """Print the words of each rarity, the commonest first.

    Args:
        lines: papers in JSON, with `title` and `abstract`.
    """
    having: Counter[str] = Counter()
    papers = 0
    for shard in chunks.batches(map(json.loads, lines), 4_000):
        terms = count_terms([Text(one["title"], one.get("abstract") or "", ()) for one in shard])
        having.update(terms.alphabet[word] for word in terms.words[0][terms.are_words].tolist())
        papers += len(shard)
    words: dict[int, list[str]] = defaultdict(list)
    for word, number in having.items():
        words[int(log2(papers / number)) + 1].append(word)
    for rarity in range(1, RAREST):
        print(*sorted(words[rarity]))


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        main(file)
