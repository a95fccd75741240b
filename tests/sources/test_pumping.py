"""Foreign text of twice the length takes about twice the time, whatever it is made of.

A reader that looks back over what it has read makes a file of a megabyte a matter of hours. So
every text function and every format is flooded with small pieces that some pattern might stumble
over, and the time is compared with that of a flood twice as long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from generator import catalog, text
from generator.exports import paper_markdown
from generator.exports.citations import tex
from generator.sources import arxiv, identifiers, links, names, read, references, tex_names
from generator.sources.days import Anchor, published
from generator.sources.fields import author_lists
from generator.sources.formats import arxiv_oai
from generator.text import unicode_math
from tests.sources import fixture
from tests.sources.floods import UNITS, assert_is_linear

pytestmark = pytest.mark.slow

FUNCTIONS: dict[str, Callable[[str], object]] = {
    "paragraphs": text.paragraphs,
    "untex": text.untex,
    "inline": text.inline,
    "formulas": lambda flood: text.inline(
        "".join(f"a ${flood[start : start + 300]}$ b " for start in range(0, len(flood), 300))
    ),
    "urls": text.urls,
    "safe_url": lambda flood: text.safe_url(f"https://a.b/{flood}"),
    "excerpt": lambda flood: text.excerpt(flood, 300),
    "slug": text.slug,
    "readable": unicode_math.readable,
    "as_markdown": paper_markdown.as_markdown,
    "citation": lambda flood: tex.title(flood, unicode=False),
    "author": lambda flood: names.author(f"Lee {flood}"),
    "people": lambda flood: list(tex_names.people(f"Ada Lee {flood} Bo Li")),
    "whole names": lambda flood: [
        names.is_whole(f"Lee {flood}{end}") for end in ("", ", Bo", " x, Bo")
    ],
    "jats": lambda flood: [
        text.paragraphs(f"<jats:p>{tag}{flood}</jats:p>") for tag in ("", "<jats:alternatives>")
    ],
    "authors": lambda flood: author_lists.split(f"Ada Lee {flood} Bo Li"),
    "quoted authors": lambda flood: author_lists.split(f"['Ada Lee{flood} Bo Li"),
    "signatures": lambda flood: arxiv_oai.signatures(f"A. Lee {flood} B. Li"),
    "ids": lambda flood: [
        read(f"{before}{flood}")
        for read in (identifiers.arxiv, identifiers.doi, identifiers.anthology)
        for before in ("", "10.1000/(", "arXiv:")
    ],
    "links": links.links_in,
    "web": lambda flood: list(references.web("url", [f"a{flood}b"])),
    "comment": lambda flood: arxiv.withdrawn(f"withdrawn {flood}", f"withdrawn {flood}"),
    "year": Anchor.parse,
    "published": published,
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_text_takes_time_in_proportion(name: str) -> None:
    for unit in UNITS:
        assert_is_linear(FUNCTIONS[name], unit)


FILES = (
    *("acl-anthology/two.xml", "arxiv/2025-08-07.jsonl", "arxiv/api.xml", "arxiv/data-set.jsonl"),
    *("arxiv/oai.xml", "arxiv/oai-raw.xml", "bibtex/messy.bib", "cff/one.cff", "crossref/two.xml"),
    *("conference-list/antconf2023.json", "csl-json/items.json", "datacite/one.json"),
    *(
        "endnote-xml/two.xml",
        "markdown/awesome.md",
        "html/paper.html",
        "html/table.html",
        "hugging-face/2025-08-07.json",
        "jats/one.nxml",
        "mods/two.xml",
    ),
    *("mini-conf/papers.json", "nbib/two.nbib", "openalex/works.json", "openreview/notes.json"),
    *("pubmed-xml/two.xml", "refer/two.enw", "ris/messy.ris", "table/papers.csv"),
    *("yaml/papers.yml", "europe-pmc/search.json", "europe-pmc/search.xml", "dblp/records.xml"),
    *("serpapi/results.json", "virtual-site/orals-posters.json", "zotero/items.json"),
    *("zotero-rdf/library.rdf", "journal-feed/two.rss", "marc/one.xml", "tei/header.xml"),
    *("google-scholar/alert.txt", "references/bibliography.txt", "named-fields/report.txt"),
    *("semantic-page/search.txt", "scholar-profile/profile.txt"),
    *("web-of-science/savedrecs.txt", "ovid/citations.txt", "refworks/export.txt"),
    *("arxiv-mail/two.txt", "paper-ids/listing.txt", "paper-ids/thread.txt"),
    *("daily-page/search-2025-08-07.txt", "daily-page/anthology.txt", "daily-page/accepted.txt"),
    *("note-express/cnki.txt", "word/Sources.xml", "cochrane/citations.txt"),
    *("pubmed-text/abstracts.txt", "oai-dc/harvest.xml", "datacite-xml/one.xml"),
    *("bibtexml/library.xml", "opencitations/metadata.json", "biorxiv/details.json"),
    *("spreadsheet/of-2003.xls",),
    *("yaml/csl.yaml", "yaml/hayagriva.yml", "yaml/index.md", "markdown/reading.org"),
)
# A name or a title, as the formats write them: behind a mark, and before another or the line's end.
_VALUE = re.compile(r"""(?<=["{>:, -])([^\W\d_][^"{}<>\n]{5,})(?=["}<\n])""")


@pytest.mark.parametrize("name", FILES)
def test_flooded_field_takes_time_in_proportion(name: str) -> None:
    data = fixture(name).decode()
    values = list(_VALUE.finditer(data))
    start = values[len(values) // 2].end()

    def run(flood: str) -> None:
        read((data[:start] + flood + data[start:]).encode(), name)

    for unit in UNITS:
        assert_is_linear(run, json.dumps(unit)[1:-1] if data[:1] in "[{" else unit)


ALIKE: dict[str, Callable[[int], dict[str, object]]] = {
    "one title": lambda n: {"doi": f"10.1000/{n}"},
    "one title and author": lambda n: {"authors": ["Ada Lee"], "arxiv": f"2001.{n:05}"},
    "two kinds of ids": lambda n: {
        "authors": ["Ada Lee"],
        **({"arxiv": f"2001.{n:05}"} if n % 2 else {"doi": f"10.1000/{n}"}),
    },
    "one title of many years": lambda n: {"published": f"{1900 + n % 200}-0{1 + n % 9}"},
    "one person of many names": lambda n: {
        "title": f"On Ants, Part {n}",
        "authors": [{"name": f"Ada {n}", "orcid": "0000-0002-1825-0097"}],
    },
}


@pytest.mark.parametrize("shape", ALIKE)
def test_papers_that_look_alike_take_time_in_proportion(shape: str) -> None:
    def run(flood: str) -> None:
        records = (
            {"title": "On the Long March of Ants"} | ALIKE[shape](n) for n in range(len(flood))
        )
        catalog.build([read("\n".join(map(json.dumps, records)).encode(), "a.jsonl")])

    assert_is_linear(run, "x", 2_000)
