"""A few papers that are looked for by what lunr knows nothing of, and how they are asked for."""

from __future__ import annotations

from generator.catalog import Catalog
from generator.model.papers import Author, Link, Paper, Votes

CODE = Link(kind="code", url="https://example.org/code")


PDF = Link(kind="pdf", url="https://example.org/pdf")


PAPERS = [
    Paper(
        id="2401.00001",
        arxiv="2401.00001",
        title="Müller’s State-of-the-Art Survey",
        authors=(Author(name="José García"), Author(name="Jürgen Müller")),
        published="2024-01-03",
        links=(PDF,),
        votes=Votes(upvotes=5),
    ),
    Paper(
        id="10-1234-abc-5",
        doi="10.1234/abc.5",
        title="CodeGen2: Lessons for Training",
        abstract="Words before. " * 60 + "Here stands the mixture of experts at last.",
        published="2022",
        links=(CODE,),
        votes=Votes(upvotes=50),
    ),
    Paper(
        id="2023-acl-long-1",
        anthology="2023.acl-long.1",
        title="A Mixture Most Other Experts Dislike",
        published="2023-07",
        links=(CODE, PDF),
    ),
    Paper(
        id="quoted", title="“Why -Should +I Trust You?”: has:code ~ and year:1999", published="2021"
    ),
    Paper(id="stop", title="To Be or Not to Be", published="2020"),
    Paper(id="chinese", title="大规模语言模型的推理", published="2019"),
    Paper(id="japanese", title="データ中心のAI", published="2019"),
    Paper(id="korean", title="한국어 언어모델", published="2019"),
    Paper(id="experts", title="Experts", published="2018"),
    Paper(id="old", title="Experts of Mixture", published="2017"),
]


def catalog(papers: list[Paper]) -> Catalog:
    ordered = sorted(papers, key=lambda paper: paper.published, reverse=True)
    return Catalog(papers=tuple(ordered), curators={})


START = """async base => {
    const { Client } = await import(base + "assets/search/client.js");
    self.client = new Client(base);
}"""
