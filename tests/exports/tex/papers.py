"""Invented papers that break what writes or reads citations."""

from __future__ import annotations

from datetime import date

from generator.model.papers import Author, Link, Paper


def paper(id: str, title: str, *names: str, **fields: object) -> Paper:
    return Paper(id=id, title=title, authors=tuple(Author(name=name) for name in names), **fields)  # type: ignore[arg-type]


NASTY = (
    paper("plain", "Learning to shelve books", "Ada Marsh", "Noor van den Berg", published="2021"),
    paper(
        "signs",
        r"100% of R&D at $5 or #1: a_b ^ ~tilde \textbf C:\dir <b> |x| `tick` -- and --- ''",
        "Ünal O'Çelik",
        "Zoë Łukasz-Ørsted, Jr.",
        venue="Signs & Wonders_2 {50%}",
        published="2020-02",
        doi="10.1000/(sici)1_2<3::aid>4.0;2-#{x}",
    ),
    paper("open", "An open { brace", "Brace {Lee", published="2020"),
    paper("close", "A closed } brace } twice", "Brace} Lee", venue="}{", published="2020"),
    paper("pair", "A {pair} of braces {and {nested} ones}", "A. {B} Kim", published="2020"),
    paper("backslash", "Ends in a backslash \\", "Back \\ Slash\\", published="2020"),
    paper("first", "Signs before names", r"\Ada \Marsh", "~Noor ^Berg", "&Ida $Lee", "\\ Gap"),
    paper("comma", "Names, with commas", "Foo, Bar and Sons Ltd", "Someone, With, Commas"),
    paper("and", "Simon and Garfunkel and others", "Ann and Bob", "Others Team", "AND Gate"),
    paper("equals", "Keys=values, “quoted” and 'not'", 'Eve "Quote" Hart', "given=Tom, family=X"),
    paper("accents", "Ünïcödé ąćęłńóśźż ǎ ȟ ḍ ṡ ấ ậ İı ǰ ßẞ ĳ ﬀ", "Đặng Thị Ngọc", "Þór Ægisson"),
    paper("greek", "α-β: Σ of ∞ ≤ 10⁻² µm × ½ – and — “so” on…", "Χρήστος Παπάς", "İlker Şahin"),
    paper(
        "cjk", "深度学习的综述：BERT 与其他", "王伟", "山田 太郎", "김철수", venue="中文信息学报"
    ),
    paper("rtl", "مقدمة في التعلم العميق", "محمد علي", "יוסי כהן", published="2019-07-01"),
    paper("cyrillic", "О методе Ляпунова и BERT", "Иван Жуков", "В. І. Струк", published="2018"),
    paper("emoji", "😀 is all you need 👩‍🔬 ‏‎", "Smile 😀 Person"),
    paper("mathematics", r"On $\mathcal{O}(n^2)$ and \(x_{1}\) for $\{a, b\}$ & $50\%$", "M. Ath"),
    paper("left", r"A set $\{ x$ that $\left\{ a \right.$ opens", "M. Ath", published="2017"),
    paper("formula", r"$x^{α}_{é}$ with $\eps$-nets over $\R$ and $\bm{x}$", "M. Ath"),
    paper("unbalanced", r"No mathematics: $x^{2$ or $}x{$ or $\frac{1$", "M. Ath"),
    paper("input", r"$\input{/etc/passwd}$ \input{x} \end{document} $\def\x{}$", "\\relax Bobby"),
    paper(
        "month", "@comment{x} @string{a = b} , month = jan #", "At @sign", published="2022-12-31"
    ),
    paper("short", "A", "X", published="2001"),
    paper("nobody", "Front matter of no one"),
    paper("long", "Very " * 400 + "long", *[f"Given{n} Family{n}" for n in range(400)]),
    paper("word", "W" * 3000, "N" * 200),
    paper("team", "Report of a team", "Gemini Team", "The ATLAS Collaboration", "Acme, Inc."),
    paper(
        "dots",
        "What? Yes!",
        "J.-P. Serre",
        "…",
        ".",
        "-",
        "A",
        "A. B.",
        "de la Cruz",
        "– Marsh",
        "[X] Y]",
    ),
    paper(
        "particles",
        "Particles of names",
        *("Ludwig van Beethoven", "Luc Van Gool", "Santiago Ramón y Cajal", "Nguyen Van Hung"),
        *("Vincent Van Den Berg III", "Jean d'Ormesson", "Charles de la Vallée Poussin"),
    ),
    paper(
        "preprint",
        "mRNA and GPT-4 in eLife: A Study",
        "Ada Marsh",
        arxiv="2301.00001",
        categories=("cs.CL", "cs.LG"),
        published="2023-01-05",
        withdrawn="withdrawn",
    ),
    paper(
        "old",
        "Old ids of arXiv",
        "Ada Marsh",
        arxiv="cs/0501040",
        venue="ACL 2005",
        links=(Link(kind="abs", url="https://example.org/a b?x={1}&y=%zz#_~^'\\"),),
        days=(date(2024, 2, 29),),
    ),
    paper("meeting", "Talks", "Ada Marsh", venue="eccv2022", published="2022-10", anthology=""),
)
