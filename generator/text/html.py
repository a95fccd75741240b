"""Plain Unicode → HTML, Markdown and front matter in which it means nothing but itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape as escape_html
from typing import Final

from generator.text.characters import one_line, printable
from generator.text.links import safe_url
from generator.text.mathml import mathml
from generator.text.segmenting import Segment, segments, with_scheme

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
    if segment.kind == "address" and (target := safe_url(with_scheme(segment.text))):
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


def metadata(text: str) -> str:
    """Return text for front matter that themes print as it is; `html.unescape` gives it back."""
    return escape_html(text, quote=False).replace('"', "&quot;")
