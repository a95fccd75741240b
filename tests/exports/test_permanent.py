"""Citation keys and ids in feeds stay with their papers, whatever is added, removed or known."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.build import owner, removal, site
from generator.exports import permanent
from generator.exports.permanent import Permanent
from generator.model.errors import ConfigError, RemovalError
from generator.model.papers import Author, Paper
from generator.model.settings import PERMANENT
from tests.command import numbered, page, papershelf
from tests.conftest import MakeCatalog


def paper(id: str, title: str = "Ants", author: str = "Ada Marsh", **more: str) -> Paper:
    return Paper(id=id, title=title, authors=(Author(name=author),), **{"published": "2020"} | more)  # type: ignore[arg-type]


def published(lines: Sequence[Permanent], papers: Sequence[Paper]) -> list[Permanent]:
    """The lines after these papers were published."""
    assigned = permanent.assign(papers, lines)
    named = permanent.named(papers, assigned)
    return permanent.extended(lines, [(one, assigned[one.id].key) for one in named])


def given_to(id: str, lines: Sequence[Permanent]) -> Permanent:
    """The line of the paper that was published with this id last."""
    (line,) = (line for line in lines if line.ids[-1] == id)
    return line


# Whose line it is


def test_without_lines_the_earliest_paper_has_the_bare_key() -> None:
    lines = published([], [paper("b", published="2020-03"), paper("a", published="2020-04")])
    assert given_to("b", lines) == Permanent("b", "marsh-2020-ants", ("b",))
    assert re.fullmatch("marsh-2020-ants-[0-9a-f]{6}", given_to("a", lines).key)


def test_an_older_paper_that_comes_later_takes_no_key() -> None:
    newer, older = paper("newer", published="2020-04"), paper("older", published="2020-03")
    before = published([], [newer])
    lines = published(before, [newer, older])
    assert given_to("newer", lines) == given_to("newer", before)
    assert given_to("older", lines).key.startswith("marsh-2020-ants-")


@pytest.mark.parametrize(
    "better",
    [
        paper("2305.00001", arxiv="2305.00001"),
        replace(paper("2305.00001", "Another", author="Nobody"), former_ids=("ants",)),
        paper("2305.00001", "Ants", doi="10.1/x", arxiv="2305.00001"),
    ],
    ids=["of the same title", "with a former id", "with more ids"],
)
def test_a_better_id_leaves_key_and_feed_id(better: Paper) -> None:
    before = published([], [paper("ants")])
    lines = published(before, [better])
    assert lines == [Permanent("ants", "marsh-2020-ants", ("ants", "2305.00001"))]
    assert published(lines, [paper("2305.00001")]) == lines


def test_a_doi_tells_whose_line_it_is_whatever_the_title() -> None:
    before = published([], [paper("10-1-x", doi="10.1/x")])
    lines = published(before, [paper("2305.00001", "Bees", "Bo", doi="10.1/x", arxiv="2305.00001")])
    assert [(line.feed_id, line.ids[-1]) for line in lines] == [("10-1-x", "2305.00001")]


def test_another_paper_of_the_same_title_is_another_one() -> None:
    before = published([], [paper("ants")])
    lines = published(before, [paper("2305.00001", author="Bo Berg", arxiv="2305.00001")])
    assert given_to("ants", lines) == before[0]
    assert given_to("2305.00001", lines).key == "berg-2020-ants"


def test_what_a_paper_says_may_change_and_its_key_does_not() -> None:
    before = published([], [paper("ants")])
    assert published(before, [paper("ants", "Bees", author="Bo", published="1999")]) == before


def test_older_paper_of_one_title_takes_the_id_and_nothing_else() -> None:
    """Of papers that differ and have one title, the earliest has the id that is made of it."""
    newer, older = paper("ants"), paper("ants", author="Bo Berg", published="2010")
    first = published([], [newer])
    both = [replace(newer, id="ants-marsh-2020"), older]
    lines = published(first, both)
    assert given_to("ants-marsh-2020", lines)[:2] == ("ants", "marsh-2020-ants")
    assert given_to("ants", lines)[:2] == ("ants~2", "berg-2010-ants")
    assert published(lines, both) == lines
    alone = permanent.assign([newer], lines)
    assert alone["ants"][:2] == ("ants", "marsh-2020-ants")
    again = published(published(lines, [newer]), both)
    assert {line[:2] for line in again} == {line[:2] for line in lines}
    assert permanent.assign(both, again)["ants"].key == "berg-2010-ants"


def test_id_of_a_title_that_another_paper_leaves_changes_neither() -> None:
    first, second = paper("ants"), paper("ants-berg-2021", author="Bo Berg", published="2021")
    lines = published([], [first, second])
    better = replace(first, id="10-1-x", doi="10.1/x")
    lines = published(lines, [better, replace(second, id="ants")])
    assert given_to("10-1-x", lines)[:2] == ("ants", "marsh-2020-ants")
    assert given_to("ants", lines)[:2] == ("ants-berg-2021", "berg-2021-ants")


def test_a_better_id_of_a_paper_whose_title_another_one_has_leaves_both_what_they_had() -> None:
    first, second = paper("ants"), paper("ants-berg-2021", author="Bo Berg", published="2021")
    before = published([], [first, second])
    better = replace(second, id="2305.00001", arxiv="2305.00001")
    lines = published(before, [first, better])
    assert [line[:2] for line in lines] == [line[:2] for line in before]
    assert given_to("2305.00001", lines).feed_id == "ants-berg-2021"


def test_papers_that_become_one_and_part_again_have_what_they_had() -> None:
    apart = [paper("ants"), paper("2305.00001", "Ants, revised", published="2021")]
    lines = published([], apart)
    one = replace(apart[1], former_ids=("ants",))
    assert published(lines, [one]) == lines
    assert permanent.assign([one], lines)[one.id] == given_to("2305.00001", lines)
    assert published(published(lines, [one]), apart) == lines


def test_a_paper_that_parts_from_one_with_its_id_is_told_apart() -> None:
    joined = replace(paper("2305.00001", "Ants"), former_ids=("ants",))
    lines = published(published([], [paper("ants")]), [joined])
    both = [paper("2305.00001"), paper("ants", author="Bo")]
    lines = published(lines, both)
    assert given_to("2305.00001", lines)[:2] == ("ants", "marsh-2020-ants")
    assert given_to("ants", lines)[:2] == ("ants~2", "bo-2020-ants")
    assert published(lines, both) == lines


def test_a_paper_that_is_no_more_keeps_its_line_within_bounds() -> None:
    papers = [paper(name, title=name) for name in "abcd"]
    lines = published([], papers)
    assert published(lines, papers[:1]) == lines
    cited = [(papers[0], lines[0].key)]
    assert permanent.extended(lines, cited, most_gone=2) == [lines[0], *lines[2:]]


PAPERS = st.lists(
    st.builds(
        paper,
        st.text("ab", min_size=1, max_size=3),
        st.sampled_from(["Ants", "The ants", "Bees"]),
        st.sampled_from(["Ada Marsh", "Bo Berg"]),
        published=st.sampled_from(["2019", "2019-05-14", "2020", ""]),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


@given(st.lists(PAPERS, max_size=6), st.randoms())
def test_what_is_given_once_never_moves(catalogs: list[list[Paper]], random: object) -> None:
    lines: list[Permanent] = []
    first: dict[str, tuple[str, str]] = {}
    for papers in catalogs:
        assigned = permanent.assign(papers, lines)
        assert permanent.assign(papers[::-1], lines) == assigned
        lines = published(lines, papers)
        for one in papers:
            assert first.setdefault(one.id, assigned[one.id][:2]) == assigned[one.id][:2]
        for column in zip(*(line[:2] for line in lines), strict=True):
            assert len(set(column)) == len(column)
        assert published(lines, papers) == lines
        assert permanent.parse(permanent.dump(lines), "permanent.tsv") == lines


# The file


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"ants\tmarsh-2020-ants\nbees\tmarsh-20", "line 2: .* no end of the line"),
        (b"ants\tmarsh\nb\xe9\tx\n", "line 2: .* other than UTF-8"),
        (b"\nants marsh\n", "line 2: expected an id, a tab and a citation key, found “ants marsh”"),
        (b"<<<<<<< HEAD\nants\tmarsh\n", "line 1: .*, found “<<<<<<< HEAD”"),
        (b"ants\tmarsh, 2020\n", "line 1: "),
        (b"ants\tmarsh\t\n", "line 1: "),
        (b"ants\tmarsh\tants  bees\n", "line 1: "),
        (b"\0" * 1000 + b"\n", "line 1: "),
        (b"ants\tmarsh\nbees\tbo\ncats\tmarsh\n", "line 3: .* found “marsh”, which line 1 has"),
        (b"ants\tmarsh\nants\tbo\n", "line 2: .* found “ants”, which line 1 has. Delete the line"),
    ],
)
def test_broken_file_names_the_line(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "permanent.tsv").write_bytes(content)
    with pytest.raises(ConfigError, match=rf"permanent\.tsv, {said}"):
        owner.load_permanent(tmp_path / "permanent.tsv")


def test_lines_may_be_in_any_order_end_as_on_windows_and_be_empty(tmp_path: Path) -> None:
    (tmp_path / "permanent.tsv").write_bytes(b"b\tx\r\n\r\na\ty\tb a\r\n")
    lines = owner.load_permanent(tmp_path / "permanent.tsv")
    assert lines == [Permanent("b", "x", ("b",)), Permanent("a", "y", ("b", "a"))]


# Builds

LIST = """- title: {title}
  authors: [{author}]
  published: {published}
