"""Tables as programs export them, and as spreadsheets leave them."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest

from generator.model.papers import Paper
from generator.sources import Reading, read
from generator.sources.content import Content
from generator.sources.fields import names as field_names
from generator.sources.fields import vocabulary
from generator.sources.formats import table

TITLE = "On Moths: A Study of Lamps"
LINK = "https://arxiv.org/abs/2401.0001"


def written(rows: list[list[str]], mark: str = ",") -> bytes:
    file = StringIO()
    csv.writer(file, delimiter=mark).writerows(rows)
    return file.getvalue().encode()


def reading(row: dict[str, str], *others: dict[str, str], above: str = "") -> Reading:
    rows = [list(row), *(list(each.values()) for each in (row, *others))]
    found = read(above.encode() + written(rows), "export.csv")
    assert found.format == "table"
    return found


def paper(row: dict[str, str]) -> Paper:
    found = reading(row)
    assert found.problems == ()
    (one,) = found.papers
    return one


EXPORTS = {
    "zotero": {
        **{"Key": "K7", "Item Type": "journalArticle", "Publication Year": "2024"},
        **{"Author": "Moth, Ida; Wasp, Otto", "Title": TITLE, "Publication Title": "Lamps"},
        **{"DOI": "10.5555/moth.1", "Url": "https://moth.example", "Abstract Note": "On lamps."},
        **{
            "Date": "2024-05-14",
            "Date Added": "2025-01-01 10:00:00",
            "Manual Tags": "moths; lamps",
        },
    },
    "scopus": {
        **{"Authors": "Moth I.; Wasp O.", "Author full names": "Moth, Ida (571); Wasp, Otto (572)"},
        **{
            "Author(s) ID": "571; 572",
            "Title": TITLE,
            "Year": "2024",
            "Source title": "Lamps",
        },
        **{"DOI": "10.5555/moth.1", "Abstract": "On lamps.", "Author Keywords": "moths; lamps"},
        **{"Source": "Scopus", "EID": "2-s2.0-1"},
    },
    "web of science": {
        **{"Publication Type": "J", "Authors": "Moth, I; Wasp, O"},
        **{"Author Full Names": "Moth, Ida; Wasp, Otto", "Article Title": TITLE},
        **{"Source Title": "Lamps", "Author Keywords": "moths; lamps", "Abstract": "On lamps."},
        **{"Publication Date": "MAY 14", "Publication Year": "2024", "DOI": "10.5555/moth.1"},
    },
    "web of science, tags": {
        **{"PT": "J", "AU": "Moth, I; Wasp, O", "AF": "Moth, Ida; Wasp, Otto", "TI": TITLE},
        **{"SO": "Lamps", "DE": "moths; lamps", "ID": "light", "AB": "On lamps.", "PD": "MAY 14"},
        **{"PY": "2024", "DI": "10.5555/moth.1", "UT": "WOS:1"},
    },
    "ieee xplore": {
        **{"Document Title": TITLE, "Authors": "Ida Moth; Otto Wasp", "Author Affiliations": "Kew"},
        **{"Publication Title": "Lamps", "Publication Year": "2024", "Abstract": "On lamps."},
        **{"DOI": "10.5555/moth.1", "Author Keywords": "moths;lamps", "Online Date": "14 May 2024"},
    },
    "dimensions": {
        **{"Rank": "1", "Publication ID": "pub.1", "DOI": "10.5555/moth.1", "Title": TITLE},
        **{"Abstract": "On lamps.", "Source title": "Lamps", "Publication date": "2024-05-14"},
        **{"PubYear": "2024", "Authors": "Moth, Ida; Wasp, Otto", "Keywords": "moths; lamps"},
    },
    "openalex": {
        **{"id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/moth.1"},
        **{"display_name": TITLE, "publication_year": "2024", "publication_date": "2024-05-14"},
        **{"authorships.author.display_name": "Ida Moth|Otto Wasp", "abstract": "On lamps."},
        **{"primary_location.source.display_name": "Lamps", "keywords": "moths|lamps"},
    },
    "semantic scholar": {
        **{
            "paperId": "ab12",
            "externalIds.DOI": "10.5555/moth.1",
            "title": TITLE,
            "venue": "Lamps",
        },
        **{
            "abstract": "On lamps.",
            "publicationDate": "2024-05-14",
            "keywords": "['moths', 'lamps']",
        },
        **{"authors": "[{'id': '1', 'name': 'Ida Moth'}, {'id': '2', 'name': 'Otto Wasp'}]"},
    },
    "lens": {
        **{
            "Lens ID": "1-2",
            "Title": TITLE,
            "Date Published": "2024-05-14",
            "Source Title": "Lamps",
        },
        **{"Author/s": "Ida Moth; Otto Wasp", "Abstract": "On lamps.", "Keywords": "moths; lamps"},
        **{"DOI": "10.5555/moth.1", "PMID": "7"},
    },
    "notion": {
        **{"Name": TITLE, "Authors": "Ida Moth, Otto Wasp", "Journal": "Lamps", "Status": "Read"},
        **{"Published": "May 14, 2024", "Tags": "moths, lamps", "DOI": "10.5555/moth.1"},
        **{"Abstract": "On lamps."},
    },
    "rayyan": {
        **{"key": "r-1", "title": TITLE, "year": "2024", "month": "5", "day": "14"},
        **{"journal": "Lamps", "authors": "Moth, Ida and Wasp, Otto", "abstract": "On lamps."},
        **{"doi": "10.5555/moth.1", "keywords": "moths; lamps"},
    },
    "german": {
        **{"Titel": TITLE, "Autor(en)": "Moth, Ida; Wasp, Otto", "Datum": "14.05.2024"},
        **{"Zeitschrift": "Lamps", "Zusammenfassung": "On lamps.", "Schlagwörter": "moths; lamps"},
        **{"DOI": "10.5555/moth.1"},
    },
    "french": {
        **{
            "Titre": TITLE,
            "Auteurs": "Ida Moth et Otto Wasp",
            "Date de publication": "14 mai 2024",
        },
        **{"Revue": "Lamps", "Résumé": "On lamps.", "Mots-clés": "moths; lamps"},
        **{"DOI": "10.5555/moth.1"},
    },
    "spanish": {
        **{"Título": TITLE, "Autores": "Ida Moth; Otto Wasp", "Fecha": "14/05/2024"},
        **{"Revista": "Lamps", "Resumen": "On lamps.", "Palabras clave": "moths; lamps"},
        **{"DOI": "10.5555/moth.1"},
    },
    "chinese": {
        **{"标题": TITLE, "作者": "Ida Moth；Otto Wasp", "日期": "2024年5月14日", "期刊": "Lamps"},
        **{
            "摘要": "On lamps.",
            "关键词": "moths；lamps".replace("；", ";"),
            "DOI": "10.5555/moth.1",
        },
    },
    "two languages": {
        **{"Title-题名": TITLE, "Author-作者": "Ida Moth;Otto Wasp;", "Source-文献来源": "Lamps"},
        **{"Keyword-关键词": "moths;lamps", "Summary-摘要": "On lamps."},
        **{"PubTime-发表时间": "2024-05-14", "DOI-DOI": "10.5555/moth.1", "DOI": "10.5555/moth.1"},
    },
    "a form": {
        **{"Timestamp": "1/2/2024 10:00:00", "Title (required)": TITLE, "Author 1": "Ida Moth"},
        **{"Author 2": "Otto Wasp", "Venue": "Lamps", "Date of publication": "2024-05-14"},
        **{"Abstract": "On lamps.", "Keywords": "moths, lamps", "DOI": "10.5555/moth.1"},
    },
}


@pytest.mark.parametrize("name", EXPORTS)
def test_export_gives_all_that_it_says(name: str) -> None:
    one = paper(EXPORTS[name])
    assert (one.title, one.doi, one.venue) == (TITLE, "10.5555/moth.1", "Lamps")
    assert [author.name for author in one.authors] == ["Ida Moth", "Otto Wasp"]
    says_the_day = name != "scopus"
    assert one.published == ("2024-05-14" if says_the_day else "2024")
    assert one.abstract == "On lamps."
    assert one.keywords == ("moths", "lamps")


@pytest.mark.parametrize(
    ("row", "authors"),
    [
        ({"Paper ID": "7", "Paper Title": TITLE, "Author Names": "Moth, Ida*; Wasp, Otto"}, None),
        ({"Paper Title": TITLE, "Authors": "Ida Moth (Kew)*; Otto Wasp (Hive, Inc)"}, None),
        ({"#": "7", "title": TITLE, "authors": "Ida Moth, Otto Wasp", "decision": "accept"}, None),
        ({"number": "7", "title": TITLE, "authors": "Ida Moth|Otto Wasp", "forum": "x1"}, None),
        (
            {"PMID": "7", "Title": TITLE, "Authors": "Moth IK, Wasp O.", "DOI": ""},
            ["IK Moth", "O Wasp"],
        ),
        ({"Title": TITLE, "Author Last Name": "Moth", "Author First Name": "Ida"}, ["Ida Moth"]),
        (
            {"Title of the Paper": TITLE, "Name of the Author(s)": "Dr. Ida Moth, Prof. Otto Wasp"},
            None,
        ),
        ({"Item Title": TITLE, "Authors": "Ida MothOtto Wasp"}, None),
        ({"Title": TITLE, "First Author": "Ida Moth", "Co-Authors": "Otto Wasp"}, None),
        ({"Title": TITLE, "Primary authors": "Ida Moth (Kew)", "Co-authors": "Otto Wasp"}, None),
        ({"Cites": "3", "Authors": "I Moth, O Wasp", "Title": TITLE}, ["I Moth", "O Wasp"]),
    ],
)
def test_authors_are_read_as_programs_and_forms_have_them(
    row: dict[str, str], authors: list[str]
) -> None:
    found = [author.name for author in paper(row).authors]
    assert found == (authors or ["Ida Moth", "Otto Wasp"])


def test_rows_of_one_paper_and_a_person_each_are_one_paper() -> None:
    row = {"paper": "7", "title": TITLE, "first": "Ida", "last": "Moth", "email": "i@moth.example"}
    other = row | {"first": "Otto", "last": "Wasp", "email": "o@wasp.example"}
    last = {"paper": "9", "title": "On Bees", "first": "", "last": "Plato", "email": ""}
    found = reading(row, other, last)
    assert [[author.name for author in one.authors] for one in found.papers] == [
        ["Ida Moth", "Otto Wasp"],
        ["Plato"],
    ]
    assert [one.sources[0].position for one in found.papers] == ["line 2", "line 4"]
    assert "example" not in str(found)


@pytest.mark.parametrize(
    "beside",
    [
        {"Link": f"{LINK}0", "Status": "To read"},
        {"Notes": "", "Where": "https://doi.org/10.5555/moth"},
        {"Abstract": "On lamps."},
        {"Authors": "Ida Moth"},
        {"arXiv": "2401.00010"},
    ],
)
@pytest.mark.parametrize("name", ["Name", "Paper", "Talk", "Article"])
def test_title_may_be_called_otherwise_beside_what_papers_have(
    name: str, beside: dict[str, str]
) -> None:
    assert paper({name: TITLE} | beside).title == TITLE


@pytest.mark.parametrize(
    "row",
    [
        {"Name": "Ida Moth", "Email": "i@moth.example", "CV": "https://moth.example/cv.pdf"},
        {"Name": "Ida Moth", "Scholar": "https://scholar.google.com/citations?user=abc"},
        {"Name": "mothlib", "Link": "https://github.com/a/moth"},
    ],
)
def test_names_of_people_and_programs_are_no_titles(row: dict[str, str]) -> None:
    found = read(written([list(row), list(row.values())]), "x.csv")
    assert (found.papers, len(found.problems)) == ((), 1)


@pytest.mark.parametrize("speaker", ["Speaker", "Presenter(s)", "Presenting Author", "Speakers"])
@pytest.mark.parametrize(
    "title",
    ["Presentation Title", "Talk title", "Poster title", "Title of the talk", "Name of the paper"],
)
def test_programme_of_a_conference_has_speakers(title: str, speaker: str) -> None:
    row = {"Session": "A1", "Time": "09:00", title: TITLE, speaker: "Ida Moth"}
    slides = {"Slides": "https://moth.example/s.pdf"}
    found = reading(row | slides, row | {"Session": "", "Slides": ""})
    one, two = found.papers
    assert (one.title, [author.name for author in one.authors]) == (TITLE, ["Ida Moth"])
    assert [(link.kind, link.url) for link in one.links] == [
        ("slides", "https://moth.example/s.pdf")
    ]
    assert (found.unused, found.problems, two.links) == ((("Session", 1), ("Time", 2)), (), ())


@pytest.mark.parametrize("title", ["Coffee break", "Lunch", "Welcome reception", "Tea Break"])
def test_breaks_of_a_programme_are_no_papers(title: str) -> None:
    data = f"Programme of 2025\n\nTime;Title;Presenter\n9:00;{TITLE};Ida Moth\n9:20;{title};\n"
    found = read(data.encode(), "x.csv")
    assert ([one.title for one in found.papers], found.refused) == ([TITLE], 1)
    assert f"“{title}” is no paper" in found.problems[0].reason
    assert len(read(f"{data}9:40;{title};Plato\n".encode(), "x.csv").papers) == 2


def test_speakers_are_no_authors_where_authors_are_named() -> None:
    row = {"Title": TITLE, "Authors": "Ida Moth", "Speaker": "Otto Wasp"}
    found = reading(row, row | {"Authors": ""})
    assert [[author.name for author in one.authors] for one in found.papers] == [["Ida Moth"], []]
    assert found.unused == (("Speaker", 2),)


def test_full_stops_of_pubmed_are_left_out() -> None:
    row = {"PMID": "7", "Authors": "Moth IK.", "Journal/Book": "Lamps", "DOI": "10.5555/moth"}
    for said, title in ((f"{TITLE}.", TITLE), (f"[{TITLE}].", TITLE), ("In the U.S.", None)):
        one = paper(row | {"Title": said})
        assert (one.title, one.authors[0].name) == (title or said, "IK Moth")


def test_rows_without_a_known_title_are_no_list_of_ids() -> None:
    rows = [
        ["Thing", "Link", "Status"],
        [TITLE, f"{LINK}0", "Read"],
        ["On Bees", f"{LINK}1", "To read"],
    ]
    for mark in ",;\t":
        (problem,) = read(written(rows, mark), "x.csv").problems
        assert "columns Thing, Link, Status, none of them for titles" in problem.reason
    for mark in ",;":
        (problem,) = read(written(rows[1:], mark), "x.csv").problems
        assert "without the names of its columns" in problem.reason


def test_rows_as_a_sheet_is_copied_need_no_names_of_columns_where_each_has_an_id() -> None:
    rows = [[TITLE, f"{LINK}0", "Read"], ["On Bees", f"{LINK}1", "To read"]]
    found = read(written(rows, "\t"), "x.txt")
    assert [paper.title for paper in found.papers] == [TITLE, "On Bees"]
    assert found.unused == (("cell without a name", 2),)


@pytest.mark.parametrize(
    ("column", "cell", "title"),
    [
        ("arxiv_id", "2401.00010", "arXiv:2401.00010"),
        ("DOI", "10.5555/Moth.1", "doi:10.5555/moth.1"),
        ("Link", f"{LINK}0", "arXiv:2401.00010"),
    ],
)
def test_papers_of_a_table_may_be_known_by_their_ids(column: str, cell: str, title: str) -> None:
    for beside in ({}, {"Year": "2024"}, {"Status": "read", "Notes": "good for the lamp group"}):
        found = reading({column: cell} | beside)
        assert [one.title for one in found.papers] == [title]
        assert ([name for name, _ in found.unused], found.problems) == (
            [name for name in beside if name != "Year"],
            (),
        )


def test_title_and_its_address_in_a_line_are_a_list() -> None:
    for mark in ("\t", ", ", "; "):
        text = "".join(f"{TITLE}{mark}{LINK}{n}\n" for n in range(3))
        found = read(text.encode(), "x.txt")
        assert (found.format, [one.title for one in found.papers]) == ("paper-ids", [TITLE] * 3)


def test_column_of_links_may_have_words() -> None:
    found = reading({"title": TITLE, "project": "Moth", "code": "yes", "url": "moth.example/a"})
    assert [link.url for link in found.papers[0].links] == ["https://moth.example/a"]
    assert (found.problems, found.unused) == ((), (("project", 1), ("code", 1)))


def test_categories_of_arxiv_stand_in_one_cell() -> None:
    one = paper({"id": "705.0001", "title": TITLE, "categories": "hep-ph cs.LG"})
    assert (one.arxiv, one.categories) == ("0705.0001", ("hep-ph", "cs.LG"))


def test_programme_of_a_conference_has_days_of_its_own() -> None:
    for day in ("Monday", "Tue.", "Day 2", "3"):
        found = reading({"Day": day, "Title": TITLE, "Authors": "Ida Moth", "Comments": "good"})
        assert (found.papers[0].days, found.problems) == ((), ())
        assert {name for name, _ in found.unused} == {"day", "Comments"}


def test_column_without_a_name_is_told_by_its_place() -> None:
    found = read(f"Title,Year,\n{TITLE},2024,to read\n".encode(), "x.csv")
    assert (len(found.papers), found.unused) == (1, (("column 3", 1),))


def test_mark_is_the_one_that_parts_known_names() -> None:
    data = f"Title;Authors (first, last, all);Year\n{TITLE};Ida Moth, Otto Wasp;2024\n"
    (one,) = read(data.encode(), "x.csv").papers
    assert (one.title, len(one.authors), one.published) == (TITLE, 2, "2024")


def test_columns_that_no_paper_has_a_place_for_are_told() -> None:
    row = {"Session": "A1", "Title": TITLE, "Room": "", "Email": "i@moth.example", "No.": "1"}
    found = reading(row, row | {"Session": "A2", "Room": "East", "Title": "On Bees"})
    assert found.unused == (("Session", 2), ("Email", 2), ("Room", 1))
    assert "moth.example" not in str(found)


@pytest.mark.parametrize(
    ("column", "cell", "known"),
    [
        ("Link", "arxiv.org/abs/2401.00010", "2401.00010"),
        ("Link", "https://moth.example; https://arxiv.org/abs/2401.00010", "2401.00010"),
        ("externalIds", "{'ArXiv': '2401.00010', 'CorpusId': 7}", "2401.00010"),
        ("openAccessPdf", "{'url': 'https://arxiv.org/pdf/2401.00010', 'status': 1}", "2401.00010"),
        ("Extra", "arXiv:2401.00010 [cs]", "2401.00010"),
        ("Archive ID", "arXiv:2401.00010", "2401.00010"),
        ("DOI Link", "http://dx.doi.org/10.48550/arXiv.2401.00010", "2401.00010"),
        ("id", "http://arxiv.org/abs/2401.00010v1", "2401.00010"),
    ],
)
def test_id_is_found_where_programs_put_it(column: str, cell: str, known: str) -> None:
    assert paper({"Title": TITLE, "Year": "2024", column: cell}).arxiv == known


# Where a table begins


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "above",
    [
        "",
        "\n\n",
        "About the data: Exported on May 14, 2024. Criteria: 'moths' in title.\n\n",
        "Papers of the group\nList of 2024\n\n",
    ],
)
def test_lines_above_the_header_are_passed_over(mark: str, above: str) -> None:
    data = above.encode() + written([["Title", "Authors"], [TITLE, "Ida Moth"]], mark)
    found = read(b"\xef\xbb\xbf" + data, "x")
    (one,) = found.papers
    assert (one.title, one.authors[0].name, found.problems) == (TITLE, "Ida Moth", ())
    assert one.sources[0].position == f"line {above.count(chr(10)) + 2}"


@pytest.mark.parametrize("mark", [";", ",", "\t", "^"])
def test_mark_that_is_declared_for_excel_divides(mark: str) -> None:
    data = f'sep={mark}\r\ntitle{mark}authors\r\n"{TITLE}"{mark}"Ida Moth"\r\n'
    found = read(data.encode("utf-16"), "x")
    assert [(one.title, one.authors[0].name) for one in found.papers] == [(TITLE, "Ida Moth")]


def test_table_may_have_titles_alone() -> None:
    found = read(b'Title\nOn Moths, and Lamps\n"On ""Bees"""\n', "x.csv")
    assert [one.title for one in found.papers] == ["On Moths, and Lamps", 'On "Bees"']
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "name,email,city\nIda,i@moth.example,Kew\n",
        "Name,Description,URL\nmothlib,a library,https://moth.example\n",
        "Option | Default | Description\n--- | --- | ---\ntitle | none | the title\n",
        "| Title | Status |\n| --- | --- |\n| Write the minutes | done |\n",
        "Title\nOn Moths\n\nAuthors\nIda Moth\n",
        "Title\nAbstract\nIntroduction\n",
        "Title:\nOn Moths\n",
        "Papers\nOn Moths\nOn Bees\n",
        "Title, Authors\nThis is a text.\nIt has lines, and commas.\nNo more.\n",
        "The title, the authors, and the year\nmust be given.\n",
        "Please send title, authors, year.\nThank you, Ida\n",
        "a,b\ntitle,authors\nthen there is prose, prose, and more, of it\n",
    ],
)
def test_other_text_is_no_table_of_papers(text: str) -> None:
    assert not table.detect(Content(text.encode(), "x"))


