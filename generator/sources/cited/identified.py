"""The identifiers and addresses of a reference, and its text without them."""

from __future__ import annotations

import re
from typing import Final

from generator.sources import identifiers
from generator.sources.cited.reference import Cited

_DOI: Final = re.compile(
    r"(?:\b(?:available (?:at|from|online)?:?|doi:?|https?:)\s*)?"
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/\s?|\bdoi\s?[:.]?\s?)?\b10\.\d{4,9}(?:\.\d+)*/[^\s\"“”<>]+",
    re.IGNORECASE,
)
_ARXIV: Final = re.compile(
    r"(?:,? ?\bin )?(?:\be-?print )?(?:\bCoRR\b[,:]? ?)?(?:\(|\[)?"
    r"\b(?:arXiv(?: preprint| e-?prints?)?,?\.? ?)?"
    r"(?:arXiv ?[:.]? ?|https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/|abs/)"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?"
    r"(?: ?\[[a-z-]+(?:\.[A-Za-z-]+)?\])?\)?\]?",
    re.IGNORECASE,
)
_SERVER: Final = re.compile(
    r"\b(?:CoRR|arXiv(?: preprint| e-?prints?)?|(?<=[.,(;] )preprint(?: posted online)?)\b[,.:;]?",
    re.IGNORECASE,
)
_URL: Final = re.compile(r"<?(?P<url>https?://[^\s<>\"“”]+)>?", re.IGNORECASE)
_AROUND: Final = re.compile(
    r"\[Online\]\.?,?|\b(?:Available(?: (?:online|at|from))?|URL|Accessed(?: at)?|Link"
    r"|Retrieved(?: [A-Z][a-z]+ \d{1,2}, \d{4},)? from)\s?:?\s*(?=https?:|10\.|doi)"
    r"|\s?\[(?:Internet|Preprint|Online|Electronic)\](?!,)|\[cited [^\]]{4,30}\]"
    r"|[(\[]?(?:last )?accessed:? (?:on )?[\w., /-]{4,30}?\d{1,4}[)\]]"
    r"|\bAccessed:? [A-Z][a-z]+\.? \d{1,2}, \d{4}\.?|\bEpub \d{4}[\w ]{0,10}\."
    r"|\b(?:PMC(?:ID)?: ?)?PMC\d+\.?;?|\bPMID:? ?\d+(?: ?\[[^\]]{0,40}\])?[.;]?"
    r"|\(?In press\)?[.,]?|(?<=[.?!] )Online\.(?= |$)|\bPreprint at (?=https?:|\w+Xiv)",
    re.IGNORECASE,
)
_PMID: Final = re.compile(r"\bPMID:? ?(\d{1,9})\b")
BUTTON: Final = (
    r"\[?(?:Google Scholar|CrossRef|PubMed(?: Central)?|PMC free article|Free PMC article|DOI|CAS"
    r"|Article|Web of Science|MathSciNet|MATH|View in Article|View Article|Full Text(?: PDF)?"
    r"|Scopus|ADS|PDF)\]?"
)
"""What pages have below a reference or behind it, to click on."""

_BUTTONS: Final = re.compile(
    rf"(?:\s*(?:{BUTTON}|[\[(](?:pdf|code|bib(?:tex)?|project|slides|video|paper|website|poster"
    r"|talk)[\])]))+\s*$",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"\[([^\[\]]{1,500})\]\((https?://[^()\s]{1,500})\)")
_MARKUP: Final = re.compile(r"\*{1,3}|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|</?[ibu]>")


def take_identifiers(cited: Cited, text: str) -> str:
    """The text without identifiers and addresses, which go to what is known of the reference."""
    text = _MARKUP.sub("", _LINK.sub(r"\1 \2 ", text))
    text = _BUTTONS.sub("", text)
    if match := _PMID.search(text):
        cited.links.append(("abs", f"https://pubmed.ncbi.nlm.nih.gov/{match[1]}/"))
    text = _AROUND.sub(" ", text)

    def arxiv(match: re.Match[str]) -> str:
        identifier = identifiers.arxiv(match["id"])
        cited.is_several |= cited.arxiv not in ("", identifier)
        cited.arxiv = cited.arxiv or identifier
        return _TAKEN

    def doi(match: re.Match[str]) -> str:
        if identifier := identifiers.arxiv(match[0]):
            cited.arxiv = cited.arxiv or identifier
            return _TAKEN
        identifier = identifiers.doi(match[0])
        cited.is_several |= cited.doi not in ("", identifier)
        cited.doi = cited.doi or identifier
        is_closing = match[0].endswith(")") and match[0].count("(") < match[0].count(")")
        return f"{_TAKEN})" if is_closing else _TAKEN

    def url(match: re.Match[str]) -> str:
        cited.links.append(("url", match["url"].rstrip(".,;:)]")))
        return _TAKEN

    text = _URL.sub(url, _ARXIV.sub(arxiv, _DOI.sub(doi, text.replace(_TAKEN, " "))))
    if cited.arxiv:
        text = _SERVER.sub(_TAKEN, text)
    text = _EMPTY.sub(_TAKEN, text)
    return " ".join(_HOLE.sub(_closed, text).split()).strip(" ,;")


_TAKEN: Final = "\ue000"
"""Stands where an identifier or an address was taken out."""

_EMPTY: Final = re.compile(rf"\b(?:doi|URL|Available)\s?:?\s*(?={_TAKEN}|[.,;]|$)", re.IGNORECASE)
_HOLE: Final = re.compile(rf"[ .,;:]*+[(\[]?{_TAKEN}[ .,;:)\]{_TAKEN}]*+")


def _closed(match: re.Match[str]) -> str:
    """What stands between the texts on both sides of what was taken out."""
    return ". " if "." in match[0] else ", " if "," in match[0] else " "
