"""What pages of one kind have in common: rendered once through MkDocs and its theme, then filled.

Nearly all of a page's HTML is the same on every other page. To find out what is not, a page is
rendered whose every value is a mark that occurs nowhere else, with all the signs in it that a theme
may change; where the marks come out, and how they were changed, is where and how the values of any
other page go in. A second page of other values is rendered and filled, to see that this holds. A
theme that uses the values in another way has no frames, and its pages go through MkDocs.

Frames are kept for the next build, and until a page needs another one, MkDocs is not asked at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final, NamedTuple, Protocol, TypeVar
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from generator.model import addresses
from generator.pages import front_matter
from generator.render import blocks
from generator.render.blocks import Converted

Value = TypeVar("Value")

Values = Mapping[str, str]
"""What differs from page to page, by the name of the slot that it goes into."""


class Theme(NamedTuple):
    """What MkDocs renders with."""

    config: MkDocsConfig
    navigation: Navigation
    env: Environment
    page: Callable[[str], str]
    """Renders the page of a path in MkDocs' way."""


class Memo(Protocol):
    """Values by kind and name that outlast a build; any of them may be gone at any time."""

    def __hash__(self) -> int:
        """Tells one from another."""

    def get(self, kind: str, name: str, type: type[Value], /) -> Value | None:
        """The value of this name, if it is there and of this type."""

    def put(self, kind: str, values: Iterable[tuple[str, object]], /) -> None:
        """Keep values that msgspec knows."""


KIND: Final = "frames"
"""Of what is kept here in a `Memo`."""


class Frames:
    """The frames of a site, each made when a page of its kind first needs it."""

    def __init__(self, memo: Memo, maker: str, theme: Callable[[], Theme]) -> None:
        """Begin with the frames that are kept.

        Args:
            memo: keeps frames.
            maker: digest of all that they follow from.
            theme: loads MkDocs and the theme, which takes a while.
        """
        self._memo = memo
        self._maker = maker
        self._load = theme
        self._frames: dict[_Kind, _Frame | None] = {}
        about = memo.get(KIND, maker, _About)
        if not about:
            config, navigation, *_ = self._theme
            named = [page.url.rstrip("/") for page in navigation.pages]
            has_blocks = _LEFT_ALONE.issuperset(config.markdown_extensions)
            about = _About(named, has_blocks and not any(config.mdx_configs.values()))
            memo.put(KIND, [(maker, about)])
        self._about = about

    @cached_property
    def _theme(self) -> Theme:
        return self._load()

    def page(self, path: str, source: str) -> bytes:
        """The HTML of a page, as MkDocs writes it.

        Args:
            path: of the Markdown, below `config.docs_dir`.
            source: the Markdown, with front matter.
        """
        return self._filled(path, source) or encoded(self._theme.page(path))

    def _filled(self, path: str, source: str) -> bytes | None:
        found = front_matter.split(source.encode())
        if not found or not self._about.has_blocks or path.endswith("index.md"):
            return None
        front, body = found
        converted = blocks.convert(body)
        if not converted or not converted.headings or "template" in front:
            return None
        values, content = _values(path, front, converted), converted.html
        kind = (self._place(path), tuple(front), tuple(level for level, _ in converted.headings))
        if kind not in self._frames:
            name = blake2b(f"{self._maker}{kind}".encode(), digest_size=16).hexdigest()
            frame = self._memo.get(KIND, name, _Frame)
            if not frame:
                frame = self._made(*kind)
                if frame and frame.fill(values, content) == encoded(self._theme.page(path)):
                    self._memo.put(KIND, [(name, frame)])
                else:
                    frame = None
            self._frames[kind] = frame
        frame = self._frames[kind]
        return frame.fill(values, content) if frame else None

    def _place(self, path: str) -> str:
        """The path, with `*` for what the links of the frame do not depend on."""
        *folders, _ = path.split("/")
        for depth in range(len(folders), 1, -1):
            if not any(url.startswith("/".join(folders[:depth])) for url in self._about.named):
                folders[depth - 1] = "*"
        return "/".join([*folders, "*"])

    def _made(self, place: str, keys: Sequence[str], levels: Sequence[int]) -> _Frame | None:
        probes = [_Probe(letter, place, keys, levels) for letter in "xy"]
        first, second = map(self._rendered, probes)
        frame = _cut(first, probes[0])
        holds = frame and frame.fill(probes[1].values, probes[1].content) == encoded(second)
        return frame if holds else None

    def _rendered(self, probe: _Probe) -> str:
        """The page as `mkdocs build` renders it."""
        config, navigation, env, _ = self._theme
        file = File(probe.path, config.docs_dir, config.site_dir, config.use_directory_urls)
        page = Page(None, file, config)
        page.markdown, page.meta, page.content = "", probe.front, probe.content.decode()
        page.toc = get_toc(probe.headings)
        page.active = True
        template = env.get_template("main.html")
        html: str = template.render(get_context(navigation, [], config, page))
        return html