def test_header_that_is_repeated_is_no_record() -> None:
    rows = [["Title", "Authors"], [TITLE, "Ida Moth"], ["Title", "Authors"], ["On Bees", "Plato"]]
    found = read(written(rows), "x.csv")
    assert ([one.title for one in found.papers], found.refused) == ([TITLE, "On Bees"], 0)


# What spreadsheets do


def test_id_that_lost_its_last_zero_is_no_other_paper() -> None:
    for cut, whole in (
        ("2401.0001", "2401.00010"),
        ("2401.001", "2401.00100"),
        ("1501.1", "1501.10000"),
    ):
        found = reading({"title": TITLE, "arxiv": cut})
        assert (found.papers[0].arxiv, found.papers[0].links) == ("", ())
        assert f"lost its last zero: {whole}?" in found.problems[0].reason


@pytest.mark.parametrize(
    ("cell", "beside", "known"),
    [
        ("2401.0001", {"link": "https://arxiv.org/abs/2401.00010v2"}, "2401.00010"),
        ("2401.0001", {"doi": "10.48550/arXiv.2401.00010"}, "2401.00010"),
        ("0704.0001", {}, "0704.0001"),
        ("705.0001", {}, "0705.0001"),
        ("'2401.00010", {}, "2401.00010"),
        ('="2401.00010"', {}, "2401.00010"),
    ],
)
def test_id_is_found_all_the_same(cell: str, beside: dict[str, str], known: str) -> None:
    assert paper({"title": TITLE, "arxiv": cell} | beside).arxiv == known


