"""Which ids a record states, and which links it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, TypedDict

from generator import text as foreign
from generator.model.papers import Link
from generator.sources import identifiers
from generator.sources.links import kind_of
from generator.sources.values import Values

MOST_LINKS: Final = 200

Remark = Callable[[str], None]
"""Says what is doubtful about a record."""


class Identifiers(TypedDict):
    """The ids of a record, each empty where it has none."""

    arxiv: str
    doi: str
    anthology: str


def identified(
    values: Values, remark: Remark, links: Iterable[tuple[str, object]], **given: object
) -> tuple[Identifiers, list[tuple[str, str]]]:
    """The identifiers that the record states, or that its addresses hold; and the addresses."""
    named = [(foreign.clean(kind), url) for kind, url in links]
    addresses = [(kind or "url", foreign.one_line(values.text("url", url))) for kind, url in named]
    addresses = [(kind, url) for kind, url in addresses if url]
    own = [url for kind, url in addresses if kind in ("url", "abs", "pdf", "doi")]
    for field, value in given.items():
        if isinstance(value, float):  # 2401.00010 has lost its last zero
            remark(f"expected the {_CALLED[field]} as text, found a number. Quote it.")
    stated = {
        field: "" if isinstance(value, float) else foreign.one_line(values.text(field, value))
        for field, value in given.items()
    }
    ids = Identifiers(arxiv="", doi="", anthology="")
    for field, read in (
        ("arxiv", identifiers.arxiv),
        ("doi", _doi),
        ("anthology", identifiers.anthology),
    ):
        texts = filter(None, [stated[field], stated["doi"], *own])
        ids[field] = next(filter(None, map(read, texts)), "")  # type: ignore[literal-required]
        identifier = read(stated[field]) or (field == "doi" and identifiers.doi(stated[field]))
        placeholder = next(filter(_TEMPLATE.fullmatch, (str(identifier), stated[field])), "")
        if placeholder:
            if ids[field] == placeholder:  # type: ignore[literal-required]
                ids[field] = ""  # type: ignore[literal-required]
            remark(
                f"“{placeholder}” is the placeholder of a template. "
                f"Put the {_CALLED[field]}, or remove it."
            )
        elif field == "arxiv" and (whole := identifiers.cut_arxiv(stated[field])):
            if not ids["arxiv"].startswith(stated[field]):
                remark(
                    f"“{stated[field]}” has lost its last zero: {whole}? A spreadsheet takes "
                    "such an id for a number. Make the column text and write it anew."
                )
        elif stated[field] and not identifier:
            remark(f"“{stated[field][:60]}” is no {_CALLED[field]}. Correct or remove it.")
    return ids, addresses


def links_of(
    remark: Remark,
    addresses: Iterable[tuple[str, str]],
    ids: Identifiers,
    others: tuple[Link, ...],
) -> tuple[Link, ...]:
    """One link of each kind; those of the identifiers lead, those of the abstract come last."""
    made: list[tuple[str, str]] = []
    if ids["arxiv"]:
        made.append(("abs", f"https://arxiv.org/abs/{ids['arxiv']}"))
        made.append(("pdf", f"https://arxiv.org/pdf/{ids['arxiv']}"))
    if ids["anthology"]:
        made.append(("abs", f"https://aclanthology.org/{ids['anthology']}/"))
        made.append(("pdf", f"https://aclanthology.org/{ids['anthology']}.pdf"))
    if ids["doi"]:
        made.append(("doi", f"https://doi.org/{ids['doi']}"))
    pairs: list[tuple[str, str]] = []
    for kind, url in [*made, *addresses]:
        safe = foreign.safe_url(url)
        if not safe:
            remark(f"expected a web address, found “{url[:60]}”. Correct or remove it.")
        elif kind in ("pdf", "doi") or not ids["doi"] or identifiers.doi(safe) != ids["doi"]:
            pairs.append((kind_of(safe) or "abs" if kind == "url" else kind, safe))
    by_url: dict[str, Link] = {}
    kinds: set[str] = set()
    for kind, url in [*pairs, *((link.kind, link.url) for link in others)]:
        if url not in by_url and kind not in kinds:
            by_url[url] = Link(kind=kind, url=url)
            kinds.add(kind)
    if len(by_url) > MOST_LINKS:
        remark(
            f"expected at most {MOST_LINKS} links, found {len(by_url):,}. "
            f"The first {MOST_LINKS} were kept; remove those that matter less."
        )
    return tuple(by_url.values())[:MOST_LINKS]


def _doi(text: str) -> str:
    """A DOI that is not arXiv's own name for its id, nor what a template has until it is known."""
    doi = identifiers.doi(text)
    return "" if doi.startswith("10.48550/arxiv.") or _TEMPLATE.fullmatch(doi) else doi


# `10.1145/nnnnnnn.nnnnnnn` and `10.1145/1122445.1122456` of the ACM, `10.1109/XXXX.2024.00000`;
# `0000.00000` and `1234.56789` in place of an arXiv id.
_TEMPLATE: Final = re.compile(
    r"0000\.0{4,5}|1234\.5678\d?"
    r"|10\.\d+/(?:(?:.*[./-])?([nx])\1{3,}(?:[./-].*)?|[0./-]{5,}|1122445\.1122456)"
)


_CALLED: Final = {"arxiv": "arXiv id", "doi": "DOI", "anthology": "id of the ACL Anthology"}
