"""The identifiers that papers are known by, out of any of the ways they are written."""

from __future__ import annotations

import re
from typing import Final

from generator.text import slug

_ARXIV: Final = re.compile(
    r"""(?:(?:^|\b)arxiv\s*[:.]\s*|arxiv\.org/(?:abs|pdf|html|format|e-print)/|10\.48550/arxiv\.
          |alphaxiv\.org/abs/|huggingface\.co/papers/|oai:arxiv\.org:|^)
        (?P<id>\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?
        (?=$|\.pdf|[?#\s\])},;/])""",
    re.VERBOSE | re.IGNORECASE,
)
_DOI: Final = re.compile(r"(?:^|doi\.org/|doi:\s*|\s)(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)
_ANTHOLOGY: Final = re.compile(
    r"(?:^|aclanthology\.org/|aclweb\.org/anthology/(?:papers/)?(?:[A-Z]/[A-Z]\d\d/)?|10\.18653/v1/"
    r"|10\.3115/v1/)"
    r"([A-Z]\d\d-\d{4,5}|\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+)(?=$|/|\.pdf|\.bib|v\d|[?#])",
    re.IGNORECASE,
)


def arxiv(text: str) -> str:
    """The arXiv id in an id, address or DOI, without version, subject class or prefix; else empty.

    `arXiv:2305.02309v2 [cs.LG]` → `2305.02309`; `math.GT/0309136` → `math/0309136`.
    """
    match = _ARXIV.search(text.strip())
    if not match:
        return ""
    archive, slash, number = match["id"].rpartition("/")
    return f"{archive.partition('.')[0].lower()}{slash}{number}"


def doi(text: str) -> str:
    """The DOI in an id or address, lower case; empty where there is none.

    `https://doi.org/10.1038/NPHYS1170` → `10.1038/nphys1170`.
    """
    match = _DOI.search(text.strip())
    if not match:
        return ""
    found = match[1].rstrip(".,;:'\"”’>}]").lower()
    while found.endswith(")") and found.count(")") > found.count("("):
        found = found[:-1]
    return found


def anthology(text: str) -> str:
    """The ACL Anthology's id in an id, address or DOI of the ACL; else empty.

    `https://aclanthology.org/P19-1001.pdf` → `P19-1001`; `10.18653/v1/2023.acl-long.1` →
    `2023.acl-long.1`.
    """
    match = _ANTHOLOGY.search(text.strip())
    if not match:
        return ""
    return match[1].upper() if match[1][0].isalpha() else match[1].lower()


def paper_id(*, arxiv: str, doi: str, anthology: str, title: str) -> str:
    """The permanent id of a paper: of its arXiv id, else its DOI, else the anthology's, its title.

    It is safe in an address and as the name of a file: `2305.02309`, `cs-0501040`,
    `10-1038-nphys1170`, `p19-1001`, `attention-is-all-you-need`.
    """
    if arxiv:
        return arxiv.replace("/", "-")
    return slug(doi or anthology or title)
