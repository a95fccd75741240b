"""Who is who among the authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import owner
from generator.catalog import people
from generator.model.errors import ConfigError
from generator.model.papers import Author, Paper
from generator.sources import names

ONE, TWO = "0000-0002-1825-0097", "0000-0001-5109-3700"


def paper(*authors: str | Author, id: str = "p") -> Paper:
    signed = (names.author(a) if isinstance(a, str) else a for a in authors)
    return Paper(id=id, title=id, authors=tuple(filter(None, signed)))


def ids(*papers: Paper, known: str = "", tmp_path: Path | None = None) -> list[list[str]]:
    entries: tuple[people.Person, ...] = ()
    if tmp_path:
        path = tmp_path / "authors.yml"
        path.write_text(known, "utf-8")
        entries = owner.load_people(path)
    return [[a.id for a in p.authors] for p in people.identify(papers, entries)]


def test_variants_of_one_name_are_one_person() -> None:
    spellings = ["José García", "Jose Garcia", "García, José", "JOSE GARCIA", "Jos\\'e Garc{\\'i}a"]
    assert ids(paper(*spellings)) == [["jose-garcia"] * len(spellings)]


def test_initials_are_not_guessed_together() -> None:
    assert ids(paper("J. García", "José García")) == [["j-garcia", "jose-garcia"]]


def test_one_orcid_under_two_names_is_one_person_named_as_on_most_papers() -> None:
    papers = [
        paper(Author(name="J. García", orcid=ONE)),
        paper(Author(name="José García", orcid=ONE)),
        paper(Author(name="José García", orcid=ONE)),
    ]
    assert ids(*papers) == [["jose-garcia"]] * 3


def test_two_orcids_under_one_name_are_two_people_and_the_unknown_is_neither() -> None:
    papers = [
        paper(Author(name="Wei Zhang", orcid=ONE)),
        paper(Author(name="Wei Zhang", orcid=TWO)),
        paper("Wei Zhang"),
    ]
    assert ids(*papers) == [[f"wei-zhang-{ONE}"], [f"wei-zhang-{TWO}"], ["wei-zhang"]]


def test_name_with_one_orcid_anywhere_is_that_person_everywhere() -> None:
    assert ids(paper(Author(name="Ada Byron", orcid=ONE)), paper("Ada Byron")) == [
        ["ada-byron"],
        ["ada-byron"],
    ]


def test_names_in_any_script_have_ids() -> None:
    ((one, two),) = ids(paper("王伟", "李娜"))
    assert one != two
    assert one
    assert two


def test_file_joins_names(tmp_path: Path) -> None:
    known = "- name: José García\n  names: [J. García, Pepe García]\n"
    papers = [paper("J. Garcia", "Pepe García", "Ana García")]
    assert ids(*papers, known=known, tmp_path=tmp_path) == [
        ["jose-garcia", "jose-garcia", "ana-garcia"]
    ]


def test_file_splits_a_name_by_papers(tmp_path: Path) -> None:
    known = "- name: Wei Zhang\n  id: wei-zhang-physics\n  papers: ['2305.00001']\n"
    papers = [paper("Wei Zhang", id="2305.00001"), paper("Wei Zhang", id="2305.00002")]
    assert ids(*papers, known=known, tmp_path=tmp_path) == [["wei-zhang-physics"], ["wei-zhang"]]


def test_file_knows_an_orcid_under_any_name(tmp_path: Path) -> None:
    known = f"- name: Ada Byron\n  orcid: {ONE}\n"
    papers = [paper(Author(name="A. Lovelace", orcid=ONE))]
    assert ids(*papers, known=known, tmp_path=tmp_path) == [["ada-byron"]]


def test_file_may_be_missing_or_empty(tmp_path: Path) -> None:
    assert owner.load_people(tmp_path / "authors.yml") == ()
    (tmp_path / "authors.yml").write_text("# nobody yet\n", "utf-8")
    assert owner.load_people(tmp_path / "authors.yml") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: Ada", "expected a list"),
        ("- [Ada]", "expected a name"),
        ("- names: [Ada]", "expected a name"),
        ("- name: Ada\n  alias: [A]", "found 'alias'"),
        ("- name: Ada\n  names: A. Byron", "a list of texts as names"),
        ("- name: Ada\n  papers: [2305.1]", "Put numbers in quotes"),
        ("- name: Ada\n  orcid: me", "expected an ORCID iD"),
        ("- name: Ada\n- name: ADA", "found 'ada' twice"),
        ("- name: [", "expected YAML"),
    ],
)
def test_mistakes_in_the_file_say_where_and_what_to_write(
    tmp_path: Path, text: str, expected: str
) -> None:
    path = tmp_path / "authors.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"authors\.yml") as error:
        owner.load_people(path)
    assert expected in str(error.value)
