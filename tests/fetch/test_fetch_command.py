"""`papershelf fetch` as people and workflows run it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.command import BIN, papershelf
from tests.conftest import MakeCatalog
from tests.fetch.fetching import command
from tests.fetch.service import Service, daily, slow, status

SPAN = ("--since", "2025-08-06", "--until", "2025-08-07")


def test_what_was_fetched_is_said_and_then_read(
    shelf: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.days = {"2025-08-07": 120}
    day = ("--since", "2025-08-07", "--until", "2025-08-07")
    run = papershelf(shelf, "fetch", "hf-daily", *day)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.splitlines() == [
        "content/sources/hf-daily/2025-08-07.json: new",
        "content/sources/hf-daily/2025-08-07.page2.json: new",
        "Files: 2 new, 0 changed, 0 unchanged, 0 failed. In the new and changed ones: 120 records.",
    ]
    checked = papershelf(shelf, "check", "--json")
    assert checked.returncode == 0, checked.stderr
    report = json.loads(checked.stdout)
    assert (report["papers"], report["records"], report["problems"]) == (120, 120, [])

    again = command(monkeypatch, shelf, "hf-daily", *day, "--json")
    assert json.loads(again.stdout)["new"] == []


def test_a_day_of_biorxiv_and_the_feed_of_a_journal_are_built(
    shelf: Path, service: Service
) -> None:
    service.days = {"2025-08-07": 70}
    service.files = {"/ants/toc.rss": JOURNAL}
    run = papershelf(shelf, "fetch", "biorxiv", "--since", "2025-08-07", "--until", "2025-08-07")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.splitlines()[-1] == (
        "Files: 3 new, 0 changed, 0 unchanged, 0 failed. In the new and changed ones: 70 records."
    )
    run = papershelf(shelf, "fetch", "rss", f"{service.url}/ants/toc.rss")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.endswith("In the new and changed ones: 2 records.\n")

    run = papershelf(shelf, "build", "--json")
    report = json.loads(run.stdout)
    assert (run.returncode, report["papers"], report["problems"]) == (0, 72, []), run.stderr
    rows = (shelf / "site/catalog.jsonl").read_text("utf-8").splitlines()
    papers = {paper["title"]: paper for paper in map(json.loads, rows)}
    preprint = papers["Counting Cells with Ants, Part 70"]
    assert (preprint["venue"], preprint["published"]) == ("bioRxiv", "2025-08-07")
    assert preprint["doi"] == "10.1101/2025.08.07.000070"
    article = papers["How Ants Agree"]
    assert [author["name"] for author in article["authors"]] == ["Nora Marsh", "Otto Berg"]
    assert (article["venue"], article["doi"]) == ("Journal of Ants", "10.5555/ants.70")
    assert len(list((shelf / "site/papers").iterdir())) == 72


JOURNAL = b"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
<channel rdf:about="https://ants.example/toc"><title>Journal of Ants</title>
<link>https://ants.example/</link></channel>
<item rdf:about="https://ants.example/a70"><title>How Ants Agree</title>
<link>https://ants.example/a70</link><dc:creator>Nora Marsh</dc:creator>
<dc:creator>Otto Berg</dc:creator><dc:date>2025-08-01</dc:date>
<dc:identifier>doi:10.5555/ants.70</dc:identifier>
<prism:publicationName>Journal of Ants</prism:publicationName></item>
<item rdf:about="https://ants.example/a71"><title>How Ants Differ</title>
<link>https://ants.example/a71</link><dc:creator>Ada Example</dc:creator>
<dc:date>2025-08-02</dc:date><dc:identifier>doi:10.5555/ants.71</dc:identifier></item>
</rdf:RDF>
"""


def test_what_failed_is_said_and_the_exit_status_is_1(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-07": 3}
    service.faults = [status(404)]
    run = papershelf(shelf, "fetch", "hf-daily", *SPAN, "--json")
    found = json.loads(run.stdout)
    assert run.returncode == 1
    assert "content/sources/hf-daily/2025-08-06: expected an answer, found “404" in run.stderr
    assert found["new"] == ["hf-daily/2025-08-07.json"]
    assert [failed["name"] for failed in found["failed"]] == ["hf-daily/2025-08-06"]
    assert (found["records"], found["papers"], found["unchanged"]) == (3, 3, [])


def test_arxiv_openreview_and_addresses_are_fetched(
    shelf: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.days = {"2025-08-07": 4}
    service.notes = 2
    service.files = {"/list.json": json.dumps([daily(9, "2025-08-07")]).encode()}
    (shelf / "lists.txt").write_text(f"# one list\n\n{service.url}/list.json\n", "utf-8")
    day = ("--since", "2025-08-07", "--until", "2025-08-07")
    for arguments, records in (
        (("arxiv", "--category", "cs.CL", *day), 4),
        (("arxiv", "--query", "all:ants", *day, "--most", "1"), 4),
        (("urls", "lists.txt"), 1),
    ):
        run = command(monkeypatch, shelf, *arguments)
        assert run.exit_code == 0, run.stderr
        assert run.stdout.endswith(f"In the new and changed ones: {records} records.\n")
    run = command(monkeypatch, shelf, "openreview", "--venue", "ICLR.cc/2025/Conference", "--json")
    assert json.loads(run.stdout)["new"] == ["openreview/ICLR.cc-2025-Conference.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("arxiv",), "expected either --query or --category"),
        (("arxiv", "--query", "a", "--category", "cs.CL"), "expected either"),
        (("arxiv", "--category", "../x"), "expected a category such as cs.CL"),
        (("openreview", "--venue", ".."), "expected a venue"),
        (("hf-daily", "--since", "2025-08-09", "--until", "2025-08-07"), "expected --since"),
        (("hf-daily", "--since", "yesterday"), "yesterday"),
    ],
)
def test_wrong_usage_is_said_and_asks_nobody(
    shelf: Path,
    service: Service,
    arguments: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = command(monkeypatch, shelf, *arguments)
    assert run.exit_code == 2
    assert said in run.stderr
    assert isinstance(run.exception, SystemExit)
    assert service.asked == []


def test_a_base_address_that_is_none_is_a_wrong_setting(
    make_catalog: MakeCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = make_catalog(settings={"extra": {"papershelf": {"arxiv_url": "export.arxiv.org"}}})
    run = command(monkeypatch, shelf, "arxiv", "--category", "cs.CL")
    assert run.exit_code == 2
    assert "extra.papershelf.arxiv_url: expected an address" in run.stderr


def test_a_run_that_is_killed_leaves_whole_files_and_goes_on(shelf: Path, service: Service) -> None:
    service.days = {"2025-08-06": 3, "2025-08-07": 2}
    service.faults = [None, slow]
    command = [str(BIN / "papershelf"), "fetch", "hf-daily", *SPAN]
    with subprocess.Popen(command, cwd=shelf, stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 10
        while len(service.asked) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
    folder = shelf / "content/sources/hf-daily"
    assert [path.name for path in folder.iterdir()] == ["2025-08-06.json"]
    assert len(json.loads((folder / "2025-08-06.json").read_bytes())) == 3
    run = papershelf(shelf, "fetch", "hf-daily", *SPAN, "--json")
    assert json.loads(run.stdout)["new"] == ["hf-daily/2025-08-07.json"]
