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
from functools import cached_property
from io import BytesIO
from typing import Any, Final, Literal

from lxml import etree

from generator.model.errors import ContentError
from generator.sources.decoding import decode
from generator.sources.json_text import load_documents, load_json, why_no_json
from generator.sources.xml_text import parse_xml

LARGEST_FILE: Final = 256 * 2**20
"""Bytes. Larger files are not opened."""

LARGEST_DOCUMENT: Final = 64 * 2**20
"""Bytes of a file that has to be read as a whole, which is all but JSON lines."""

LARGEST_LINE: Final = 16 * 2**20
"""Bytes of one JSON line."""

HEAD: Final = 65536
"""Bytes that are enough to tell what a file is."""


class Content:
    """A file below `content/sources/`."""

    def __init__(self, data: bytes, file: str) -> None:
        self.data = data
        self.file = file

    @cached_property
    def head(self) -> str:
        r"""The beginning of the text, any line end as `\n`, without white space before it."""
        text = decode(self.data[:HEAD], cut=len(self.data) > HEAD)[0].lstrip()
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
        text, doubt = decode(self.data)
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
            return load_json(text)
        except json.JSONDecodeError as error:
            if error.msg == "Extra data" and (values := load_documents(text)):
                return values
            raise ContentError(
                f"expected JSON, found in line {error.lineno}: {_AT.sub('', error.msg)}. "
                "The file may be cut off; get it again."
            ) from None
        except (ValueError, RecursionError) as error:
            raise ContentError(f"expected JSON, found {why_no_json(error)}.") from None

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
                yield number, load_json(row)
            except UnicodeDecodeError as error:
                what = f"the byte 0x{row[error.start]:02X}"
                yield number, ContentError(f"expected UTF-8, found {what}. Save it as UTF-8.")
            except json.JSONDecodeError as error:
                yield (
                    number,
                    ContentError(
                        f"expected a JSON object, found at character {error.colno}: {error.msg}."
                    ),
                )
            except (ValueError, RecursionError) as error:
                yield number, ContentError(f"expected a JSON object, found {why_no_json(error)}.")

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
        return parse_xml(self.text)

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
_AT: Final = re.compile(r"(?: starting)? at\Z")