def test_dates_of_a_table_say_which_number_is_the_day() -> None:
    for known, dates in (("14/05/2024", "2024-02-01"), ("5/14/2024", "2024-01-02")):
        row = {"title": TITLE, "date": known}
        found = reading(row, {"title": "On Bees", "date": "1/2/2024"})
        assert [one.published for one in found.papers] == ["2024-05-14", dates]
        assert found.problems == ()
    found = reading({"title": TITLE, "date": "1/2/2024"})
    assert (found.papers[0].published, len(found.problems)) == ("2024", 1)
    assert "the day or the month first" in found.problems[0].reason


@pytest.mark.parametrize(
    ("cell", "date"),
    [("45426", "2024-05-14"), ("2024.0", "2024"), ("NaN", ""), ("#N/A", ""), ("-", "")],
)
def test_cell_of_a_date_is_read_without_a_problem(cell: str, date: str) -> None:
    assert paper({"title": TITLE, "date": cell, "doi": "nan", "arxiv": "n/a"}).published == date


def test_error_of_a_spreadsheet_is_told_and_left_out() -> None:
    found = reading({"title": TITLE, "venue": "#NAME?", "year": "2024"})
    assert (found.papers[0].venue, found.papers[0].published) == ("", "2024")
    assert "an error of a spreadsheet" in found.problems[0].reason
    assert reading({"title": "#REF!", "year": "2024"}).refused == 1


