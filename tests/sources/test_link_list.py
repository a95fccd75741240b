"""Lists and tables in Markdown and Org."""

from __future__ import annotations

import pytest

from generator.model.papers import Paper
from generator.sources import Reading, read
from generator.sources.content import Content
from generator.sources.formats import link_list
from tests.sources import fixture

LINK = "https://arxiv.org/abs/2508.01234"
TITLE = "Moths and Lamps: Light at Night"
OTHER = "- [On Bees](https://arxiv.org/abs/2508.04321)\n"


def reading(text: str) -> Reading:
    found = read(text.encode(), "README.md")
    assert found.format == "markdown"
    return found


def first(text: str) -> Paper:
    found = reading(f"# Papers\n\n{text}\n{OTHER}")
    assert (len(found.papers), found.problems) == (2, ())
    return found.papers[0]


def test_list_gives_a_record_for_each_item_and_row() -> None:
    found = reading(fixture("markdown/awesome.md").decode())
    assert [(one.id, one.title, one.venue) for one in found.papers] == [
        ("2508.01234", "Moths and Lamps: Light at Night", "ACL 2025"),
        ("10-5555-bees-7", "Do Bees Read?", ""),
        ("2401.00010", "Ants in Rows", "EMNLP"),
    ]
    assert [[author.name for author in one.authors] for one in found.papers] == [
        ["Ida Moth", "Otto Wasp"],
        ["Beatrix Bee"],
        ["Anton Ant"],
    ]
    assert [one.sources[0].position for one in found.papers] == ["line 12", "line 13", "line 20"]
    assert "found none in 1 items (line 14)" in found.problems[0].reason


ITEMS = (
    f"- [{TITLE}]({LINK}), Ida Moth, Otto Wasp, ACL 2025",
    f"- [{TITLE}]({LINK}). Ida Moth and Otto Wasp. ACL 2025.",
    f"* **[{TITLE}]({LINK})** *Ida Moth, Otto Wasp* (ACL 2025)",
    f"1. **{TITLE}.** *Ida Moth, Otto Wasp.* ACL 2025. [[paper]({LINK})] [[code](https://github.com/a/b)]",
    f"- **{TITLE}**, Ida Moth, Otto Wasp, ACL 2025 [[PDF]]({LINK})",
    f"- (ACL 2025) {TITLE} [[arXiv]]({LINK}) *Ida Moth, Otto Wasp*",
    f"- [ACL 2025] **{TITLE}** | Ida Moth, Otto Wasp | [paper]({LINK})",
    f'- Ida Moth, Otto Wasp. "{TITLE}". ACL 2025. {LINK}',
    f"- Ida Moth and Otto Wasp. {TITLE}. ACL 2025. [[pdf]]({LINK})",
    f"- Ida Moth, Otto Wasp. **{TITLE}**. In *Proceedings of ACL 2025*. {LINK}",
    f"- Moth, Ida, & Wasp, Otto (2025). {TITLE}. ACL 2025. {LINK}",
    f"- Ida Moth and Otto Wasp. 2025. {TITLE}. In ACL 2025. {LINK}",
    f"- `7` **{TITLE}** <details>more</details> ACL 2025. *Ida Moth, Otto Wasp* [p]({LINK})",
    f"**{TITLE}**  \nIda Moth, Otto Wasp  \n*ACL 2025* [[PDF]]({LINK})\n",
    f"- {TITLE}. Ida Moth, Otto Wasp. ACL 2025. arXiv:2508.01234",
    f"- {TITLE}\n  - Ida Moth, Otto Wasp\n  - ACL 2025\n  - [Paper]({LINK})",
    f"- **{TITLE}**  \n  *Ida Moth, Otto Wasp*  \n  ACL 2025 [![badge](https://b.example/x.svg)]({LINK})",
    f"* <[{TITLE}]({LINK})>, by Ida Moth and Otto Wasp, ACL 2025.",
    f"- [{TITLE.replace(': ', ':%n')}]({LINK}) by Ida Moth, Otto Wasp, ACL 2025".replace(
        "%n", "\n  "
    ),
    f'- <a href="{LINK}">{TITLE}</a>, Ida Moth, Otto Wasp, ACL 2025',
    f"- [[{LINK}][{TITLE}]], Ida Moth, Otto Wasp, ACL 2025",
    f'- [ ] [{TITLE}](<{LINK}> "read"), Ida Moth, Otto Wasp, ACL 2025',
    f"- **{TITLE}.** Ida Moth, Otto Wasp. _ACL 2025_. [Paper]({LINK})",
    f"### [{TITLE}]({LINK})\n\n*Ida Moth, Otto Wasp*, ACL 2025\n",
    f"**[{TITLE}]({LINK})**<br>\nIda Moth, Otto Wasp<br>\nACL 2025\n",
)