"""


def source(root: Path, name: str, title: str, author: str, published: str, more: str = "") -> Path:
    path = root / "content/sources" / f"{name}.yml"
    path.write_text(LIST.format(title=title, author=author, published=published) + more, "utf-8")
    return path


def cited(root: Path) -> dict[str, str]:
    """The keys in the site's files of citations, by title."""
    found = (root / "site/downloads").glob("*.csl.json")
    records = (record for path in found for record in json.loads(path.read_text("utf-8")))
    return {record["title"]: record["id"] for record in records}


def entries(root: Path) -> dict[str, str]:
    """The ids of the entries of the feed, by title; those of Atom and of JSON Feed are the same."""
    atom = re.findall(
        r"<entry>\s*<id>(.+?)</id>\s*<title>(.+?)</title>",
        (root / "site/feed.xml").read_text("utf-8"),
    )
    items = json.loads((root / "site/feed.json").read_text("utf-8"))["items"]
    assert {(item["id"], item["title"]) for item in items} == {*atom}
    return {title: entry for entry, title in atom}


TOPICS = "- slug: ants\n  name: Ants\n  phrases: [ants]\n"


def build(root: Path, *, clean: bool = False) -> None:
    """Build, after which the file has what the site says."""
    site.build(root, jobs=1, clean=clean)
    lines = owner.load_permanent(root / PERMANENT)
    assert {*cited(root).values()} <= {line.key for line in lines}
    assert len(lines) >= len(entries(root))