def test_list_of_authors_that_is_unclear_is_told() -> None:
    found = reading({"title": TITLE, "authors": "Moth, Ida, Wasp, Otto"})
    assert [author.name for author in found.papers[0].authors] == ["Ida Moth", "Otto Wasp"]
    assert "does not say where a name ends" in found.problems[0].reason


def test_no_address_of_email_is_published_from_any_list() -> None:
    people = ["Ida Moth <ida@moth.example>", "otto@wasp.example"]
    rows = {"title": TITLE, "authors": "; ".join(people), "year": "2024"}
    for found in (reading(rows), read(json.dumps([rows | {"authors": people}]).encode(), "x")):
        assert [author.name for author in found.papers[0].authors] == ["Ida Moth"]
        assert "example" not in str(found)


# Names of fields


def test_each_name_of_a_field_belongs_to_one() -> None:
    every = [
        (field_names.key(name), kind)
        for kind, names in (vocabulary.FIELDS | vocabulary.LINKS).items()
        for name in names
    ]
    assert all(key for key, _ in every)
    assert {
        key for key, _ in every if len({kind for other, kind in every if other == key}) > 1
    } == set()


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Paper_Title", "title"),
        ("paperTitle", "title"),
        (" TITLE ", "title"),
        ("Title*", "title"),
        ("Title (in English)", "title"),
        ("Author(s)", "authors"),
        ("Année", "published"),
        ("Code", "link"),
        ("Author Affiliations", ""),
        ("Title of session", ""),
        ("Subtitle", ""),
    ],
)
def test_field_is_known_by_its_name(name: str, field: str) -> None:
    assert field_names.field_of(name) == field


