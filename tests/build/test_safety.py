"""A build that fails says why, leaves the old site as it was, and the next one is right."""

from __future__ import annotations

import fcntl
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from multiprocessing import forkserver, get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

import pytest

from generator.build import loading, site, state
from generator.build.config import load
from generator.model.errors import UsageError
from tests.build.comparing import assert_told
from tests.command import (
    BIN,
    contents,
    differing,
    heeds_interrupts,
    numbered,
    page,
    papershelf,
)
from tests.conftest import MakeCatalog

OLD, NEW = (page("May 1", numbered(14, start)) for start in (1, 8))
SOURCE = "content/sources/2025-05-01.txt"


@pytest.fixture
def shelf(make_catalog: MakeCatalog) -> Path:
    """A catalog that was built, and then got other papers."""
    root = make_catalog({"2025-05-01.txt": OLD})
    site.build(root)
    (root / SOURCE).write_text(NEW, "utf-8")
    return root


@pytest.fixture
def expected(make_catalog: MakeCatalog) -> dict[str, bytes]:
    """The site that it should become."""
    root = make_catalog({"2025-05-01.txt": OLD}, name="other/shelf")
    site.build(root)
    (root / SOURCE).write_text(NEW, "utf-8")
    site.build(root)
    return contents(root / "site")


TOPICS = "- slug: paper\n  name: Papers\n  phrases: [paper]\n"


@pytest.fixture
def daily(make_catalog: MakeCatalog) -> Path:
    """A catalog that was built twice, and then got two papers more, so that few pages change."""
    root = make_catalog({"2025-05-01.txt": page("May 1", numbered(60))}, topics=TOPICS)
    for day in (1, 2, 3):
        site.build(root)
        new = page(f"May {day + 1}", numbered(2, 60 + 2 * day))
        (root / f"content/sources/2025-05-0{day + 1}.txt").write_text(new, "utf-8")
    return root


