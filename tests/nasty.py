"""Text that breaks out where it can, and any other."""

from __future__ import annotations

from hypothesis import strategies as st

NASTY_FRAGMENTS = (
    "{{ 7*7 }}|{% raw %}|{# x #}|---|<script>|</div>|"
    "[x](javascript:alert(1))|![|```|`|$|$x^2$|\\"
    "|\\(|\\)|:smile:|*[HTML]:|[^1]:|[^1]|1. |a) |iv. |#|> |!!! note|??? x|==x==|^^x^^|~~x~~"
    "|{++x++}"
    "|{: .x}|- |+ |* |: |**x**|__x__|_x_|<!--|-->|&amp;|&#60;|&copy;|(c)|(tm)|1/2"
    "|c/o|1st|1st0ST|1st_|2nd|11th"
    "|www.x.org|https://x.org/a_b?c=1&d=2|HTTP://x|a@x.org|@user|user/repo#1|Title: x|    x|[TOC]"
    "|[[x]]|--8<--|+++|===|'x'|\"|...|\u202e|e\u0301|👩\u200d💻|\u200d|\x00|\x02|\x03|"
    "\x02wzxhzdk:0\x03|\x7f"
    "|\u2028|\u2029|\x85|\x0b|\x1c|\ufeff|\xad|\ufffe|\xa0|字|$\\frac{1}{2}$|$\\href{javascript:x}{y}$"
    "|\\\"|\\'e|\\emph{|}|\\%|\\\\|\\{|\\$|``|''|$5 and $6|\n\n|\r\n|\t|klzzwxh:0001|javascript:"
)


NASTY = [*NASTY_FRAGMENTS.split("|"), "|a|b|", "|"]


any_text = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(), max_size=30),
    st.lists(
        st.one_of(st.sampled_from(NASTY), st.text(st.characters(), max_size=5), st.just(" ")),
        max_size=10,
    ).map("".join),
)
