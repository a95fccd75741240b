r"""The only place where foreign text becomes safe Markdown, HTML or plain text.

Titles and abstracts are hostile. Readers put them through `clean` once,
so that every `Paper` holds plain Unicode with TeX between dollars; whoever writes them out picks
the function for the place they go to: `inline` or `escape` for a page, `heading` for a heading of
it, `metadata` for front matter, `excerpt` for a summary, `slug` for an address, `fold` for
comparing. All accept any `str`, never raise, and need time in proportion to its length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from hashlib import sha256
from html import escape as escape_html
from ipaddress import IPv6Address
from itertools import groupby
from operator import itemgetter
from typing import Final, Literal, NamedTuple
from urllib.parse import quote, urlsplit

from ftfy import fix_encoding
from ftfy.badness import is_bad

from generator.text import latex, markup
from generator.text.mathml import mathml

SLUG_LIMIT: Final = 80
ROUNDS: Final = 8
r"""How often a text is read for LaTeX: `\emph\{x\}` becomes `\emph{x}` and then `x`."""

# Characters that mean nothing in a text and break files, XML or Python-Markdown (which marks its
# own places with U+0002 and U+0003): lone surrogates, controls other than white space,
# noncharacters, the invisible soft hyphen and zero-width no-break space, and the marks that turn
# the direction of all that follows.
_MEANINGLESS: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")


class Segment(NamedTuple):
    """A stretch of a text that is all of one kind."""

    kind: Literal["text", "mathematics", "address"]
    text: str
    """As it stands: mathematics with its dollars, an address without the full stop behind it."""


# What may stand in TeX mathematics: no other dollar or paragraph, and no second opening.
_TEX: Final = r"(?:[^\\$\n]|\n(?![^\S\n]*\n)|\\[^()\[\]]){1,2000}+"
# `$5 million or $6`: a number and a word are money. A pair with space inside or a digit after the
# second dollar is no pair (the rule is pandoc's).
_MONEY: Final = r"[\d.,]+[kKMBbn]?\s(?:or|to|[A-Za-z]{3})"
# Without `https://` an address is a host, known by its ending, and a path: `aka.ms/wavllm`.
_BARE_HOST: Final = r"(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|io|co|ai|ms|dev|edu|gov|app|me)"
# What is escaped is no mathematics, nor does it begin any. One set of characters in front makes the
# search many times faster.
_MATHEMATICS: Final = rf"""
      [$\\](?:
          (?<=\$) (?: \${_TEX}\$\$ | (?![\s$]|{_MONEY}){_TEX}(?<!\s)\$(?!\d) )
        | (?<=\\) (?: \({_TEX}\\\) | \[{_TEX}\\\] | (?P<escaped>[^(\[]) )
      )
"""
_FLAGS: Final = re.VERBOSE | re.DOTALL | re.IGNORECASE
_MATHEMATICS_ALONE: Final = re.compile(_MATHEMATICS, _FLAGS)
_SEGMENT: Final = re.compile(
    rf"""
      {_MATHEMATICS}
    | (?P<address>
          (?<![A-Za-z0-9]) https?://[\w\[][^\s<>"{{}}|\\^`$“”‘’«»。，、；：！？（）「」【】…]*+
        | (?<![\w./@:%-]) {_BARE_HOST}/[\w~][\w.~/-]*+
      )
    """,
    _FLAGS,
)
# A slash of every address: the one behind `https:`, or that behind a bare host, which ends in two
# letters or three.
_ADDRESS_SLASH: Final = re.compile(r"/(?:(?<=:/)/|(?<=\.[^\W_]{2}/)|(?<=\.[^\W_]{3}/))")


def segments(text: str) -> Iterator[Segment]:
    r"""Split a text into plain text, mathematics and web addresses; joined, they are the text.

    Mathematics stands in `$…$`, `$$…$$`, `\(…\)` or `\[…\]`; a dollar that is money is text.
    """
    slash = _ADDRESS_SLASH.search(text)
    if "$" in text or "\\" in text:
        matches = (_SEGMENT if slash else _MATHEMATICS_ALONE).finditer(text)
    elif slash:  # nothing begins before the word that it is in
        matches = _SEGMENT.finditer(text, text.rfind(" ", 0, slash.start()) + 1)
    else:
        if text:
            yield Segment("text", text)
        return
    done = 0
    for match in matches:
        if match["escaped"]:
            continue
        start, end = match.span()
        is_address = match.lastgroup == "address"
        if is_address:
            end = start + _address_length(match[0])
        if start > done:
            yield Segment("text", text[done:start])
        yield Segment("address" if is_address else "mathematics", text[start:end])
        done = end
    if done < len(text):
        yield Segment("text", text[done:])


def _address_length(address: str) -> int:
    """The length without the punctuation of the sentence: `https://x.org/y).` ends at the `y`."""
    end = len(address)
    surplus = {")": address.count(")") - address.count("(")}
    surplus["]"] = address.count("]") - address.count("[")
    while end and (address[end - 1] in ".,;:!?'*_~" or surplus.get(address[end - 1], 0) > 0):
        if address[end - 1] in surplus:
            surplus[address[end - 1]] -= 1
        end -= 1
    return end


def clean(raw: str) -> str:
    r"""Return one line of plain Unicode: what every reader does to a title or a paragraph.

    Characters without meaning go; HTML's character references and tags of fonts, UTF-8 that was
    read as another encoding, and LaTeX quoting and escapes outside mathematics are resolved; white
    space is folded. Nothing else is changed. Doing it again changes nothing, unless escapes hide in
    escapes more than eight levels deep.
    """
    text = one_line(raw)
    for _ in range(ROUNDS):
        before = text
        if "&" in text or "<" in text:
            text = markup.resolve(text)
        if not text.isascii() and is_bad(text):
            text = fix_encoding(text)
        if "\\" in text or "`" in text or "''" in text:
            parts = ((part.kind != "mathematics", part.text) for part in segments(text))
            text = latex.resolve(_joined(parts))
        if text == before:
            break
        text = one_line(text)
    return text


def untex(raw: str) -> str:
    r"""Return text that is TeX through and through, a field of BibTeX, as `clean` takes it.

    There `~` is a space, `--` a dash and braces only group: `{DNA}~Repair` → `DNA Repair`. The
    address of `\href{address}{text}` stays behind its text. Mathematics is kept as it is.
    """
    if not any(character in raw for character in "\\{}~-`'"):
        return raw
    parts = (
        (True, latex.plain(part.text)) if part.kind != "mathematics" else (False, part.text)
        for part in segments(latex.addressed(raw))
    )
    resolved = latex.resolve(_joined(parts))
    return "".join(
        part.text if part.kind == "mathematics" else latex.bare(part.text)
        for part in segments(resolved)
    )


def message(text: str) -> str:
    """Return a message that quotes foreign text as one line without escape sequences."""
    return printable(text).replace("\n", " ").replace("\t", " ")


def printable(text: str) -> str:
    """Return text without the characters that mean nothing, which XML does not allow either."""
    if text.replace("\n", "").isprintable():  # the quick way out: neither has any that is
        return text
    return _LINE_END.sub("\n", _MEANINGLESS.sub("", text))


def one_line(text: str) -> str:
    """Return text as one line of characters that mean something, white space folded.

    It is the least that foreign text goes through: no half characters, no controls.
    """
    if not text.isprintable() or "  " in text:
        text = " ".join(text.split())
    if text.isprintable():  # and so without a meaningless character: the quick way out
        return text.strip(" ")
    return " ".join(_MEANINGLESS.sub("", text).split())


def _joined(parts: Iterator[tuple[bool, str]]) -> Iterator[tuple[bool, str]]:
    """Text beside text becomes one part: an address may lie inside quotes or a macro."""
    for is_text, group in groupby(parts, key=itemgetter(0)):
        yield is_text, "".join(part for _, part in group)


def paragraphs(raw: str) -> str:
    """Clean every paragraph and join those that are not empty by one empty line."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n\n")
    if "<" in lines:
        lines = markup.apart(lines)
    cleaned = (clean(paragraph) for paragraph in _BLANK_LINE.split(lines))
    return "\n\n".join(paragraph for paragraph in cleaned if paragraph)


_LINE_END: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1f\x85]")