_Kind = tuple[str, tuple[str, ...], tuple[int, ...]]
"""Place, keys of the front matter, and levels of the headings."""


class _About(NamedTuple):
    """What is to be known of a site before its pages are looked at."""

    named: list[str]
    """The addresses of the pages in the navigation, without the slash at the end."""

    has_blocks: bool
    """Whether blocks of HTML come out as they go in."""


_ABOUT: Final = "about"


class _Frame(NamedTuple):
    """A page cut where the values go."""

    parts: Sequence[bytes]
    """What stands before the first value, between two, and after the last."""

    slots: Sequence[_Slot | None]
    """What goes there: a value, or else the content."""

    def fill(self, values: Values, content: bytes) -> bytes:
        """The page of these values and this content."""
        found = [self.parts[0]]
        for part, slot in zip(self.parts[1:], self.slots, strict=True):
            found += (encoded(_WAYS[slot.way](values[slot.name])) if slot else content, part)
        return b"".join(found)


class _Slot(NamedTuple):
    """Where a value goes."""

    name: str
    way: int
    """How the theme writes it: its place in `_WAYS`."""


class _Probe:
    """A page of marks."""

    def __init__(self, letter: str, place: str, keys: Sequence[str], levels: Sequence[int]) -> None:
        self.path = f"{place.replace('*', _mark(f'folder-{letter}'))}.md"
        mark, _, ours = front_matter.MARK.partition(": ")
        self.front: dict[str, Any] = {key: _mark(f"{key}-{letter}") for key in keys} | {mark: ours}
        self.front |= {key: f"{_mark(f'{key}-{letter}')}{_SIGNS}" for key in _SLOTS & {*keys}}
        self.headings: list[Any] = []
        for number, level in enumerate(levels):
            heading = {key: _mark(f"{key}{number}-{letter}") for key in ("id", "name", "html")}
            self.headings.append({"level": level, "children": [], "data-toc-label": "", **heading})
        html = "".join(f"<h{level}>" for level in levels)
        self.content = f"{html}\n  <p>{_mark('content-' + letter)}</p>\n".encode()
        headings = tuple((found["level"], found["id"]) for found in self.headings)
        self.values = _values(self.path, self.front, Converted(self.content, headings))


def _values(path: str, front: Mapping[str, Any], converted: Converted) -> dict[str, str]:
    return {
        **{key: front[key] for key in _SLOTS & front.keys()},
        "address": quote(addresses.of_file(path)),
        "id": converted.headings[0][1],
    }


def _cut(page: str, probe: _Probe) -> _Frame | None:
    """The frame of a page rendered of this probe; `None` if its marks are not all there."""
    parts: list[bytes] = []
    slots: list[_Slot | None] = []
    marked: dict[str, _Slot | None] = {
        written: _Slot(name, way)
        for name, value in probe.values.items()
        for way in reversed(range(len(_WAYS)))
        if (written := _WAYS[way](value))
    }
    marked[probe.content.decode()] = None
    pattern = re.compile("|".join(map(re.escape, sorted(marked, key=len, reverse=True))))
    place = 0
    for found in pattern.finditer(page):
        parts.append(encoded(page[place : found.start()]))
        slots.append(marked[found[0]])
        place = found.end()
    parts.append(encoded(page[place:]))
    # A mark that is left was changed in a way we do not know.
    return None if any(_MARK.encode() in part for part in parts) else _Frame(parts, slots)


def encoded(html: str) -> bytes:
    """A page, or a part of one, as MkDocs writes it into a file."""
    return html.encode("utf-8", errors="xmlcharrefreplace")


def _mark(name: str) -> str:
    return f"{_MARK}{name.replace('_', '-')}-"


_MARK: Final = "papershelf-mark-"
_SIGNS: Final = " <i>a</i>  &amp;&quot; \"b\" 'c' &lt;d> é☃"

_SLOTS: Final = {"title", "description", "head", "previous", "next"}
"""What a theme shows of the front matter. It may show more, and has no frames then."""

_WAYS: Final[Sequence[Callable[[str], str]]] = (
    lambda value: value,
    lambda value: value.replace('"', "&quot;"),
    lambda value: str(escape(value)),
    lambda value: Markup(value).striptags(),
    lambda value: str(escape(Markup(value).striptags())),
)
"""How themes write values: as they are, in attributes, escaped, as plain text."""

_LEFT_ALONE: Final = {"toc", "tables", "fenced_code"}
"""Extensions of Markdown that change nothing in blocks of HTML, nor in escaped headings."""
