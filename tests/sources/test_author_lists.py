"""Lists of authors in one cell or line, as people, programs and conference systems write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources import names
from generator.sources.fields import author_lists, author_order

LISTS = {
    # one mark between all names
    "Ida Moth; Otto Wasp": "Ida Moth|Otto Wasp",
    "Moth, Ida; Wasp, Otto; ": "Ida Moth|Otto Wasp",
    "Moth,Ida;Wasp,Otto": "Ida Moth|Otto Wasp",
    "Moth, Ida;\nWasp, Otto": "Ida Moth|Otto Wasp",
    "Ida Moth|Otto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth · Otto Wasp · Emil Fly": "Ida Moth|Otto Wasp|Emil Fly",
    "Ida Moth / Otto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth\nOtto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth & Otto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth with Otto Wasp": "Ida Moth|Otto Wasp",
    "陈静，赵磊": "陈静|赵磊",
    "陈静、赵磊": "陈静|赵磊",
    "陈静, 赵磊": "陈静|赵磊",
    "Moth & Sons; Otto Wasp": "Moth & Sons|Otto Wasp",
    "Moth, I.; Wasp, O. & Fly, E.": "I. Moth|O. Wasp|E. Fly",
    "Ida MothOtto van WaspEmil McFly": "Ida Moth|Otto van Wasp|Emil McFly",
    "Ida DeMoth": "Ida DeMoth",
    "김서준·박하은": "김서준|박하은",
    "高木一郎・森下花": "高木一郎|森下花",
    "高木 一郎": "高木一郎",
    "Ida Moth y Otto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth, Otto Wasp e Emil Fly": "Ida Moth|Otto Wasp|Emil Fly",
    "Moth, I., Wasp, O. y Fly, E.": "I. Moth|O. Wasp|E. Fly",
    "Ида Моль и Отто Осин": "Ида Моль|Отто Осин",
    "Ida Moth y Wasp": "Ida Moth y Wasp",
    "Ida Moth da Wasp e Fly": "Ida Moth da Wasp e Fly",
    "محمد علي، سارة حسن": "محمد علي|سارة حسن",
    # affiliations and footnotes tell where a name ends
    "Moth (Kew), Wasp (MIT)": "Moth|Wasp",
    "Moth*, Wasp†": "Moth|Wasp",
    "Moth (Kew), Wasp": "Moth|Wasp",
    "Moth, Ida (Kew), Wasp, Otto (MIT)": "Ida Moth|Otto Wasp",
    "Ida Moth (Kew), Otto Wasp, Emil Fly (MIT)": "Ida Moth|Otto Wasp|Emil Fly",
    "Moth, I.*, Wasp, O.†": "I. Moth|O. Wasp",
    "Ida Moth (1), Otto Wasp (2) ((1) Kew, (2) MIT)": "Ida Moth|Otto Wasp",
    "Ida Moth, MIT\nOtto Wasp, Kew": "Ida Moth|Otto Wasp",
    "Moth, Ida\nWasp, Otto": "Ida Moth|Otto Wasp",
    "Ida Moth, Kew Gardens, UK; Otto Wasp, MIT, USA": "Ida Moth|Otto Wasp",
    "Ida Moth, presenter; Otto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth ID, Otto Wasp ID": "Ida Moth|Otto Wasp",
    "周岚（某大学），孙默（某学院）": "周岚|孙默",
    "김서준(서울대), 박하은(KAIST)": "김서준|박하은",
    "高木一郎*1，森下花*2": "高木一郎|森下花",
    "周岚,孙默,等.": "周岚|孙默",
    '"Moth, Ida" <ida@kew.example>, "Wasp, Otto" <otto@kew.example>': "Ida Moth|Otto Wasp",
    "Ida Moth•Otto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth·Otto Wasp": "Ida Moth|Otto Wasp",
    "- Ida Moth\n- Otto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth & Otto Wasp, 2023": "Ida Moth|Otto Wasp",
    "Ida Moth +2": "Ida Moth",
    "Ida Moth...": "Ida Moth",
    "Ida Moth FRS, Otto Wasp PhD": "Ida Moth|Otto Wasp",
    "TBA": "",
    # groups
    "Moth Space Agency, NASA": "Moth Space Agency|NASA",
    "Birds, Moths, Bees, and Bats Working Group": "Birds, Moths, Bees, and Bats Working Group",
    "Moth, Ida and Bats Working Group": "Ida Moth|Bats Working Group",
    "Moth, I. K. and Wasp, O. and Bee Study Investigators": "I. K. Moth|O. Wasp|"
    "Bee Study Investigators",
    "Moth and Wasp Organization": "Moth and Wasp Organization",
    "Centers for Moth Control and Prevention": "Centers for Moth Control and Prevention",
    "MothAI, Google": "MothAI|Google",
    "Ida Moth and Wasp Watchers Association": "Ida Moth|Wasp Watchers Association",
    # commas
    "Moth, I., Wasp, O., . . . Fly, E.": "I. Moth|O. Wasp|E. Fly",
    "Moth, I., Wasp, O., ... & Fly, E.": "I. Moth|O. Wasp|E. Fly",
    "Ida Moth, Otto Wasp and Emil Fly": "Ida Moth|Otto Wasp|Emil Fly",
    "Ida Moth, Otto Wasp, and Emil Fly": "Ida Moth|Otto Wasp|Emil Fly",
    "Ida Moth, Colette, Emil Fly": "Ida Moth|Colette|Emil Fly",
    "Ida Moth, Colette and Emil Fly": "Ida Moth|Colette|Emil Fly",
    "I.Moth, O.Wasp": "I. Moth|O. Wasp",
    "Moth, Ida": "Ida Moth",
    "van den Moth, Ida Maria": "Ida Maria van den Moth",
    "Moth, I., Wasp-Fly, O., & Bee, E. F.": "I. Moth|O. Wasp-Fly|E. F. Bee",
    "Moth, Ida and Wasp, Otto": "Ida Moth|Otto Wasp",
    "Moth, Ida, Otto Wasp, and Emil Fly": "Ida Moth|Otto Wasp|Emil Fly",
    "Moth, Ida M., and Otto Wasp": "Ida M. Moth|Otto Wasp",
    "Ida Moth, Jr., Otto Wasp": "Ida Moth, Jr.|Otto Wasp",
    "IDA MOTH AND OTTO WASP": "IDA MOTH|OTTO WASP",
    "Ida Moth\tOtto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth<br>Otto Wasp": "Ida Moth|Otto Wasp",
    "<ul><li>Ida Moth</li><li>Otto Wasp</li></ul>": "Ida Moth|Otto Wasp",
    "Ida M&ouml;th; Otto Wasp &amp; Emil Fly": "Ida Möth|Otto Wasp|Emil Fly",
    "陈静/赵磊": "陈静|赵磊",
    # what is no name
    "Ida Moth a, Otto Wasp b,c": "Ida Moth|Otto Wasp",
    "Ida Moth (Moss College (Kew), London), Otto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth, MIT; Otto Wasp, ETH": "Ida Moth|Otto Wasp",
    "Dr. Ida Moth, for the Lamp Collaboration": "Ida Moth|Lamp Collaboration",
    "No authors listed": "",
    "Ida Moth et al.": "Ida Moth",
    "Ida Moth et.al.": "Ida Moth",
    "Ida MOTH, Otto WASP": "Ida MOTH|Otto WASP",
    "Ida Moth, Kew Gardens; Otto Wasp, MIT": "Ida Moth|Otto Wasp",
    "Ida Moth https://orcid.org/0000-0001-2345-6789; Otto Wasp": "Ida Moth|Otto Wasp",
    "~Ida_Moth1; ~Otto_van_Wasp2": "Ida Moth|Otto van Wasp",
    "Ida Moth*^, Otto Wasp^": "Ida Moth|Otto Wasp",
    "Ida Moth\\nOtto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth, Otto Wasp, et al": "Ida Moth|Otto Wasp",
    "Ida Moth, Otto Wasp and 12 others": "Ida Moth|Otto Wasp",
    "Ida Moth, Otto Wasp, ..., Emil Fly": "Ida Moth|Otto Wasp|Emil Fly",
    "Ida Moth, Otto Wasp, …": "Ida Moth|Otto Wasp",
    "By Ida Moth and Otto Wasp": "Ida Moth|Otto Wasp",
    "Authors: Ida Moth, Otto Wasp": "Ida Moth|Otto Wasp",
    "1. Ida Moth 2. Otto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth*, Otto Wasp†, Emil Fly1,2": "Ida Moth|Otto Wasp|Emil Fly",
    "Ida Moth¹, Otto Wasp²": "Ida Moth|Otto Wasp",
    "Ida Moth 1, Otto Wasp 2,3": "Ida Moth|Otto Wasp",
    "Ida Moth^{1,2}, Otto Wasp$^{3}$": "Ida Moth|Otto Wasp",
    "Ida Moth<sup>1,2</sup>, Otto Wasp": "Ida Moth|Otto Wasp",
    "Ida Moth (Moss College, Kew), Otto Wasp (Hive Lab)": "Ida Moth|Otto Wasp",
    "Moth, Ida (Moss College)*; Wasp, Otto (Hive Lab)": "Ida Moth|Otto Wasp",
    "Moth, Ida (57123); Wasp, Otto (57124)": "Ida Moth|Otto Wasp",
    "Ida Moth, University of Kew; Otto Wasp, Hive Institute": "Ida Moth|Otto Wasp",
    "Ida Moth <ida@moth.example>, Otto Wasp (otto@wasp.example)": "Ida Moth|Otto Wasp",
    "ida@moth.example": "",
    # a name all the same
    "Ida (Lulu) Moth, Otto Wasp": "Ida (Lulu) Moth|Otto Wasp",
    "Jing Chen (陈静), Otto Wasp": "Jing Chen (陈静)|Otto Wasp",
    # lists of programs
    "['Ida Moth', \"Otto O'Wasp\"]": "Ida Moth|Otto O'Wasp",
    '["Ida Moth", "Otto Wasp"]': "Ida Moth|Otto Wasp",
    "['Ida Moth' 'Otto Wasp']": "Ida Moth|Otto Wasp",
    'c("Ida Moth", "Otto Wasp")': "Ida Moth|Otto Wasp",
    "array(['Ida Moth', 'Otto Wasp'], dtype=object)": "Ida Moth|Otto Wasp",
    "('Ida Moth', 'Otto Wasp')": "Ida Moth|Otto Wasp",
    '{"Ida Moth","Otto Wasp"}': "Ida Moth|Otto Wasp",
    "[Ida Moth, Otto Wasp]": "Ida Moth|Otto Wasp",
    "[{'name': 'Ida Moth', 'id': 'x'}, {'name': 'Otto Wasp'}]": "Ida Moth|Otto Wasp",
    '[{"given": "Ida", "family": "Moth"}]': "Ida Moth",
}


@pytest.mark.parametrize("said", LISTS)
def test_list_of_authors_is_read_without_doubt(said: str) -> None:
    found, doubt = author_lists.listed(said)
    people = [person.name for name in found if (person := names.author(name))]
    assert (people, doubt) == (LISTS[said].split("|") if LISTS[said] else [], "")


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        ("Moth, Ida, Wasp, Otto", "where a name ends"),
        ("Plato, Colette, Moth", "where a name ends"),
        ("陈静 赵磊 王芳", "where a name ends"),
        ("see https://moth.example/authors", "is no name"),
        ("Ida Moth - Kew; Otto Wasp - Bath", "has more than a name"),
        ("Ida Moth, University of Kew, Otto Wasp", "looks like an affiliation"),
        ("Ida Moth, University of Kew", "looks like an affiliation"),
        ("Ida Moth, University of Kew, Otto Wasp, MIT", "where a name ends"),
        ("Moth, Wasp and Bee", "where a name ends"),
        ("Ida " * 100 + "; Otto Wasp", "is no name"),
    ],
)
def test_list_that_was_not_understood_says_so(said: str, doubt: str) -> None:
    assert doubt in author_lists.listed(said)[1]


def test_initials_that_stand_last_in_every_name_are_turned() -> None:
    assert author_order.turned(["Moth IK", "van Wasp O.", "Bee-Fly J.-P."]) == [
        "Moth, IK",
        "van Wasp, O.",
        "Bee-Fly, J.-P.",
    ]
    assert author_order.turned(["Moth I", "Wasp O."]) == ["Moth, I", "Wasp, O"]
    assert author_order.turned(["Moth I", "Bat Study Group"]) == ["Moth, I", "Bat Study Group"]
    assert author_order.turned(["MOTH Ida", "LE FLY Otto"]) == ["MOTH, Ida", "LE FLY, Otto"]
    for kept in (
        ["IDA LEE", "BO NG"],
        ["Ida LEE", "Bo NG"],
        ["Ida MOTH", "Otto WASP"],
        ["Ida Moth", "Wasp O"],
        ["I. K."],
        [],
    ):
        assert author_order.turned(kept) == kept


@given(st.lists(st.sampled_from(["Ida Moth", "Otto van Wasp", "Emil Fly"]), min_size=1))
def test_whole_names_are_divided_by_any_mark(people: list[str]) -> None:
    for mark in ("; ", ", ", " and ", " | ", "\n", "、"):
        assert author_lists.split(mark.join(people)) == people


@given(st.text())
def test_no_address_of_email_is_published(text: str) -> None:
    assert not any(
        "ida@moth.example" in name for name in author_lists.split(f"{text} ida@moth.example")
    )


@pytest.mark.parametrize(
    ("others", "pairs"),
    [
        (["Ida Moth, Otto Wasp", "Emil Fly"], ["Homer, Sappho"]),
        (["Ida Moth, Otto Wasp", "Sappho Fly"], []),
        (["Moth, Ida; Wasp, Otto", "Fly, Emil"], []),
        ([], []),
    ],
)
def test_column_tells_whether_two_words_are_two_names(others: list[str], pairs: list[str]) -> None:
    assert author_lists.pairs_of_names([*others, "Homer, Sappho"]) == frozenset(pairs)