# What tools look for before Markdown is read: the marks of Jinja and of CriticMarkup.
_TEMPLATE: Final = re.compile(r"\{(?=[{%#=+~-])")
_BREAK: Final = re.compile("[\t\n\u2028\u2029]")


def escape(text: str) -> str:
    """Return text that HTML, also in a quoted attribute, shows as it stands in a raw block.

    Markdown reads nothing in raw blocks of HTML. So only what HTML, or a tool before Markdown,
    takes for markup becomes a reference, and what ends a line; control characters go.
    """
    written = escape_html(printable(text), quote=False).replace('"', "&quot;")
    return _BREAK.sub(_reference, _TEMPLATE.sub("&#123;", written))


def preformatted(text: str) -> str:
    """Return lines of text for `<pre>` in a raw block of HTML, which an empty one would end."""
    lines = filter(str.strip, printable(text).split("\n"))
    return _TEMPLATE.sub("&#123;", escape_html("\n".join(lines), quote=False))


# What Markdown, its extensions, Jinja or HTML could take for markup. The pattern begins with one
# set of characters and looks around only then, which makes it many times faster.
_ALWAYS: Final = (
    r"""["#$%&'*+/<=>@\[\\\]^_`{|}~\t\n\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"""
)
_MARKUP: Final = re.compile(
    rf"[{_ALWAYS[1:-1]}0-9(.:!?\-](?:(?<={_ALWAYS})"
    r"|(?<=[0-9])(?=[sS][tT]|[nN][dD]|[rR][dD]|[tT][hH])"  # smart symbols raise `1st`
    r"|(?<=\()(?=(?:[cCrR]|[tT][mM])\))"  # and draw `(c)`
    r"|(?<=-)(?:(?<![^\W_].)|(?![^\W_]))"  # `well-known` is harmless, `- ` and `--` are not
    r"|(?<=\.)(?:(?<=[wW]{3}.)|(?<![^\W_].)(?<!\).)|(?![^\W_]| |\Z))"
    r"|(?<=[:!?])(?:(?<![^\W_].)(?<!\).)|(?! |\Z)))"
)


