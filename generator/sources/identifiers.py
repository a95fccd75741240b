"""The identifiers that papers are known by, out of any of the ways they are written."""

from __future__ import annotations

import re
from typing import Final

from generator.text import slug

_ARXIV: Final = re.compile(
    r"""(?:(?:^|\b)arxiv\s*[:.]\s*|arxiv\.org/(?:abs|pdf|html|format|e-print)/|10\.48550/arxiv\.
          |alphaxiv\.org/abs/|huggingface\.co/papers/|oai:arxiv\.org:|^)
        (?P<id>(?:0[7-9]|1[0-4])\d\d\.\d{4}|(?:1[5-9]|[2-9]\d)\d\d\.\d{5}
          |[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?
        (?=$|\.pdf|[?#\s\[\])},;/])""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_DOI: Final = re.compile(
    r"(?:^|doi\.org/|doi:\s*|\s)(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)", re.IGNORECASE
)
_ANTHOLOGY: Final = re.compile(
    r"(?:^|aclanthology\.org/|aclweb\.org/anthology/(?:papers/)?(?:[A-Z]/[A-Z]\d\d/)?|10\.18653/v1/"
    r"|10\.3115/v1/)"
    r"([A-Z]\d\d-\d{4,5}|\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+)(?=$|/|\.pdf|\.bib|v\d|[?#])",
    re.IGNORECASE | re.ASCII,
)
_CATEGORY: Final = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.(?:[A-Z]{2}|[a-z]+(?:-[a-z]+)*))?")


def arxiv(text: str) -> str:
    """The arXiv id in an id, address or DOI, without version, subject class or prefix; else empty.

    `arXiv:2305.02309v2 [cs.LG]` → `2305.02309`; `math.GT/0309136` → `math/0309136`.
    """
    match = _ARXIV.search(text.strip())
    if not match:
        return ""
    archive, slash, number = match["id"].rpartition("/")
    return f"{archive.partition('.')[0].lower()}{slash}{number}"


def cut_arxiv(text: str) -> str:
    """The id that a spreadsheet has taken for a number and cut zeros off; else empty.

    Since 2015 an id has five digits behind its dot, and four before: `2401.0001` → `2401.00010`.
    """
    match = re.fullmatch(r"(\d{4})\.(\d{1,4})", text.strip(), re.ASCII)
    digits = 4 if match and match[1] < "1500" else 5
    if not match or match[1] < "0704" or len(match[2]) == digits:
        return ""
    return f"{match[1]}.{match[2]:0<{digits}}"


def doi(text: str) -> str:
    """The DOI in an id or address, lower case; empty where there is none.

    `https://doi.org/10.1038/NPHYS1170` → `10.1038/nphys1170`.
    """
    match = _DOI.search(text.strip())
    if not match:
        return ""
    doi_text = match[1].rstrip(".,;:'\"”’>}]").lower()
    bare = doi_text.rstrip(")")
    closed = len(doi_text) - len(bare)
    return bare + ")" * min(closed, max(0, bare.count("(") - bare.count(")")))


def anthology(text: str) -> str:
    """The ACL Anthology's id in an id, address or DOI of the ACL; else empty.

    `https://aclanthology.org/P19-1001.pdf` → `P19-1001`; `10.18653/v1/2023.acl-long.1` →
    `2023.acl-long.1`.
    """
    match = _ANTHOLOGY.search(text.strip())
    if not match:
        return ""
    return match[1].upper() if match[1][0].isalpha() else match[1].lower()


# `68T50, 03B65` and `I.2.7; H.3.3`.
_CLASSES: Final = re.compile(
    r"[0-9]{2}(?![0-9])[\w,;.() -]*|[A-K](?:\.[0-9m]{1,2})+(?:\s*[;,]\s*[A-K](?:\.[0-9m]{1,2})+)*"
)


def is_classes(text: str) -> bool:
    """Whether it is classes of the MSC or the ACM, which arXiv lists among its categories."""
    return _CLASSES.fullmatch(text) is not None


def is_category(text: str) -> bool:
    """Whether it has the form of a category of arXiv: `cs.CL`, `hep-th`, `cond-mat.mes-hall`.

    See https://arxiv.org/category_taxonomy; that of former archives, `cmp-lg`, is the same.
    """
    return _CATEGORY.fullmatch(text) is not None


def stand_in(*, arxiv: str, doi: str) -> str:
    """What a paper is called while only its id is known: `arXiv:2508.03686`, `doi:10.1000/xyz`.

    Empty where no id is known.
    """
    return f"arXiv:{arxiv}" if arxiv else f"doi:{doi}" if doi else ""


def is_stand_in(title: str) -> bool:
    """Whether a title is what `stand_in` gives, and so gives way to any real one."""
    kind, _, known = title.partition(":")
    read = {"arXiv": arxiv, "doi": doi}.get(kind)
    return bool(known) and read is not None and read(known) == known


def paper_id(*, arxiv: str, doi: str, anthology: str, title: str) -> str:
    """The permanent id of a paper: of its arXiv id, else its DOI, else the anthology's, its title.

    It is safe in an address and as the name of a file: `2305.02309`, `cs-0501040`,
    `10-1038-nphys1170`, `p19-1001`, `attention-is-all-you-need`.
    """
    if arxiv:
        return arxiv.replace("/", "-")
    return slug(doi or anthology or title)