@pytest.mark.parametrize(
    "item",
    [
        f'- Moth, I. and Wasp, O. "{TITLE}". *Lamps* 12(3), 2024. [doi]({LINK})',
        f'- I. Moth, O. Wasp, "{TITLE}," *Lamps*, 2024. {LINK}',
    ],
)
def test_citation_has_authors_before_and_venue_behind_its_title(item: str) -> None:
    one = first(item)
    assert (one.title.rstrip(","), one.venue, one.published) == (TITLE, "Lamps", "2024")
    assert [author.name for author in one.authors] == ["I. Moth", "O. Wasp"]


def test_title_may_stand_behind_its_id() -> None:
    for item in (f"- [2508.01234]({LINK}) - {TITLE}", f"- [arXiv]({LINK}): {TITLE}"):
        assert first(item).title == TITLE


def test_titles_in_bold_with_names_below_are_papers() -> None:
    text = f"1. **{TITLE}**\n   Ida Moth (Kew), Otto Wasp\n2. **On Bees**\n   Plato Ant\n"
    assert [(one.title, len(one.authors)) for one in reading(text).papers] == [
        (TITLE, 2),
        ("On Bees", 1),
    ]
    text = "- **Fast Builds** in seconds\n- **Small Files** and no more\n"
    assert not link_list.detect(Content(text.encode(), "x"))


def test_title_and_authors_may_share_a_cell() -> None:
    text = (
        "| Title & Authors | Introduction | Links |\n|:--|:--:|:--:|\n"
        f"| ![s](https://s.example/x.svg) <br> **{TITLE}** <br> Ida Moth, Otto Wasp |"
        f" <img src='x.png'> | [Paper]({LINK}) |\n"
    )
    (one,) = reading(text).papers
    assert (one.title, one.arxiv, len(one.authors)) == (TITLE, "2508.01234", 2)


def test_item_may_begin_with_its_date_and_end_its_authors_with_the_venue() -> None:
    one = first(f"- [2025/08] **{TITLE}.** *Ida Moth et al. Nature Moths.* [[paper]({LINK})]")
    assert (one.title, one.published, one.venue) == (TITLE, "2025-08", "Nature Moths")
    assert [author.name for author in one.authors] == ["Ida Moth"]


@pytest.mark.parametrize("item", ITEMS)
def test_item_is_read_in_any_shape(item: str) -> None:
    one = first(item)
    assert (one.title, one.arxiv, one.venue) == (TITLE, "2508.01234", "ACL 2025")
    assert [author.name for author in one.authors] == ["Ida Moth", "Otto Wasp"]
    assert one.published == "2025"


def test_item_has_its_links_and_no_others() -> None:
    links = (
        f"[[paper]({LINK})] [[code](https://github.com/a/moth)] [[project](https://moth.example)]"
        " [[video](https://video.example/1)] [[tweet](https://tweet.example/2)]"
    )
    assert [(link.kind, link.url) for link in first(f"- **{TITLE}** {links}").links] == [
        ("abs", LINK),
        ("pdf", "https://arxiv.org/pdf/2508.01234"),
        ("code", "https://github.com/a/moth"),
        ("project", "https://moth.example"),
        ("video", "https://video.example/1"),
    ]


@pytest.mark.parametrize(
    ("beside", "unused"),
    [
        ("[[tweet](https://tweet.example/2)]", "link tweet"),
        ("([Ida's page](https://moth.example/ida))", "other links"),
        ("- It shows that lamps draw moths.", "text beside a title"),
    ],
)
def test_what_stands_beside_a_title_and_has_no_place_is_told(beside: str, unused: str) -> None:
    text = f"- [{TITLE}]({LINK}), *Ida Moth, Otto Wasp*, ACL 2025 {beside}\n{OTHER}"
    found = reading(text)
    assert found.unused == ((unused, 1),)
    assert reading(text.replace(beside, "")).unused == ()
    assert [author.name for author in found.papers[0].authors] == ["Ida Moth", "Otto Wasp"]


def test_links_of_a_table_that_have_no_place_are_told() -> None:
    row = f"| [{TITLE}]({LINK}) | Ida Moth | [tweet](https://tweet.example/2) |"
    found = reading(f"| Title | Authors | More |\n|--|--|--|\n{row}\n")
    assert "link tweet" in dict(found.unused)


