r"""LaTeX of fields that are TeX through and through, such as those of BibTeX."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import clean, untex


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (r"{DNA}~Repair in {\'E}cole", "DNA Repair in École"),
        (r"G{\"o}del, Erd{\H{o}}s, \'{\i}, \c{c}, {\aa}, {\ss}", "Gödel, Erdős, í, ç, å, ß"),
        (r"pages 1--9 --- and a-b", "pages 1–9 — and a-b"),
        (r"{\LaTeX} and \TeX{} for \BibTeX users", "LaTeX and TeX for BibTeX users"),
        (r"R\&D at 50\% in \#1 \{sic\}", "R&D at 50% in #1 {sic}"),
        (r"``Quoted'' and \emph{stressed \textbf{twice}}", "“Quoted” and stressed twice"),
        (r"The $\mathcal{O}(n^{2})$ bound, 5\,cm", r"The $\mathcal{O}(n^{2})$ bound, 5 cm"),
        (r"See \url{https://x.org/~ada/a_b--c}", "See https://x.org/~ada/a_b--c"),
        (r"See \href{https://x.org/a}{our code}.", "See our code (https://x.org/a)."),
        (r"{\Large Big} \enquote{word} \textsuperscript{th}", "Big word th"),
        (r"H\'ong-Z\kern.05em{\`{}\i}, S{\u\i}rg, \v\i", "Hóng-Zì, Sĭrg, ǐ"),
        (r"in {$ \Omega_2 $} and a 3$\times$3 grid", r"in $\Omega_2$ and a 3$\times 3$ grid"),
        (r"From $3 to $1 and \ensuremath{\alpha} or \beta", r"From $3 to $1 and $\alpha$ or β"),
        (r"Line one\\second, {\tt\char`\\raise}", r"Line one second, \raise"),
        (r"d{\textbackslash}'apprentissage", "d'apprentissage"),
        (r"Glue\Dash an example\slash test", "Glue—an example/test"),
        (r"{\noopsort{1973b}}\textcolor{red}{Red}", "Red"),
        (r"nothing at all", "nothing at all"),
        (r"{{{deep}}}", "deep"),
    ],
)
def test_field_of_bibtex_is_what_it_prints(raw: str, meant: str) -> None:
    assert clean(untex(raw)) == meant


@given(st.text(alphabet="ab {}\\'\"~-$^_%&c", max_size=80))
def test_any_field_is_text(raw: str) -> None:
    assert isinstance(clean(untex(raw)), str)


@pytest.mark.parametrize(
    "bomb", ["{" * 10**5, "\\'" * 10**5, "$" * 10**5, r"\emph{" * 10**4, r"\ensuremath{" * 10**4]
)
def test_endless_nesting_ends(bomb: str) -> None:
    assert isinstance(clean(untex(bomb)), str)
