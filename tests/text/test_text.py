r"""Foreign text stays text, wherever it is written.

The properties below put nasty text through the real Markdown, Jinja and HTML parsers and ask for
one thing: what a reader sees is what `clean` returned, and no element comes from the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import jinja2
import markdown  # type: ignore[import-untyped,unused-ignore]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.text import (
    clean,
    escape,
    excerpt,
    fold,
    heading,
    inline,
    metadata,
    paragraphs,
    safe_url,
    segments,
    slug,
    urls,
)
from tests.nasty import any_text

EXTENSIONS = (
    "toc tables fenced_code attr_list md_in_html admonition def_list footnotes abbr smarty"
    " sane_lists pymdownx.emoji pymdownx.tilde pymdownx.caret pymdownx.mark pymdownx.magiclink"
    " pymdownx.smartsymbols pymdownx.critic pymdownx.details pymdownx.superfences pymdownx.keys"
    " pymdownx.tasklist pymdownx.tabbed pymdownx.betterem pymdownx.inlinehilite pymdownx.arithmatex"
    " pymdownx.snippets pymdownx.fancylists pymdownx.progressbar pymdownx.blocks.html"
)
MARKDOWN = markdown.Markdown(
    extensions=EXTENSIONS.split(),
    extension_configs={
        "pymdownx.magiclink": {
            "repo_url_shorthand": True, "social_url_shorthand": True, "user": "u", "repo": "r",
        },
    },
)  # fmt: skip


class Page(HTMLParser):
    """The text of some HTML, its elements in order, and its text with TeX for every formula."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.pieces: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "math" not in self.open or "annotation" in self.open:
            self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def render(source: str) -> Page:
    return Page(MARKDOWN.reset().convert(source))


PLACES: dict[str, tuple[str, list[str], Callable[[str], str]]] = {
    "raw block": ("<p>{}</p>", ["p"], inline),
    "raw list": ("<ul>\n<li>{}</li>\n</ul>", ["ul", "li"], inline),
    "heading": ("# {}", ["h1"], heading),
}


@given(raw=any_text)
@settings(max_examples=240, deadline=None)
def test_escaped_text_reads_the_same_in_a_raw_block(raw: str) -> None:
    text = clean(raw)
    page = render(f"<p>{escape(text)}</p>")
    assert page.elements == ["p"]
    assert page.text.replace("\n", "") == text


@pytest.mark.parametrize("place", PLACES)
@given(raw=any_text)
@settings(max_examples=200, deadline=None)
def test_inline_text_reads_the_same_with_tex_for_mathematics(place: str, raw: str) -> None:
    text = clean(raw)
    if not text:
        return
    template, elements, write = PLACES[place]
    html = write(text)
    page = render(template.format(html))
    alone = Page(html)
    assert page.elements == elements + alone.elements
    assert page.text.replace("\n", "") == alone.text
    expected = "".join(
        Page(write(part.text)).text if part.kind == "mathematics" else part.text
        for part in segments(text)
    )
    assert alone.text == expected
    ElementTree.fromstring(f"<p>{html}</p>")


@given(raw=any_text)
@settings(max_examples=150, deadline=None)
def test_inline_html_has_only_known_elements_and_safe_links(raw: str) -> None:
    page = Page(inline(raw))
    assert not {"script", "style", "img", "svg", "iframe", "b", "div"} & set(page.elements)
    for name, value in page.attributes:
        assert not name.startswith(("on", "style", "src", "xlink"))
        assert name != "href" or (value or "").lower().startswith(("http://", "https://"))


@given(text=any_text)
@settings(max_examples=300, deadline=None)
def test_jinja_and_attributes_return_escaped_text_unchanged(text: str) -> None:
    written = escape(text)
    assert jinja2.Environment(autoescape=True).from_string(written).render() == written
    attribute = Page(f'<p title="{written}">').attributes
    assert attribute == [("title", unescape(written))]
    assert not set(written) & set('<>"\n\r\t\x00\x02\x03\x1c\x7f\x85')


@pytest.mark.parametrize("write", [escape, inline, heading])
def test_plain_characters_stay_plain(write: Callable[[str], str]) -> None:
    sentence = "Note: C++ (1) isn't 100% A*, e.g. #1 of [BERT] in 3.5 hours: fast!"
    plain = "Note: we use well-known tools, e.g. BERT (in 3.5 hours): fast!"
    assert write(plain) == plain
    if write is not heading:
        assert write(sentence) == sentence


