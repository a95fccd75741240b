"""Text of XML → its elements, with nothing expanded and nothing fetched."""

from __future__ import annotations

import re
from functools import lru_cache
from html.entities import html5
from typing import Final

from lxml import etree

from generator.model.errors import ContentError


def parse_xml(text: str) -> tuple[etree._Element, str]:
    """The root element, its names without namespaces, and where the XML is broken, if it is.

    Raises:
        ContentError: the text declares entities or attributes, or has no element at all.
    """
    # Always in one encoding: in another one, a declaration could hide from the next lines.
    data = text.encode("utf-8", "replace")
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