def heading(text: str, *, mathematics: bool = True) -> str:
    """Return a line as HTML for a heading of Markdown, after its `# `.

    Whatever Markdown or a common extension of it could take for markup becomes a reference.

    Args:
        text: the line.
        mathematics: whether TeX between dollars becomes MathML; not in what is no title.
    """
    line = one_line(text)
    parts = segments(line) if mathematics else [Segment("text", line)]
    return "".join(_rendered(segment, _escape_words) for segment in parts)


def _escape_words(text: str) -> str:
    return _MARKUP.sub(_reference, printable(text))


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def inline(text: str, *, links: bool = True, tex: bool = True) -> str:
    r"""Return a paragraph as HTML for a raw block.

    Mathematics becomes MathML or, where it does not parse, stays its source; web addresses become
    links; everything else is escaped.

    Args:
        text: the paragraph.
        links: whether addresses become links; not in what is itself the text of one.
        tex: whether formulas take their source along, to be copied and searched for.
    """
    parts = segments(one_line(text))
    return "".join(_linked(part, tex) if links else _rendered(part, escape, tex) for part in parts)


def _linked(segment: Segment, tex: bool) -> str:
    if segment.kind == "address" and (target := safe_url(_with_scheme(segment.text))):
        return f'<a href="{escape(target)}">{escape(segment.text)}</a>'
    return _rendered(segment, escape, tex)


def _rendered(segment: Segment, escape: Callable[[str], str], is_annotated: bool = True) -> str:
    if segment.kind == "mathematics":
        source = segment.text
        width = 2 if source.startswith(("$$", "\\")) else 1
        tex = source[width:-width].strip()
        rendered = mathml(tex, width == 2, escape, is_annotated=is_annotated)
        if rendered:
            return rendered
    return escape(segment.text)


def urls(text: str) -> list[str]:
    """Return the web addresses in a text, each once, in order; `github.com/a/b` gets its scheme."""
    if "/" not in text:
        return []
    found = (_with_scheme(part.text) for part in segments(text) if part.kind == "address")
    return list(dict.fromkeys(found))


def _with_scheme(address: str) -> str:
    return address if address[:4].lower() == "http" else f"https://{address}"


# A host has letters of any script, or is an IPv6 address in brackets; no user stands before it.
_ADDRESS: Final = re.compile(
    r"https?://(?:[\w%][\w.%-]*|\[(?P<ip>[0-9A-F:.]+)\])(?::[0-9]{1,5})?(?=[/?#]|\Z)"
    r"|mailto:(?=[^@\s]+@[^@\s]+)",
    re.IGNORECASE,
)
_DOI: Final = re.compile(r"\Adoi:\s*(?=10\.\d+/)", re.IGNORECASE)
_BAD_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def safe_url(url: str) -> str | None:
    """Return the address percent-encoded if it is http, https, mailto or doi, else `None`."""
    url = _DOI.sub("https://doi.org/", _MEANINGLESS.sub("", url).strip())
    url = _BAD_PERCENT.sub("%25", url)
    start = _ADDRESS.match(url)
    if not start:
        return None
    rest, mark, fragment = url[start.end() :].partition("#")
    address = _encoded(start[0], "[]") + _encoded(rest) + mark + _encoded(fragment)
    try:
        if start["ip"]:
            IPv6Address(start["ip"])
        _ = urlsplit(address).port
    except ValueError:  # `https://[1]/` looks like an address, and is none
        return None
    return address


