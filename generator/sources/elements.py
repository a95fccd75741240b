"""Text out of XML elements; shared by the readers of XML.

`Content.xml` has names without namespaces, so `dc:title`, `mods:title` and `title` are all `title`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from lxml import etree

from generator.sources.content import Content
from generator.sources.records import Records

_PARAGRAPHS = ("p", "sec", "list", "title", "AbstractText", "disp-formula")
_RAISED = ("sub", "sup")
_FORMULAS = ("math", "tex-math")
_INLINE: Final = {
    *_RAISED,
    *_FORMULAS,
    "i",
    "b",
    "em",
    "strong",
    "tt",
    "italic",
    "bold",
    "ref",
    "p",
}

T = TypeVar("T")


def xml_root(content: Content, records: Records) -> etree._Element:
    """The root element of a file; where its XML is broken, that is remarked."""
    if content.xml_doubt:
        records.remark("", content.xml_doubt)
    return content.xml


def numbered(records: Iterable[T]) -> Iterator[tuple[str, T]]:
    """Records with their positions: `record 1`, `record 2`."""
    for number, record in enumerate(list(records), 1):
        yield f"record {number}", record


def prose(element: etree._Element | None) -> str:
    r"""All text of an element, as foreign text for `Records`; empty for `None`.

    Formulas are TeX between dollars where the source has TeX, else their characters; `sub` and
    `sup` stay as tags for `text.clean`, other tags go. Paragraphs have an empty line between them.
    """
    return "" if element is None else "".join(_pieces(element)).strip()


def first(element: etree._Element, path: str) -> str:
    """The prose of the first element at an ElementPath that has any: `"metadata/title"`."""
    return next(filter(None, map(prose, element.iterfind(path))), "")


def every(element: etree._Element, path: str) -> list[str]:
    """The prose of all elements at an ElementPath that have any."""
    return list(filter(None, map(prose, element.iterfind(path))))


def tree(element: etree._Element) -> Any:
    """An element that is data, as JSON would have it: its text, or its children by their names.

    Children of one name are a list. The text of an element with attributes is `text` among them.
    """
    children = [child for child in element if isinstance(child.tag, str)]
    around = [element.text, *(child.tail for child in children)]
    if any(part and part.strip() for part in around) or all(c.tag in _INLINE for c in children):
        said = prose(element)
        return {**_attributes(element), "text": said} if element.attrib else said
    node: dict[str, Any] = _attributes(element)
    for child in children:
        name, value = str(child.tag), tree(child)
        if name not in node:
            node[name] = value
        elif isinstance(node[name], list):
            node[name].append(value)
        else:
            node[name] = [node[name], value]
    return node


def _attributes(element: etree._Element) -> dict[str, Any]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name == "alternatives":  # one formula in several forms
            chosen = child.find("tex-math")
            yield _formula(chosen if chosen is not None else child)
        elif name in _FORMULAS:
            yield _formula(child)
        elif name in _RAISED:
            yield f"<{name}>{prose(child)}</{name}>"
        elif name in _PARAGRAPHS:
            yield f"\n\n{prose(child)}\n\n"
        elif name:
            yield from _pieces(child)
        yield child.tail or ""


def _formula(element: etree._Element) -> str:
    """TeX between dollars, or the characters of MathML where no TeX comes with it."""
    if element.tag == "tex-math":
        tex = "".join(element.itertext())
    else:
        annotations = (
            note for note in element.iter("annotation") if "tex" in note.get("encoding", "")
        )
        note = next(annotations, None)
        if note is None:
            return " ".join("".join(element.itertext()).split())
        tex = "".join(note.itertext())
    if "\\begin{document}" in tex:  # JATS may hold a whole document around the formula
        tex = tex.partition("\\begin{document}")[2].partition("\\end{document}")[0]
    tex = " ".join(tex.split()).strip("$ ")
    return f"${tex}$" if tex else ""