@given(raw=any_text)
@settings(max_examples=500, deadline=None)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once
    assert once == " ".join(once.split())
    once.encode()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (r"na\"ively", "naïvely"),
        (r"{\'e} \'{e} \c{c} \v{s} \~n \^{\i}", "é é ç š ñ î"),
        (r"Stra\ss e, S{\o}ren, \L{}ódź, \ae", "Straße, Søren, Łódź, æ"),
        ("``X'' and `Y', don't", "“X” and ‘Y’, don't"),
        ("```code``` f''(x)", "```code``` f''(x)"),
        (r"50\% \& \_ \# \$ \{ \}", "50% & _ # $ { }"),
        (r"\emph{the $x_{i}$ axis} \textbf{a \textit{b}}", "the $x_{i}$ axis a b"),
        (r"\href{https://a.b/c}{text} \url{https://a.b/c_d}", "text https://a.b/c_d"),
        (r"he said \"over\" isn\'t \" 5", 'he said "over" isn\'t " 5'),
        (r"a--b ~ 50% } <b> \foo{x} {NLP} \\%", r"a--b ~ 50% } <b> \foo{x} {NLP} \\%"),
        (r"$\%\'e ``x''$ \(\_\) \[\{\] $$\#$$", r"$\%\'e ``x''$ \(\_\) \[\{\] $$\#$$"),
        (r"\emph{open", r"\emph{open"),
        (r"\emph\{x\}", "x"),
        (" a\u2028\tb\x85c\xa0d\r\n", "a b c d"),
        ("a\ud800b\u2066\x00c\x1bd\x7fe\xadf\ufeffg\ufffeh", "abcdefgh"),
    ],
)
def test_clean_resolves_latex_and_nothing_else(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_paragraphs_are_cleaned_one_by_one() -> None:
    assert paragraphs("a\nb\r\n \r\n\n``c''\n\n\n") == "a b\n\n“c”"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("costs $5 and $10", []),
        ("$5 million to $6 million, $5-$6", []),
        ("US$5, A$6", []),
        ("$x$ and $$y$$, \\(z\\) \\[w\\]", ["$x$", "$$y$$", "\\(z\\)", "\\[w\\]"]),
        ("$10\\times$ for $5", ["$10\\times$"]),
        ("$a\\$b$", ["$a\\$b$"]),
        ("$a\n\nb$", []),
        ("$" + "x" * 3000 + "$", []),
    ],
)
def test_money_is_not_mathematics(text: str, expected: list[str]) -> None:
    assert [part.text for part in segments(text) if part.kind == "mathematics"] == expected
    assert "".join(part.text for part in segments(text)) == text


def test_mathematics_becomes_mathml_with_its_source() -> None:
    html = inline("$x^2<1$")
    assert html.startswith("<math><semantics><mrow><msup>")
    assert '<annotation encoding="application/x-tex">x^2&lt;1</annotation>' in html
    assert "annotation" not in inline("$x^2<1$", tex=False)


@pytest.mark.parametrize(
    "source",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\style{color:red}{x}",
        r"\unicode{x41}",
        r"\def\a{\a\a}\a",
        r"\frac{1}{",
        r"\unknown",
        "{" * 900 + r"\unknown" + "}" * 900,
        r"\sqrt{" * 300 + "x" + "}" * 300,
        "x" + "'" * 1900,
    ],
)
def test_mathematics_that_does_not_parse_stays_source(source: str) -> None:
    html = inline(f"${source}$")
    assert "<" not in html
    assert unescape(html) == f"${source}$"


def test_hostile_tex_reaches_no_attribute() -> None:
    html = inline(r"$\text{<script onload=x>}\color{red}x\hspace{9999em}\mathrm{d}$")
    assert "<math>" in html
    assert not any(word in html for word in ("<script", "style", "9999em<", 'width="9999'))


