"""YAML in the shapes that people and programs keep papers in, and with the slips they make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.papers import Paper
from generator.sources import Reading, read
from generator.sources.content import Content
from generator.sources.formats import yaml_list
from generator.sources.yaml_slips import mended

SHAPES = {
    "list": """
- id: moth
  title: "Moths: A Study"
  author: [Ida Moth, "Wasp, Otto"]
  date: 2024-05-14
  venue: Lamps
  doi: 10.5555/moth
""",
    "al-folio": """
# _data/publications.yml
publications:
  - title: "Moths: A Study"
    authors: Ida Moth, Otto Wasp
    date: 14 May 2024
    journal: Lamps
    doi: https://doi.org/10.5555/moth
    code: https://github.com/moth/lamp
""",
    "years": """
2024:
  - title: "Moths: A Study"
    authors: Ida Moth and Otto Wasp
    date: 2024-05-14
    venue: Lamps
    doi: 10.5555/moth
2023: []
""",
    "csl": """---
references:
- id: moth2024
  type: article-journal
  title: "Moths: A Study"
  author:
  - {family: Moth, given: Ida}
  - literal: Otto Wasp
  issued:
    date-parts:
    - - 2024
      - 5
      - 14
  container-title: Lamps
  DOI: 10.5555/MOTH
...
""",
    "csl of pandoc": """
references:
- title: 'Moths: A Study'
  author: [{family: Moth, given: Ida}, {family: Wasp, given: Otto}]
  issued: [{year: 2024, month: 5, day: 14}]
  container-title: Lamps
  DOI: 10.5555/moth
""",
    "hayagriva": """
moth:
    type: Article
    title:
        value: "Moths: A Study"
        verbatim: true
    author: ["Moth, Ida", {name: Wasp, given-name: Otto}]
    date: 2024-05-14
    serial-number:
        doi: 10.5555/moth
    parent:
        type: Periodical
        title: Lamps
        volume: 3
""",
    "papis": """
title: 'Moths: A Study'
author: Moth, Ida and Wasp, Otto
author_list:
- {family: Moth, given: Ida}
- {family: Wasp, given: Otto}
date: 2024-05-14
doi: 10.5555/moth
journal: Lamps
papis_id: a1b2
files: [moth.pdf]
""",
    "hugoblox": """---
title: "Moths: A Study"
authors:
  - Ida Moth
  - Otto Wasp
date: "2024-05-14T00:00:00Z"
publication_types: ["2"]
publication: In *Lamps*
hugoblox: {ids: {doi: 10.5555/moth}}
links:
  - name: Code
    url: https://github.com/moth/lamp
---

Click the *Cite* button: it is above.

{{% callout note %}}
""",
    "academicpages": """---
title: "Moths: A Study"
collection: publications
authors: Ida Moth; Otto Wasp
date: 2024-05-14
venue: 'Lamps'
paperurl: 'https://doi.org/10.5555/moth'
---
Light is near.
""",
    "documents": """---
