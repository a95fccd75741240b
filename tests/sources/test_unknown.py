"""What is said of a file that is no list of papers: what it looks like, and what to do next."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources import read


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>" * 50)
    return made.getvalue()


FILES = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF", "BibTeX, RIS or CSV"),
    "PDF with zeros": (b"%PDF-1.4\n\0\0\0stream", "a PDF", "Copy the list"),
    "PDF in ASCII": (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\n", "a PDF", "Copy the list"),
    "zip": (zipped("a.txt", "b.txt"), "a zip archive", "Unpack it"),
    "Word": (zipped("[Content_Types].xml", "word/document.xml"), "a Word document", "plain text"),
    "gzip": (b"\x1f\x8b\x08\0\0\0", "a gzip archive", "Unpack it"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Word or Excel file", ".xlsx"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture", "Copy the list"),
    "database": (b"SQLite format 3\0\x10", "a database (SQLite)", "Export the list"),
    "RTF": (b"{\\rtf1\\ansi Hello}", "a Word document (RTF)", "plain text"),
    "other binary": (bytes(range(256)) * 9, "binary data", "export a document as text"),
    "page": (
        b"<!doctype html>\n<html><head><title>Accepted\npapers</title></head><p>Soon.</p></html>",
        "a web page (“Accepted papers”)",
        "copy the list in the browser",
    ),
    "XML": (b"<?xml version='1.0'?>\n<svg:svg><path/></svg:svg>", "XML with the root <svg>", "RIS"),
    "JSON object": (
        b'{"dependencies": {"x": 1}, "version": 3}',
        "a JSON object with the keys dependencies, version",
        "each with a “title”",
    ),
    "JSON with a list": (
        b'{"count": 2, "talks": [{"name": "On Ants", "room": "A"}]}',
        "a JSON object whose list “talks” has objects with the keys name, room",
        "take the list out",
    ),
    "many keys": (
        b'{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1}',
        "keys a, b, c, d, e, f, g, h and 2 more",
        "rename the key",
    ),
    "JSON list": (
        b'[{"user": "a", "post": 1}, {"user": "b", "post": 2}]',
        "a JSON list of objects with the keys user, post",
        "rename the key",
    ),
    "JSON lines": (b'{"user": "a"}\n{"user": "b"}\n', "JSON lines with the keys user", "“title”"),
    "numbers": (b"[1, 2, 3]", "a JSON list of other things than objects", "“title”"),
    "empty list": (b'{"papers": []}', "a JSON object with the keys papers", "“title”"),
    "notebook": (b'{"cells": [], "nbformat": 4}', "a Jupyter notebook", "Copy the list"),
    "broken JSON": (b'{"papers": [', "JSON, found in line 1", "get it again"),
    "table": (
        b"user,post\na,1\nb,2\n",
        "a table with the columns user, post, none of them for titles",
        "Call the column with the titles “title”",
    ),
    "table of tabs": (b"Nr\tRoom\n1\tA\n2\tB\n", "a table with the columns Nr, Room", "“title”"),
    "quoted table": (b'"Nr";"Room"\n"1";"A\nB"\n"2";"C"\n', "columns Nr, Room", "“title”"),
    "Python": (
        b'"""A module."""\n\nimport os\nfrom re import match\n\n\ndef run():\n    pass\n',
        "Python source",
        "move it out of content/sources/",
    ),
    "C": (
        b"#include <stdio.h>\n\nint main() {\n  return 0;\n}\n",
        "source of a program",
        "move it",
    ),
    "TeX": (
        b"% mine\n\\documentclass{article}\n\\begin{document}\n",
        "a TeX document",
        ".bib file",
    ),
    "settings": (b"# mine\n[tool.ants]\nlegs = 6\n", "a file of settings", "move it"),
    "pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        "a pointer of Git LFS",
        "git lfs pull",
    ),
    "prose": (
        b"We met on Monday. Ada will write the report.\n\nBen was ill. We meet again in May.\n",
        "prose that begins “We met on Monday. Ada will write the",
        "A list names each paper's title",
    ),
    "word": (b"Hello", "a line of text that begins “Hello”", "A list names each paper's title"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_says_what_the_file_looks_like_and_what_to_do(name: str) -> None:
    data, found, mend = FILES[name]
    reading = read(data, "list")
    (problem,) = reading.problems
    assert (reading.papers, reading.format) == ((), "")
    assert found in problem.reason
    assert mend in problem.reason
    assert "\n" not in problem.reason


@given(st.binary() | st.text().map(str.encode))
def test_of_anything_it_says_something(data: bytes) -> None:
    reading = read(data, "list")
    assert reading.format or (len(reading.problems) == 1 and reading.problems[0].reason)


@pytest.mark.parametrize("text", ["\n", " ", "#", "; a\n", "%\n", "a,b\n", "x" * 9, "<", '{"a":'])
def test_a_flood_of_anything_is_told_quickly(text: str) -> None:
    (problem,) = read((text * 500_000).encode()[:4_000_000] + b"\n", "list").problems
    assert len(problem.reason) < 1_000
