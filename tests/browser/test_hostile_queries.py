"""Whatever is typed or stands in an address: results or a clear message, never a failure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse
from tests.browser.server import Host

SIGNS = r"""
+ - ~ : ^ * " ' \ / | ( ) [ ] { } < > = ! ? . , ; & # % $ @ ` _ ++ -- +- ~~ :: ^^ ** "" +"
-" ~" +: -: :+ :~ ^~ *~1 *^2 +* -* ~1 ^2 \ \\ ... ..
"""

WORDS = r"""
++a --a +-a -+a a+ a- a~ a^ a: :a a~b a^b a~-1 a^-1 a^1.5 a~1.5 a~1~2 a^1^2 a~1^2 a^2~1 a~99
a~999999999999999999999 model~30 a^999999999999999999999999 a^0 a\ a\~1 \+a foo:bar foo:
foo:+bar title: title:+model title:-model title:title:model title:abstract:model title:*
title:~1 title:^2 title:" title:<script> title:<script>window.__pwned=1</script> TITLE:model
+title: -title: -model -the +the the " "model model" "the" "+" "*" "mod*" year: year:..
year:2023.. year:..2023 year:2025..2023 year:2023...2025 year:> year:< year:>=2023 year:>abc
year:abc..def year:>99999999999999999999 year:-2023 year:2023..2025..2027 title:2023..2025 has:
has:foo has:* has:code~1 -has:code +has:pdf __proto__ __proto__:a constructor constructor:a
prototype:toString hasOwnProperty toString:valueOf _index length null undefined NaN Infinity
true 0 -1 1e999 .* (.*)+$ ^(a+)+$ [a-z]{2,} a|b \d+\w*? (?<=a)b [ ( a{99999} $&
<script>window.__pwned=2</script> javascript:window.__pwned=6 &lt;b&gt;&amp;&quot;&#60; -->
../../../etc/passwd C:\con https://example.org/?q=a#b 10.1038/nphys1170
https://arxiv.org/abs/2305.02309v1 2305.02309 2305.
"""

QUERIES = (
    *SIGNS.split(),
    *WORDS.split(),
    "title: model",
    'title:"language model"',
    'title:"language model',
    "+model -model",
    '"language" model"',
    '"language model"~2',
    '"language model"^3',
    '+"language model"',
    '-"language model"',
    '" "',
    "“model”",
    "‘model’",
    "has:code has:code",
    "$1 $` $'",
    "${7*7} {{7*7}} <%= 7*7 %>",
    "<img src=x onerror=window.__pwned=3>",
    '"><svg onload=window.__pwned=4>',
    "</title></textarea></style></script><script>window.__pwned=5</script>",
    "' OR 1=1 --",
    "مرحبا",
    "\u202eevil\u202c",
    "שלום עולם",
    "漢字かな",
    "字",
    "字*",
    "+漢字 -かな",
    "한국어",
    "ไทย",
    "हिन्दी",
    "👩\u200d💻",
    "👩\u200d💻 model",
    "🤗~1",
    "🤗*",
    "\U0001f1e9\U0001f1ea",
    "e\u0301",
    "\u0301",
    "\u0301\u0302\u0303",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "ﬁ ﬂ ½ ² Ⅷ ℝ",
    "İstanbul ı ß ẞ",
    "Ω≈ç√∫˜µ≤≥÷",
    "\u00ad\u200b\u200c\u200d\u2060\ufeff",
    "model\u00a0language\u3000token",
    "a\tb\nc\rd\x0be\x0cf",
    "\x00",
    "mod\x00el",
    "\x1b[31mred",
    "\x7f\x80\x9f",
    "\ufffe\uffff\U0001ffff",
    "𝒜𝓁𝓅𝒽𝒶",
    "𠀀𠀁",
    "a" * 10_000,
    "model " * 1_666,
    " ".join(f"w{n}" for n in range(2_000)),
    "+" * 10_000,
    "*" * 10_000,
    "a*" * 200,
    "*a" * 30,
    "~" * 5_000,
    '"' * 9_999,
    '"' + "language " * 1_000,
    "title:" * 1_666,
    "漢" * 10_000,
    "👩" * 5_000,
    "\u0301" * 10_000,
    "(" * 5_000 + ")" * 5_000,
    "x" * 300 + "~2",
    "a-" * 5_000,
    "1.2." * 2_500,
    '+ - ~ : ^ * "',
    '"' * 3,
    '"' * 4,
)

ADDRESSES = (
    "?q=%E0%A4%A",
    "?q=%",
    "?q=%%%",
    "?q=%zz",
    "?q=%ff%fe",
    "?q=%ED%A0%80",
    "?q=%00",
    "?q=model%00",
    "?q=model&q=token",
    "?q[]=model",
    "?q=model&page=-1",
    "?q=model&page=0",
    "?q=model&page=1e9",
    "?q=model&page=999999",
    "?q=model&page=%E0%A4%A",
    "?q=model&sort=constructor",
    "?q=model&sort=",
    "?q=model&topic=%3Cscript%3E",
    "?q=model&topic=__proto__",
    "?q=model&has=__proto__",
    "?q=model&has=constructor&has=code",
    "?q=model&year=NaN&year=-1&year=2024",
    "?q=model&year=99999999999",
    "?q=model&venue=%22%3E%3Cimg%20src=x%20onerror=window.__pwned=7%3E",
    "?q=model&venue=&topic=&year=&has=",
    "?q=model&" + "&".join(f"topic=t{n}" for n in range(500)),
    "?q=model#<script>window.__pwned=8</script>",
    "?__proto__=1&q=model",
)


LONGEST = 60_000
"""Characters of an address that a host takes."""

LINKED = [
    query
    for query in QUERIES
    if query not in WORDS.split() and len(quote(query, safe="")) < LONGEST
][::2]
"""Some of these queries, since each is a page to load; the worker is given all."""


def blank(query: str) -> bool:
    """Whether the page takes it for no query: JavaScript's white space only."""
    return not query.replace("\ufeff", "").strip(" \t\n\r\v\f\u00a0\u3000\u2028\u2029")


def check(page: Page, state: str = "done") -> None:
    """There are results, or a sentence says why not; and nothing was made of the text but text."""
    root = page.locator("[data-search-state]")
    expect(root).to_have_attribute("data-search-state", state, timeout=20_000)
    found = page.evaluate(
        """() => {
          const root = document.querySelector("[data-search-state]");
          const kinds = "script, img, svg:not(.ps-save *), iframe, object, style, math, b, i";
          const foreign = `.ps-results :is(${kinds})`;
          return {
            results: root.querySelectorAll("[data-search-result]").length,
            total: root.querySelector("[data-search-total]").textContent,
            said: root.querySelector(".ps-note").textContent,
            failed: !root.querySelector(".ps-failed").hidden,
            markup: root.querySelectorAll(foreign).length,
            pwned: window.__pwned ?? null,
            wide: document.documentElement.scrollWidth > innerWidth,
          };
        }"""
    )
    assert not found["failed"], found
    assert found["results"] or found["said"].strip() or state == "idle", found
    assert not found["markup"], found
    assert found["pwned"] is None
    assert not found["wide"], "the page can be scrolled sideways"


@pytest.mark.parametrize(("width", "queries"), [(390, LINKED[::2]), (1280, LINKED[1::2])])
def test_a_hostile_query_in_the_address_is_answered(
    browse: Browse, hostile_host: Host, width: int, queries: Sequence[str]
) -> None:
    page = browse(f"{hostile_host.url}search/", width=width)
    for query in queries:
        page.goto(f"{hostile_host.url}search/?q={quote(query, safe='')}")
        check(page, "idle" if blank(query) else "done")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_broken_address_is_answered(browse: Browse, hostile_host: Host, address: str) -> None:
    page = browse(f"{hostile_host.url}search/{address}")
    check(page, "idle" if address.startswith("?q[]") else "done")


def test_a_hostile_query_can_be_typed(browse: Browse, demo_host: Host) -> None:
    page = browse(f"{demo_host.url}search/")
    box = page.locator("[data-search-state] [name=q]")
    for query in [query for query in QUERIES if len(query) < 1_000][::2]:
        typed = query.translate(dict.fromkeys(range(32), " "))  # a line of text holds no other
        if blank(typed):
            continue
        box.fill(typed)
        box.press("Enter")
        check(page)


ASK = """async ([base, queries]) => {
  const { Client } = await import(`${base}assets/search/client.js`);
  window.asking ??= new Client(base);
  const parts = (found) => [...found.title, ...found.snippet];
  const answers = [];
  for (const query of queries) {
    const request = { query, refine: {}, sort: "relevance", start: 0, count: 10, facets: true };
    try {
      const answer = await asking.ask(request);
      answers.push({
        total: answer.total,
        results: answer.results.length,
        problem: answer.problem,
        words: answer.words.every((word) => typeof word === "string"),
        texts: answer.results.flatMap(parts).every(
          ([text, marked]) => typeof text === "string" && typeof marked === "boolean",
        ),
        whole: answer.results.every(
          ({ title, paper }) =>
            title.map(([text]) => text).join("") === (paper.plain_title ?? paper.title),
        ),
        scores: answer.results.every(({ score }) => Number.isFinite(score)),
      });
    } catch (error) {
      answers.push({ failed: `${error.kind} ${error}` });
    }
  }
  return answers;
}"""


def sensible(answer: dict[str, Any]) -> bool:
    return (
        "failed" not in answer
        and isinstance(answer["total"], int)
        and answer["results"] == min(answer["total"], 10)
        and (answer["problem"] is None or answer["problem"].strip() != "")
        and all(answer[key] for key in ("words", "texts", "whole", "scores"))
    )


def check_answers(page: Page, host: Host, queries: Sequence[str]) -> None:
    answers = page.evaluate(ASK, [host.url, queries])
    wrong = [pair for pair in zip(queries, answers, strict=True) if not sensible(pair[1])]
    assert not wrong, wrong[:5]


def test_no_query_makes_the_worker_fail(browse: Browse, hostile_host: Host) -> None:
    page = browse(f"{hostile_host.url}search/")
    check_answers(page, hostile_host, QUERIES)


def test_lone_surrogates_are_letters_that_nothing_has(browse: Browse, hostile_host: Host) -> None:
    page = browse(f"{hostile_host.url}search/")
    texts = (
        r"""["\ud800", "\udfff", "model \ud83d", "\ud83d*", "+\udc00~1", '"\ud800 a"', "\ud800a"]"""
    )
    ask = f"async ([base]) => ({ASK})([base, {texts}])"
    answers: list[dict[str, Any]] = page.evaluate(ask, [hostile_host.url])
    assert all(map(sensible, answers)), answers
    page.evaluate("""() => {
      const box = document.querySelector("[data-search-state] [name=q]");
      box.value = "model \\ud83d";
      box.form.requestSubmit();
    }""")
    check(page)


COMMON = "abc model language title: abstract: year: has:code ~1 ~2 ^3 2024 2023 token*"

PIECES = (
    *SIGNS.split(),
    *COMMON.split(),
    " ",
    "  ",
    "\t",
    "é",
    "漢字",
    "\u202e",
    "👩\u200d💻",
    "\x00",
    "<b>",
)
queries_of_any_kind = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
)


def test_any_text_is_a_query(browse: Browse, hostile_host: Host) -> None:
    page = browse(f"{hostile_host.url}search/")

    @settings(max_examples=100)
    @given(st.lists(queries_of_any_kind, min_size=1, max_size=10))
    def holds(queries: list[str]) -> None:
        check_answers(page, hostile_host, queries)

    holds()


def test_a_query_is_repeated_in_no_way_but_as_text(browse: Browse, demo_host: Host) -> None:
    query = "<img src=x onerror=window.__pwned=1> qqzzxxyy"
    page = browse(f"{demo_host.url}search/?q={quote(query)}&topic=qqq")
    check(page)
    expect(page.locator("[data-search-state] .ps-note")).to_contain_text(query)
    assert query in page.title()
    assert json.loads(page.evaluate("JSON.stringify(window.__pwned ?? null)")) is None
