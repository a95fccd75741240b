"""One source file, opened: its text and its shape, each found once and only when asked for.

Readers see files through `Content` alone, so what guards against bombs stands here: no document is
parsed above `LARGEST_DOCUMENT`, XML never expands or fetches an entity, and JSON lines are read one
by one.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from html.entities import html5
from io import BytesIO
from typing import Any, Final, Literal

from lxml import etree

from generator.sources import encodings

LARGEST_FILE: Final = 256 * 2**20
"""Bytes. Larger files are not opened."""

LARGEST_DOCUMENT: Final = 64 * 2**20
"""Bytes of a file that has to be read as a whole, which is all but JSON lines."""

LARGEST_LINE: Final = 16 * 2**20
"""Bytes of one JSON line."""

HEAD: Final = 65536
"""Bytes that are enough to tell what a file is."""


class ContentError(ValueError):
    """A file cannot be read; the text says what was expected, what was found, how to mend it."""


class Content:
    """A file below `content/sources/`."""

    def __init__(self, data: bytes, file: str) -> None:
        self.data = data
        self.file = file

    @cached_property
    def head(self) -> str:
        r"""The beginning of the text, any line end as `\n`, without white space before it."""
        text = _decode(self.data[:HEAD], cut=len(self.data) > HEAD)[0].lstrip()
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def text(self) -> str:
        r"""All of it, any kind of line end as `\n`.

        Raises:
            ContentError: it is too large, or not text.
        """
        return self._decoded[0]

    @cached_property
    def doubt(self) -> str:
        """What is doubtful about how the text was decoded; empty where nothing is."""
        return "" if self.kind in ("lines", "zip") else self._decoded[1]

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        self._check_size()
        text, doubt = _decode(self.data)
        return text.replace("\r\n", "\n").replace("\r", "\n"), doubt

    @cached_property
    def kind(self) -> Literal["json", "lines", "xml", "html", "text", "zip"]:
        """The shape, by the first characters: the whole may still turn out broken.

        An archive, such as a spreadsheet is, has no text.
        """
        if self.data.startswith(b"PK\x03\x04"):
            return "zip"
        head = self.head
        if _JSON.match(head):
            return "lines" if self._is_lines() else "json"
        if head[:1] == "<":
            is_html = re.match(r"(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b", head, _HTML)
            return "html" if is_html else "xml"
        return "text"

    def _is_lines(self) -> bool:
        """Whether the first line is a whole object and so, as it begins, is the second."""
        rows = (row for row in BytesIO(self.data) if row.strip())
        first, second = next(rows, b""), next(rows, b"")
        if not second.lstrip().startswith(b"{") or len(first) > LARGEST_LINE:
            return False
        try:
            return isinstance(json.loads(first), dict)
        except (ValueError, RecursionError):
            return False

    @cached_property
    def json(self) -> Any:
        """The value of a JSON document; of several, as `jq` writes them, a list.

        Raises:
            ContentError: it is too large or not JSON.
        """
        text = self.text
        try:
            return _json(text)
        except json.JSONDecodeError as error:
            if error.msg == "Extra data" and (values := _one_by_one(text)):
                return values
            raise ContentError(
                f"expected JSON, found in line {error.lineno}: {_AT.sub('', error.msg)}. "
                "The file may be cut off; get it again."
            ) from None
        except (ValueError, RecursionError) as error:
            raise ContentError(f"expected JSON, found {_too_much(error)}.") from None

    def lines(self) -> Iterator[tuple[int, Any]]:
        """The number and the value of every JSON line; a `ContentError` stands for a broken one."""
        for number, row in enumerate(BytesIO(self.data), 1):
            row = row.removeprefix(codecs.BOM_UTF8) if number == 1 else row
            if not row.strip():
                continue
            if len(row) > LARGEST_LINE:
                yield number, ContentError(f"the line is {len(row):,} bytes long. Cut it.")
                continue
            try:
                yield number, _json(row)
            except UnicodeDecodeError as error:
                found = f"the byte 0x{row[error.start]:02X}"
                yield number, ContentError(f"expected UTF-8, found {found}. Save it as UTF-8.")
            except json.JSONDecodeError as error:
                yield (
                    number,
                    ContentError(
                        f"expected a JSON object, found at character {error.colno}: {error.msg}."
                    ),
                )
            except (ValueError, RecursionError) as error:
                yield number, ContentError(f"expected a JSON object, found {_too_much(error)}.")

    @cached_property
    def first(self) -> Mapping[str, Any]:
        """The first object of a JSON document or of JSON lines, for telling formats apart.

        Of a list it is the first element that is an object; it is empty where there is none.
        """
        value: Any = None
        if self.kind == "lines":
            value = next((value for _, value in self.lines() if isinstance(value, dict)), None)
        elif self.kind == "json":
            value = self.json
            if isinstance(value, list):
                value = next((element for element in value if isinstance(element, dict)), None)
        return value if isinstance(value, dict) else {}

    @cached_property
    def root(self) -> str:
        """The name of the root element of XML, without its namespace; empty for another kind."""
        if self.kind != "xml":
            return ""
        # Comments, instructions and a DOCTYPE stand before it; a prefix before its name.
        match = re.match(
            r"(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|\s+)*+<(?:[\w.-]+:)?([\w.-]+)",
            self.head,
            re.DOTALL | re.IGNORECASE,
        )
        return match[1] if match else ""

    @cached_property
    def xml(self) -> etree._Element:
        """The root element of XML. Broken XML gives what could be saved; see `xml_doubt`.

        Names of elements and attributes are without their namespaces: `title`, not `dc:title`.
        Entities that HTML has a name for are characters; no other entity is expanded, no DTD or
        other file is fetched.

        Raises:
            ContentError: it is too large, declares entities, or has no element at all.
        """
        return self._parsed[0]

    @cached_property
    def xml_doubt(self) -> str:
        """Where XML is broken, and so perhaps incomplete; empty where it is sound."""
        return self._parsed[1]

    @cached_property
    def _parsed(self) -> tuple[etree._Element, str]:
        # Always in one encoding: in another one, a declaration could hide from the next lines.
        data = self.text.encode("utf-8", "replace")
        if declared := re.search(rb"<!(ENTITY|ATTLIST)", data, re.IGNORECASE):
            kind = "entities" if declared[1].upper() == b"ENTITY" else "attributes"
            raise ContentError(
                f"expected XML without {kind} of its own, found “<!{declared[1].decode()}”. "
                "Remove the declaration and what uses it."
            )
        parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=True,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )
        data = _NUMBERED.sub(_whole, _ENTITY.sub(_character, data))
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ContentError(f"expected XML, found: {error}.") from None
        if root is None:
            raise ContentError("expected XML, found no element in it. Get the file again.")
        for element in root.iter(etree.Element):
            if (tag := _local(str(element.tag))) != element.tag:
                element.tag = tag
            for name in filter(_is_qualified, element.keys()):
                element.set(_local(name), element.get(name, ""))
        # Errors that are not fatal, such as an undeclared prefix, lose nothing.
        serious = [e for e in parser.error_log if e.level >= etree.ErrorLevels.FATAL]
        if not serious:
            return root, ""
        return root, (
            f"the XML is broken in line {serious[0].line} ({serious[0].message.strip()}). "
            "What could be read of it was; get the file again."
        )

    def _check_size(self) -> None:
        if len(self.data) > LARGEST_DOCUMENT:
            raise ContentError(
                f"expected at most {LARGEST_DOCUMENT // 2**20} MB, found "
                f"{len(self.data) // 2**20} MB. Split the file; JSON lines may have "
                f"{LARGEST_FILE // 2**20} MB."
            )


# Not `[tool.ants]`, nor `[1] A. Byron.`
_JSON: Final = re.compile(
    r"""\{\s*["}]|\[\s*(?:[\[\]{"]|(?:[-+.\de]+|null|true|false)\s*(?:,|\]\s*\Z))"""
)
_HTML: Final = re.DOTALL | re.IGNORECASE

# `&eacute;` is known in HTML alone; XML knows five others, which stay as they are.
_ENTITY: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")

_NUMBERED: Final = re.compile(rb"(?:&#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});)+")


def _character(match: re.Match[bytes]) -> bytes:
    characters = html5.get(match[1].decode())
    if characters is None:
        return b"&amp;" + match[1]
    return "".join(f"&#{ord(character)};" for character in characters).encode()


def _whole(match: re.Match[bytes]) -> bytes:
    """Numbers of characters, none of them of half a one: `&#55357;&#56832;` → `&#128512;`."""
    numbers = [
        int(number[1:], 16) if number[:1] in b"xX" else int(number)
        for number in match[0][2:-1].split(b";&#")
    ]
    if not any(0xD800 <= number <= 0xDFFF for number in numbers):
        return match[0]
    halves = "".join(chr(number) if number <= 0x10FFFF else "\ufffd" for number in numbers)
    text = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(f"&#{ord(character)};" for character in text).encode()


def _is_qualified(name: str) -> bool:
    return _local(name) != name


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    """`title` of `{http://…}title`, and of `dc:title` where broken XML declares no such prefix."""
    local = name.rpartition("}")[2].rpartition(":")[2]
    return local if re.fullmatch(r"[A-Za-z_][\w.-]*", local, re.ASCII) else name


def _json(text: str | bytes) -> Any:
    """The value of JSON, with line ends in its texts too; `NaN`, as pandas writes it, is nothing.

    A whole number of more digits than Python reads is an infinite one.
    """
    try:
        return json.loads(text, strict=False, parse_constant=_nothing)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise
    except ValueError:
        return json.loads(text, strict=False, parse_constant=_nothing, parse_int=float)


def _nothing(name: str) -> None:
    """What `NaN` and `Infinity` say."""


def _one_by_one(text: str) -> list[Any]:
    """The values of several documents, of lists their elements; none where one is broken."""
    decoder = json.JSONDecoder(strict=False, parse_constant=_nothing)
    values: list[Any] = []
    place = 0
    try:
        while place < len(text):
            value, place = decoder.raw_decode(text, place)
            values += value if isinstance(value, list) else [value]
            space = _SPACE.match(text, place)
            place = space.end() if space else place
    except (ValueError, RecursionError):
        return []
    return values


_SPACE: Final = re.compile(r"\s*")
_AT: Final = re.compile(r"(?: starting)? at\Z")


def _too_much(error: ValueError | RecursionError) -> str:
    return "values nested too deeply" if isinstance(error, RecursionError) else str(error)


_MARKS: Final = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(
    rb"(?:^%\s*Encoding|coding|charset)\s*[:=]\s*[\"']?([A-Za-z0-9_.-]+)", re.MULTILINE
)
_CONTROLS: Final = bytes({*range(9), *range(14, 32)} - {27})


# Python has codecs that are none of text (`undefined`), or take long (`punycode`).
_CHARSET: Final = re.compile(
    rb"ascii|utf-?8|latin|iso|l\d|windows|cp|mac|koi8|big5|gb|hz|euc|s?-?jis|shift|ks|johab|tis",
    re.IGNORECASE,
)


def _decode(data: bytes, cut: bool = False) -> tuple[str, str]:
    """The text of `data`, and what is doubtful about it; `cut` allows half a character at the end.

    UTF-8, else what the marks at the start or the pattern of zeros say (UTF-16, UTF-32), else what
    the first lines declare (`% Encoding: …` of JabRef, `coding:` of Emacs, `encoding="…"` of XML,
    `charset=…` of HTML), else what their letters tell, in those lines alone that are not UTF-8; see
    `encodings`.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), ""
    if data[:1] and b"\0" in data[:4]:
        wide = "utf-16-be" if data[0] == 0 else "utf-16-le"
        text = data.decode(wide, "replace")
        if not {"\0", "\ufffd"} & set(text.removesuffix("\ufffd")):
            return text, ""
    if zeros := data.count(0):
        if text := encodings.wide(data):
            return text, ""
        controls = len(data) - len(data.translate(None, _CONTROLS))
        if 0 in data[:4] or controls > max(zeros, len(data) // 1000) or zeros > len(data) // 50:
            raise ContentError(
                "expected text, found binary data. Unpack an archive, export a document as text, "
                "or move the file out of content/sources/."
            )
        line = data.count(10, 0, data.index(0)) + 1
        text, doubt = _decode(data.replace(b"\0", b""), cut)
        found = f"expected text, found the byte 0x00 in line {line}. It was left out; remove it."
        return text, f"{found} {doubt}".strip()
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data, final=not cut), ""
    except UnicodeDecodeError as error:
        where = f"0x{data[error.start]:02X} in line {data.count(10, 0, error.start) + 1}"
    declared = _DECLARED.search(data[:4096])
    if declared and _CHARSET.match(declared[1]):
        try:
            return data.decode(declared[1].decode()), ""
        except (LookupError, ValueError):
            pass  # an unknown name, or one that is not true
    rows = data.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
    name = encodings.guessed(row for row in rows if not row.isascii() and not _is_utf_8(row))
    texts = [_line(row, name) for row in rows]
    others = sum(is_other for _, is_other in texts) - 1
    lines = "The line was" if not others else f"It and {others:,} other lines were"
    return "".join(text for text, _ in texts), (
        f"expected UTF-8, found the byte {where}. {lines} read as {encodings.NAMES[name]}; "
        "if letters look wrong, save it again as UTF-8."
    )


_ALONE: Final = {
    0xDC00 + byte: bytes([byte]).decode(encodings.USUAL, "replace") for byte in range(128, 256)
}


def _is_utf_8(row: bytes) -> bool:
    try:
        return bool(row.decode())
    except UnicodeDecodeError:
        return False


def _line(row: bytes, name: str) -> tuple[str, bool]:
    """The text of a line, and whether it is not UTF-8; a few bytes of it may be the others."""
    text = row.decode("utf-8", "surrogateescape")
    others = sum(0xDC80 <= ord(letter) <= 0xDCFF for letter in text) if not text.isascii() else 0
    if not others:
        return text, False
    letters = sum(ord(letter) > 127 for letter in text) - others
    return text.translate(_ALONE) if letters > others else row.decode(name, "replace"), True