def begun(shelf: Path, jobs: int) -> BaseProcess:
    """A build in a process that has nothing to load first, so that any moment is one of it."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["generator.build.site"])
    forkserver.ensure_running()
    process = context.Process(target=site.build, args=(shelf,), kwargs={"jobs": jobs})
    process.start()
    return process


def timed(shelf: Path, jobs: int) -> float:
    """How many seconds such a build takes."""
    process = begun(shelf, jobs)
    start = time.monotonic()
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - start


def killed(shelf: Path, jobs: int, after: float) -> bool:
    """Whether a build was killed so many seconds after it began, and not over before."""
    process = begun(shelf, jobs)
    time.sleep(after)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_at_25_moments_the_old_site_or_the_new_one_is_there(
    shelf: Path, expected: dict[str, bytes], jobs: int
) -> None:
    old = contents(shelf / "site")
    saved = shelf.with_name("saved")
    shutil.copytree(shelf, saved)
    whole = timed(shelf, jobs)
    chance = random.Random(7)
    times = 0
    for _ in range(25):
        if not differing(contents(shelf / "site"), expected):
            shutil.rmtree(shelf)
            shutil.copytree(saved, shelf)
        times += killed(shelf, jobs, whole * chance.random())
        found = contents(shelf / "site")
        assert differing(found, old) == [] or differing(found, expected) == []
    assert times > 10
    assert_told(site.build(shelf, jobs=jobs), found, contents(shelf / "site"))
    assert differing(contents(shelf / "site"), expected) == []


def test_killed_while_few_pages_change_the_old_site_or_the_new_one_is_there(daily: Path) -> None:
    whole = timed(daily, 2)
    chance = random.Random(7)
    times = 0
    for number in range(5):
        old = contents(daily / "site")
        new = page("May 9", numbered(1, 100 + number))
        (daily / f"content/sources/2025-05-09-{number}.txt").write_text(new, "utf-8")
        other = daily.with_name(f"other-{number}")
        shutil.copytree(daily, other)
        site.build(other)
        expected = contents(other / "site")
        times += killed(daily, 2, whole * chance.random())
        found = contents(daily / "site")
        assert differing(found, old) == [] or differing(found, expected) == []
        assert_told(site.build(daily), found, contents(daily / "site"))
        assert differing(contents(daily / "site"), expected) == []
    assert times > 1


@pytest.mark.parametrize("limit", [200, 20_000, 90_000])
def test_no_room_is_said_and_the_old_site_stays(
    shelf: Path, expected: dict[str, bytes], limit: int
) -> None:
    old = contents(shelf / "site")

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    run = subprocess.run(
        [str(BIN / "papershelf"), "build", "--jobs", "1"],
        cwd=shelf,
        preexec_fn=little_room,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "build.db: Input/output error" in run.stderr
    assert "Traceback" not in run.stderr
    assert differing(contents(shelf / "site"), old) == []
    assert papershelf(shelf, "build").returncode == 0
    assert differing(contents(shelf / "site"), expected) == []


def test_place_where_nobody_may_write_is_said(shelf: Path) -> None:
    run = papershelf(shelf, "build", "--site-dir", "/proc/papershelf/site")
    assert run.returncode == 2
    assert "/proc/papershelf" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("command", ["build", "pages"])
def test_two_runs_at_once_are_one_too_many(
    shelf: Path, expected: dict[str, bytes], command: str
) -> None:
    old = contents(shelf)
    with (shelf / site.LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = papershelf(shelf, command)
    assert run.returncode == 2
    assert "another run" in run.stderr
    assert differing(contents(shelf), old) == []
    assert papershelf(shelf, "build").returncode == 0
    assert differing(contents(shelf / "site"), expected) == []


def test_one_site_of_two_catalogs_at_once_is_one_too_many(
    shelf: Path, make_catalog: MakeCatalog
) -> None:
    other = make_catalog({"2025-05-01.txt": OLD}, name="another/shelf")
    shared = shelf.with_name("www") / "site"
    assert papershelf(shelf, "build", "--site-dir", shared).returncode == 0
    old = contents(shared)
    with subprocess.Popen(
        [BIN / "papershelf", "build", "--site-dir", shared, "--clean"],
        cwd=shelf,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        assert next(process.stderr).startswith("Reading")
        os.kill(process.pid, signal.SIGSTOP)
        try:
            run = papershelf(other, "build", "--site-dir", shared)
        finally:
            os.kill(process.pid, signal.SIGCONT)
        process.stderr.read()
    assert process.returncode == 0
    assert run.returncode == 2
    assert f"{shared.with_name('.site.lock')}: " in run.stderr
    assert "another run" in run.stderr
    assert differing(contents(shared), old) == []
    assert papershelf(other, "build", "--site-dir", shared).returncode == 0


@pytest.mark.parametrize("folder", ["papers", "topics", "search", "days"])
@pytest.mark.parametrize("is_known", [True, False])
def test_nothing_is_written_or_deleted_through_a_link(
    shelf: Path, tmp_path: Path, folder: str, is_known: bool
) -> None:
    pages = shelf / "content/pages"
    elsewhere = tmp_path / "elsewhere"
    (pages / folder).rename(elsewhere)
    (elsewhere / "mine.md").write_text("# Mine\n", "utf-8")
    (pages / folder).symlink_to(elsewhere)
    if not is_known:
        (shelf / state.STORE).unlink()
    old = contents(elsewhere), contents(shelf / "site")
    for clean in (False, True):
        with pytest.raises(UsageError, match=f"{pages / folder}: expected a folder"):
            site.build(shelf, jobs=1, clean=clean)
        assert (contents(elsewhere), contents(shelf / "site")) == old
    with pytest.raises(UsageError, match="Remove the link"):
        site.write_pages(loading.read_catalog(load(shelf)[0]), load(shelf)[0])
    assert contents(elsewhere) == old[0]


def test_nothing_is_written_through_a_link_in_the_site(shelf: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (shelf / "site/papers").rename(elsewhere)
    (shelf / "site/papers").symlink_to(elsewhere)
    old = contents(elsewhere)
    for start in (8, 4, 6):
        (shelf / SOURCE).write_text(page("May 1", numbered(14, start)), "utf-8")
        site.build(shelf, jobs=1)
        assert contents(elsewhere) == old
        assert not (shelf / "site/papers").is_symlink()


def test_own_pages_may_lie_behind_a_link(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/reading.md").write_text("# Reading\n", "utf-8")
    (shelf / "content/pages/notes").symlink_to(tmp_path / "notes")
    for clean in (False, True):
        site.build(shelf, jobs=1, clean=clean)
        assert (shelf / "site/notes/reading/index.html").is_file()
        assert contents(tmp_path / "notes") == {"reading.md": b"# Reading\n"}


def caches(root: Path) -> list[Path]:
    """What builds leave to spare the next one work."""
    kept = (*root.glob(".papershelf/**/*"), *root.glob(".site.*"), root / "content/pages")
    return [path for path in kept if path.is_file() and path.stat().st_size]


@pytest.mark.parametrize("damage", ["cut", "emptied", "overwritten", "deleted"])
def test_damaged_caches_change_nothing(
    shelf: Path, expected: dict[str, bytes], damage: str
) -> None:
    found = caches(shelf)
    assert [path.name for path in found] == ["build.db"]
    for path in found:
        data = path.read_bytes()
        if damage == "deleted":
            path.unlink()
        else:
            other = {"cut": data[: len(data) // 2], "emptied": b"", "overwritten": b"\xc1" * 40}
            path.write_bytes(other[damage])
    run = papershelf(shelf, "build")
    assert (run.returncode, run.stderr.count("Traceback")) == (0, 0)
    found_now = contents(shelf / "site")
    for name in ("build-manifest.json", "catalog.jsonl"):
        assert found_now[name] == expected[name]
    assert differing(found_now, expected) == []


def test_notes_that_are_damaged_within_are_said(daily: Path) -> None:
    other = daily.with_name("other")
    shutil.copytree(daily, other)
    site.build(other)
    notes = daily / state.STORE
    data = notes.read_bytes()
    notes.write_bytes(data[:4096] + b"\xc1" * (len(data) - 4096))
    run = papershelf(daily, "build")
    assert run.returncode in (0, 2)
    assert "Traceback" not in run.stderr
    assert papershelf(daily, "build").returncode == 0
    assert differing(contents(daily / "site"), contents(other / "site")) == []


@pytest.mark.parametrize("seed", range(4))
def test_damage_to_what_is_remembered_costs_time_and_changes_no_byte(
    make_catalog: MakeCatalog, seed: int
) -> None:
    chance = Random(seed)
    lists = [page("May 1", numbered(count)) for count in (4, 5)]
    root = make_catalog({"2025-05-01.txt": lists[0]}, name=f"{seed}/shelf")
    expected = []
    for text in lists:
        (root / "content/sources/2025-05-01.txt").write_text(text, "utf-8")
        site.build(root, jobs=1, clean=True)
        expected.append({**contents(root / "site"), **contents(root / "content/pages")})
    for number in range(15):
        path = root / state.STORE
        data = bytearray(path.read_bytes())
        for _ in range(chance.choice([1, 1, 3, 20])):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data[: chance.choice([len(data), len(data), chance.randrange(len(data))])])
        (root / "content/sources/2025-05-01.txt").write_text(lists[number % 2], "utf-8")
        report = site.build(root, jobs=1)
        made = {**contents(root / "site"), **contents(root / "content/pages")}
        ours = {path: data for path, data in made.items() if not path.startswith("changes/")}
        others = {
            path: data
            for path, data in expected[number % 2].items()
            if not path.startswith("changes/")
        }
        assert differing(ours, others) in ([], ["build-manifest.json"])
        assert not report.anew or report.anew.endswith(": all is made anew.")


def test_cache_of_another_version_is_not_used(shelf: Path, expected: dict[str, bytes]) -> None:
    program = (
        "from generator.build import reuse\n"
        "reuse.code = lambda: 'another version'\n"
        "from generator.cli import main\nmain()"
    )
    subprocess.run([sys.executable, "-c", program, "build"], cwd=shelf, check=True)
    assert differing(contents(shelf / "site"), expected) == []
    assert papershelf(shelf, "build").returncode == 0
    assert differing(contents(shelf / "site"), expected) == []


def test_interrupted_build_says_so_and_nothing_else(shelf: Path) -> None:
    old = contents(shelf / "site")
    with subprocess.Popen(
        [BIN / "papershelf", "build", "--jobs", "2"],
        cwd=shelf,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heeds_interrupts,
    ) as process:
        assert process.stderr
        said = [next(process.stderr)]
        while not said[-1].startswith("Writing pages"):
            said.append(next(process.stderr))
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        said += process.stderr
    assert process.returncode == 1
    firsts = [line.partition(" ")[0].strip() for line in said]
    assert firsts == ["Reading", "Listing", "Writing", "Writing", "", "Aborted!"]
    assert differing(contents(shelf / "site"), old) == []


@pytest.mark.parametrize(
    "loaded", ["generator.model.errors", "click.core", "numpy", "mkdocs.config"]
)
def test_interrupt_while_modules_are_loaded_is_said_the_same(shelf: Path, loaded: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "generator", "build"],
        cwd=shelf,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heeds_interrupts,
    ) as process:
        assert process.stderr
        for line in process.stderr:
            if line.split()[-1] == loaded:
                break
        os.killpg(process.pid, signal.SIGINT)
        said = [line for line in process.stderr if not line.startswith("import time:")]
    assert process.returncode == 1
    assert [line.strip() for line in said] == ["", "Aborted!"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_no_build_can_go_on_from_is_deleted(
    shelf: Path, expected: dict[str, bytes], jobs: int
) -> None:
    (shelf / state.STORE).unlink()
    stale = shelf / ".site.building/stale.html"
    stale.parent.mkdir(exist_ok=True)
    stale.write_text("of a version before", "utf-8")
    left = shelf / ".site.building.old/site/left.html"
    left.parent.mkdir(parents=True)
    left.write_text("of a build that was killed while it deleted", "utf-8")
    site.build(shelf, jobs=jobs)
    assert differing(contents(shelf / "site"), expected) == []
    assert not stale.exists()
    assert not (shelf / ".site.building.old").exists()


def test_clock_that_jumps_hides_no_change(shelf: Path, expected: dict[str, bytes]) -> None:
    source = shelf / SOURCE
    source.write_text(OLD, "utf-8")
    before = source.stat()
    site.build(shelf)
    for moment in (0, 4_000_000_000):
        os.utime(source, (moment, moment))
        site.build(shelf)
    assert len(NEW) == len(OLD)
    source.write_text(NEW, "utf-8")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    site.build(shelf)
    assert differing(contents(shelf / "site"), expected) == []
