"""The reader of BibTeX and BibLaTeX."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from generator.model.errors import ContentError
from generator.model.papers import Paper
from generator.sources import Reading
from generator.sources.content import Content
from generator.sources.formats import bibtex
from tests.sources import fixture

MESSY = fixture("bibtex/messy.bib")


def read(data: bytes | str) -> Reading:
    return bibtex.read(Content(data.encode() if isinstance(data, str) else data, "a.bib"))


@pytest.fixture(scope="module")
def papers() -> Mapping[str, Paper]:
    return {paper.title: paper for paper in read(MESSY).papers}


def test_every_entry_is_a_paper_or_refused() -> None:
    reading = read(MESSY)
    assert [paper.sources[0].position for paper in reading.papers] == [
        *("byron2019", "ali2020", "round1", "broken1", "byron2019", "late", "corr"),
    ]
    assert (reading.records, reading.refused) == (8, 1)
    said = {problem.position: problem.reason for problem in reading.problems}
    assert "several entries have the key “byron2019”" in str(
        [problem.reason for problem in reading.problems]
    )
    assert "do not match" in said["broken1"]
    assert "no title" in said["untitled"]


def test_text_is_what_tex_would_print(papers: Mapping[str, Paper]) -> None:
    paper = papers[r"On the DNA of Ants: A $O(n \log n)$ Survey – Part 2"]
    assert [(author.name, author.family) for author in paper.authors] == [
        ("Ada Byron", "Byron"),
        ("José García", "García"),
        ("Jan van den Berg", "van den Berg"),
    ]
    assert paper.abstract == "We count ants.\n\nSee our code (https://github.com/ada/ants)."


def test_fields_are_those_of_the_entry(papers: Mapping[str, Paper]) -> None:
    paper = papers[r"On the DNA of Ants: A $O(n \log n)$ Survey – Part 2"]
    assert paper.venue == "Letters of the Ant, Series B"
    assert (paper.published, paper.doi) == ("2019-05", "10.5555/ants.1")
    assert paper.keywords == ("ants", "patience", "waiting")
    assert {link.kind: link.url for link in paper.links} == {
        "doi": "https://doi.org/10.5555/ants.1",
        "project": "https://ants.example/a_b%20c",
        "code": "https://github.com/ada/ants",
    }


def test_entry_has_what_it_lacks_from_the_one_it_refers_to(papers: Mapping[str, Paper]) -> None:
    paper = papers["Counting by Öyster"]
    assert (paper.venue, paper.published) == ("Proceedings of Counting", "2020")
    assert [author.name for author in paper.authors] == ["Ben Ali", "Ant Society, Berlin"]
    assert paper.id == "2005.01234"
    assert papers["RETRACTED: Ants Do Not Wait"].venue == "Annals of Data"
    assert papers["RETRACTED: Ants Do Not Wait"].published == "2011"


def test_retracted_is_marked_and_extended_names_are_names(papers: Mapping[str, Paper]) -> None:
    paper = papers["RETRACTED: Ants Do Not Wait"]
    assert paper.withdrawn == "retracted"
    assert [author.name for author in paper.authors] == ["Eve van Doe"]


def test_arxiv_id_stands_in_many_places(papers: Mapping[str, Paper]) -> None:
    assert papers["From a List"].arxiv == "1706.03762"
    for field in (
        "journal = {arXiv preprint arXiv:1706.03762}",
        "note = {arXiv:1706.03762v5 [cs.CL]}",
        "eprint = {1706.03762}, eprinttype = {arxiv}",
        "url = {https://arxiv.org/abs/1706.03762}",
    ):
        (paper,) = read("@article{a, title = {On Ants}, " + field + "}").papers
        assert paper.arxiv == "1706.03762", field
    (paper,) = read("@article{a, title = {On Ants}, eprint = {12345}, eprinttype = {jstor}}").papers
    assert paper.arxiv == ""


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ("date = {2004-07-01}", "2004-07-01"),
        ("date = {/2004-07}", "2004-07"),
        ("date = {2004-07/..}", "2004-07"),
        ("date = {199X}", ""),
        ("date = {2004?}", "2004"),
        ("year = {2004}, month = {7}, day = {3}", "2004-07-03"),
        ("year = 2004, month = jul # {~3}", "2004-07-03"),
        ('year = "2004", month = "July"', "2004-07"),
        ("year = 2004, month = {23--29 Jul}", "2004-07-23"),
        ("year = 2004, month = {3 July}", "2004-07-03"),
        ("year = {2004}, month = {Michaelmas}", "2004"),
    ],
)
def test_date_is_known_as_far_as_the_entry_says(fields: str, known: str) -> None:
    (paper,) = read("@article{a, title = {On Ants}, " + fields + "}").papers
    assert paper.published == known


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_file_may_be_in_another_encoding(encoding: str) -> None:
    (paper,) = read("@article{a, title = {Größe der Ameise}}".encode(encoding)).papers
    assert paper.title == "Größe der Ameise"


def test_declared_encoding_is_believed() -> None:
    text = "% Encoding: ISO8859_2\n@article{a, title = {Žluť}}"
    reading = read(text.encode("iso8859_2"))
    assert [paper.title for paper in reading.papers] == ["Žluť"]
    assert reading.problems == ()


def test_bibtex_is_told_from_other_text() -> None:
    assert bibtex.detect(Content(MESSY, "x"))
    assert bibtex.detect(Content(b"\xef\xbb\xbf@misc{a,\n title={B}}", "x"))
    for other in (b"@given(st.text(), b=1)\ndef f(): ...", b"a@b.org\n", b"@media print {\n}"):
        assert not bibtex.detect(Content(other, "x"))


def test_tilde_of_an_accent_divides_no_name() -> None:
    names = r"Mu\~noz, Ana and Jo\~{a}o Magalh{\~a}es and de~la~Cruz, Eva"
    (paper,) = read("@misc{a, title = {On Ants}, author = {" + names + "}}").papers
    assert [(author.name, author.family) for author in paper.authors] == [
        ("Ana Muñoz", "Muñoz"),
        ("João Magalhães", "Magalhães"),
        ("Eva de la Cruz", "de la Cruz"),
    ]


def test_entry_without_a_key_gives_others_nothing() -> None:
    reading = read(
        "@misc{, title = {On Bees}, author = {Ada Byron}, year = 2004, doi = {10.5555/bees}}\n"
        "@misc{b, title = {On Ants}}\n@misc{c, title = {On Cows}, crossref = {}}"
    )
    assert [(len(paper.authors), paper.published) for paper in reading.papers] == [
        *((1, "2004"), (0, ""), (0, "")),
    ]


def test_broken_string_is_no_record() -> None:
    reading = read("@string{a = {A}}\n@string{a = {B}}\n@misc{m, title = {On Ants}, note = a}")
    assert (reading.records, reading.refused) == (1, 0)
    (problem,) = reading.problems
    assert (problem.position, "twice" in problem.reason) == ("line 2", True)


def test_strings_that_hold_each_other_stay_names_where_there_is_no_room() -> None:
    doubled = "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 40))
    text = "@string{s0 = {abcdefgh}}\n" + doubled + "@misc{a, title = {On Ants}, note = s39}"
    (problem,) = read(text).problems
    assert "write them out" in problem.reason


def test_file_of_more_entries_than_anybody_has_is_refused() -> None:
    with pytest.raises(ContentError, match="at most 500,000 entries"):
        read("@misc{a}" * 500_001)


EVERY_OTHER = ",".join(f"x{n}" for n in range(40))


@pytest.mark.parametrize(
    "bomb",
    [
        "@article{a, title = {" + "{" * 10**5,
        "@article{a, title = {x}, author = {" + "A and " * 10**5 + "B}}",
        "@article{a, title = {x}, crossref = {a}, xdata = {a}}",
        "".join(f"@article{{a{n}, title = {{\n" for n in range(20_000)),
        "@string{s0 = {abcdefgh}}\n"
        + "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 40))
        + "@misc{a, title = {On Ants}, abstract = s39}",
        "".join(
            f"@misc{{x{n}, title = {{On Ants}}, xdata = {{{EVERY_OTHER}}}}}\n" for n in range(40)
        ),
    ],
)
def test_bomb_ends(bomb: str) -> None:
    reading = read(bomb)
    assert reading.papers or reading.problems


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (r"{\r{A}}ngstr{\"o}m, Zo{\"e}", "Zoë Ångström"),
        ("{Ada, Byron and Sons}", "Ada, Byron and Sons"),
        ("{Lovelace}, {Ada}", "Ada Lovelace"),
    ],
)
def test_braces_around_a_whole_name_alone_make_a_group(written: str, name: str) -> None:
    (paper,) = read(f"@misc{{a, title={{Ants}}, author={{{written}}}}}").papers
    assert [author.name for author in paper.authors] == [name]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        # an accent at the start of a name
        (
            r"\v{Z}elen\'y, Jan and \'Swit, Ola and \O rsted, Bo",
            ["Jan Želený", "Ola Świt", "Bo Ørsted"],
        ),
        (r"Bo Lund and \AA se Berg", ["Bo Lund", "Åse Berg"]),
        # other things than `and` between names
        ("Nora Marsh, Otto Berg, Ida Mae Lee", ["Nora Marsh", "Otto Berg", "Ida Mae Lee"]),
        ("Marsh N, Berg O, Lee IM", ["N Marsh", "O Berg", "IM Lee"]),
        ("Marsh, N., Berg, O. and Lee, I. M.", ["N. Marsh", "O. Berg", "I. M. Lee"]),
        ("Marsh, Nora; Berg, Otto", ["Nora Marsh", "Otto Berg"]),
        ("Marsh, Nora; and Berg, Otto", ["Nora Marsh", "Otto Berg"]),
        ("N. Marsh, O. Berg, and I. Lee", ["N. Marsh", "O. Berg", "I. Lee"]),
        ("Nora Marsh, Otto Berg and Ida Lee", ["Nora Marsh", "Otto Berg", "Ida Lee"]),
        ("N. Marsh, O. Berg", ["N. Marsh", "O. Berg"]),
        ("Marsh, Nora, Berg, Otto, and Lee, Ida", ["Nora Marsh", "Otto Berg", "Ida Lee"]),
        ("Marsh, Nora and Berg, Otto et al.", ["Nora Marsh", "Otto Berg"]),
        (r"Nora Marsh \& Otto Berg", ["Nora Marsh", "Otto Berg"]),
        ("and Marsh, Nora and", ["Nora Marsh"]),
        ("Marsh, Nora AND Berg, Otto and others", ["Nora Marsh", "Otto Berg"]),
        ("陈小雨，李安", ["陈小雨", "李安"]),
        # what only looks like several names
        (r"{Marsh \& Berg, Ltd; Bern}", ["Marsh & Berg, Ltd; Bern"]),
        (r"Marsh \& Sons", ["Marsh & Sons"]),
        ("van der Berg, Otto Jan", ["Otto Jan van der Berg"]),
        ("Berg, Jr., Otto", ["Otto Berg, Jr."]),
        ("given=Otto, prefix=von, family=Berg, useprefix=true", ["Otto von Berg"]),
        ("Marsh, Nora and {Bees and Ants}", ["Nora Marsh", "Bees and Ants"]),
        # no person at all
        ("Bees and : and Nora Marsh", ["Bees", "Nora Marsh"]),
        # marks
        (
            r"Marsh*†, Nora and Berg$^1$, Otto\thanks{The same} and Lee\textsuperscript{2}, Ida",
            ["Nora Marsh", "Otto Berg", "Ida Lee"],
        ),
        (r"Lee, Ida {\{M}}.", ["Ida M. Lee"]),
    ],
)
def test_authors_are_told_however_they_are_parted(written: str, known: list[str]) -> None:
    (paper,) = read("@misc{a, title={Ants}, author={" + written + "}, year=2020}").papers
    assert ([author.name for author in paper.authors], paper.published) == (known, "2020")


def test_fields_behind_a_missing_comma_are_read_and_it_is_said() -> None:
    reading = read(
        "@article{k,\n title = {On Ants}\n author = {Marsh, Nora},\n"
        " note = {a = b}\n year = 2001\n}"
    )
    (paper,) = reading.papers
    assert (paper.title, paper.authors[0].name, paper.published) == (
        "On Ants",
        "Nora Marsh",
        "2001",
    )
    (problem,) = reading.problems
    assert (problem.position, "comma is missing before the field “author”" in problem.reason) == (
        *("k", True),
    )


def test_entry_goes_on_behind_a_brace_that_bibtex_counts() -> None:
    reading = read(
        "@article{r,\n author = {Lee, Ida {\\{M}}.},\n title = {{On {Ants}}},\n year = {2006},\n}\n"
        "@article{s, title = {On Bees}}"
    )
    assert [(p.title, p.published) for p in reading.papers] == [
        ("On Ants", "2006"),
        ("On Bees", ""),
    ]


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ("howpublished = {arXiv:2401.00009 [cs.CL]}", {"abs": "https://arxiv.org/abs/2401.00009"}),
        (
            r"howpublished = {See \url{https://ants.example/a\_b}}",
            {"project": "https://ants.example/a_b"},
        ),
        ("note = {doi: 10.5555/nine}", {"doi": "https://doi.org/10.5555/nine"}),
        ("html = {https://doi.org/10.5555/ten}", {"doi": "https://doi.org/10.5555/ten"}),
        (
            "pdf = {https://ants.example/a.pdf}, code = {https://github.com/a/b}, "
            "website = {https://ants.example}",
            {
                "pdf": "https://ants.example/a.pdf",
                "code": "https://github.com/a/b",
                "project": "https://ants.example",
            },
        ),
        ("pdf = {a.pdf}, note = {10 of 10.1000 ants}", {}),
    ],
)
def test_links_stand_in_many_fields(fields: str, links: dict[str, str]) -> None:
    (paper,) = read("@misc{a, title = {On Ants}, " + fields + "}").papers
    assert {link.kind: link.url for link in paper.links}.items() >= links.items()
    assert bool(paper.links) == bool(links)


def test_paper_whose_id_stood_in_running_text_keeps_the_id_of_its_title() -> None:
    (paper,) = read("@misc{a, title = {On {A}nts}, note = {arXiv:2401.00009}}").papers
    (other,) = read("@misc{a, title = {On {A}nts}, howpublished = {arXiv:2401.00009}}").papers
    assert (paper.id, paper.former_ids) == ("2401.00009", ())
    assert (other.id, other.former_ids) == ("2401.00009", ("on-ants",))


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"A{\texttwosuperior}B: Ants", "A²B: Ants"),
        (r"{\textgamma}-Ants {\textrightarrow} {\textDelta}", "γ-Ants → Δ"),
        (r"{\quotedblbase}Bienen`` und {\textthreequarters}", "„Bienen“ und ¾"),
        (r"Ants\nobreakspace{}and\nobreakspace Bees", "Ants and Bees"),
        (
            r"\texorpdfstring{$\pi_1$}{pi1} and \texorpdfstring{\textsc{Ant}}{Ant}",
            r"$\pi_1$ and Ant",
        ),
        ("On {$<$}i{$>$}Apis mellifera{$<$}/i{$>$} Today", "On Apis mellifera Today"),
    ],
)
def test_macros_of_reference_managers_are_their_characters(written: str, title: str) -> None:
    (paper,) = read("@misc{a, title = {" + written + "}}").papers
    assert paper.title == title


@pytest.mark.parametrize(
    "entry",
    [
        "@misc{k\n title = {On Ants},\n author = {Marsh, Nora},\n year = 2001\n}",
        "@misc{k,, title = {On Ants},, author = {Marsh, Nora}, year = 2001}",
        "@misc{k, title = {On Ants}, author = {Marsh, Nora}, year = 2001",
        '@misc{k, title = "On Ants, author = "Marsh, Nora", year = 2001}',
        "@misc{k,\n title = {On Ants}},\n author = {Marsh, Nora},\n year = 2001\n}",
        "@misc{k, title = {On Ants}\n author = {Marsh, Nora} year = 2001}",
    ],
)
def test_broken_entry_is_read_as_far_as_it_can_be_and_harms_no_other(entry: str) -> None:
    reading = read(f"{entry}\n@misc{{other, title = {{On Bees}}, year = 2002}}\n")
    first, second = reading.papers
    assert (first.title, first.authors[0].name) == ("On Ants", "Nora Marsh")
    assert (second.title, second.published) == ("On Bees", "2002")
    assert [problem.position for problem in reading.problems] == ["k"]


def test_field_that_a_comment_leaves_out_is_none_and_the_next_one_is_read() -> None:
    (paper,) = read(
        "@misc{k,\n % title = {Old},\n title = {On Ants},\n"
        " author = {Marsh, Nora}, % who\n year = 2001}"
    ).papers
    assert (paper.title, paper.published) == ("On Ants", "2001")


@pytest.mark.parametrize(
    ("written", "is_said"),
    [
        ("Nora Marsh, Otto Berg", True),
        ("Marsh, Nora", False),
        ("van der Berg, Otto Jan", False),
        ("Nora Marsh, PhD", False),
        ("Nora Marsh and Otto Berg", False),
    ],
)
def test_name_that_may_be_two_is_said(written: str, is_said: bool) -> None:
    reading = read("@misc{a, title={Ants}, author={" + written + "}}")
    assert ["write “and”" in problem.reason for problem in reading.problems] == [True] * is_said


@pytest.mark.parametrize("above", ["", "% Ants\n", "Our list, as of today\n", "@comment{x}\n"])
def test_entry_is_evidence_of_a_list_but_not_within_prose(above: str) -> None:
    entry = "@article{ant,\n  title = {Counting Ants},\n  author = {Ant, Ada},\n  year = 2025\n}\n"
    assert bibtex.detect(Content(f"{above}{entry}".encode(), "list.txt"))
    prose = "Ants\n====\n\n" + "This program counts ants.\n" * 12 + "\nTo cite it:\n\n"
    for text in (f"{prose}{entry}", f"{prose}{entry}\nLicence\n\nDo what you want.\n"):
        assert not bibtex.detect(Content(text.encode(), "README.md"))


@pytest.mark.parametrize(
    ("field", "categories"),
    [
        ("primaryClass = {cs.CL}", ("cs.CL",)),
        ("eprintclass = {math.CO}", ("math.CO",)),
        ("primaryClass = {Ants}", ()),
    ],
)
def test_the_class_of_an_eprint_is_its_category(field: str, categories: tuple[str, ...]) -> None:
    entry = (
        f"@misc{{a, title = {{On Ants}}, author = {{A. Lee}}, eprint = {{2401.00007}}, {field}}}"
    )
    reading = read(entry)
    assert (reading.papers[0].categories, reading.problems) == (categories, ())


def test_an_eprint_online_is_a_preprint() -> None:
    entry = "@online{a, title = {On Ants}, author = {A. Lee}, eprint = {2401.00007}}"
    (paper,) = read(entry).papers
    assert paper.publication.type == "article"
