"""From the web addresses in an abstract to the links of its paper; shared by the readers."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from generator.model.papers import Link
from generator.text import safe_url, urls

_CODE = ("github.com", "gitlab.com")
_MODELS = ("huggingface.co", "hf.co")
_NOT_MODELS = ("papers", "spaces", "collections", "blog", "docs", "posts")
_LITERATURE = (
    *("arxiv.org", "doi.org", "aclanthology.org", "openreview.net", "proceedings.mlr.press"),
    *("ncbi.nlm.nih.gov", "semanticscholar.org", "openaccess.thecvf.com", "papers.nips.cc"),
    *("dl.acm.org", "ieeexplore.ieee.org", "link.springer.com", "sciencedirect.com"),
    *("scopus.com", "webofscience.com", "webofknowledge.com", "dimensions.ai", "openalex.org"),
    *("lens.org", "scholar.google.com", "alphaxiv.org", "papers.cool", "europepmc.org"),
)
"""Hosts where papers are read that have nothing of their own."""


def links_in(text: str) -> tuple[Link, ...]:
    """The links that an abstract gives its paper, in order, each kind once.

    A GitHub or GitLab address is the code, a Hugging Face model or dataset the model, any other
    page the project page. Addresses of other papers (arXiv, DOI) are references and stay text.
    A second link of one kind is told apart by its number: `code-2`.
    """
    links: list[Link] = []
    counts: Counter[str] = Counter()
    for url in urls(text):
        safe = safe_url(url)
        kind = kind_of(safe) if safe else None
        if safe and kind:
            counts[kind] += 1
            numbered = kind if counts[kind] == 1 else f"{kind}-{counts[kind]}"
            links.append(Link(kind=numbered, url=safe))
    return tuple(links)


def kind_of(url: str) -> str | None:
    """`code`, `model` or `project`, by the host; `None` for a place that only holds papers.

    Args:
        url: what `text.safe_url` gave.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    segments = [segment for segment in parts.path.split("/") if segment]
    if parts.scheme not in ("http", "https") or _is(host, _LITERATURE):
        return None
    if _is(host, _CODE):
        return "code"
    if host in _MODELS and len(segments) >= 2 and segments[0] not in _NOT_MODELS:
        return "model"  # one segment is a person or a group, not a model
    return "project"


_PAPERS = (
    *("proceedings.neurips.cc", "papers.neurips.cc", "neurips.cc", "iclr.cc", "icml.cc"),
    *("ojs.aaai.org", "aaai.org", "ijcai.org", "usenix.org", "biorxiv.org", "medrxiv.org"),
    *("nature.com", "science.org", "mdpi.com", "onlinelibrary.wiley.com", "tandfonline.com"),
    *(
        "academic.oup.com",
        "jmlr.org",
        "direct.mit.edu",
        "hal.science",
        "ssrn.com",
        "isca-archive.org",
    ),
    *("roboticsproceedings.org", "ecva.net", "journals.plos.org", "frontiersin.org"),
)
_PAPER = re.compile(r"huggingface\.co/papers/|\.pdf(?:[?#]|\Z)", re.IGNORECASE)


_PERSON = re.compile(r"[?&]user=|/(?:author|profile|people)s?[/?]", re.IGNORECASE)


def holds_paper(url: str) -> bool:
    """Whether an address is one where a paper is read: of arXiv, a DOI, a publisher, a PDF."""
    if _PERSON.search(url):
        return False
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return _is(host, _LITERATURE) or _is(host, _PAPERS) or _PAPER.search(url) is not None


_GENERIC = re.compile(
    r"(?:the )?(?:paper|pdf|link|arxiv|abs|abstract|here|code|github|project|page|website|web|site"
    r"|homepage|blog|demo|video|slides|poster|data|dataset|model|models|weights|doi|html|url|talk"
    r"|openreview|acm|ieee|springer|official|pytorch|tensorflow|jax|hf|hugging ?face|tweet|bib"
    r"|bibtex|read|source|colab|repo|arxiv preprint|[\d.:/\W]+)(?: (?:page|link|paper|code|pdf"
    r"|\d+))?|https?://.*|(?:arxiv[:\s]*)?\d{4}\.\d{4,5}(?:v\d+)?|10\.\d{4,}/\S+",
    re.IGNORECASE,
)


def is_generic(text: str) -> bool:
    """Whether the text of a link says no more than what it is: `PDF`, `[code]`, `2401.00001`."""
    text = text.strip("[]()<> ")
    return not text or _GENERIC.fullmatch(text) is not None


def _is(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
