"""What a citation says of a paper besides its title and authors, the same in every format."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal
from urllib.parse import quote

from generator.model.papers import Paper
from generator.text import safe_url

Kind = Literal["journal", "conference", "chapter", "book", "thesis", "report", "preprint", "other"]
"""What decides how a paper is cited."""

_KINDS: Final[dict[str, Kind]] = {
    "article-journal": "journal",
    "article-magazine": "journal",
    "article-newspaper": "journal",
    "review": "journal",
    "paper-conference": "conference",
    "chapter": "chapter",
    "entry-dictionary": "chapter",
    "entry-encyclopedia": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    **dict.fromkeys(
        ("dataset", "patent", "post", "post-weblog", "software", "speech", "standard", "webpage"),
        "other",
    ),
}
"""Kinds by the type that the source says, where it says one; see `papers.TYPES`."""

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)

_PREPRINT: Final = re.compile(
    r"(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|research square|preprints?)\b",
    re.IGNORECASE,
)
_JOURNAL: Final = re.compile(
    r"(?i:\b(?:journal|transactions|trans\.|letters|magazine|annals)\b)"
    r"|^(?:TACL|TMLR|JMLR|JAIR|TPAMI|TKDE|TOIS|TIST|PNAS|IJCV|CL)\b"
    r"|^Proc(?:\.|eedings) of the (?:IEEE$|National Academy|Royal Society)"
    r"|^(?:PACM|Proceedings of the ACM|Proceedings of the VLDB)\b"
)
_CONFERENCE: Final = re.compile(
    r"(?i:\b(?:conference|conf\.|workshops?|symposium|meeting|findings|congress|proceedings|proc\.))"
    r"|^(?:Advances in Neural Information Processing|Computer Vision [-–—]+ \w*CCV\b)"
    r"|^(?:NeurIPS|NIPS|ICML|ICLR|AAAI|IJCAI|ECAI|CVPR|[IEAW]CCV|ACCV|BMVC|WACV|MICCAI|ACL|EMNLP|NAACL"
    r"|[EA]ACL|COLING|CoNLL|LREC|COLM|KDD|WWW|SIGIR|CIKM|WSDM|ECIR|RecSys|CHI|UIST|CSCW|ICRA|IROS"
    r"|CoRL|UAI|AISTATS|COLT|ALT|AAMAS|ICASSP|INTERSPEECH|ISMIR|SIGGRAPH|STOC|FOCS|SODA|ICSE|OSDI"
    r"|SOSP|NSDI|USENIX \w+|CCS|SIGMOD|ICDE|ICDM|PODS|MLSys|ISCA|MICRO|ASPLOS|DAC)\b"
    # The acronym of a meeting and its year: `NeurIPS 2024`, `CVPR'24`, `eccv2022`.
    r"|^(?=\S*[A-Z]{2})\S+(?: [A-Za-z]+)? '?[0-9]{2,4}\b"
    r"|^[A-Za-z-]{3,12}'?[0-9]{2,4}$"
)
_ANTHOLOGY_JOURNAL: Final = re.compile(r"[JQ]\d|\d{4}\.(?:cl|tacl)-")
_DATE: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")


def kind(paper: Paper) -> Kind:
    """What a paper is, which decides how it is cited in every format.

    It is what the source says. Where that says nothing, or no more than that it is an article:

    - `preprint`: its venue is a server of preprints, or it has none and is on arXiv
    - `journal`: its venue names itself so or by a known acronym, or has neither the words nor the
      form of a conference; in the ACL Anthology, the volumes of its journals
    - `conference`: all else with a venue: `Proceedings of …`, `NeurIPS 2024`, `eccv2022`
    - `other`: nothing of that is known
    """
    said = _KINDS.get(paper.publication.type)
    if said and not (said == "journal" and _PREPRINT.match(paper.venue)):
        return said
    if not paper.venue:
        return "preprint" if paper.arxiv or paper.doi.startswith("10.48550/") else "other"
    if paper.anthology:
        return "journal" if _ANTHOLOGY_JOURNAL.match(paper.anthology) else "conference"
    return _kind(paper.venue)


@lru_cache(maxsize=1 << 12)
def _kind(venue: str) -> Kind:
    if _PREPRINT.match(venue):
        return "preprint"
    if _JOURNAL.search(venue):
        return "journal"
    return "conference" if _CONFERENCE.search(venue) else "journal"


def issuer(paper: Paper) -> str:
    """Who issued a book; of a thesis or report, the university or other institution."""
    publisher = paper.publication.publisher
    return publisher or (paper.venue if kind(paper) in ("thesis", "report") else "")


def container(paper: Paper) -> str:
    """What it stands in: a journal, proceedings or a book; empty where it stands alone."""
    return paper.venue if kind(paper) in ("journal", "conference", "chapter") else ""


def standing(paper: Paper) -> str:
    """Where in its venue a paper stands, and who issued it: `volume 36, pages 1–20, PMLR`."""
    said = paper.publication
    editors = ", ".join(editor.name for editor in said.editors[:EDITORS_SHOWN])
    if len(said.editors) > EDITORS_SHOWN:
        editors += " and others"
    parts = [
        ("", said.genre or ("thesis" if said.type == "thesis" else "")),
        ("", said.series),
        ("volume ", said.volume),
        ("issue ", said.issue),
        ("number ", said.number),
        ("pages " if "–" in said.pages else "page ", said.pages),
        ("edition ", said.edition),
        ("edited by ", editors),
        ("", said.publisher),
    ]
    return ", ".join(f"{name}{value}" for name, value in parts if value)


EDITORS_SHOWN: Final = 5
"""Editors whom `standing` names; of more, the first."""


def is_masters(paper: Paper) -> bool:
    """Whether a thesis is one for a degree below a doctor's."""
    return _MASTERS.search(paper.publication.genre) is not None