@pytest.mark.parametrize(
    ("text", "target", "rest"),
    [
        ("https://x.org/y.", "https://x.org/y", "."),
        ("https://x.org/a_(b)).", "https://x.org/a_(b)", ")."),
        ("github.com/a/b, too", "https://github.com/a/b", ", too"),
        ("HTTPS://x.org/?a=1&b=2!", "HTTPS://x.org/?a=1&b=2", "!"),
    ],
)
def test_addresses_become_links_without_trailing_punctuation(
    text: str, target: str, rest: str
) -> None:
    page = Page(inline(text))
    assert page.attributes == [("href", target)]
    assert page.text == text
    assert unescape(inline(text)).endswith("</a>" + rest)


def test_urls_are_unique_and_in_order() -> None:
    text = "(https://b.org/x) hf.co/a/b. https://b.org/x, github.com/a/b"
    assert urls(text) == ["https://b.org/x", "https://hf.co/a/b", "https://github.com/a/b"]


def test_an_address_without_its_scheme_is_a_host_with_a_path() -> None:
    assert urls("at aka.ms/wavllm.") == ["https://aka.ms/wavllm"]
    assert urls("and/or, e.g./i.e., GPT-4.5/o1, example.com, a.b/c, me@x.org/y") == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.org/a b\"<>'%zz%20é", "https://x.org/a%20b%22%3C%3E%27%25zz%20%C3%A9"),
        ("doi:10.1/x", "https://doi.org/10.1/x"),
        ("mailto:a@x.org", "mailto:a@x.org"),
        (" http://x.org ", "http://x.org"),
        *(
            (bad, None)
            for bad in (
                "javascript:alert(1)", "java\nscript:x", "java\x00script:x", "data:text/html,x", "",
                "//x.org", "/x", "https:x", "https:///x", "https:\\\\x", "vbscript:x", "mailto:",
            )
        ),
    ],
)  # fmt: skip
def test_only_safe_addresses_survive(url: str, expected: str | None) -> None:
    assert safe_url(url) == expected


@given(
    text=any_text,
    prefix=st.sampled_from(["", "https://x.org/", "http://", "doi:10.1/", "JavaScript:"]),
)
@settings(max_examples=300, deadline=None)
def test_a_safe_address_holds_nothing_to_escape_from(text: str, prefix: str) -> None:
    url = safe_url(prefix + text)
    if url is not None:
        assert url.isascii()
        assert url.isprintable()
        assert not set(url) & set("\"'<> \\^`{|}")
        assert url.lower().startswith(("http://", "https://", "mailto:"))
        assert safe_url(url) == url


@given(text=any_text, limit=st.integers(0, 60))
@settings(max_examples=300, deadline=None)
def test_an_excerpt_is_a_short_beginning(text: str, limit: int) -> None:
    short = excerpt(text, limit)
    whole = excerpt(text, 10**6)
    assert len(short) <= limit
    assert short == whole or whole.startswith(short.removesuffix("…"))
    if short:
        short.encode()


def test_an_excerpt_ends_between_words_and_outside_mathematics() -> None:
    text = "The quick $brown fox$ jumps\n\nover"
    assert excerpt(text, 16) == "The quick…"
    assert excerpt(text, 22) == "The quick $brown fox$…"
    assert excerpt(text, 99) == "The quick $brown fox$ jumps over"
    assert excerpt("x" * 100, 10) == "x" * 9 + "…"
    assert excerpt("e\u0301" * 50, 10) == "e\u0301" * 4 + "…"


@given(text=any_text)
@settings(max_examples=300, deadline=None)
def test_metadata_is_the_text_to_whoever_reads_html(text: str) -> None:
    assert unescape(metadata(text)) == text
    assert not set(metadata(text)) & set('<>"')


def test_metadata_changes_four_characters() -> None:
    assert metadata("a&b <i> \"c\" 'd' {{ e }}") == "a&amp;b &lt;i&gt; &quot;c&quot; 'd' {{ e }}"


def test_folding_drops_accents_and_keeps_scripts() -> None:
    assert fold("Ünï-Cödé: STRASSE, Straße") == "uni code strasse strasse"
    assert fold("हिन्दी 日本語ガ") == "हिन्दी 日本語ガ"
    assert fold("CodeT5+") != fold("CodeT5")
    assert fold("R&D") == fold("R and D")


