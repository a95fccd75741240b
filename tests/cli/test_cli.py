"""The command as people and programs use it: what it prints, where, and its exit status."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from generator import __version__
from generator.build import files
from generator.cli import COMMANDS, main
from generator.text import message
from tests.command import BIN, contents, differing, page, papershelf
from tests.conftest import MakeCatalog

FINE = {"2025-05-01.txt": page("May 1", ["On Ants and Ants", "On Bees"])}
TOPICS = """\
- {slug: ants, name: Ants, phrases: [ants]}
- {slug: bees, name: Bees, phrases: [bee, hive]}
- {slug: eels, name: Eels, phrases: [eel]}
"""

BROKEN: dict[str, str | bytes] = {
    "empty.txt": "",
    "blank.txt": " \n\n",
    "data.json": '{"papers": []}',
    "page.html": "<!doctype html><title>x</title>",
    "figure.png": b"\x89PNG\r\n\x1a\n\0\0",
    "latin.txt": "May 1\n\nÜber Ants\n\nIt has an abstract. It ends.\n".encode("latin-1"),
    "wide.txt": "May 1\n\nOn Ants\n\nIt has an abstract. It ends.\n".encode("utf-16"),
    "undated.txt": page("May 1", ["On Cats"]),
    "no such day 2025.txt": page("Feb 30", ["On Dogs"]),
    "fence.txt": "---\ndate: 2025-05-01\n",
    "only-a-fence.txt": "---\n---\n",
    "only-a-date.txt": "date: 2025-05-01",
    "only-a-day-2025.txt": "May 1\n",
    "only-a-curator.txt": "byAda\n",
    "nul.txt": b"May 1\n\nOn\0Ants\n",
    "surrogate.txt": b"May 1\n\nOn \xed\xa0\x80 Ants\n\nIt has an abstract. It ends.\n",
    "braces-2025-05-01.txt": page("May 1", ["{{ config }} {% raw %}", "$\\frac{$ Ants", "---"]),
    "long-2025-05-01.txt": page("May 1", ["Ants " * 5000]),
    "deep-2025-05-01.txt": page("May 1", ["${" * 3000 + "}" * 3000]),
    "quotes-2025-05-01.txt": page("May 1", ["``" * 2000, "\\emph{" * 2000]),
    "ünï cödé 语 2025-05-01.txt": page("May 1", ["On Names of Files"]),
    "names\n2025-05-01.txt": page("May 1", ["On Names With Line Ends"]),
    "deep/er/and/deeper/2025-05-01.txt": page("May 1", ["On Folders"]),
}


def announced(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.endswith(" …")]


# Exit status


def test_build_without_problems_is_fine_also_when_strict(make_catalog: MakeCatalog) -> None:
    run = papershelf(make_catalog(FINE), "build", "--strict")
    assert run.returncode == 0
    assert re.fullmatch(
        r"2 papers \(2 new or changed\), 0 problems, \d+ files in site/ "
        r"\(\d+ new or changed, 0 removed\), [\d.]+ s\n"
        r"Search index: \d+ of \d+ files new or changed, [\d.]+ of [\d.]+ MB\n"
        r"\d+ files, [\d.]+ MB: fits GitHub Pages, GitLab Pages, Cloudflare Pages and Netlify\n"
        r"Kept for the next build, and may be deleted: [\d.]+ MB\n",
        run.stdout,
    )


def test_problems_are_status_1_only_when_strict_and_the_site_is_built(
    make_catalog: MakeCatalog,
) -> None:
    root = make_catalog(FINE | {"empty.txt": ""})
    relaxed = papershelf(root, "build")
    assert relaxed.returncode == 0
    assert "content/sources/empty.txt: the file is empty" in relaxed.stderr
    strict = papershelf(root, "build", "--strict")
    assert strict.returncode == 1
    assert "content/sources/empty.txt: the file is empty" in strict.stderr
    assert (root / "site/papers/on-bees/index.html").is_file()


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["build", "--no-such-option"],
        ["no-such-command"],
        ["serve", "--port", "70000"],
        ["add"],
        ["add", "no-such-file.txt"],
        ["add", "--date", "yesterday", "mkdocs.yml"],
        ["new"],
        ["new", "content"],
    ],
)
def test_wrong_usage_is_status_2_and_said_in_few_words(
    make_catalog: MakeCatalog, arguments: list[str]
) -> None:
    root = make_catalog(FINE)
    before = contents(root)
    run = papershelf(root, *arguments)
    assert run.returncode == 2
    assert run.stderr
    assert "Traceback" not in run.stderr
    assert contents(root) == before


@pytest.mark.parametrize("command", ["build", "pages", "check", "serve"])
def test_folder_that_is_no_catalog_is_status_2(tmp_path: Path, command: str) -> None:
    run = papershelf(tmp_path, command)
    assert run.returncode == 2
    assert run.stderr.startswith("papershelf: ")
    assert "papershelf new DIR" in run.stderr
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("topics", ["- [", "just words", "- {name: No slug}", "slug: ants", "[5]"])
def test_broken_taxonomy_is_status_2_and_names_the_file(
    make_catalog: MakeCatalog, topics: str
) -> None:
    run = papershelf(make_catalog(FINE, topics=topics), "build")
    assert run.returncode == 2
    assert "content/topics.yml" in run.stderr
    assert "Traceback" not in run.stderr


def test_file_where_a_folder_should_be_is_status_2(make_catalog: MakeCatalog) -> None:
    root = make_catalog(FINE)
    files.write_file(root / "content/pages/papers", "a file")
    run = papershelf(root, "build")
    assert run.returncode == 2
    assert run.stderr.splitlines()[-1].startswith(f"papershelf: {root}/content/pages/papers")
    assert "Traceback" not in run.stderr


# Broken input


def test_broken_inputs_are_problems_and_never_a_traceback(make_catalog: MakeCatalog) -> None:
    root = make_catalog(BROKEN | FINE)
    run = papershelf(root, "build", "--json")
    assert run.returncode == 0
    assert "Traceback" not in run.stderr
    report = json.loads(run.stdout.splitlines()[-1])
    said = {problem["file"] for problem in report["problems"]}
    read = {
        source["file"]
        for line in (root / "site/catalog.jsonl").read_text("utf-8").split("\n")[:-1]
        for source in json.loads(line)["sources"]
    }
    assert said | read == {message(name) for name in BROKEN.keys() | FINE.keys()}
    assert all(problem["reason"] for problem in report["problems"])
    assert report["papers"] == len(list((root / "site/papers").glob("*/index.html")))


@pytest.mark.parametrize("name", ["empty.txt", "figure.png", "only-a-fence.txt"])
def test_catalog_of_nothing_but_one_broken_input_builds(
    make_catalog: MakeCatalog, name: str
) -> None:
    run = papershelf(make_catalog({name: BROKEN[name]}), "build", "--strict", "--json")
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    report = json.loads(run.stdout)
    assert (report["papers"], [problem["file"] for problem in report["problems"]]) == (0, [name])


# What is printed where


def test_json_is_one_object_last_on_standard_output(make_catalog: MakeCatalog) -> None:
    root = make_catalog(FINE | {"undated.txt": page("May 1", ["On Cats"]), "empty.txt": ""})
    run = papershelf(root, "build", "--json")
    assert run.stdout.count("\n") == 1
    report = json.loads(run.stdout)
    counts = {"papers": 3, "records": 3, "merged": 0, "pages": 3, "rendered": 3, "unchanged": 0}
    assert list(report) == [
        *counts,
        "files",
        "bytes",
        "kept_bytes",
        "index",
        "changed",
        "removed",
        "problems",
        "sources",
        "undrawn",
        "seconds",
    ]
    assert {key: report[key] for key in counts} == counts
    keys = ["file", "format", "records", "papers", "merged", "problems"]
    assert [list(source) for source in report["sources"]] == [keys] * 3
    assert [list(problem) for problem in report["problems"]] == [["file", "position", "reason"]] * 2
    assert [(problem["file"], problem["position"]) for problem in report["problems"]] == [
        ("empty.txt", ""),
        ("undated.txt", "line 1"),
    ]
    assert list(report["seconds"]) == ["read", "list", "write", "render", "index", "publish"]
    assert all(seconds >= 0 for seconds in report["seconds"].values())
    again = json.loads(papershelf(root, "build", "--json").stdout)
    assert [again[key] for key in list(again)[:4]] == [3, 3, 0, 3]


def test_letters_that_no_font_has_are_said_once_with_what_mends_it(
    make_catalog: MakeCatalog,
) -> None:
    titles = ["漢字 for Ants", "ภาษาไทย", "On Bees"]
    root = make_catalog(
        {"a.txt": page("May 1", titles)}, settings={"site_url": "https://shelf.example/"}
    )
    run = papershelf(root, "build")
    (said,) = [line for line in run.stderr.splitlines() if "letters" in line]
    assert said.startswith("The cards of 2 papers leave out letters")
    assert "CJK (字), Thai (" in said
    assert said.endswith("mkdocs.yml, extra.papershelf.card_font.")
    assert "letters" not in papershelf(root, "build").stderr  # nothing was looked at
    assert "The cards of 2 papers" in papershelf(root, "pages").stderr
    report = json.loads(papershelf(root, "build", "--clean", "--json").stdout)
    assert (report["undrawn"]["papers"], report["undrawn"]["letters"]["CJK"]) == (2, "字")


def test_each_step_is_a_line_on_standard_error_where_there_is_no_terminal(
    make_catalog: MakeCatalog,
) -> None:
    run = papershelf(make_catalog(FINE), "build")
    assert announced(run.stderr) == [
        "Reading sources …",
        "Listing papers …",
        "Writing feeds and citations …",
        "Writing pages …",
        "Writing the search index …",
        "Putting the site in place …",
    ]
    assert announced(run.stdout) == []


def test_terminal_shows_bars_and_keeps_standard_output_clean(make_catalog: MakeCatalog) -> None:
    root = make_catalog(FINE)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [str(BIN / "papershelf"), "build", "--json"],
        cwd=root,
        env=os.environ | {"TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        assert process.stdout is not None
        shown = b""  # it is read first, since a terminal holds little, and a slow build shows a lot
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # the other end is closed
            pass
        finally:
            os.close(ours)
        printed = process.stdout.read()
    assert process.returncode == 0
    assert json.loads(printed)["papers"] == 2
    assert b"Writing pages" in shown
    assert b"Traceback" not in shown


def test_site_goes_where_it_is_told(make_catalog: MakeCatalog, tmp_path: Path) -> None:
    root = make_catalog(FINE)
    assert papershelf(root, "build", "--site-dir", tmp_path / "public html").returncode == 0
    assert (tmp_path / "public html/catalog.jsonl").is_file()
    assert not (root / "site").exists()
    assert papershelf(root, "build", "--site-dir", "out/www").returncode == 0
    assert (root / "out/www/catalog.jsonl").is_file()


def test_folder_that_is_no_site_is_refused_with_status_2(
    make_catalog: MakeCatalog, tmp_path: Path
) -> None:
    files.write_file(tmp_path / "thesis/thesis.tex", "ten years")
    run = papershelf(make_catalog(FINE), "build", "--site-dir", tmp_path / "thesis")
    assert run.returncode == 2
    assert "--site-dir" in run.stderr
    assert contents(tmp_path / "thesis") == {"thesis.tex": b"ten years"}


# Pages


def test_pages_writes_markdown_and_no_site(make_catalog: MakeCatalog) -> None:
    root = make_catalog(FINE | {"empty.txt": ""})
    run = papershelf(root, "pages")
    assert run.returncode == 0
    assert re.fullmatch(r"2 papers, \d+ pages in content/pages/\n", run.stdout)
    assert "content/sources/empty.txt: the file is empty" in run.stderr
    assert (root / "content/pages/papers/on-bees.md").is_file()
    assert not (root / "site").exists()


def test_pages_by_several_processes_are_those_of_one(make_catalog: MakeCatalog) -> None:
    many = {"2025-05-01.txt": page("May 1", [f"On {number} Ants" for number in range(450)])}
    found = []
    for jobs in ("1", "2"):
        root = make_catalog(many, settings={"site_name": "Shelf"}, name=f"by-{jobs}")
        assert papershelf(root, "pages", "--jobs", jobs).returncode == 0
        found.append(contents(root / "content/pages"))
    assert len(found[0]) > 500
    assert differing(*found) == []


# New and add


def test_new_catalog_is_ready_and_the_next_steps_work_as_printed(tmp_path: Path) -> None:
    run = papershelf(tmp_path, "new", "my shelf")
    assert run.returncode == 0
    for words in ("cd ", "papershelf add FILE", "papershelf serve"):
        assert words in run.stdout
    assert papershelf(tmp_path / "my shelf", "build", "--strict").returncode == 0


def test_new_catalog_is_refused_where_something_is(tmp_path: Path) -> None:
    files.write_file(tmp_path / "full/notes.txt", "mine")
    run = papershelf(tmp_path, "new", "full")
    assert run.returncode == 2
    assert "expected an empty folder" in run.stderr
    assert contents(tmp_path) == {"full/notes.txt": b"mine"}


def test_add_says_what_is_in_each_list(make_catalog: MakeCatalog, tmp_path: Path) -> None:
    root = make_catalog()
    files.write_file(tmp_path / "one.txt", page("2025-05-01", ["On Ants"]))
    files.write_file(tmp_path / "two.txt", page("May 2", ["On Bees", "On Cats"]))
    run = papershelf(root, "add", tmp_path / "one.txt", tmp_path / "two.txt")
    assert run.returncode == 0
    assert run.stdout.splitlines() == [
        "content/sources/one.txt: 1 paper",
        "content/sources/two.txt: 2 papers",
    ]
    assert "two.txt, line 1: the page says May 2 without a year" in run.stderr


def test_add_with_a_date_mends_a_list_without_a_year(
    make_catalog: MakeCatalog, tmp_path: Path
) -> None:
    root = make_catalog()
    files.write_file(tmp_path / "list.txt", page("May 2", ["On Bees"]))
    run = papershelf(root, "add", "--date", "2025-05-02", tmp_path / "list.txt")
    assert (run.returncode, run.stderr) == (0, "")
    assert (
        (root / "content/sources/list.txt")
        .read_text("utf-8")
        .startswith("---\ndate: 2025-05-02\n---\n")
    )
    report = json.loads(papershelf(root, "check", "--json").stdout)
    assert (report["papers"], report["records"], report["problems"]) == (1, 1, [])


def test_add_refuses_another_list_of_the_same_name(
    make_catalog: MakeCatalog, tmp_path: Path
) -> None:
    root = make_catalog(FINE)
    files.write_file(tmp_path / "2025-05-01.txt", page("May 1", ["On Cats"]))
    run = papershelf(root, "add", tmp_path / "2025-05-01.txt")
    assert run.returncode == 2
    assert "found another list" in run.stderr
    kept = (root / "content/sources/2025-05-01.txt").read_text("utf-8")
    assert kept == FINE["2025-05-01.txt"]


# Check


def test_check_counts_and_lists_and_writes_nothing(make_catalog: MakeCatalog) -> None:
    root = make_catalog(FINE)
    before = contents(root)
    run = papershelf(root, "check")
    assert (run.returncode, run.stdout, run.stderr) == (0, "2 papers, 0 problems\n", "")
    assert contents(root) == before
    files.write_file(root / "content/sources/empty.txt", "")
    run = papershelf(root, "check")
    assert (run.returncode, run.stdout) == (1, "2 papers, 1 problem\n")
    assert run.stderr.startswith("content/sources/empty.txt: the file is empty.")


def test_check_as_json_has_the_problems_in_it(make_catalog: MakeCatalog) -> None:
    run = papershelf(make_catalog(FINE | {"empty.txt": ""}), "check", "--json")
    assert run.returncode == 1
    found = json.loads(run.stdout)
    assert found["papers"] == 2
    assert [problem["file"] for problem in found["problems"]] == ["empty.txt"]


def test_check_explains_the_topics_of_the_papers_asked_for(make_catalog: MakeCatalog) -> None:
    root = make_catalog(FINE, topics=TOPICS)
    run = papershelf(root, "check", "--topics", "on", "ANTS")
    assert run.returncode == 0
    assert run.stdout.splitlines() == [
        "",
        "On Ants and Ants",
        "  on-ants-and-ants",
        "  ants: given, 6 of 2 (“ants” 2× in the title)",
    ]
    everything = papershelf(root, "check", "--topics").stdout
    assert "On Ants and Ants" in everything
    assert "On Bees" in everything
    assert papershelf(root, "check", "--topics", "no-such-word").stdout == ""


# Help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command
    assert command.name == name
    assert (command.help or "").split("\n\n")[0] == COMMANDS[name]
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_all_commands_are_named_without_being_loaded() -> None:
    program = (
        "import sys\n"
        "from generator.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "assert not {'mkdocs', 'numpy', 'lxml', 'yaml'} & sys.modules.keys()\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert all(f"  {name}  " in run.stdout for name in COMMANDS)


def test_version_is_printed(tmp_path: Path) -> None:
    assert papershelf(tmp_path, "--version").stdout.split()[-1] == __version__
    for arguments in (["--help"], ["-h"], ["build", "-h"]):
        assert papershelf(tmp_path, *arguments).returncode == 0
