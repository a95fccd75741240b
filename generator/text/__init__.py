r"""The only place where foreign text becomes safe Markdown, HTML or plain text.

Titles and abstracts are hostile. Readers put them through `clean` once,
so that every `Paper` holds plain Unicode with TeX between dollars; whoever writes them out picks
the function for the place they go to: `inline` or `escape` for a page, `heading` for a heading of
it, `metadata` for front matter, `excerpt` for a summary, `slug` for an address, `fold` for
comparing. All accept any `str`, never raise, and need time in proportion to its length.
"""

from generator.text.characters import message, one_line, printable
from generator.text.cleaning import ROUNDS, clean, paragraphs, untex
from generator.text.folding import SLUG_LIMIT, fold, slug
from generator.text.html import escape, heading, inline, metadata, preformatted
from generator.text.links import safe_url
from generator.text.segmenting import Segment, excerpt, segments, urls

__all__ = [
    "ROUNDS",
    "SLUG_LIMIT",
    "Segment",
    "clean",
    "escape",
    "excerpt",
    "fold",
    "heading",
    "inline",
    "message",
    "metadata",
    "one_line",
    "paragraphs",
    "preformatted",
    "printable",
    "safe_url",
    "segments",
    "slug",
    "untex",
    "urls",
]
