"""Names of people, out of the ways in which lists write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.papers import Author
from generator.sources import names


def named(text: str) -> tuple[str, str]:
    author = names.author(text)
    return (author.name, names.family(author)) if author else ("", "")


@pytest.mark.parametrize(
    ("written", "name", "family"),
    [
        # marks of footnotes, affiliations and addresses
        ("Marsh*†, Nora", "Nora Marsh", "Marsh"),
        ("Nora Marsh*", "Nora Marsh", "Marsh"),
        ("Marsh$^{1,*}$, Nora", "Nora Marsh", "Marsh"),
        (r"Nora Marsh$^\dagger$", "Nora Marsh", "Marsh"),
        ("Nora Marsh1,2", "Nora Marsh", "Marsh"),
        ("Marsh3, Nora", "Nora Marsh", "Marsh"),
        ("Nora Marsh¹,²", "Nora Marsh", "Marsh"),
        ("Nora Marsh (2)", "Nora Marsh", "Marsh"),
        ("Nora Marsh <nora@ants.example>", "Nora Marsh", "Marsh"),
        ("Nora Marsh 0003", "Nora Marsh", "Marsh"),
        # suffixes and degrees
        ("Otto Berg Jr.", "Otto Berg, Jr.", "Berg"),
        ("Otto Berg, Jr.", "Otto Berg, Jr.", "Berg"),
        ("Berg Jr., Otto", "Otto Berg, Jr.", "Berg"),
        ("Berg, Otto, Jr.", "Otto Berg, Jr.", "Berg"),
        ("Otto Berg, PhD", "Otto Berg", "Berg"),
        ("Berg, Otto, M.D.", "Otto Berg", "Berg"),
        # groups have no family name that a comma could turn round
        ("Bees Working Group, Bern", "Bees Working Group, Bern", "Group"),
        # the family name first, where the script has it so
        ("陈, 小雨", "陈小雨", "陈"),
        ("小林 花", "小林花", "小林"),
        ("박, 서준", "박서준", "박"),
        ("スミス, ジョン", "ジョン スミス", "スミス"),
        # nobody
        (":", "", ""),
        ("*", "", ""),
        ("et al.", "", ""),
        ("Nora Marsh et al.", "Nora Marsh", "Marsh"),
        ("Marsh Lab:", "Marsh Lab", "Lab"),
        # what looks like a mark, and is none
        ("ARC B2", "ARC B2", "B2"),
        ("Llama3", "Llama3", "Llama3"),
        ("Smith, MD", "Smith, MD", "Smith"),
    ],
)
def test_name_is_the_person_alone(written: str, name: str, family: str) -> None:
    assert named(written) == (name, family)


def test_family_name_that_the_source_tells_apart_leads_where_the_script_has_it_so() -> None:
    assert names.author("小雨 陈", family="陈") == Author(name="陈小雨", family="陈")
    assert names.author("Xiaoyu Chen", family="Chen") == Author(name="Xiaoyu Chen", family="Chen")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("van den Berg, Otto", "Otto van den Berg"),
        ("Berg Jr., Otto", "Otto Berg"),
        ("陈, 小雨", "陈小雨"),
        ("Marsh, Nora", "Nora Marsh*"),
    ],
)
def test_two_sources_agree_on_a_surname(one: str, other: str) -> None:
    first, second = names.author(one), names.author(other)
    assert first
    assert second
    assert names.surname(first) == names.surname(second) != ""


@given(st.text(alphabet="ab Z,.*†1²$^{}\\\\:陈小@3Jr", max_size=30))
def test_name_that_was_read_stays_as_it_is(text: str) -> None:
    author = names.author(text)
    if author:
        again = names.author(author.name, family=author.family)
        assert again is not None
        assert again.name == author.name


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("陈小雨，李安", ["陈小雨", "李安"]),
        ("陈小雨、李安；王一", ["陈小雨", "李安", "王一"]),
        ("陈，小雨", ["陈, 小雨"]),
        ("Marsh, Nora; Berg, Otto", ["Marsh, Nora", " Berg, Otto"]),
        ("Marsh, Nora", ["Marsh, Nora"]),
        ("M&#225;rsh; x", ["M&#225;rsh; x"]),
    ],
)
def test_several_names_in_one_field_are_parted(text: str, people: list[str]) -> None:
    assert names.one_by_one(text) == people
