"""`papershelf serve`: in a process of its own, asked over HTTP, with deadlines and no sleeps."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
import yaml

from generator.build import files, folders, locks, site
from tests.command import BIN, contents, heeds_interrupts, numbered, page, papershelf

DEADLINE = 30.0
"""Seconds. A build takes less than one; a busy machine takes its time."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Shelf:
    """A catalog that is being served below `/shelf/`."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        self.port = free_port()
        self.log = root.with_suffix(".log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(BIN / "papershelf"), "serve", "--port", str(self.port), *options],
                cwd=root,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=heeds_interrupts,
            )

    def write(self, path: str, text: str) -> None:
        files.write_file(self.root / path, text)

    def get(self, address: str) -> tuple[int, str]:
        """The status and the text at an address below the site; 0 if nobody answers."""
        url = f"http://127.0.0.1:{self.port}/shelf/{address}"
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def awaited(self, address: str, words: str = "") -> str:
        """The page at an address, as soon as it is there and has these words."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            status, text = self.get(address)
            if status == 200 and words in text:
                return text
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)
        pytest.fail(f"no “{words}” at {address} in {DEADLINE} s; the server said:\n{self.said()}")

    def settled(self) -> None:
        """Return when no build was done for a while, so that none of them sees what comes next."""
        end = time.monotonic() + DEADLINE
        before = -1
        while (builds := self.said().count(" papers, ")) != before:
            assert time.monotonic() < end, self.said()
            before = builds
            time.sleep(1.5)

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def awaited_words(self, words: str, times: int = 1) -> None:
        end = time.monotonic() + DEADLINE
        while self.said().count(words) < times:
            assert time.monotonic() < end, self.said()
            time.sleep(0.1)

    def interrupted(self) -> int:
        """The exit status after Ctrl+C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(DEADLINE)


def new(root: Path) -> None:
    folders.new(root)
    settings = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    settings["site_url"] = "https://example.org/shelf/"
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")


def served(root: Path) -> Iterator[Shelf]:
    new(root)
    (root / "content/sources/example.txt").unlink()
    files.write_file(root / "content/sources/2025-05-01.txt", page("May 1", ["On Ants"]))
    shelf = Shelf(root)
    try:
        shelf.awaited("")
        yield shelf
    finally:
        shelf.process.kill()
        shelf.process.wait()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """One server for all tests that only change its catalog."""
    yield from served(tmp_path_factory.mktemp("live") / "shelf")


def test_site_is_served_below_its_own_path(shelf: Shelf) -> None:
    assert "On Ants" in shelf.awaited("")
    assert "On Ants" in shelf.awaited("papers/on-ants/")
    assert shelf.get("catalog.jsonl")[0] == 200
    assert f"Serving on http://127.0.0.1:{shelf.port}/shelf/" in shelf.said()


def test_missing_page_is_the_sites_own(shelf: Shelf) -> None:
    status, text = shelf.get("papers/no-such-paper/")
    assert status == 404
    assert "Not found" in text


def test_changed_source_is_shown(shelf: Shelf) -> None:
    shelf.write("content/sources/2025-05-01.txt", page("May 1", ["On Ants", "On Changed Ants"]))
    assert "On Changed Ants" in shelf.awaited("papers/on-changed-ants/")


def test_new_source_in_a_new_folder_is_shown_and_goes_when_deleted(shelf: Shelf) -> None:
    shelf.settled()
    shelf.write("content/sources/may/2025-05-02.txt", page("May 2", ["On Bees"]))
    shelf.awaited("papers/on-bees/")
    shelf.awaited("", "On Bees")
    shelf.settled()
    (shelf.root / "content/sources/may/2025-05-02.txt").unlink()
    end = time.monotonic() + DEADLINE
    while shelf.get("papers/on-bees/")[0] != 404:
        assert time.monotonic() < end
        time.sleep(0.1)


def test_new_taxonomy_and_changed_page_by_hand_are_shown(shelf: Shelf) -> None:
    shelf.settled()
    shelf.write("content/topics.yml", "- {slug: ants, name: All the Ants, phrases: [ants]}\n")
    shelf.awaited("topics/ants/", "All the Ants")
    shelf.settled()
    shelf.write("content/pages/about.md", "# About\n\nWritten a moment ago.\n")
    shelf.awaited("about/", "Written a moment ago")


def test_broken_settings_are_said_and_the_site_stays_until_they_are_mended(shelf: Shelf) -> None:
    good = (shelf.root / "mkdocs.yml").read_text("utf-8")
    shelf.write("mkdocs.yml", "site_name: [")
    shelf.awaited_words("papershelf: ")
    assert "On Ants" in shelf.awaited("")
    shelf.write("mkdocs.yml", good.replace("site_name: shelf", "site_name: Mended Shelf"))
    shelf.awaited("", "Mended Shelf")
    assert "Traceback" not in shelf.said()


def test_problem_in_a_source_is_said_and_stops_nothing(shelf: Shelf) -> None:
    shelf.write("content/sources/broken.txt", "{}")
    shelf.awaited_words("content/sources/broken.txt: expected a list of papers")
    (shelf.root / "content/sources/broken.txt").unlink()
    assert "On Ants" in shelf.awaited("")


def test_build_does_not_set_off_another_one(shelf: Shelf) -> None:
    shelf.write("content/sources/2025-05-03.txt", page("May 3", ["On the Last Change"]))
    shelf.awaited("papers/on-the-last-change/")
    shelf.settled()
    builds = shelf.said().count(" papers, ")
    time.sleep(3)  # six times what the server waits between two looks at the files
    assert shelf.said().count(" papers, ") == builds


def test_serving_makes_no_site_in_the_catalog(shelf: Shelf) -> None:
    assert {name.split("/")[0] for name in contents(shelf.root)} == {
        "content",
        "mkdocs.yml",
        ".gitignore",
        ".papershelf",
    }


def test_search_index_follows_an_edited_paper(tmp_path: Path) -> None:
    many = page("May 2", numbered(60))
    for shelf in served(tmp_path / "shelf"):
        shelf.write("content/topics.yml", "- {slug: ants, name: Ants, phrases: [ants]}\n")
        shelf.write("content/sources/2025-05-02.txt", many)
        shelf.awaited("papers/paper-number-0059-of-the-shelf/")
        shelf.settled()
        before = shelf.awaited("search/manifest.json")
        shelf.write("content/sources/2025-05-01.txt", page("May 1", ["On Ants", "On Zebras"]))
        shelf.awaited("papers/on-zebras/")
        end = time.monotonic() + DEADLINE
        while shelf.awaited("search/manifest.json") == before:
            assert time.monotonic() < end
            time.sleep(0.1)
        assert "Traceback" not in shelf.said()


def test_port_that_is_taken_is_status_2(shelf: Shelf, tmp_path: Path) -> None:
    folders.new(tmp_path / "other")
    run = papershelf(tmp_path / "other", "serve", "--port", str(shelf.port))
    assert run.returncode == 2
    assert "Name another --port" in run.stderr
    assert "Traceback" not in run.stderr


def test_interrupt_ends_it_with_status_0(tmp_path: Path) -> None:
    for shelf in served(tmp_path / "shelf"):
        assert shelf.interrupted() == 0
        assert shelf.said().endswith("Ended.\n")
        assert "Traceback" not in shelf.said()


def test_catalog_without_sources_is_served(tmp_path: Path) -> None:
    root = tmp_path / "shelf"
    new(root)
    shutil.rmtree(root / "content/sources")
    shelf = Shelf(root)
    try:
        assert "no papers yet" in shelf.awaited("")
        assert "content/sources/: expected your lists of papers" in shelf.said()
        assert shelf.interrupted() == 0
    finally:
        shelf.process.kill()
        shelf.process.wait()


def test_sources_that_went_are_said_and_the_site_stays_until_they_are_back(shelf: Shelf) -> None:
    shelf.settled()
    sources = shelf.root / "content/sources"
    sources.rename(shelf.root / "elsewhere")
    shelf.awaited_words("--allow-removal")
    assert "On Ants" in shelf.awaited("")
    builds = shelf.said().count(" papers, ")
    (shelf.root / "elsewhere").rename(sources)
    shelf.write("content/sources/2025-05-04.txt", page("May 4", ["On Coming Back"]))
    assert "On Coming Back" in shelf.awaited("", "On Coming Back")
    assert shelf.said().count(" papers, ") > builds


def test_change_while_another_run_has_the_catalog_is_shown_afterwards(shelf: Shelf) -> None:
    shelf.settled()
    with locks.alone(shelf.root / site.LOCK):
        said = shelf.said().count("another run")
        shelf.write("content/sources/2025-05-05.txt", page("May 5", ["On Patience"]))
        shelf.awaited_words("another run", said + 1)
        assert shelf.get("papers/on-patience/")[0] == 404
    shelf.awaited("papers/on-patience/")
    assert "Traceback" not in shelf.said()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_server_that_is_ended_leaves_nothing_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    for shelf in served(tmp_path / "shelf"):
        assert list(temporary.glob("papershelf-*/site/index.html"))
        shelf.process.send_signal(getattr(signal, name))
        assert shelf.process.wait(DEADLINE) == 0
        assert shelf.said().endswith("Ended.\n")
        assert list(temporary.iterdir()) == []


def answer(port: int, path: str, host: str | None, address: str = "127.0.0.1") -> tuple[int, str]:
    """The status and text that are sent for a path, asked of a name."""
    connection = HTTPConnection(address, port, timeout=10)
    try:
        connection.putrequest("GET", path, skip_host=True)
        if host is not None:
            connection.putheader("Host", host)
        connection.endheaders()
        found = connection.getresponse()
        return found.status, found.read().decode()
    finally:
        connection.close()


LOCAL = ["localhost", "LocalHost:8000", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:8000"]
OTHERS = [
    *("example.org", "localhost.example.org", "127.0.0.1.example.org:8000", "example.org:8000"),
    *("10.0.0.1", "0.0.0.0", "[::2]", "[::1", "::1", "localhost@example.org", "localhost:port"),
    *("example.org@localhost", "localhost/x", "localhost, example.org", "", " ", None),
]


@pytest.mark.parametrize(("host", "status"), [(h, 200) for h in LOCAL] + [(h, 421) for h in OTHERS])
def test_only_names_of_this_machine_are_answered(
    shelf: Shelf, host: str | None, status: int
) -> None:
    found, text = answer(shelf.port, "/shelf/", host)
    assert found == status
    assert ("On Ants" in text) == (status == 200)
    if status == 421:
        assert "This site is shown to this machine alone" in text


@pytest.mark.parametrize(("host", "status"), [("::1", 421), ("localhost", 421), ("0.0.0.0", 200)])
def test_names_are_heeded_while_only_this_machine_can_ask(
    tmp_path: Path, host: str, status: int
) -> None:
    new(tmp_path / "shelf")
    shelf = Shelf(tmp_path / "shelf", "--host", host)
    address = "::1" if host == "::1" else "127.0.0.1"
    try:
        shelf.awaited_words("Serving on")
        end = time.monotonic() + DEADLINE
        while not is_listening(address, shelf.port):
            assert time.monotonic() < end
            time.sleep(0.1)
        assert answer(shelf.port, "/shelf/", "localhost", address)[0] == 200
        assert answer(shelf.port, "/shelf/", "example.org", address)[0] == status
    finally:
        shelf.process.kill()
        shelf.process.wait()


def is_listening(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port)).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize(
    "path",
    [
        *(
            "%00",
            "%",
            "%ff",
            "..%2f..",
            "%2e%2e/%2e%2e/",
            "../../etc/passwd",
            "..%2f..%2fsite.made",
        ),
        *("a%00b/", "%c3", "%zz", "x%0d%0aSet-Cookie:%20a=b", "days/%00/", "./", "%2e/", "days//"),
        *("/days", "%5c..%5c..", "a" * 5000, "catalog.jsonl/", "%ed%a0%80", "index.html/../../x"),
    ],
)
def test_path_of_no_page_is_not_found(shelf: Shelf, path: str) -> None:
    status, text = answer(shelf.port, f"/shelf/{path}", "localhost")
    assert (status, "Not found" in text) == (404, True)
    assert answer(shelf.port, f"/{path}", "localhost")[0] == 404
    assert "Traceback" not in shelf.said()
