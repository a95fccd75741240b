"""Citations of nasty papers, given to the real BibTeX, pdfLaTeX and biber."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree

from generator.exports import citations
from generator.exports.citations import names
from generator.model.papers import Paper
from tests.exports.tex.papers import NASTY

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("bibtex", "biber", "pdflatex"))),
    reason="there is no TeX; tests/install-tex installs it",
)

KEYS = citations.keys(NASTY)
PAGE = "https://example.org/papers/100%25_of-~it/?a=b&c#d"

# LaTeX has no glyphs for other scripts unless a package brings them: here they are question marks.
# Halves of characters stay errors.
DOCUMENT = r"""
\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{amsmath,amssymb,natbib,url}
\makeatletter\def\UTFviii@undefined@err#1{?}\makeatother
\begin{document}\nocite{*}\bibliographystyle{%s}\bibliography{papers}\end{document}
"""

# Prints every title as BibTeX changes its case, and every name in the parts that it sees.
STYLE = r"""
ENTRY { author title } {} {}
INTEGERS { i }
FUNCTION {show} {
  "K " cite$ * write$ newline$
  "T " title "t" change.case$ * write$ newline$
  author empty$ 'skip$ {
    #1 'i :=
    { i author num.names$ > { #0 } { #1 } if$ } {
      "N " author i "{vv }{ll}|{jj}|{ff}" format.name$ * write$ newline$
      i #1 + 'i :=
    } while$
  } if$
}
FUNCTION {default.type} { show }
READ
ITERATE {show}
"""


_DOUBT = re.compile(r"^!|error|I |while|ERROR|WARN")


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300)
    output = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, [
        line for line in output.splitlines() if _DOUBT.search(line)
    ] or output
    return output


def entries(make: Callable[[Paper, str, str], str], papers: Sequence[Paper] = NASTY) -> str:
    return "".join(make(paper, KEYS[paper.id], PAGE) for paper in papers)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, list[str]]]:
    """What BibTeX sees: by key the title in its case, and the parts of the names."""
    folder = tmp_path_factory.mktemp("bibtex")
    (folder / "papers.bib").write_text(entries(citations.bibtex), "utf-8")
    (folder / "show.bst").write_text(STYLE, "utf-8")
    (folder / "papers.aux").write_text(
        "\\citation{*}\n\\bibstyle{show}\n\\bibdata{papers}\n", "utf-8"
    )
    run(folder, "bibtex", "papers")
    lines = (folder / "papers.bbl").read_bytes().decode("utf-8").replace("\n  ", " ")
    found: dict[str, tuple[str, list[str]]] = {}
    for record in re.split(r"^K ", lines, flags=re.M)[1:]:
        key, title, *authors = record.strip("\n").split("\n")
        found[key] = (title.removeprefix("T "), [author.removeprefix("N ") for author in authors])
    return found


def test_bibtex_reads_every_entry(shown: dict[str, tuple[str, list[str]]]) -> None:
    assert set(shown) == set(KEYS.values())


def test_bibtex_sees_the_names_in_our_parts(shown: dict[str, tuple[str, list[str]]]) -> None:
    for paper in NASTY:
        _, authors = shown[KEYS[paper.id]]
        expected = names.of(paper)
        assert len(authors) == len(expected)
        for author, name in zip(authors, expected, strict=True):
            parts = (name.family, name.suffix, name.given)
            if name.given and re.fullmatch(r"[a-zA-Z .'-]*", "".join(parts)):
                seen = re.sub(r"\{(and)\}", r"\1", author.replace("~", " "), flags=re.I)
                assert seen.split("|") == list(parts)


def test_capitals_that_mean_something_survive_bibtex(
    shown: dict[str, tuple[str, list[str]]],
) -> None:
    title, _ = shown[KEYS["preprint"]]
    assert title == "{mRNA} and {GPT}-4 in {eLife}: A study"
    title, _ = shown[KEYS["cjk"]]
    assert "{BERT" in title


# Not `alpha`: its labels are single bytes of names in other scripts.
@pytest.mark.parametrize("style", ["plain", "abbrvnat", "plainnat"])
def test_latex_prints_all_of_them_without_an_error(style: str, tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text(entries(citations.bibtex), "utf-8")
    (tmp_path / "paper.tex").write_text(DOCUMENT % style, "utf-8")
    latex = ("pdflatex", "-draftmode", "-interaction=nonstopmode", "paper")
    run(tmp_path, *latex)
    run(tmp_path, "bibtex", "paper")
    run(tmp_path, *latex)
    log = (tmp_path / "paper.log").read_text("utf-8", "replace")
    assert not re.findall(r"^!.*", log, re.M)
    printed = (tmp_path / "paper.bbl").read_text("utf-8")
    assert all(f"{{{key}}}" in printed for key in KEYS.values())


def test_biber_reads_every_entry_and_name(tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text(entries(citations.biblatex), "utf-8")
    command = ("biber", "--tool", "--validate-datamodel", "--output-format=biblatexml")
    log = run(tmp_path, *command, "--output-file=out.bltxml", "papers.bib")
    doubts = [line for line in log.splitlines() if line.startswith(("ERROR", "WARN"))]
    assert [line for line in doubts if "'date, year' must be defined" not in line] == []

    space = {"b": "http://biblatex-biber.sourceforge.net/biblatexml"}
    tree = etree.parse(tmp_path / "out.bltxml")
    for paper in NASTY:
        (entry,) = tree.xpath("//b:entry[@id=$key]", namespaces=space, key=KEYS[paper.id])
        seen = entry.xpath("b:names[@type='author']/b:name", namespaces=space)
        assert len(seen) == len(paper.authors)
        for name, expected in zip(seen, names.of(paper), strict=True):
            family, given, suffix = (
                "".join(name.xpath(f"b:namepart[@type='{kind}']//text()", namespaces=space)).strip()
                for kind in ("family", "given", "suffix")
            )
            if expected.given and expected.given.isalpha() and expected.family.isalpha():
                assert (family, given, suffix) == (expected.family, expected.given, expected.suffix)
        date = entry.xpath("string(b:date)", namespaces=space)
        assert date == (paper.published or paper.date)
