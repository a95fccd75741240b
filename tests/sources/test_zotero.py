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


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">{}</rdf:RDF>"""
JOURNAL = """<bib:Journal rdf:about="urn:issn:1"><prism:volume>3</prism:volume>
<prism:number>2</prism:number><dc:title>Letters of the Ant</dc:title>{}</bib:Journal>"""
ARTICLE = """<bib:Article rdf:about="#a"><z:itemType>journalArticle</z:itemType>
<dcterms:isPartOf rdf:resource="urn:issn:1"/><dc:title>On the Patience of Ants</dc:title>
<bib:pages>4-9</bib:pages></bib:Article>"""


def test_volume_and_doi_of_rdf_may_stand_in_the_journal() -> None:
    one = "<dc:identifier>DOI 10.5555/ants.7</dc:identifier>"
    two = f"{one}<dc:identifier>DOI 10.5555/ants.8</dc:identifier>"
    for said, doi in ((one, "10.5555/ants.7"), (two, "")):
        text = RDF.format(ARTICLE + JOURNAL.format(said))
        (paper,) = read(text.encode(), "a.rdf").papers
        assert (paper.venue, paper.doi) == ("Letters of the Ant", doi)
        place = paper.publication
        assert (place.type, place.volume, place.issue, place.pages) == (
            *("article-journal", "3", "2", "4–9"),
        )


def test_proceedings_in_rdf_come_before_their_series() -> None:
    text = """<rdf:Description><z:itemType>conferencePaper</z:itemType><dcterms:isPartOf>
    <bib:Series><dc:title>Lecture Notes</dc:title></bib:Series></dcterms:isPartOf><dcterms:isPartOf>
    <bib:Book><dc:title>ANTS 2020</dc:title></bib:Book></dcterms:isPartOf>
    <dc:title>On Wasps</dc:title></rdf:Description>
    <rdf:Description><z:itemType>preprint</z:itemType>
    <dc:title>On Bees</dc:title><prism:number>arXiv:1905.00007</prism:number></rdf:Description>"""
    first, second = read(RDF.format(text).encode(), "a.rdf").papers
    assert (first.venue, second.arxiv) == ("ANTS 2020", "1905.00007")
