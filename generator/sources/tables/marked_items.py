"""A paper of one item of a list in Markdown or Org: its title, authors, venue and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from generator.sources import fields, identifiers
from generator.sources.fields import author_lists, author_texts
from generator.sources.fields import links as field_links
from generator.sources.links import holds_paper
from generator.sources.links import is_generic as is_label
from generator.sources.records import Records
from generator.sources.tables import marked
from generator.sources.tables.marked import Link

_CITED: Final = re.compile(
    r"(?=[^\W\d_a-z])(?P<authors>[^()\n]{3,600})\((?:19|20)\d\d[a-z]?(?:, [^()]{1,30})?\)[.,:]?\s+"
    r"(?P<title>[^\n]{3,500}?[.?!])(?=\s|\Z)"
)
"""`Lee, A., & Li, B. (2024). Title. Journal.` of the APA."""

_CITED_ACM: Final = re.compile(
    r"(?=[^\W\d_a-z])(?P<authors>[^()\[\n]{3,600})\. (?:19|20)\d\d\. "
    r"(?P<title>[^\n]{3,500}?[.?!])(?=\s|\Z)"
)
"""`Ada Lee and Bo Li. 2024. Title. In Proceedings.` of the ACM."""

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_VENUE: Final = re.compile(
    r"(?<![^\W_])(?<!-)(?![IVX]+\b)((?:[A-Z][\w&+/-]{0,20}[A-Z][\w&+/-]{0,20}|arXiv|Nature|Science|Interspeech|Findings)"
    r"(?: [A-Z][\w&-]{0,20}){0,3})[ ,]{0,2}['’]?((?:20|19)?\d\d)(?!\d)"
)
_BEFORE: Final = re.compile(r"\W{0,9}[(\[]([^()\[\]]{2,60})[)\]][\s:,.-]*|[\s:,.–—-]+")
BOLD: Final = re.compile(r"(?:\*\*|__)(?=\S)(.{2,600}?)(?:\*\*|__)")
_QUOTED: Final = re.compile(r"[\"“]([^\"“”]{4,600})[\"”]")
_ITALIC: Final = re.compile(r"(?<![*_\w])[*_](?=[^\s*_])([^*_\n]{3,2000})[*_](?![*_\w])")
_NAMES: Final = re.compile(r"(?:(?:[^\W\d_a-z][\w'’.-]*|van|von|de|der|del|la|et|al\.?) )+")
_HEADLINE: Final = re.compile(
    r"\A(?:[A-Z]{4,8}\s+)?(?:\[#[A-Z]\]\s+)?|(?<=[ \t]):[\w@:]{1,200}:\s*$"
)
_DAY: Final = re.compile(r"(?<!\d)\d{4}[-/.]\d\d[-/.]\d\d(?!\d)")
"""A day, most often that on which a group reads a paper."""

_DATED: Final = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?")
_BEHIND: Final = re.compile(r"\bet al\.?,? (?!arXiv)([A-Z][\w&-]+(?: [A-Z][\w&-]+){0,4})\.?[*_]")
_STOP: Final = re.compile(r"(?<=[^\W\d_]{2})\.\Z")
_BEHIND_ID: Final = re.compile(r"[\s:.,|–—)\]-]*")
_BY: Final = re.compile(r"\A(?:by|authors?:)\s+", re.IGNORECASE)
_UNQUOTED: Final = re.compile(r"^[\"“”'‘’]+|[\"“”]+(?=\W{0,9}$)")
_PLAIN: Final = re.compile(r"\[?(?:link|url|here|paper|pdf|page|website|site|homepage)\]?")
ID: Final = re.compile(r"arxiv\s*:|doi\s*:", re.IGNORECASE)


def add(records: Records, line: int, said: str, properties: Mapping[str, str]) -> None:
    """Make a paper of an item; `Records.leave` has what stands beside its title and has no place.

    Args:
        records: takes it.
        line: in which the item begins.
        said: its text.
        properties: what a headline of Org states below itself, as in `marked.Block`.
    """
    text = marked.without_images(_HEADLINE.sub("", said) if properties else said)
    links = marked.links(text)
    start, end, title, signed = _title(text, links)
    rest = _without(text, links, (start, end))
    before = _BEFORE.match(text[:start])
    dated = _DATED.fullmatch(before[1].strip()) if before and before[1] else None
    venue = _VENUE.search(f"{before[1]}, {rest}" if before and before[1] and not dated else rest)
    year = _YEAR.search(_DAY.sub("", rest))
    beside = _YEAR.sub("", rest.replace(venue[0], "") if venue else rest)
    authors, piece = (author_lists.split(signed), signed) if signed else _authors(beside)
    behind = _BEHIND.search(rest)
    named = _ITALIC.search(text, end) if signed else None  # of a citation
    behind_title = _without(text, links, (0, end)).replace(named[0] if named else "\0", "")
    leave(records, behind_title if signed else beside, piece, links)
    if not named and piece and (italic := _ITALIC.search(rest, rest.find(piece) + len(piece))):
        named = None if "et al" in italic[0] else italic  # Ida Moth, *Letters of the Lamp*
    stated = _PUBLISHED.fullmatch(title) if not venue else None
    if stated and sum(map(str.isupper, stated["venue"])) > 1:
        title, year = stated["title"], None
    paper = {
        "title": title,
        "authors": authors,
        "venue": venue[0] if venue and venue[1] != "arXiv" else (behind or named or [""] * 2)[1],
        "date": dated[0] if dated else f"20{venue[2]}"[-4:] if venue else year[0] if year else "",
        **({"venue": stated["venue"], "date": stated["year"]} if stated and not year else {}),
        "arxiv": identifiers.arxiv(text) if ID.search(text) else "",
    }
    fields.add(
        records,
        f"line {line}",
        {name: value for name, value in paper.items() if value} | dict(properties),
        [(field_links.kind_of(link.text), link.url) for link in links if counts(link)],
    )


_PUBLISHED: Final = re.compile(
    r"(?P<title>.{3,400}?), (?P<venue>[A-Z][A-Za-z&+ '’-]{1,40}),? (?P<year>(?:19|20)\d\d)"
)
"""A title with nothing but commas behind it: `On Moths, LAMP, 2024`."""


def _title(text: str, links: list[Link]) -> tuple[int, int, str, str]:
    """Where the title begins and ends, what it is, and the authors where a citation names them.

    It is bold at the beginning, the text of the first link to a paper, in quotes, or what stands
    before the first link or the first full stop.
    """
    begin = (_BEFORE.match(text) or re.match("", text)).end()  # type: ignore[union-attr]
    bold = next((match for match in BOLD.finditer(text) if _is_title(match, text)), None)
    linked = next(
        (link for link in links if holds_paper(link.url) and not is_generic(link.text)), None
    )
    authors = ""
    if cited := _CITED.match(text, begin) or _CITED_ACM.match(text, begin):
        start, end, title = *cited.span("title"), cited["title"]
        authors = marked.plain(cited["authors"]).strip(" ,")
    elif bold and not any(bold.start() <= link.start < bold.end() for link in links):
        start, end, title = *bold.span(), bold[1]
    elif linked:
        start, end, title = linked.start, linked.end, linked.text
    elif quoted := _QUOTED.search(text):
        start, end, title = *quoted.span(), quoted[1]
        before = _STOP.sub("", marked.plain(text[begin:start]).strip(" ,:"))
        is_sure = not author_lists.listed(before)[1] and all(link.start > start for link in links)
        authors = before if is_sure else ""
    else:
        start, end = begin, min([link.start for link in links] + [len(text)])
        italic = _ITALIC.search(text, start, end)
        end = italic.start() if italic and italic.start() > start else end
        title = text[start:end].partition("\n")[0]
        parts = re.split(r"(?<=[^\W\d_]{3})\. (?![a-z])", title)
        if len(parts) > 1 and re.search(r"\w", parts[1]) and _are_names(parts[0]):
            start, parts = start + len(parts[0]) + 2, parts[1:]
        title = parts[0]
        end = start + len(title)
        if not marked.plain(title).strip(" .,;:|–—-") and links:  # behind its id, or its address
            start = links[0].end + len(_BEHIND_ID.match(text, links[0].end)[0])  # type: ignore[index]
            end = min([link.start for link in links[1:]] + [len(text)])
            title = text[start:end].partition("\n")[0]
            end = start + len(title)
    title = re.sub(r"\s[(\[]\s*$", "", marked.plain(title).rstrip(" [("))
    return start, end, _UNQUOTED.sub("", title).rstrip(" .,;:|–—-"), authors


def _is_title(bold: re.Match[str], text: str) -> bool:
    """Whether what is bold is a title, and no venue, nor the short name that begins one."""
    is_short = len(bold[1].split()) < 3 and (bold[1].endswith(":") or text[bold.end() :][:1] == ":")
    return not is_generic(bold[1]) and not is_short


def _without(text: str, links: list[Link], title: tuple[int, int]) -> str:
    """The text without its title and links."""
    pieces, end = [], 0
    for start, stop in sorted([title, *((link.start, link.end) for link in links)]):
        if start >= end:
            pieces.append(text[end:start])
            end = stop
    rest = "".join([*pieces, text[end:]])
    return re.sub(r"[(\[][\s,|/]*[)\]]", "", rest)


def leave(records: Records, beside: str, authors: str, links: Iterable[Link]) -> None:
    """Count what stands beside a title and is of no use: links to a message, words about it."""
    unused = [link.text.lower().strip("[]() ") for link in links if not counts(link)]
    named = [f"link {text}" if is_label(text) else "other links" for text in unused]
    words = _WORD.findall(beside.replace(authors, " ") if authors else beside)
    said = [word for word in words if word.lower() not in _FILLERS]
    records.count_unused([*named, *(["text beside a title"] if said else [])])


_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_FILLERS: Final = frozenset(
    (
        *("and", "the", "proceedings", "proc", "conference", "journal", "arxiv", "doi", "preprint"),
        *(
            "paper",
            "code",
            "pdf",
            "link",
            "authors",
            "new",
            "todo",
            "done",
            "https",
            "http",
            "oral",
            "poster",
        ),
    )
)
"""Words beside a title that say nothing of it."""


def _authors(rest: str) -> tuple[list[str], str]:
    """The names in what is beside the title, and as they stand there: those in italics, else the
    first piece that is of names.
    """
    italics = list(_ITALIC.finditer(rest))
    pieces = [
        *(rest[: match.start()] for match in italics[:1]),
        *(match[1] for match in italics),
        *re.split(r"\n|(?<=[^\W\d_]{3})\. ?|[–—|]| - ", rest),
    ]
    for piece in pieces:
        listed = author_texts.bare(_BY.sub("", marked.plain(piece).strip(" ,;:.[]<>*")))
        listed = listed.strip(" ,;:.()")
        before = re.split(r"\bet al\b", listed)[0].strip(" ,")
        if _are_names(before):
            return author_lists.split(before), piece
    return [], ""


def signed_link(cell: str) -> tuple[str, str]:
    """The names before the one link of a cell, and its text: `Ida Moth. [On Moths](…)`."""
    links = [link for link in marked.links(cell) if link.text and not is_generic(link.text)]
    if len(links) != 1:
        return "", ""
    names = marked.plain(cell[: links[0].start]).strip(" ,:.")
    listed = author_texts.bare(names)
    return (names, links[0].text) if _are_names(listed) else ("", "")


def _are_names(text: str) -> bool:
    """Whether it is a list of names: short parts in capitals, one of two words at least."""
    parts = [part.strip() for part in re.split(r",|;| and | & ", text) if part.strip()]
    return (
        bool(parts)
        and any(" " in part for part in parts)
        and all(len(part.split()) < 6 and _NAMES.fullmatch(part + " ") for part in parts)
    )


def counts(link: Link) -> bool:
    """Whether it leads to the paper or what belongs to it, and not to a video or a message."""
    return (
        holds_paper(link.url)
        or not link.text
        or field_links.kind_of(link.text) != "url"
        or _PLAIN.fullmatch(link.text.lower()) is not None
    )


def is_generic(text: str) -> bool:
    """Whether the text of a link says no more than what it is, or a venue: `PDF`, `ACL 2025`."""
    return is_label(text) or _VENUE.fullmatch(text.strip("[]() ")) is not None


def is_signed(text: str) -> bool:
    """Whether it is a title in bold type, with nothing but names beside it or below."""
    bold = BOLD.match(text)
    title = marked.plain(bold[1]) if bold else ""
    if not bold or len(title.split()) < 2 or title.endswith(":") or not text[bold.end() :].strip():
        return False
    named = author_texts.bare(marked.plain(text[bold.end() :].strip(" ,:.–—-\n")))
    return _are_names(named)


def is_marked(text: str) -> bool:
    """Whether it has more than plain text: a link with a text, emphasis; or is a citation."""
    return (
        any(link.text for link in marked.links(text))
        or any(sign.search(text) for sign in (BOLD, _ITALIC, _QUOTED))
        or any(sign.match(text) for sign in (_CITED, _CITED_ACM))
    )