def test_columns_that_say_where_in_its_venue_a_paper_stands_are_read() -> None:
    header = "Title,Item Type,Publication Title,Volume,Issue,Page start,Page end,Publisher,Editors"
    row = "On Moths,Journal Article,Moth Letters,7,2,1,20,Moth Press,Ada Lee; Bo Li"
    reading = read(f"{header}\n{row}\n".encode(), "a.csv")
    (paper,) = reading.papers
    said = paper.publication
    assert (said.type, said.volume, said.issue, said.pages) == ("article-journal", "7", "2", "1–20")
    assert said.publisher == "Moth Press"
    assert [editor.name for editor in said.editors] == ["Ada Lee", "Bo Li"]
    assert reading.unused == ()


def test_a_number_is_that_of_an_issue_where_a_volume_stands_beside_it() -> None:
    for header, issue in (("title,number,volume", "3"), ("title,number,venue", "")):
        (paper,) = read(f"{header}\nOn Moths,3,7\n".encode(), "a.csv").papers
        assert paper.publication.issue == issue


@pytest.mark.parametrize(
    "names",
    [
        ("タイトル", "著者", "巻", "号", "ページ", "リンク"),
        ("제목", "저자", "권", "호", "페이지", "링크"),
        ("標題", "作者", "卷", "期", "頁碼", "連結"),
        ("Title-题名", "Author-作者", "Volume-卷", "Period-期", "PageCount-页码", "URL-网址"),
        ("Название", "Авторы", "Том", "Выпуск", "Страницы", "Ссылка"),
        ("display_name", "authors", "biblio.volume", "biblio.issue", "pages", "url"),
        ("Title (full)", "Authors", "Volume (no.)", "Issue", "Pages (p.)", "Link to paper (arXiv)"),
    ],
)
def test_volume_pages_and_links_have_names_in_many_languages(names: tuple[str, ...]) -> None:
    cells = [TITLE, "Ida Moth; Otto Wasp", "12", "4", "11-19", "https://arxiv.org/abs/2508.01234"]
    found = read(written([list(names), cells]), "papers.csv")
    (one,) = found.papers
    said = one.publication
    assert (said.volume, said.issue, said.pages) == ("12", "4", "11–19")
    assert (one.arxiv, found.unused, found.problems) == ("2508.01234", (), ())