title: "Moths: A Study"
authors: [Ida Moth, Otto Wasp]
date: 2024-05-14
venue: Lamps
doi: 10.5555/moth
---
title: On Bees
authors: [Beatrix Bee]
venue: Lamps
""",
}


def reading(text: str) -> Reading:
    found = read(text.encode(), "papers.yml")
    assert found.format == "yaml"
    return found


def first(text: str) -> Paper:
    found = reading(text)
    assert (found.problems, found.refused) == ((), 0)
    return found.papers[0]


@pytest.mark.parametrize("name", SHAPES)
def test_paper_is_read_in_any_shape(name: str) -> None:
    one = first(SHAPES[name])
    assert (one.title, one.doi, one.venue) == ("Moths: A Study", "10.5555/moth", "Lamps")
    assert [author.name for author in one.authors] == ["Ida Moth", "Otto Wasp"]
    assert one.published == "2024-05-14"


def test_every_document_list_and_key_counts() -> None:
    assert len(reading(SHAPES["documents"]).papers) == 2
    more = "b:\n  title: On Bees\n  author: Bee, Beatrix\n"
    one, two = reading(SHAPES["hayagriva"] + more).papers
    assert [paper.sources[0].position for paper in (one, two)] == ["moth", "b"]
    assert {link.kind for link in first(SHAPES["hugoblox"]).links} == {"doi", "code"}


def test_page_of_academicpages_needs_no_authors() -> None:
    one = first(
        "---\ntitle: Moths\ncollection: publications\ndate: 2024-05-14\nvenue: 'Lamps'\n"
        "paperurl: 'https://moth.example/a.pdf'\ncitation: 'Moth, I. (2024).'\n---\n\nText: more.\n"
    )
    assert (one.title, one.venue, one.links[0].kind) == ("Moths", "Lamps", "pdf")


def test_owner_of_a_site_is_told_and_no_author() -> None:
    found = reading(SHAPES["hugoblox"].replace("  - Ida Moth", "  - admin"))
    assert [author.name for author in found.papers[0].authors] == ["Otto Wasp"]
    assert "“admin” is the owner of the site" in found.problems[0].reason


NO_PAPERS = (
    "---\ntitle: A concert\ndate: 2024-05-14\nvenue: The hall\n---\nCome.\n",
    "title: My blog\nauthor: Ida Moth\nemail: i@moth.example\ndescription: on moths\n",
    "---\ntitle: A day\nauthor: Ida Moth\ndate: 2024-05-14\ntags: [moths]\n---\nIt was warm.\n",
    "main:\n  - title: Home\n    url: /\n  - title: About\n    url: /about/\n",
    "info:\n  title: An API\n  description: of moths\n  version: 1.0\npaths: {}\n",
    "events:\n  - title: Meeting\n    date: 2024-05-14\n",
    "cff-version: 1.2.0\ntitle: Tool\nauthors: [{family-names: Moth}]\ndoi: 10.5555/x\nvenue: x\n",
    "- hosts: all\n  tasks: []\n",
)


@pytest.mark.parametrize("text", NO_PAPERS)
def test_other_yaml_is_no_list_of_papers(text: str) -> None:
    assert not yaml_list.detect(Content(text.encode(), "x.yml"))


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("Moths: A Study", "Moths: A Study"),
        ("Moths: A Study\n    in Lamps", "Moths: A Study in Lamps"),
        ('"Why" Moths Fly', '"Why" Moths Fly'),
        ("[CL] Moths", "[CL] Moths"),
        ("@home with Moths", "@home with Moths"),
        ("`Moths` at Night", "`Moths` at Night"),
        ("% of Moths", "% of Moths"),
        (r"Moths: \alpha", r"Moths: \alpha"),
    ],
)
def test_value_without_its_quotes_is_read_and_told(value: str, title: str) -> None:
    found = reading(f"- title: On Bees\n  year: 2023\n- title: {value}\n  year: 2024\n")
    assert [(one.title, one.published) for one in found.papers] == [
        ("On Bees", "2023"),
        (title, "2024"),
    ]
    (problem,) = found.problems
    assert problem.position == "line 3"
    assert "put the value of “title” in quotes" in problem.reason


def test_broken_element_is_refused_alone() -> None:
    found = reading("- title: On Bees\n  x: [1, 2\n- title: On Ants\n  year: 2024\n")
    assert [one.title for one in found.papers] == ["On Ants"]
    assert (found.refused, found.problems[0].position) == (1, "line 1")


def test_yaml_that_cannot_be_mended_says_where_and_how() -> None:
    found = read(b"papers:\n- title: On Bees\n\t year: 2024\n", "x.yml")
    assert "found in line 3" in found.problems[0].reason
    assert "needs quotes" in found.problems[0].reason


def test_block_of_text_is_no_slip() -> None:
    text = "- title: Moths\n  abstract: |\n    Note: it is late.\n    [x] y\n  venue: a: b\n"
    whole, slips = mended(text)
    assert [slip.line for slip in slips] == [5]
    assert whole == text.replace("a: b", '"a: b"')


@given(st.text(alphabet="ab:'\"[]{}|>#-\n @*", max_size=60))
def test_any_text_is_mended_without_error(text: str) -> None:
    whole, slips = mended(f"- title: {text}\n")
    assert bool(slips) == (whole != f"- title: {text}\n")


def test_links_may_be_under_their_kinds() -> None:
    links = f"    PDF: {A}\n    slides: {B}\n    DOI: {C}\n"
    text = f"- title: On Moths\n  year: 2024\n  links:\n{links}"
    (one,) = read(text.encode(), "x.yml").papers
    assert one.doi == "10.5555/moth"
    assert {link.kind for link in one.links if link.url in (A, B)} == {"pdf", "slides"}


A, B, C = "https://moth.example/1", "https://moth.example/2", "https://doi.org/10.5555/moth"


def test_lists_may_be_under_years_within_one_name() -> None:
    item = "    - title: On {}\n      authors: [Ida Moth]\n"
    text = f"papers:\n  2024:\n{item.format('Moths')}  2023:\n{item.format('Bees')}"
    assert [one.title for one in read(text.encode(), "x.yml").papers] == ["On Moths", "On Bees"]


def test_front_matter_may_be_toml() -> None:
    text = (
        '+++\ntitle = "On Moths: Lamps"\ndate = 2024-05-14\nauthors = ["Ida Moth", "Otto Wasp"]\n'
        'publication = "In *AntConf*"\narxiv = 2508.01230\ndraft = false\n+++\nText.\n'
    )
    found = read(text.encode(), "index.md")
    (one,) = found.papers
    assert (one.title, one.published, one.venue) == ("On Moths: Lamps", "2024-05-14", "AntConf")
    assert (one.arxiv, len(one.authors), found.problems) == ("2508.01230", 2, ())
    (problem,) = read(text.replace("draft =", "draft").encode(), "index.md").problems
    assert "expected TOML" in problem.reason


LISTS = {
    "years": """2024:
- {title: On Moths, authors: Ida Moth}
2025:
- {title: On Bees, authors: B Bee}
""",
    "sessions": """sessions:
- name: Night
  talks:
  - {title: On Moths, speakers: [Ida Moth]}
- name: Day
  talks:
  - {title: On Bees, authors: B Bee}
""",
    "days": """- date: 2025-08-07
  papers:
  - {title: On Moths, link: "https://arxiv.org/abs/2508.01234"}
- date: 2025-08-14
  papers:
  - {title: On Bees, doi: 10.5555/bee}
""",
    "keys": """papers:
  moth: {title: On Moths, author: "Moth, Ida"}
  bee: {title: On Bees, author: "Bee, B"}
""",
    "parents": """moth: {type: article, title: On Moths, author: "Moth, Ida"}
bee:
  type: article
  title: On Bees
  author: [{name: Bee, given-name: B, prefix: van}]
  parent:
  - {type: proceedings, title: Proc. Lamps, volume: 3}
""",
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_in_lists_lose_no_paper(name: str) -> None:
    assert [one.title for one in reading(LISTS[name]).papers] == ["On Moths", "On Bees"]


def test_paper_has_the_year_or_the_day_of_its_list() -> None:
    assert [one.published for one in reading(LISTS["years"]).papers] == ["2024", "2025"]
    days = [day.isoformat() for one in reading(LISTS["days"]).papers for day in one.days]
    assert days == ["2025-08-07", "2025-08-14"]


def test_parent_of_hayagriva_says_where_a_paper_stands() -> None:
    _, bee = reading(LISTS["parents"]).papers
    assert (bee.venue, bee.publication.type, bee.publication.volume) == (
        "Proc. Lamps",
        "paper-conference",
        "3",
    )
    assert bee.authors[0].name == "B van Bee"


def test_breaks_between_talks_are_no_papers() -> None:
    found = reading(LISTS["sessions"] + "  - {title: Lunch, time: '12:00'}\n")
    assert ([one.title for one in found.papers], found.refused) == (["On Moths", "On Bees"], 1)