_MASTERS: Final = re.compile(r"master|diplom|bachelor|licen[tc]iate|\bm\.? ?sc", re.IGNORECASE)


def date(paper: Paper) -> tuple[int, ...]:
    """The year, month and day that a paper is cited with, as far as known.

    It is the paper's own date, else the day of the list that first had it.
    """
    return _date(paper.published or paper.date)


@lru_cache(maxsize=1 << 14)
def _date(text: str) -> tuple[int, ...]:
    match = _DATE.fullmatch(text)
    return tuple(int(part) for part in match.groups() if part) if match else ()


def iso(paper: Paper) -> str:
    """The date of a paper in ISO 8601: `2023`, `2023-05`, `2023-05-14`."""
    year = [f"{part:04}" for part in date(paper)[:1]]
    return "-".join([*year, *[f"{part:02}" for part in date(paper)[1:]]])


def server(paper: Paper) -> str:
    """The server that a preprint is on: `arXiv`, `bioRxiv`."""
    return "arXiv" if paper.arxiv or not paper.venue else paper.venue


def note(paper: Paper) -> str:
    """What no other field says: `arXiv:2305.02309 [cs.CL]` of a preprint, `Withdrawn`."""
    parts = []
    if paper.arxiv and kind(paper) == "preprint":
        category = f" [{paper.categories[0]}]" if paper.categories else ""
        parts.append(f"arXiv:{paper.arxiv}{category}")
    if paper.withdrawn:
        parts.append(paper.withdrawn.capitalize())
    return ". ".join(parts)


def url(paper: Paper, page_url: str) -> str:
    """Where a paper is: by its own links, else on arXiv, else its page here, else its PDF."""
    links = {link.kind: link.url for link in paper.links}
    arxiv = f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else ""
    return _address(links.get("abs") or arxiv or page_url or links.get("pdf", ""))


@lru_cache(maxsize=16)
def _address(url: str) -> str:
    """What is no safe address is none; apostrophes, pipes and the like are percent-encoded."""
    return (safe_url(url) or "") if url else ""


def doi(paper: Paper) -> str:
    """The DOI, with what no file of citations could take percent-encoded: braces, spaces."""
    return quote(paper.doi, safe=_IN_DOI, errors="replace") if paper.doi else ""


_IN_DOI: Final = "/:;()._-<>#[]+,=@!*'?&$"
