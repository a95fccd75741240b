"""What the readers of arXiv's formats share: what a comment of its authors says about a paper."""

from __future__ import annotations

import re
from typing import Final

from generator.sources.links import links_in

_PAPER: Final = (
    r"(?:(?:arxiv|current|present)\s+)?(?:paper|article|manuscript|submission|work|report|preprint"
    r"|pre-print|note|draft|document|thesis|survey|chapter|study|version|contribution)"
)
_REASON: Final = r"(?!\s+(?:from|at)\b(?!\s+arxiv))"  # withdrawn from a conference, not from arXiv
_WITHDRAWN: Final = (
    rf"\b(?:this|the|our|the\s+above)\s+{_PAPER}\s+"
    r"(?:(?:has|had)\s+been|have\s+been|is|was|is\s+being|is\s+now|should\s+be|must\s+be)\s+"
    rf"(?:\w+ly\s+)?(?:withdrawn|retracted)\b{_REASON}"
)

# An older version that was withdrawn says nothing about this one; neither does “the addition and
# withdrawal of nodes”.
_COMMENT: Final = re.compile(
    rf"{_WITHDRAWN}"
    rf"|(?:^|[.;:,]\s*)(?:{_PAPER}\s+|temporarily\s+)?withdrawn\b{_REASON}"
    r"|(?:^|[.;:]\s*)withdraw(?:ing)?\s+(?:for|due|because|by|this|the)\b"
    r"|\b(?:want|wish|decided?|like|need|have)\s+to\s+withdraw\s+(?:this|the|our)\b"
    r"|\bwithdrawn\s+by\s+(?:the\s+|its\s+|an\s+)?(?:auth|arxiv|submitter|admin)",
    re.IGNORECASE,
)
_OLDER: Final = re.compile(
    r"(?:previous|earlier|old|older|first|original|prior|former)\s+(?:\w+\s+)?(?:version|paper"
    r"|submission|preprint)s?\b[^.;]*|\bversions?\s+[\dv][^.;]*",
    re.IGNORECASE,
)
_ABSTRACT: Final = re.compile(
    rf"\A\W*(?:{_WITHDRAWN}|withdrawn\b{_REASON})"
    rf"|{_WITHDRAWN}\s+(?:by\s+(?:the\s+|its\s+)?(?:auth|arxiv|submitter)|due\s+to|because|since)",
    re.IGNORECASE,
)


def withdrawn(comment: object, abstract: object) -> str:
    """`withdrawn` where the authors' comment or the abstract says that the paper is; else empty.

    arXiv has no field for it: a withdrawn paper keeps its record, and its authors write `This paper
    has been withdrawn due to an error in Lemma 2` as the comment, the abstract, or both
    (https://info.arxiv.org/help/withdraw.html).
    """
    if isinstance(comment, str) and _hints(comment):
        said = _OLDER.sub("", " ".join(comment.split()))
        if _COMMENT.search(said):
            return "withdrawn"
    if isinstance(abstract, str) and _hints(abstract):
        said = _OLDER.sub("", " ".join(abstract.split()))
        if _ABSTRACT.search(said):
            return "withdrawn"
    return ""


def _hints(text: str) -> bool:
    """Whether a pattern could match at all: looking for a word is many times faster."""
    folded = text.lower()
    return "withdraw" in folded or "retracted" in folded


def links(comment: object) -> list[tuple[str, str]]:
    """The links in a comment: `ACL 2026. Code: https://github.com/ada/ants` gives the code."""
    if not isinstance(comment, str):
        return []
    return [(link.kind, link.url) for link in links_in(" ".join(comment.split()))]


def version(address: str) -> str:
    """The version that an id or address of arXiv ends in: `http://arxiv.org/abs/2305.02309v3`."""
    match = re.search(r"v(\d+)\Z", address.strip(), re.ASCII)
    return match[1] if match else ""
