"""Mathematics in plain text, as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.unicode_math import readable
from tests.nasty import any_text


@pytest.mark.parametrize(
    ("tex", "typed"),
    [
        (r"in $O(n^2 \log n)$ time", "in O(n² log n) time"),
        (r"$\Omega(\log(T))$", "Ω(log(T))"),
        (r"$\frac{1}{n}\sum_{i=1}^n x_i^2 \le \|x\|$", "1/n∑_(i=1)ⁿ xᵢ² ≤ ‖x‖"),
        (r"$\frac{a+b}{2}$", "(a+b)/2"),
        (r"$\tilde{O}(\sqrt{T} + d^{3/2})$", "Õ(√T + d^(3/2))"),
        (r"$\mathbb{R}^d$ and $\mathcal{X}$", "ℝᵈ and X"),
        (r"$R_{\max} \geq 10^{-3}$", "R_max ≥ 10⁻³"),
        (r"$i\neq j$", "i ≠ j"),
        (r"$55\%$", "55%"),
        (r"$$\epsilon$$ or \(\alpha\)", "ε or α"),
        (r"$\text{available here}$", "available here"),
        (r"$\href{https://example.org}{here}$", "here"),
        (r"$\foo{x}$", "foo x"),
        ("costs $5 or $6", "costs $5 or $6"),
        (r"$\quad$", r"$\quad$"),
        ("no mathematics at all", "no mathematics at all"),
    ],
)
def test_mathematics_reads_as_people_type_it(tex: str, typed: str) -> None:
    assert readable(tex) == typed


@pytest.mark.parametrize("deep", ["{" * 900 + "}" * 900, "^" * 900 + "x"])
def test_mathematics_that_nests_too_deep_stays_its_source(deep: str) -> None:
    assert readable(f"${deep}$") == f"${deep}$"


@given(st.one_of(any_text, st.text("\\${}^_ab frctgq", max_size=60)))
def test_any_text_reads_without_new_lines_or_markers(text: str) -> None:
    shown = readable(text)
    assert shown.count("\n") <= text.count("\n")
    assert "\ufdd0" in text or "\ufdd0" not in shown