def test_items_below_the_name_of_a_group_are_papers() -> None:
    text = f"- Surveys\n  - [{TITLE}]({LINK})\n  - [On Bees](https://doi.org/10.5555/bees)\n"
    assert [one.title for one in reading(text).papers] == [TITLE, "On Bees"]


TABLE = f"""
| Title | Authors | Year | Venue | Paper | Code |
|:------|---------|:----:|:-----:|-------|------|
| {TITLE} | Ida Moth, Otto Wasp | 2025 | ACL | [Link]({LINK}) | [Code](https://github.com/a/b) |
| Bees \\| Ants | Plato | 2024 | arXiv | [Link](https://arxiv.org/abs/2401.00010) | - |
"""


@pytest.mark.parametrize(
    "rule", ["|:------|---------|:----:|:-----:|-------|------|", "|--+--+--|"]
)
def test_table_has_its_links(rule: str) -> None:
    lines = TABLE.split("\n")
    lines[2] = rule
    one, two = reading("\n".join(lines)).papers
    assert (one.id, one.title, one.venue) == ("2508.01234", TITLE, "ACL")
    assert [link.kind for link in one.links] == ["abs", "pdf", "code"]
    assert (two.id, two.title, two.authors[0].name) == ("2401.00010", "Bees | Ants", "Plato")
    assert reading("\n".join(lines)).problems == ()


@pytest.mark.parametrize("kind", ["pdf", "code", "project", "slides", "video", "dataset"])
@pytest.mark.parametrize("column", ["Links", "Paper", "PDF"])
def test_link_is_of_the_kind_that_its_text_names(column: str, kind: str) -> None:
    cell = f"[{kind.upper()}](https://moth.example/1)"
    text = f"| Title | Authors | {column} |\n|--|--|--|\n| {TITLE} | Ida Moth | {cell} |\n"
    (link,) = reading(text).papers[0].links
    assert (link.kind, link.url) == (kind, "https://moth.example/1")


def test_address_that_ends_in_pdf_is_one() -> None:
    cell = "[Read](https://moth.example/1.pdf)"
    (one,) = reading(f"| Title | Authors | Links |\n|--|--|--|\n| A | Plato | {cell} |\n").papers
    assert [link.kind for link in one.links] == ["pdf"]


def test_table_whose_titles_are_links_is_read() -> None:
    for column in ("Paper", "Title"):
        text = f"| Date | {column} |\n|---|---|\n| 2025-08 | **[{TITLE}]({LINK})** - on lamps |\n"
        (one,) = reading(text).papers
        assert (one.id, one.title, one.published) == ("2508.01234", TITLE, "2025-08")


def test_table_needs_no_bars_around_it() -> None:
    text = f"Title | Authors\n--- | ---\n[{TITLE}]({LINK}) | Ida Moth\nOn Bees | Beatrix Bee\n"
    assert [(one.title, one.arxiv) for one in reading(f"# Papers\n{text}").papers] == [
        (TITLE, "2508.01234"),
        ("On Bees", ""),
    ]


def test_day_on_which_a_paper_was_read_is_not_its_own() -> None:
    assert first(f"- 2025-08-07: [{TITLE}]({LINK})").published == ""


def test_names_of_a_table_are_no_titles_where_papers_are() -> None:
    text = (
        f"| Name | Paper | Code |\n|---|---|---|\n| Moth | [{TITLE}]({LINK}) |"
        " [PyTorch](https://github.com/a/b) |\n"
    )
    found = reading(text)
    (one,) = found.papers
    assert (one.title, found.unused, found.problems) == (TITLE, (("Name", 1),), ())
    assert [link.kind for link in one.links] == ["abs", "pdf", "code"]


def test_table_of_what_is_no_paper_is_none() -> None:
    rows = "".join(f"| Set {n} | lamps | [site](https://set.example/{n}) |\n" for n in range(5))
    text = f"| Name | About | Link |\n|---|---|---|\n{rows}| Set 6 | [x]({LINK}) | |\n"
    assert not link_list.detect(Content(text.encode(), "x"))


def test_item_may_begin_with_a_word_and_a_colon() -> None:
    found = reading(f"- Survey: [{TITLE}]({LINK})\n{OTHER}")
    assert [one.title for one in found.papers] == [TITLE, "On Bees"]


