"""The text of a paper as plain Markdown, for language models and for people."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.model import addresses
from generator.model.papers import Paper
from generator.text import segments


def markdown(paper: Paper, names: Mapping[str, str], site_url: str) -> str:
    """The text of a paper as plain Markdown: at the address of its page, ending in `.md`."""
    facts = {
        "Authors": ", ".join(author.name for author in paper.authors),
        "Published": paper.published,
        "Version": str(paper.version) if paper.version > 1 else "",
        "Listed": paper.listed.isoformat() if paper.listed else "",
        "Venue": paper.venue,
        "Topics": ", ".join(names[slug] for slug in paper.topics),
        "Status": paper.withdrawn,
    }
    lines = [f"# {as_markdown(paper.title)}", ""]
    lines += [f"- {name}: {as_markdown(value)}" for name, value in facts.items() if value]
    lines += [f"- {as_markdown(link.kind)}: <{link.url}>" for link in paper.links]
    if site_url:
        page = addresses.absolute(site_url, addresses.paper(paper.id))
        lines.append(f"- page: <{page}>")
    for paragraph in filter(None, paper.abstract.split("\n\n")):
        lines += ["", as_markdown(paragraph)]
    return "\n".join(lines) + "\n"


def as_markdown(value: str) -> str:
    """A paragraph that CommonMark shows as it stands; mathematics keeps its TeX between dollars."""
    escaped = "".join(
        _LIKE_MARKUP.sub(r"\g<0> ", part.text)
        if part.kind == "mathematics"
        else _MARKUP.sub(r"\\\g<0>", part.text)
        for part in segments(value)
    )
    return _BEGINNING.sub(r"\1\\\2", escaped)


_MARKUP = re.compile(
    r"[\\`*<>\[\]_&~#](?:(?<=[\\`*<>\[\]])|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))"
    r"|(?<=&)(?=#?\w+;)|(?<=\S~)|(?<=#)(?<!\S#)(?=#*\Z))"
)
"""An underscore within a word is no markup, nor a tilde that could only open. One set of characters
in front makes the search many times faster."""
_LIKE_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|\](?=\()")
"""What begins a tag or ends the text of a link; a space after it means nothing to TeX."""
_BEGINNING = re.compile(r"\A(\d{1,9}(?=[.)](?:\s|\Z))|)([.)#+=-])")
"""What begins a heading, a list or a line."""
