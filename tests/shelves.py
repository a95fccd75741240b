"""Whole sites made of `Paper` objects: what no reader would give, or no short source could.

`showcase` has every kind of page and every part of a page, for looking at. `HOSTILE` is text that
broke somebody's generator once, and `hostile` a catalog in which it stands in every place.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from generator import text
from generator.build import config, folders, site
from generator.catalog import Catalog, people
from generator.catalog.taxonomy import Topic
from generator.model.outputs import File
from generator.model.papers import Author, Link, Paper, Source

SITE_URL = "https://papershelf.example/shelf/"


def texts(files: Iterable[File]) -> dict[str, str]:
    """What files hold, by path."""
    made = ((file.path, file.make()) for file in files)
    return {path: data if isinstance(data, str) else data.decode() for path, data in made}


def publish(root: Path, catalog: Catalog, **settings: Any) -> Path:
    """Build `catalog` in `root`, a new folder, as `site.build` does after reading; the site."""
    folders.new(root)
    own = settings.pop("papershelf", {"papers_per_page": 50})
    path = root / "mkdocs.yml"
    values = yaml.safe_load(path.read_text("utf-8"))
    values |= {"site_url": SITE_URL, "extra": {"papershelf": own}} | settings
    path.write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
    return rebuild(root, catalog)


def rebuild(root: Path, catalog: Catalog) -> Path:
    """Build another catalog with the settings of `root`, in place of the one before."""
    ours, mkdocs = config.load(root)
    site.publish(catalog, ours, mkdocs, root / "site")
    return root / "site"


def showcase() -> Catalog:
    """Papers that between them have everything that a page can show."""
    day = date(2026, 3, 2)
    common: dict[str, Any] = {"topics": ("retrieval", "evaluation"), "days": (day,)}
    special = [
        Paper(
            id="mathematics",
            title="Attention in $O(n \\log n)$ Time and $\\mathbb{R}^d$ Memory",
            abstract="We show that $\\frac{1}{n}\\sum_{i=1}^n x_i^2 \\le \\|x\\|^2$ holds for all "
            "$n$, by the bound\n\n$$\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2} + "
            "\\sum_{k=1}^{K} \\left( \\alpha_k \\beta_k + \\gamma_k \\delta_k \\right) + "
            "\\prod_{k=1}^{K} \\left( \\mu_k \\nu_k + \\xi_k \\rho_k \\right) + \\text{the rest}$$"
            "\n\nwhich $\\unknown{macro$ does not spoil. See https://example.org/proof for more.",
            authors=(Author(name="Ada Lovelace"),),
            published="2026-02-27",
            **common,
        ),
        Paper(
            id="many-authors",
            title="A Report by Many Hands",
            abstract="Forty people wrote this. " * 12,
            authors=tuple(Author(name=f"Author Number {n}") for n in range(1, 41)),
            links=(
                Link(kind="pdf", url="https://example.org/many.pdf"),
                Link(kind="abs", url="https://example.org/many"),
                Link(kind="code", url="https://example.org/many/code"),
                Link(kind="code-2", url="https://example.org/many/code-2"),
                Link(kind="model", url="https://example.org/many/model"),
                Link(kind="project", url="https://example.org/many/page"),
            ),
            published="2026-02-28",
            **common,
        ),
        Paper(
            id="right-to-left",
            title="نماذج لغوية كبيرة للعربية",
            abstract="هذا ملخص قصير عن نماذج لغوية كبيرة، with a few English words in it.",
            authors=(Author(name="ليلى حسن"), Author(name="Omar Khan")),
            **common,
        ),
        Paper(id="bare", title="A Title and Nothing Else", days=(day,)),
    ]
    plain = [
        Paper(
            id=f"plain-{n}",
            title=f"{'ABCDEFGHIJ'[n % 10]} Plain Paper, the {n}th of Its Kind",
            abstract=f"Sentence {n} of an abstract that says little, at some length. " * 8,
            authors=tuple(Author(name=name) for name in ("Mei Lin", "J. Doe", "Zoë Åkesson")),
            topics=("evaluation",) if n % 3 else ("retrieval", "surveys"),
            days=(day - timedelta(days=(n % 4) * 20 + n // 20),) if n < 34 else (),
            rank=n,
        )
        for n in range(1, 37)
    ]
    papers = [*special, *plain]
    papers.sort(key=lambda paper: paper.days or (date.min,), reverse=True)
    return Catalog(
        papers=tuple(people.identify(papers)),
        topics=(
            Topic(slug="retrieval", name="Retrieval", description="Finding what answers."),
            Topic(slug="evaluation", name="Evaluation", description="What models can do."),
            Topic(slug="surveys", name="Surveys", description="Overviews of a field."),
        ),
        curators={day.isoformat(): "two people with time"},
    )


HOSTILE = (
    "<script>window.__pwned = 1</script>",
    "</title></textarea></style></script><script>window.__pwned = 2</script>",
    "<img src=x onerror=window.__pwned=3> and <svg/onload=window.__pwned=4>",
    "--><script>window.__pwned = 5</script><!-- {{ config.site_name }}",
    "{{ 7*7 }} and {% raw %} and {# a comment #} and {% endraw %}",
    "--- --- title: other --- generator: papershelf ---",
    '"><a href="javascript:window.__pwned=6">click</a>',
    "[click](javascript:window.__pwned=7) ![x](x) <javascript:window.__pwned=8>",
    "Quotes \" ' ` “ ” and & &amp; &lt;b&gt; &#60;i&#62; &nbsp;",
    "../../../../etc/passwd",
    "..\\..\\windows\\system32 C:\\con",
    "# Not a heading | not | a | table {: .no #attributes } [^1] [TOC]",
    "It's All in The [MASK]: **bold** __bold__ ~~gone~~ ==mark== `code` $",
    "Cost: $5 and $6, or $x^2$ and $\\frac{1}{2}$ and $\\href{javascript:alert(1)}{x}$",
    "$\\text{<script>window.__pwned = 9</script>}$ and $a < b > c & d$",
    "مرحبا \u202eevil\u202c שלום 漢字かな 한국어 ไทย 👩\u200d💻 e\u0301 Ω≈ç√",
    "Zero\u200bwidth, line\u2028separator, nel\x85, vt\x0b, form\x0cfeed, null\x00, escape\x1b[31m",
    "\ufeffbom \ufffe\uffff \U0001ffff noncharacters and \ud800 lone surrogates \x02stx\x03",
    "www.example.org/_under_score_ and https://example.org/a_b?c=1&d=<2>#'e' a@example.org",
    "null",
    "true",
    "1e3",
    "- list",
    "404",
    "index",
    "README",
    "???",
    "x" * 10_000,
    "A title of ten thousand characters with words " * 212,
    "Mathematics $" + "x+" * 400 + "x$ that is wider than any telephone",
    "https://example.org/" + "y" * 500,
    "https://[MASK]/ https://a:b@c.org/ https://x.org:port/ https://x.org/[a]#b#c mailto:a[b]@c",
    "{" * 60 + "}" * 60 + "<" * 60 + "[" * 60 + "(" * 60 + "*" * 60 + "_" * 60 + "`" * 60,
)


def hostile() -> Catalog:
    """Each hostile text as title, abstract, author, keyword, topic, curator and source's name."""
    cleaned = [text.clean(raw) for raw in HOSTILE]
    names = [name for name in cleaned if len(name) < 200]
    topics = [
        Topic(slug=text.slug(f"topic {name}"), name=name, description=f"About {name}")
        for name in names
    ]
    start = date(2026, 1, 30)
    papers = [
        Paper(
            id=f"{text.slug(title)}-{n}",
            title=title,
            abstract=text.paragraphs(f"{raw}\n\n{HOSTILE[n - 1]}\n\nand {raw} again"),
            authors=tuple(Author(name=cleaned[(n + k) % len(cleaned)]) for k in range(n % 5)),
            links=tuple(_links(raw)),
            keywords=(names[n % len(names)],),
            organizations=(names[n % len(names)],),
            topics=tuple(topics[(n + k) % len(topics)].slug for k in range(n % 4)),
            published=start.isoformat() if n % 2 else "",
            days=(start - timedelta(days=n % 3),) if n % 7 else (),
            rank=n,
            sources=(Source(file=f"{names[n % len(names)]}.txt", format="x", position=title[:99]),),
        )
        for n, (raw, title) in enumerate(zip(HOSTILE, cleaned, strict=True))
    ]
    papers.sort(key=lambda paper: (paper.days or (date.min,), paper.id), reverse=True)
    return Catalog(
        papers=tuple(people.identify(papers)),
        topics=tuple(topics),
        curators={
            start.isoformat(): "; ".join(names),
            (start - timedelta(days=1)).isoformat(): names[0],
            "": names[5],
        },
    )


def _links(raw: str) -> list[Link]:
    """What a reader keeps of an address that ends in anything."""
    url = text.safe_url(f"https://example.org/{raw[:200]}")
    return [Link(kind="code", url=url)] if url else []