@given(text=any_text)
@settings(max_examples=300, deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=any_text)
@settings(max_examples=300, deadline=None)
def test_a_slug_is_short_plain_and_the_same_for_what_folds_the_same(text: str) -> None:
    address = slug(text)
    assert 0 < len(address) <= 80
    assert set(address) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert address == address.strip("-")
    assert address not in {"index", "readme", "404", "con", "nul", "com1"}
    assert not fold(text) or slug(fold(text)) == address


def test_different_titles_have_different_slugs() -> None:
    long = "word " * 30
    titles = ["CodeT5", "CodeT5+", "日本語", "中文", "index", "NUL", "Søren", "日 x", "!!!", "???"]
    titles += [long + "a", long + "b"]
    assert len({slug(title) for title in titles}) == len(titles)
    assert slug("Søren Łódź") == "soren-lodz"
    assert re.fullmatch("[0-9a-f]{8}", slug("!!!"))
    assert len(slug("x" * 100)) == 80
    assert re.fullmatch("(word-){14}[0-9a-f]{8}", slug(long))


@pytest.mark.parametrize(
    "unit",
    [
        *("(", "[", r"\{", r"\langle ", r"\lvert ", r"\bigl(", "⟨", r"\mathopen("),
        *("((1)", r"(\hat)", r"[_]", r"\lVert\frac|\rVert ", r"{\{}\{"),
    ],
)
def test_formula_that_opens_brackets_without_end_stays_its_source(unit: str) -> None:
    source = unit * 60
    assert "<math" not in inline(f"It takes ${source}$ steps")


def test_formula_of_many_brackets_is_mathematics() -> None:
    assert "<math" in inline("$((((((((a + b)))))))) [0, 1) \\{x\\} \\langle y \\rangle {{{{z}}}}$")


JATS_TEX = r"<jats:tex-math>\documentclass{x}\begin{document}$$n^2$$\end{document}</jats:tex-math>"
JATS_MATH = "<mml:math><mml:mi>n</mml:mi></mml:math>"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<jats:title>Abstract</jats:title>\n  <jats:p>Bees &lt; 7.</jats:p>", "Bees < 7."),
        (
            "<jats:sec><jats:title>Aims</jats:title><jats:p>We count.</jats:p></jats:sec>"
            "<jats:sec><jats:title>Results.</jats:title><jats:p>Seven.</jats:p></jats:sec>",
            "Aims: We count.\n\nResults: Seven.",
        ),
        (
            "<sec><title>Aims</title><p>We count.</p></sec><sec><title>Sum</title><p>7.</p></sec>",
            "Aims: We count.\n\nSum: 7.",
        ),
        ("<h4>Aims</h4>We count. <h4>Results</h4>Seven.", "Aims: We count.\n\nResults: Seven."),
        (f"<jats:p>Of <jats:inline-formula>{JATS_TEX}</jats:inline-formula> bees", "Of $n^2$ bees"),
        (f"<jats:alternatives>{JATS_TEX}{JATS_MATH}</jats:alternatives> bees", "$n^2$ bees"),
        (f"<jats:alternatives>{JATS_MATH}{JATS_TEX}</jats:alternatives> bees", "$n^2$ bees"),
        (f"Of {JATS_MATH} bees", "Of n bees"),
        ("Of <math><mi>n</mi></math> bees", "Of n bees"),
        (
            'Of <inline-formula> <tex-math notation="LaTeX">$n^2$</tex-math></inline-formula> bees',
            "Of $n^2$ bees",
        ),
        ("The tokens <math> and <mo> are two", "The tokens <math> and <mo> are two"),
        (
            '<jats:p>CO<jats:sub>2</jats:sub> <jats:xref ref-type="bibr">1</jats:xref> '
            '<jats:ext-link xlink:href="http://x.org">there</jats:ext-link></jats:p>',
            "CO₂ 1 there",
        ),
        ("<jats:list><jats:list-item>one</jats:list-item></jats:list>", "one"),
        ("What <title> is and <p> is not, List<int>", "What <title> is and <p> is not, List<int>"),
        ("<jats:title>On <jats:italic>Apis</jats:italic></jats:title>", "On Apis"),
    ],
)
def test_abstract_in_jats_has_no_tags_and_keeps_its_structure(written: str, read: str) -> None:
    assert paragraphs(written) == read
