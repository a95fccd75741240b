"""The quick way from Markdown to HTML gives what Python-Markdown gives, or says that it cannot."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render import blocks
from generator.text import heading

EXTENSIONS = ("toc", "tables", "fenced_code")

BLOCKS = st.sampled_from(
    [
        "<p>One line</p>",
        "<p>A line\nand &amp; another</p>",
        '<div class="a">\n<div>inner</div>\n\n<p>after an empty line</p>\n</div>',
        '<ul aria-label="x"><li>1</li></ul>',
        "<nav>\n<a href='../'>up</a>\n</nav>",
        "<pre>raw</pre>",
        "<details><summary>S</summary><p>d</p></details>",
        "<section><h2 id='abstract'>H</h2></section>",
        "# Heading",
        "## Abstract",
        "## Abstract ##",
        "### A_b* `code` [x](y)",
        "# &#35; 1 &lt;i&gt; é",
        "Plain text",
        "<span>inline</span>",
        "<p>never closed",
        "<div>\n<p>left open\n</div>",
        "</div>",
        "* item",
        "    indented",
        "<p>tab\there</p>",
        "<p>a</p> trailing",
        "<p>line\n   \nof spaces</p>",
    ]
)


@given(st.lists(st.tuples(BLOCKS, st.sampled_from(["\n", "\n\n", "\n\n\n"])), max_size=6))
def test_what_it_converts_is_what_python_markdown_makes(parts: list[tuple[str, str]]) -> None:
    body = "".join(block + gap for block, gap in parts)
    converted = blocks.convert(body.encode())
    if converted:
        assert converted.html.decode() == markdown.markdown(body, extensions=EXTENSIONS)


@given(st.text(max_size=60).map(str.strip).filter(bool))
def test_any_title_is_a_heading_as_python_markdown_makes_it(title: str) -> None:
    shown = heading(title)
    body = f"# {shown}\n\n<p>{shown}</p>\n"
    converted = blocks.convert(body.encode())
    if converted:
        assert converted.html.decode() == markdown.markdown(body, extensions=EXTENSIONS)


@pytest.mark.parametrize(
    "title", ["On Ants", "What? 100% of C#!", "a_b * `c` [d](e) <f>", r"$x^2_i$ and $\alpha$"]
)
def test_titles_of_papers_need_no_other_way(title: str) -> None:
    body = f"# {heading(title)}\n\n## Abstract\n\n<p>x</p>\n"
    converted = blocks.convert(body.encode())
    assert converted
    assert [level for level, _ in converted.headings] == [1, 2]


@pytest.mark.parametrize("body", ["Text", "<p>open", "* item", "# A_b_c", "<p>a</p> b", "\tx"])
def test_other_blocks_are_left_to_python_markdown(body: str) -> None:
    assert blocks.convert(body.encode()) is None
