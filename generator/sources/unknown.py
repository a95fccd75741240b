"""What a file looks like that is no list of papers, and what to do with it: one line for a person.

Told from the first bytes, else from the shape of the text. It is a guess, made only once no reader
wants the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from generator import text as foreign
from generator.sources.content import Content
from generator.sources.tables import headers

_EXPORT: Final = "Export the list as BibTeX, RIS or CSV, and add that file."
_COPY: Final = "Copy the list out of it into a text file, or export it as BibTeX, RIS or CSV."
_UNPACK: Final = "Unpack it, and add the lists that are in it."
_CSV: Final = "Save the sheet as “CSV UTF-8”, and add that file."
_OUT: Final = "If it holds no papers, move it out of content/sources/."

_MAGIC: Final = (
    (b"%PDF-", "a PDF", _COPY),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (b"(\xb5/\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Word or Excel file",
        "In Excel: Save the workbook as .xlsx, and add that file.",
    ),
    (b"SQLite format 3\0", "a database (SQLite)", _EXPORT),
    (b"bplist00", "a web archive of Safari", "Save the page as “Page Source” instead."),
    (b"\x89PNG", "a picture", _COPY),
    (b"\xff\xd8\xff", "a picture", _COPY),
    (b"GIF8", "a picture", _COPY),
    (b"PAR1", "a Parquet table", "Save the table as CSV or JSON lines."),
    (b"ARROW1", "an Arrow table", "Save the table as CSV or JSON lines."),
    (b"\x89HDF", "an HDF5 file", "Save the table as CSV or JSON lines."),
    (b"\x7fELF", "a program", _OUT),
    (b"MZ", "a program", _OUT),
    (b"{\\rtf", "a Word document (RTF)", "Save it as plain text (.txt), and add that file."),
)

_ZIPPED: Final = (
    (b"xl/workbook", "an Excel workbook", _CSV),
    (b"word/document", "a Word document", "Save it as plain text (.txt), and add that file."),
    (b"ppt/presentation", "a PowerPoint presentation", _COPY),
    (b"opendocument.spreadsheet", "a spreadsheet of LibreOffice", _CSV),
    (b"opendocument.text", "a document of LibreOffice", "Save it as plain text (.txt)."),
    (b"application/epub", "an e-book", _COPY),
)


def binary(data: bytes) -> str:
    """What a file that is no text looks like and what to do; empty where it may be text."""
    if data.startswith(b"PK\x03\x04"):
        ends = data[:65536] + data[-65536:]
        sign = next((row for row in _ZIPPED if row[0] in ends), (b"", "a zip archive", _UNPACK))
        return _said(*sign[1:])
    row = next((row for row in _MAGIC if data.startswith(row[0])), None)
    if row and (row[0] not in (b"MZ", b"BZh", b"PAR1", b"ARROW1") or b"\0" in data[:4096]):
        return _said(*row[1:])
    return ""


def reason(content: Content) -> str:
    """What is said of a file that no reader wants.

    Raises:
        ContentError: it is not text, nor anything else that is known.
    """
    return binary(content.data) or _said(*_shape(content))


def _said(found: str, mend: str) -> str:
    return f"expected a list of papers, found {found}. {mend}"


def _shape(content: Content) -> tuple[str, str]:
    """What it looks like, and what to do."""
    match content.kind:
        case "html":
            return _page(content.head)
        case "xml" if content.root.lower() == "html":
            return _page(content.head)
        case "xml" if re.match(r"[A-Za-z_]", content.root):
            return f"XML with the root <{content.root}>, which no reader knows", _EXPORT
        case "json" | "lines":
            return _json(content)
        case _:
            is_python = len(_PYTHON.findall(content.head)) > 1
            if is_python and "```" not in content.head:
                return "Python source", _OUT
            return _table(content.head) or _text(content.head)


def _page(head: str) -> tuple[str, str]:
    title = re.search(r"<title[^>]{0,200}>([^<]{1,500})", head, re.IGNORECASE)
    named = f" (“{_quoted(title[1])}”)" if title and title[1].strip() else ""
    return (
        f"a web page{named} without papers that can be told apart",
        "Select and copy the list in the browser, paste it into a text file and add that; "
        "or take the page's export as BibTeX, RIS or CSV.",
    )


def _json(content: Content) -> tuple[str, str]:
    what = "JSON lines" if content.kind == "lines" else "a JSON object"
    value = content.first if content.kind == "lines" else content.json
    if isinstance(value, list):
        if not value:
            return "an empty JSON list", "Put papers into it, each an object with a “title”."
        if not (value := content.first):
            return "a JSON list of other things than objects", _OBJECTS
        what = "a JSON list of objects"
    if not isinstance(value, Mapping):
        return "a single JSON value", _OBJECTS
    if not value:
        return f"{what} without keys", _OBJECTS
    if "nbformat" in value:
        return "a Jupyter notebook", _COPY
    for key, inner in value.items() if what == "a JSON object" else ():
        if isinstance(inner, list) and inner and isinstance(inner[0], Mapping):
            what = f"a JSON object whose list “{_quoted(str(key))}” has objects"
            value = inner[0]
            break
    return f"{what} with the keys {_few(value)}", _OBJECTS


_OBJECTS: Final = (
    "Papers are a list of objects, each with a “title”; rename the key that has the titles, or "
    "take the list out of what is around it."
)


def _table(head: str) -> tuple[str, str] | None:
    """What rows are that have as many cells as the first, which names no title."""
    rows = [row for row in head.split("\n")[:20] if row.strip()]
    for mark in _MARKS:
        cells = [[cell.strip() for cell in row] for row in headers.cells_of(rows, mark)[:6]]
        header = cells[0] if cells else []
        # The last of them may be cut within a quoted cell; two that fit will do.
        fitting = sum(4 * abs(len(row) - len(header)) <= len(header) for row in cells)
        names = [cell for cell in header if cell]
        if 2 * len(names) > len(header) > 1 and fitting > 1 and all(map(_is_name, names)):
            return (
                f"a table with the columns {_few(names)}, none of them for titles",
                "Call the column with the titles “title”.",
            )
    if headers.is_table(head):
        return (
            "rows of a table without the names of its columns",
            "Put them above as its first line, “title” for that of the titles.",
        )
    return None


_MARKS: Final = "\t;|,"


def _is_name(cell: str) -> bool:
    """Whether it may be the name of a column: short, and no sentence."""
    return 0 < len(cell) <= 40 and len(cell.split()) <= 4 and not cell.endswith((":", "{", ";"))


_SIGNS: Final = (
    (r"version https://git-lfs", "a pointer of Git LFS", "Run `git lfs pull`, and add it again."),
    (r"BEGIN:V(?:CARD|CALENDAR)", "a calendar or contacts", _EXPORT),
    (r"%!PS", "PostScript", _COPY),
    (r"MIME-Version:|From: <Saved by", "a web page saved as MHTML", "Save it as “HTML only”."),
    (r"(?:From|Subject|Received|Return-Path|Delivered-To): ", "a mail", _COPY),
    (r"#!", "a script", _OUT),
    (r"(?:%[^\n]*\n|\s)*+\\(?:documentclass|documentstyle|begin|input|usepackage)",
     "a TeX document", "Add the .bib file that it cites instead."),
    (r"(?:diff --git|--- [^\n]+\n\+\+\+ )", "a diff", _OUT),
    (r"(?:[;#][^\n]*\n|\s)*+\[[\w.\" -]+\]\s*\n", "a file of settings", _OUT),
)  # fmt: skip

# A file has few of these lines, but no text of another kind has two.
_PYTHON: Final = re.compile(
    r"^(?:from [\w.]+ import [\w(*]|import [\w.]+(?: as \w+|, [\w., ]+)?$|(?:async )?def \w+\(|"
    r"class \w+(?:\([^()\n]*\))?:$|@\w[\w.]*(?:\(.*\))?$)",
    re.MULTILINE,
)

_LINES: Final = (
    (r"[A-Z][A-Z0-9]{1,3} {0,3}(?:-|  ?\S)|%[A-Z0-9@!+~^] |<?\d+\.?>$",
     "tagged lines of a format that no reader knows", _EXPORT),
    (r"(?:const|let|var|function|export|require)\b.*[;{(]\s*$|#include\b|public class |package \w|"
     r"[\w.#:*, >-]+ \{\s*$|.*[;{]\s*$", "source of a program or a style sheet", _OUT),
    (r"(?:SELECT|INSERT|CREATE|UPDATE) ", "SQL", _OUT),
    (r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d|\[\d\d:\d\d", "a log", _OUT),
    (r"[\w.-]+ ?= ?\S", "a file of settings", _OUT),
    (r"\s*(?:- )?[\w-]+:(?:\s|$)", "YAML or named lines without a list of titles",
     "Papers in YAML are a list: `- title: …` begins each."),
    (r"#{1,6} |[-*+] |\d+\. |\||```|> ", "a document in Markdown without papers that can be told "
     "apart", "Give each paper a link to where it is read, or a row of a table with a “title”."),
)  # fmt: skip


def _text(head: str) -> tuple[str, str]:
    """What other text is: by its beginning, else by what most of its lines are, else prose."""
    for sign, found, mend in _SIGNS:
        if re.match(sign, head):
            return found, mend
    lines = [line[:300] for line in head.split("\n")[:200] if line.strip()]
    for sign, found, mend in _LINES:
        count = sum(bool(re.match(sign, line)) for line in lines)
        if 5 * count >= len(lines) >= 2:
            return found, mend
    start = f" that begins “{_quoted(head[:200])}”"
    what = "prose" if len(lines) > 1 or len(head.split()) > 12 else "a line of text"
    return (
        f"{what}{start}",
        "A list names each paper's title in a line of its own, with its abstract, its authors, "
        f"or its address below it. {_OUT}",
    )


def _few(names: Iterable[object]) -> str:
    """`a, b, c and 9 more`, as they can be shown."""
    shown = [_quoted(str(name)) for name in names]
    rest = f" and {len(shown) - 8:,} more" if len(shown) > 8 else ""
    return ", ".join(shown[:8]) + rest


def _quoted(text: str) -> str:
    return foreign.excerpt(foreign.one_line(text[:400]), 60)