def test_org_has_headlines_items_and_tables() -> None:
    found = reading(fixture("markdown/reading.org").decode())
    assert [(one.id, one.title, len(one.authors)) for one in found.papers] == [
        ("10-5555-moth-1", TITLE, 2),
        ("2401.00010", "Ants in Rows", 1),
        ("10-5555-bees-7", "Do Bees Read?", 1),
    ]
    assert found.problems == ()


def test_headline_of_org_has_properties() -> None:
    text = (
        f"#+title: Reading\n* Moths\n** TODO [#A] {TITLE} :lamp:night:\n   :PROPERTIES:\n"
        "   :AUTHOR: Ida Moth and Otto Wasp\n   :YEAR: 2025\n   :DOI: 10.5555/moth\n   :END:\n"
        "** DONE On Bees\n   :PROPERTIES:\n   :DOI: 10.5555/bees\n   :END:\n"
    )
    one, two = reading(text).papers
    assert (one.title, one.doi, one.published) == (TITLE, "10.5555/moth", "2025")
    assert [author.name for author in one.authors] == ["Ida Moth", "Otto Wasp"]
    assert two.title == "On Bees"


def test_front_matter_does_not_hide_a_list() -> None:
    found = reading(f"---\nlayout: page\n---\n- [{TITLE}]({LINK})\n{OTHER}")
    assert [one.title for one in found.papers] == [TITLE, "On Bees"]


PROSE = (
    f"# Tool\n\nIt does what [Moth (2025)]({LINK}) says. See also [Bee]({LINK}).\n\nIt is free.\n",
    f"- fast\n- small\n- free\n\nSee:\n\n- [{TITLE}]({LINK})\n- [On Bees]({LINK})\n\nEnd.\n",
    f"[{TITLE}]({LINK})\n",
    "| Option | Default |\n|---|---|\n| title | none |\n| authors | none |\n",
    "| Title | Status |\n|---|---|\n| Write the minutes | done |\n",
    "- [Docs](https://tool.example/docs)\n- [Code](https://github.com/a/b)\n",
    "# Changes\n\n- Fixed arXiv ids, see #1\n- Moved doi: to the end\n",
    f"# YAML\n---\nreferences:\n  - url: {LINK}\n    title: x\n  - doi: 10.5555/x\n",
    f"cff-version: 1.2.0\nreferences:\n  - url: {LINK}\n    title: x\n  - doi: 10.5555/x\n",
    f"```\n- [{TITLE}]({LINK})\n- [On Bees]({LINK})\n```\n",
)


@pytest.mark.parametrize("text", PROSE)
def test_text_that_mentions_papers_is_no_list(text: str) -> None:
    assert not link_list.detect(Content(text.encode(), "x"))


def test_title_may_be_followed_by_venue_and_year_alone() -> None:
    text = (
        "- On Moths, LAMP, 2023. [[Paper](https://arxiv.org/abs/2304.01234)]\n"
        "- On Bees, Wasps, and Flies. [[Paper](https://arxiv.org/abs/2304.01235)]\n"
    )
    one, two = read(text.encode(), "list.md").papers
    assert (one.title, one.venue, one.published) == ("On Moths", "LAMP", "2023")
    assert (two.title, two.venue) == ("On Bees, Wasps, and Flies", "")


def test_italics_behind_names_are_the_venue() -> None:
    text = (
        "- [On Moths](https://arxiv.org/abs/2304.01234), Ida Moth, *Night Letters*\n"
        "- [On Bees](https://arxiv.org/abs/2304.01235), Bea Bee *et al.*\n"
    )
    one, two = read(text.encode(), "list.md").papers
    assert ([each.name for each in one.authors], one.venue) == (["Ida Moth"], "Night Letters")
    assert ([each.name for each in two.authors], two.venue) == (["Bea Bee"], "")


def test_names_before_a_link_in_a_cell_are_authors() -> None:
    text = (
        "| Paper | Year |\n|---|---|\n"
        "| Ida Moth et al. [On Moths](https://arxiv.org/abs/2304.01234) | 2023 |\n"
        "| [On Bees](https://arxiv.org/abs/2304.01235) | 2024 |\n"
    )
    one, two = read(text.encode(), "list.md").papers
    assert (one.title, [each.name for each in one.authors]) == ("On Moths", ["Ida Moth"])
    assert (two.title, two.authors) == ("On Bees", ())


def test_manual_of_options_is_no_table_of_papers() -> None:
    text = (
        "| Option | Description |\n|---|---|\n| --title | Title of the paper |\n| --out | File |\n"
    )
    assert read(text.encode(), "manual.md").papers == ()