def test_address_within_openreview_is_whole_beside_its_forum() -> None:
    rows = [["number", "forum", "title", "authors", "pdf"]]
    rows += [["3", "aBcD12", TITLE, "['Ida Moth']", "/pdf/9f.pdf"]]
    (one,) = read(written(rows), "papers.csv").papers
    assert [link.url for link in one.links] == ["https://openreview.net/pdf/9f.pdf"]


def test_header_in_the_middle_begins_another_table() -> None:
    rows = [["Title", "Authors", "Year"], ["On Moths", "Ida Moth", "2024"]]
    rows += [["TITLE", "AUTHORS", "YEAR"], ["On Wasps", "Otto Wasp", "2024"]]
    rows += [["Authors", "Title", "DOI", "Pages"], ["Emil Fly", "On Bees", "10.5555/b.1", "1-9"]]
    found = read(written(rows), "papers.csv")
    assert [(one.title, one.authors[0].name, one.doi) for one in found.papers] == [
        ("On Moths", "Ida Moth", ""),
        ("On Wasps", "Otto Wasp", ""),
        ("On Bees", "Emil Fly", "10.5555/b.1"),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    "row",
    [
        ["Total", "", "", "7"],
        ["Total: 2 papers", "", "", ""],
        ["Total", "2", "", "7"],
        ["合计", "", "", "7"],
        ["Session 1: Insects", "", "", ""],
        ["Track B – Night", "", "", ""],
    ],
)
def test_totals_and_headings_are_no_papers(row: list[str]) -> None:
    rows = [["Title", "Authors", "Venue", "Cited"], [TITLE, "Ida Moth", "Lamps", "7"], row]
    found = read(written(rows), "papers.csv")
    assert ([one.title for one in found.papers], found.refused) == ([TITLE], 1)
    assert "is no paper, but" in found.problems[0].reason


