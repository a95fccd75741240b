"""Reading a folder of sources: each file once, whatever stands in it."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from generator import sources
from generator.build import opening, reading
from generator.build.store import Store
from generator.model.errors import UnreadableError
from generator.sources import Reading
from tests.command import page


def ignore(done: int, total: int) -> None: ...


def readings_of(root: Path, *, jobs: int = 1) -> list[Reading]:
    """What is read in a catalog, which remembers it."""
    with closing(Store(root / "build.db", "")) as store:
        return reading.read(root / "sources", store, jobs, ignore)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, title in (("2025-05-01.txt", "On Ants"), ("sub/2025-05-02.txt", "On Bees")):
        path = tmp_path / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(name[-14:-4], [title]), "utf-8")
    return tmp_path


def titles(readings: list[Reading]) -> dict[str, list[str]]:
    return {reading.file: [paper.title for paper in reading.papers] for reading in readings}


ALL = {"2025-05-01.txt": ["On Ants"], "sub/2025-05-02.txt": ["On Bees"]}


def test_every_file_below_the_folder_is_read_in_order(root: Path) -> None:
    assert titles(readings_of(root)) == ALL
    assert list(titles(readings_of(root, jobs=2))) == sorted(ALL)


def test_unchanged_file_is_not_parsed_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = readings_of(root)
    parsed: list[str] = []
    real = sources.read

    def watched(data: bytes, file: str) -> Reading:
        parsed.append(file)
        return real(data, file)

    monkeypatch.setattr(sources, "read", watched)
    assert readings_of(root) == first
    assert parsed == []
    (root / "sources/2025-05-01.txt").write_text(page("2025-05-01", ["On Cats"]), "utf-8")
    assert titles(readings_of(root)) == ALL | {"2025-05-01.txt": ["On Cats"]}
    assert parsed == ["2025-05-01.txt"]


def test_renamed_file_is_parsed_again_since_its_name_may_hold_the_day(root: Path) -> None:
    readings_of(root)
    (root / "sources/2025-05-01.txt").rename(root / "sources/2024-01-01.txt")
    assert titles(readings_of(root))["2024-01-01.txt"] == ["On Ants"]
    assert readings_of(root)[0].papers[0].sources[0].file == "2024-01-01.txt"


def test_readings_of_files_that_are_gone_are_forgotten(root: Path) -> None:
    readings_of(root)
    (root / "sources/2025-05-01.txt").unlink()
    readings_of(root)
    with closing(Store(root / "build.db", "")) as store:
        assert store.names("readings") == ["sub/2025-05-02.txt"]


def test_without_a_store_nothing_is_remembered(root: Path) -> None:
    assert titles(reading.read(root / "sources", None, 1, ignore)) == ALL
    assert [path.name for path in root.iterdir()] == ["sources"]


def test_reading_is_kept_with_the_digest_of_what_was_parsed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that changes between two looks at it is read as it was at one of them."""
    real, source = opening.read, root / "sources/2025-05-01.txt"

    def overtaken(path: Path, most: int) -> bytes:
        data = real(path, most)
        source.write_text(page("2025-05-01", ["On Cats"]), "utf-8")
        return data

    with monkeypatch.context() as patch:
        patch.setattr(opening, "read", overtaken)
        assert titles(readings_of(root)) == ALL
    assert titles(readings_of(root)) == ALL | {"2025-05-01.txt": ["On Cats"]}


def test_file_that_could_not_be_read_is_asked_for_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, most: int) -> bytes:
        raise UnreadableError(path, "cannot be opened: Input/output error.")

    with monkeypatch.context() as patch:
        patch.setattr(opening, "read", refused)
        assert all(one.problems for one in readings_of(root))
    assert titles(readings_of(root)) == ALL


def test_file_that_is_too_large_is_not_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (root / "sources/huge.jsonl").open("wb") as huge:
        huge.truncate(2**30)  # takes no room on the disk
    (reading,) = (r for r in readings_of(root) if r.file == "huge.jsonl")
    assert "found 1,024 MB. Split the file." in reading.problems[0].reason


def test_link_to_nowhere_is_a_problem(root: Path) -> None:
    (root / "sources/lost.txt").symlink_to(root / "nowhere.txt")
    (reading,) = (r for r in readings_of(root) if r.file == "lost.txt")
    assert "is a link to a file that is not there" in reading.problems[0].reason


def test_file_that_vanishes_before_it_is_read_is_a_problem(root: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.build.walking.relative_files", lambda folder: ["gone.txt"])
        (reading,) = readings_of(root)
    assert "cannot be opened: No such file" in reading.problems[0].reason


def test_file_whose_name_is_no_text_is_a_problem(root: Path) -> None:
    with (root / "sources" / os.fsdecode(b"a\xff.txt")).open("w") as file:
        file.write("On Cats\n")
    readings = readings_of(root)
    assert titles(readings) == ALL | {"a\ufffd.txt": []}
    ((problem,),) = (reading.problems for reading in readings if reading.problems)
    assert "not UTF-8" in problem.reason