def _encoded(part: str, also: str = "") -> str:
    return quote(part, safe="%:/?@!$&()*+,;=~" + also, errors="replace")


def excerpt(text: str, limit: int) -> str:
    """Return at most `limit` characters of a text, cut between words and never in mathematics."""
    text = one_line(text)
    if len(text) <= limit:
        return text
    kept = ""
    for segment in segments(text):
        room = limit - 1 - len(kept)
        if len(segment.text) <= room:
            kept += segment.text
            continue
        if segment.kind != "mathematics":
            # One more character than there is room for shows whether a word ends just there.
            head, space, _ = segment.text[: room + 1].rpartition(" ")
            kept += head if space or kept else _cut(segment.text, room)
        break
    return kept.rstrip(" ,;:.-–—") + "…" if limit > 0 else ""


def _cut(word: str, room: int) -> str:
    """Cut a word that is too long, but not between a letter and what is joined to it."""
    while room > 0 and (
        unicodedata.category(word[room])[0] == "M" or "\u200d" in word[room - 1 : room + 1]
    ):
        room -= 1
    return word[:room]


def metadata(text: str) -> str:
    """Return text for front matter that themes print as it is; `html.unescape` gives it back."""
    return escape_html(text, quote=False).replace('"', "&quot;")


# The accents of Latin, Greek and Cyrillic, and selectors that only change how a character looks.
# Marks of other scripts stay, since there they are letters: a vowel sign, a voicing mark.
_ACCENTS: Final = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U000e0100-\U000e01ef]"
)
# Latin letters that have no accent to drop.
_LATIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
    | {"ŋ": "ng", "ŧ": "t", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƒ": "f", "ĸ": "k", "ȷ": "j"}
)
_ASCII_WORDS: Final = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)
).ljust(256)
"""Of each byte the one that it folds to."""


def fold(text: str) -> str:
    """Return text for comparing and sorting: no accents, case or punctuation, words by one space.

    Letters of every script stay. `&` reads "and", `+` reads "plus": CodeT5+ is not CodeT5.
    """
    if text.isascii():  # nearly all; the same, only sooner
        return _ascii_words(text)
    folded = unicodedata.normalize("NFKD", text)
    folded = _ACCENTS.sub("", folded).casefold()
    folded = _spoken(_ACCENTS.sub("", unicodedata.normalize("NFKD", folded)))
    if folded.isascii():
        return _ascii_words(folded)
    folded = unicodedata.normalize("NFC", "".join(_letters(folded.translate(_LATIN))))
    return " ".join(folded.split())


def _ascii_words(text: str) -> str:
    return " ".join(_spoken(text).encode().translate(_ASCII_WORDS).decode().split())


def _spoken(text: str) -> str:
    return text.replace("&", " and ").replace("+", " plus ")


def _letters(text: str) -> Iterator[str]:
    previous = " "
    for character in text:
        category = unicodedata.category(character)
        if category == "Cf":  # a joiner inside a word does not divide it
            continue
        is_joined = category[0] == "M" and previous != " "
        previous = character if character.isalnum() or is_joined else " "
        yield previous


_NOT_ASCII_WORD: Final = re.compile(r"[^a-z0-9]+")
_RESERVED: Final = re.compile(r"index|readme|404|con|prn|aux|nul|(?:com|lpt)[0-9]")


def slug(text: str) -> str:
    """Return an address of `a-z`, `0-9` and `-`: equal for texts that fold to the same.

    Where letters are lost (other scripts, long titles) a hash of the folded text keeps it unique.
    """
    folded = fold(text)
    words = _NOT_ASCII_WORD.sub("-", folded).strip("-")
    if folded.isascii() and 0 < len(words) <= SLUG_LIMIT and not _RESERVED.fullmatch(words):
        return words
    mark = sha256((folded or text).encode("utf-8", "replace")).hexdigest()[:8]
    room = SLUG_LIMIT - len(mark) - 1
    if len(words) > room:
        words = words[: room + 1].rpartition("-")[0] or words[:room]
    return f"{words}-{mark}" if words else mark