def test_title_that_stands_alone_among_others_with_authors_is_remarked_on() -> None:
    rows = [["Title", "Authors"], *([f"On Moths {n}", "Ida Moth"] for n in range(3))]
    found = read(written([*rows, ["Birds of the Night", ""]]), "papers.csv")
    assert len(found.papers) == 4
    assert "stands alone in its row" in found.problems[0].reason
    assert read(written([["Title", "Authors"], ["On Moths", ""]]), "papers.csv").problems == ()


def test_rows_of_a_table_of_titles_may_be_far_apart() -> None:
    found = read(b"Paper title\r\nOn Moths\r\n\r\nOn Bees\r\n", "papers.csv")
    assert [one.title for one in found.papers] == ["On Moths", "On Bees"]
    assert read(b"Title\n\nOn moths we know much.\n\nOn bees too.\n", "notes.txt").papers == ()


def test_numbers_as_a_spreadsheet_leaves_them() -> None:
    rows = [["Title", "arXiv", "Year", "Volume", "Pages", "Date"]]
    rows += [["On Moths", "2401,00012", "2024.0", "12.0", "Nov-19", "1900-01-00"]]
    found = read(written(rows), "papers.csv")
    (one,) = found.papers
    assert (one.arxiv, one.published, one.publication.volume) == ("2401.00012", "2024", "12")
    assert one.publication.pages == ""
    assert ["took them for a day" in problem.reason for problem in found.problems] == [True]


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("https://arxiv.org/abs/2508.01234","On Moths")',
        "[On Moths](https://arxiv.org/abs/2508.01234)",
        '<a href="https://arxiv.org/abs/2508.01234">On Moths</a>',
        "On Moths (https://arxiv.org/abs/2508.01234)",
        "On Moths: https://arxiv.org/abs/2508.01234",
    ],
)
def test_title_may_be_a_link(cell: str) -> None:
    found = read(written([["Title", "Authors"], [cell, "Ida Moth"]]), "papers.csv")
    assert [(one.title, one.arxiv) for one in found.papers] == [("On Moths", "2508.01234")]
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "||Title||Authors||Year||\n|On Moths|Ida Moth|2024|\n|On Bees|B Bee|2024|\n",
        "+----------+----------+------+\n| Title    | Authors  | Year |\n"
        "+==========+==========+======+\n| On Moths | Ida Moth | 2024 |\n"
        "+----------+----------+------+\n| On Bees  | B Bee    | 2024 |\n"
        "+----------+----------+------+\n",
        "┌──────────┬──────────┬──────┐\n│ Title    │ Authors  │ Year │\n"
        "├──────────┼──────────┼──────┤\n│ On Moths │ Ida Moth │ 2024 │\n"
        "│ On Bees  │ B Bee    │ 2024 │\n└──────────┴──────────┴──────┘\n",
    ],
)
def test_tables_may_be_drawn(text: str) -> None:
    found = read(text.encode(), "papers.txt")
    assert [(one.title, one.authors[0].name, one.published) for one in found.papers] == [
        ("On Moths", "Ida Moth", "2024"),
        ("On Bees", "B Bee", "2024"),
    ]
    assert found.problems == ()