@pytest.mark.parametrize("clean", [False, True])
def test_builds_move_neither_keys_nor_feed_ids(make_catalog: MakeCatalog, clean: bool) -> None:
    root = make_catalog(topics=TOPICS)
    source(root, "new", "The Language of Ants", "Ada Marsh", "2020-05-02")
    build(root)
    keys, ids = cited(root), entries(root)
    assert keys == {"The Language of Ants": "marsh-2020-language"}

    # An older one of the same key; and of the first, a better id.
    source(root, "old", "Language among Bees", "Ada Marsh", "2020-01-02")
    source(root, "arxiv", "The Language of Ants", "Ada Marsh", "2020", "  arxiv: '2305.00001'\n")
    build(root, clean=clean)
    assert (root / "site/papers/2305.00001/index.html").is_file()
    assert cited(root).items() >= keys.items()
    assert cited(root)["Language among Bees"].startswith("marsh-2020-language-")
    assert entries(root).items() >= ids.items()
    keys, ids = cited(root), entries(root)

    # One is no more, and comes back; and the record of the title alone goes.
    (root / "content/sources/old.yml").unlink()
    (root / "content/sources/new.yml").unlink()
    build(root, clean=clean)
    assert cited(root).items() <= keys.items()
    assert entries(root).items() <= ids.items()
    source(root, "old", "Language among Bees", "Ada Marsh", "2020-01-02")
    build(root, clean=clean)
    assert (cited(root), entries(root)) == (keys, ids)
    lines = (root / PERMANENT).read_text("utf-8").splitlines()
    assert lines == sorted(lines)
    assert lines[-1] == (
        "the-language-of-ants\tmarsh-2020-language\tthe-language-of-ants 2305.00001"
    )


