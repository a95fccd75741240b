"""Tables of `docs/` that are made from the code: `python -m tests.docs_tables` writes them anew."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.sources import READERS
from generator.sources.fields import vocabulary
from tests.conftest import REPOSITORY

MARKED = re.compile(r"(<!-- (readers|columns):? ?([\w -]*?) ?-->\n)(.*?)(<!-- end -->)", re.DOTALL)
PAGES = sorted((REPOSITORY / "docs").glob("*.md"))


def columns() -> str:
    """The names that columns may have, by what they hold."""
    named: dict[str, Iterable[str]] = {
        **vocabulary.FIELDS,
        **vocabulary.PUBLICATION,
        "speakers": vocabulary.SPEAKERS,
        "day of a list": vocabulary.DAYS,
        **{f"link: {kind}": names for kind, names in vocabulary.LINKS.items()},
    }
    rows = [
        f"| {kind} | {', '.join(f'`{one}`' for one in names)} |" for kind, names in named.items()
    ]
    return "\n".join(["| what it holds | names of its column |", "| --- | --- |", *rows, ""])


def readers(names: str) -> str:
    """What the readers of these names say they read."""
    labels = {reader.NAME: reader.LABEL for reader in READERS}
    rows = [f"| `{name}` | {labels[name]} |" for name in names.split()]
    return "\n".join(["| kind | |", "| --- | --- |", *rows, ""])


def written(page: str) -> str:
    """The text of a page with its tables as they must be."""

    def table(match: re.Match[str]) -> str:
        start, kind, names, _, end = match.groups()
        return start + (columns() if kind == "columns" else readers(names)) + end

    return MARKED.sub(table, page)


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(written(path.read_text("utf-8")), "utf-8")
