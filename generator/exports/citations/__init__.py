"""Citations of a paper: for BibTeX, biber, Zotero and the like, and as formatted references.

Each function makes one format of one paper, from the record alone. A key comes from `keys`, which
has to see all papers. `page_url` is the address of the paper's page here, for papers that are known
to be nowhere else. All authors are in every format; only formatted references shorten their list,
as their styles ask.
"""

from generator.exports.citations.acl import acl
from generator.exports.citations.apa import apa
from generator.exports.citations.bibtex import biblatex, bibtex
from generator.exports.citations.exchange import coins, csl, ris
from generator.exports.citations.ieee import ieee
from generator.exports.citations.keys import keys
from generator.exports.citations.reference import Kind, kind

__all__ = [
    "Kind",
    "acl",
    "apa",
    "biblatex",
    "bibtex",
    "coins",
    "csl",
    "ieee",
    "keys",
    "kind",
    "ris",
]