def test_copy_with_the_file_builds_the_same_site(make_catalog: MakeCatalog, tmp_path: Path) -> None:
    root = make_catalog()
    source(root, "new", "The Language of Ants", "Ada Marsh", "2020-05-02")
    site.build(root, jobs=1)
    source(root, "old", "Language among Bees", "Ada Marsh", "2020-01-02")
    site.build(root, jobs=1)
    other = tmp_path / "other"
    shutil.copytree(root / "content/sources", other / "content/sources")
    for name in ("mkdocs.yml", PERMANENT, "content/pages/about.md"):
        (other / name).parent.mkdir(exist_ok=True, parents=True)
        shutil.copy(root / name, other / name)
    site.build(other, jobs=1)
    assert cited(other) == cited(root)
    assert (other / PERMANENT).read_bytes() == (root / PERMANENT).read_bytes()
    (other / PERMANENT).unlink()
    site.build(other, jobs=1)
    assert cited(other)["Language among Bees"] == "marsh-2020-language"


def test_key_that_a_person_writes_is_the_key(make_catalog: MakeCatalog) -> None:
    root = make_catalog()
    source(root, "new", "The Language of Ants", "Ada Marsh", "2020-05-02")
    site.build(root, jobs=1)
    (root / PERMANENT).write_text("the-language-of-ants\tours\n", "utf-8")
    site.build(root, jobs=1)
    assert cited(root) == {"The Language of Ants": "ours"}


def test_broken_file_ends_a_build_and_nothing_is_written(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"2025-05-01.txt": page("May 1", numbered(2))})
    site.build(root, jobs=1)
    (root / PERMANENT).write_text("ants\n", "utf-8")
    for command in ("build", "pages"):
        run = papershelf(root, command)
        assert run.returncode == 2
        assert f"{root / PERMANENT}, line 1: expected an id, a tab and a citation key" in run.stderr
    assert (root / PERMANENT).read_text("utf-8") == "ants\n"


def test_catalog_that_lost_its_papers_loses_no_lines(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"2025-05-01.txt": page("May 1", numbered(removal.FEW + 2))})
    site.build(root, jobs=1)
    before = (root / PERMANENT).read_bytes()
    (root / "content/sources/2025-05-01.txt").write_text(page("May 1", ["Another"]), "utf-8")
    with pytest.raises(RemovalError):
        site.build(root, jobs=1)
    assert (root / PERMANENT).read_bytes() == before
    site.build(root, jobs=1, allow_removal=True)
    assert (root / PERMANENT).read_bytes().splitlines()[1:] == before.splitlines()


def test_pages_keep_it_too(make_catalog: MakeCatalog) -> None:
    one, other = (
        make_catalog({"2025-05-01.txt": page("May 1", numbered(3))}, name=name)
        for name in ("one", "other")
    )
    assert papershelf(one, "pages").returncode == 0
    site.build(other, jobs=1)
    assert (one / PERMANENT).read_bytes() == (other / PERMANENT).read_bytes()
