"""The id of a paper in a line of text, and what the line says besides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from generator.sources import identifiers
from generator.sources.copied import wording
from generator.sources.copied.lines import Line


@dataclass(frozen=True, slots=True)
class Named:
    """A line that has the id of a paper."""

    row: Line
    arxiv: str
    doi: str
    anthology: str
    rest: str
    """What it says besides."""

    is_number: bool
    """Whether the id is a bare number, which may be one of something else."""

    links: tuple[str, ...]
    """Addresses that are no ids."""

    @property
    def id(self) -> str:
        """The id that tells its paper from others."""
        return self.arxiv or self.doi or self.anthology or self.links[0]


_MOST_WORDS: Final = 45
"""Words of a line that has an id and is not prose."""

_HINTS: Final = ("arxiv", "doi", "10.", "aclanthology", "huggingface.co/papers")
_TOKEN: Final = re.compile(r"[^\s<>\"“”|]+")
_NUMBER: Final = re.compile(  # five digits since 2015
    r"(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5})"
    r"(?:v\d{1,3})?"
)
_OLD: Final = re.compile(r"[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,3})?")
_ARXIV: Final = re.compile(r"arxiv:\s*(?=\d{4}\.|[a-z-]+/)|arxiv\s+(?=\d{4}\.\d)", re.IGNORECASE)
_TAGS: Final = re.compile(
    r"\[(?:(?:pdf|ps|html|other|ht|format|abs|arxiv|cs|math)\b[\s,/]*)*\]"
    r"|\[[a-z-]+(?:\.[A-Za-z-]+)?\]"
    r"|\((?:cs|math|stat|physics|eess|econ|q-bio|q-fin|[a-z-]+-ph|hep-\w+)\)"
    r"|\((?:replaced|cross-list from [\w., -]+)\)|\(or for this version\)"
    r"|\b(?:abs|pdf|html|doi|arxiv|paper|link|url|preprint|read|full text"
    r"|project|code|website|github|hf|alphaxiv)\s*:(?=\s|$)"
    r"|[🔗📄📝👉🧵📜📑➡→]",
    re.IGNORECASE,
)
COUNTER: Final = re.compile(
    r"\A(?:\[\d{1,4}\]|\(\d{1,4}\)|#?\d{1,4}\s?[./)\]:](?=\s|$)|\d{1,4}/\d{0,4}\s|[-*•–—·])\s*"
)
"""What counts the papers of a list: `[1]`, `1.`, `1/`, or a bullet."""


def id_in(row: Line, *, or_address: bool = False) -> Named | None:
    """The id in a line that is not prose; `None` without one.

    Args:
        row: the line.
        or_address: whether any address of the web may stand for an id.
    """
    text = row.text
    low = text.lower()
    is_likely = any(mark in low for mark in _HINTS) or "/" in text or _NUMBER.search(text)
    if not is_likely or len(text) > 1000 or "arxiv preprint" in low or low.startswith("cite as"):
        return None
    ids = {"arxiv": "", "doi": "", "anthology": ""}
    is_number, links, spans = False, [], []
    joined = _ARXIV.sub("arXiv:", text)
    for match in _TOKEN.finditer(joined):
        token = match[0].strip("()[]{},;.:'‘’")
        is_address = "://" in token
        if is_address or token.lower().startswith(
            ("arxiv:", "doi:", "10.", "arxiv.org/", "doi.org/")
        ):
            addresses = {
                "arxiv": identifiers.arxiv(token),
                "doi": identifiers.doi(token),
                "anthology": identifiers.anthology(token) if is_address else "",
            }
            if addresses["doi"].startswith("10.48550/arxiv."):
                addresses["doi"] = ""
        elif _NUMBER.fullmatch(token) or _OLD.fullmatch(token):
            addresses = {"arxiv": identifiers.arxiv(token), "doi": "", "anthology": ""}
            is_number = True
        else:
            continue
        if any(addresses[kind] and ids[kind] not in ("", addresses[kind]) for kind in ids):
            return None  # of two papers
        if any(addresses.values()):
            ids = {kind: ids[kind] or addresses[kind] for kind in ids}
            spans.append(match.span())
        elif is_address:
            links.append(token)
            spans.append(match.span())
    if not any(ids.values()) and not (or_address and links):
        return None
    rest = joined
    for start, end in reversed(spans):
        rest = f"{rest[:start]} {rest[end:]}"
    rest = _TAGS.sub(" ", rest).strip()
    rest = "" if COUNTER.fullmatch(rest) else rest
    rest = re.sub(r"[(\[{<]\s*[,;]*\s*[)\]}>]", " ", rest).strip(" ,;:|").rstrip("-–—·.([")
    if not row.text[: spans[0][0]].strip("<([ "):
        rest = rest.lstrip(" ,;:|-–—·.)]>")
    rest = rest.rstrip(" ,;:|-–—·.([")
    if len(rest.split()) > _MOST_WORDS or wording.likeness(rest) < -4:
        return None
    return Named(
        row,
        ids["arxiv"],
        ids["doi"],
        ids["anthology"],
        " ".join(rest.split()),
        is_number,
        tuple(links),
    )
