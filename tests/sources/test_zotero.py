"""The readers of what Zotero gives."""

from __future__ import annotations

import json

from generator.sources import read
from tests.sources import fixture


def test_items_of_the_api_are_papers_and_what_belongs_to_them_is_none() -> None:
    reading = read(fixture("zotero/items.json"), "items.json")
    article, book = reading.papers
    assert (reading.format, reading.records, reading.problems) == ("zotero", 2, ())
    assert (article.title, article.venue, article.published, article.doi, article.arxiv) == (
        *("On the Patience of Ants", "Letters of the Ant"),
        *("2019-05-14", "10.5555/ants.7", "1905.00007"),
    )
    assert [author.name for author in article.authors] == [
        *("Berta Ameise", "Ants Consortium, Berlin Office"),
    ]
    assert (article.keywords, article.abstract) == (("patience",), "Ants wait. They wait long.")
    assert [author.name for author in book.authors] == ["Eva Ed"]
    assert reading.unused == ()


def test_library_of_better_bibtex_is_read() -> None:
    item = {
        "itemType": "preprint",
        "title": "On Bees",
        "creators": [{"creatorType": "author", "firstName": "Nora", "lastName": "Marsh"}],
        "extra": "DOI: 10.5555/bees\nPublisher: Bees",
        "tags": ["haste"],
    }
    note = {"itemType": "note", "key": "N", "note": "<p>x</p>"}
    library = {"config": {"label": "BetterBibTeX JSON"}, "collections": {}, "items": [note, item]}
    (paper,) = read(json.dumps(library).encode(), "a.json").papers
    assert (paper.title, paper.doi, paper.keywords) == ("On Bees", "10.5555/bees", ("haste",))


def test_library_as_rdf_is_read() -> None:
    reading = read(fixture("zotero-rdf/library.rdf"), "library.rdf")
    article, other = reading.papers
    assert (reading.format, reading.refused) == ("zotero-rdf", 0)
    assert (article.venue, article.doi, article.published) == (
        *("Letters of the Ant", "10.5555/ants.7", "2019-05-14"),
    )
    assert [author.name for author in article.authors] == ["Berta Ameise", "Ants Consortium"]
    assert article.keywords == ("ants", "patience")
    assert (other.title, other.venue, other.arxiv) == (
        *("Do Bees Wait?", "Proceedings of ANT", "1905.00007"),
    )
