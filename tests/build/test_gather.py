"""Reading a folder of sources: each file once, whatever stands in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator import sources
from generator.build import gather
from generator.sources import Reading
from tests.command import page


def ignore(done: int, total: int) -> None: ...


def gathered(root: Path, *, jobs: int = 1, keep: bool = True) -> list[Reading]:
    return gather.gather(root / "sources", root / "kept", jobs, ignore, keep=keep).take()


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
    assert titles(gathered(root)) == ALL
    assert list(titles(gathered(root, jobs=2))) == sorted(ALL)


def test_unchanged_file_is_not_parsed_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = gathered(root)
    parsed: list[str] = []
    real = sources.read

    def watched(data: bytes, file: str) -> Reading:
        parsed.append(file)
        return real(data, file)

    monkeypatch.setattr(sources, "read", watched)
    assert gathered(root) == first
    assert parsed == []
    (root / "sources/2025-05-01.txt").write_text(page("2025-05-01", ["On Cats"]), "utf-8")
    assert titles(gathered(root)) == ALL | {"2025-05-01.txt": ["On Cats"]}
    assert parsed == ["2025-05-01.txt"]


def test_renamed_file_is_parsed_again_since_its_name_may_hold_the_day(root: Path) -> None:
    gathered(root)
    (root / "sources/2025-05-01.txt").rename(root / "sources/2024-01-01.txt")
    assert titles(gathered(root))["2024-01-01.txt"] == ["On Ants"]
    assert gathered(root)[0].papers[0].sources[0].file == "2024-01-01.txt"


def test_broken_memory_is_read_over(root: Path) -> None:
    gathered(root)
    for path in (root / "kept").iterdir():
        path.write_bytes(b"\xc1 not a reading")
    assert titles(gathered(root)) == ALL


def test_readings_of_files_that_are_gone_are_forgotten(root: Path) -> None:
    gathered(root)
    (root / "sources/2025-05-01.txt").unlink()
    gathered(root)
    assert len(list((root / "kept").iterdir())) == 1


def test_nothing_is_written_unless_asked(root: Path) -> None:
    gathered(root, keep=False)
    assert not (root / "kept").exists()


def test_file_that_is_too_large_is_not_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (root / "sources/huge.jsonl").open("wb") as huge:
        huge.truncate(2**30)  # takes no room on the disk
    (reading,) = (r for r in gathered(root) if r.file == "huge.jsonl")
    assert "found 1,024 MB. Split the file." in reading.problems[0].reason


def test_link_to_nowhere_is_a_problem(root: Path) -> None:
    (root / "sources/lost.txt").symlink_to(root / "nowhere.txt")
    (reading,) = (r for r in gathered(root) if r.file == "lost.txt")
    assert "is a link to a file that is not there" in reading.problems[0].reason


def test_file_that_vanishes_before_it_is_read_is_a_problem(root: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.build.files.relative_files", lambda folder: ["gone.txt"])
        (reading,) = gathered(root)
    assert "cannot be opened: No such file" in reading.problems[0].reason


def test_file_whose_name_is_no_text_is_a_problem(root: Path) -> None:
    with (root / "sources" / os.fsdecode(b"a\xff.txt")).open("w") as file:
        file.write("On Cats\n")
    readings = gathered(root)
    assert titles(readings) == ALL | {"a\ufffd.txt": []}
    ((problem,),) = (reading.problems for reading in readings if reading.problems)
    assert "not UTF-8" in problem.reason