def test_day_without_a_meeting_is_no_paper() -> None:
    rows = [["Date", "Presenter", "Paper"], ["2025-01-10", "Ida Moth", "On Moths"]]
    rows += [["2025-01-17", "", "No meeting"], ["2025-01-24", "", "Cancelled"]]
    found = read(written(rows), "papers.csv")
    assert ([one.title for one in found.papers], found.refused) == (["On Moths"], 2)


def test_quotes_may_have_a_space_before_them() -> None:
    data = b'Title, Authors, Year\nOn Moths, "Ida Moth, Otto Wasp" , 2024\n'
    (one,) = read(data, "papers.csv").papers
    assert (len(one.authors), one.published) == (2, "2024")


def test_reference_in_place_of_a_title_is_remarked_on() -> None:
    rows = [["Reference", "Link"]]
    rows += [["Moth, I., & Wasp, O. (2024). On Moths. Lamps.", "https://arxiv.org/abs/2508.01234"]]
    (problem,) = read(written(rows), "papers.csv").problems
    assert "looks like a whole reference" in problem.reason


@pytest.mark.parametrize(
    "rows",
    [
        [["Title", "Author", "Year"], ["A", "Ida Moth", "2024"], ["A", "Otto Wasp", "2024"]],
        [["Title", "Author", "Year"], ["A", "Ida Moth", "2024"], ["", "Otto Wasp", ""]],
        [["Title", "Authors", "Room"], ["A", "Moth, Ida", "1"], ["", "Wasp, Otto", "2"]],
        [
            ["ID", "Title", "Author", "Email"],
            ["3", "A", "Ida Moth", "x"],
            ["", "", "Otto Wasp", "y"],
        ],
        [["Title", "First", "Last"], ["A", "Ida", "Moth"], ["A", "Otto", "Wasp"]],
    ],
)
def test_row_for_each_author_of_a_paper_is_no_paper_of_its_own(rows: list[list[str]]) -> None:
    width = len(rows[0])
    other = (["B", "Emil Fly", *[""] * width])[:width] if rows[0][0] == "Title" else None
    found = read(written([*rows, other] if other and width == 3 else rows), "papers.csv")
    assert [author.name for author in found.papers[0].authors] == ["Ida Moth", "Otto Wasp"]
    assert (len(found.papers), found.refused) == (2 if other else 1, 0)
    assert len(found.problems) == (rows[2][0] == "")  # says whose row has no title


def test_rows_of_one_title_with_several_names_each_are_as_many_records() -> None:
    rows = [["Title", "Authors"], ["A", "Ida Moth; Otto Wasp"], ["A", "Emil Fly; B Bee"]]
    assert len(read(written(rows), "papers.csv").papers) == 2


def test_who_presents_is_the_author_before_the_others() -> None:
    rows = [["Title", "Presenting author", "Co-authors"], ["A", "Ida Moth", "Otto Wasp, B Bee"]]
    found = read(written(rows), "papers.csv")
    names = [author.name for author in found.papers[0].authors]
    assert (names, found.unused) == (["Ida Moth", "Otto Wasp", "B Bee"], ())


@pytest.mark.parametrize(
    ("name", "cell", "own"),
    [
        ("ID", "10.5555/moth.1", "10-5555-moth-1"),
        ("ID", "https://doi.org/10.5555/moth.1", "10-5555-moth-1"),
        ("ID", "arXiv:2508.01234", "2508.01234"),
        ("arXiv", "arXiv 2508.01234", "2508.01234"),
        ("ID", "W123", "on-moths"),
    ],
)
def test_column_of_ids_may_have_any_kind(name: str, cell: str, own: str) -> None:
    found = read(written([["Title", "Authors", name], ["On Moths", "Ida Moth", cell]]), "x.csv")
    assert (found.papers[0].id.startswith(own), found.problems) == (True, ())
