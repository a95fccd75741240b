"""Whatever stands in the files of the owner, or in their place: one line says what to mend."""

from __future__ import annotations

import os
import re
import resource
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from mkdocs.utils.yaml import get_yaml_loader

from generator.build import config, folders, opening, owner, reading, site, walking
from generator.catalog import taxonomy
from generator.digest import delivery
from generator.model.errors import MissingError, PapershelfError, UnreadableError
from generator.text import safe_yaml
from tests.command import BIN, papershelf
from tests.conftest import MakeCatalog

Load = Callable[[Path], object]


def settings(path: Path) -> object:
    return config.load(path.parent)


LOADERS: Final[dict[str, Load]] = {
    "topics.yml": owner.load_topics,
    "authors.yml": owner.load_people,
    "mkdocs.yml": settings,
}


def said(load: Load, path: Path) -> str:
    """What is said of a file, in one line and not for ever; empty if it can be loaded."""
    try:
        load(path)
    except PapershelfError as error:
        (line,) = str(error).splitlines()
        assert line.startswith(str(path))
        assert len(line) < 1500
        return line
    return ""


def bomb(start: str, again: str, depth: int = 12) -> str:
    """A list in which everything is there ten times, again and again."""
    aliases = (", ".join([f"*a{number}"] * 10) for number in range(depth))
    lines = (again.format(n=number, of=of) for number, of in enumerate(aliases, 1))
    return "\n".join([f"- &a0 {start}", *lines])


BROKEN: Final[dict[str, str | bytes]] = {
    "10,000 brackets": "[" * 10_000,
    "10,000 braces": "{a: " * 10_000,
    "10,000 hyphens": "- " * 10_000,
    "10,000 questions": "? " * 10_000,
    "10,000 brackets, deep in the file": "- a\n- b: " + "[" * 10_000,
    "alias bomb": bomb("[x, x, x]", "- &a{n} [{of}]"),
    "bomb of mappings": bomb("{a: 1}", "- &a{n} {{k: [{of}]}}"),
    "bomb of merges": bomb("{a: 1, b: 2}", "- &a{n} {{<<: [{of}]}}"),
    "chain of aliases": "- &a0 [x]\n" + "".join(f"- &a{n} [*a{n - 1}]\n" for n in range(1, 300)),
    "alias of itself": "&a [*a]",
    "alias of what it is in": "- &a {b: {c: *a}}",
    "alias of nothing": "- *a",
    "anchor twice": "- &a x\n- &a y",
    "merge of a number": "- {<<: 5}",
    "merge of numbers": "- {<<: [5]}",
    "merge of itself": "- &a {<<: *a}",
    "key twice": "- {slug: a, name: b, slug: c}",
    "key twice in two lines": "site_name: a\nsite_name: b",
    "list as key": "- {[a]: b}",
    "mapping as key": "- {{a: b}: c}",
    "tabs": "-\tslug: a\n\tname: b",
    "NUL": "- a\0",
    "escape": "- a\x1b[2J",
    "C1 control": "- a\x9b2J",
    "NUL, escaped": '- "\\0"',
    "half a character": '- "\\ud800"',
    "two halves": '- "\\ud83d\\ude00"',
    "Latin-1": b"- slug: caf\xe9",
    "UTF-16": "- slug: a".encode("utf-16"),
    "UTF-16 without a mark": "- slug: a".encode("utf-16-le"),
    "UTF-32": "- slug: a".encode("utf-32"),
    "two documents": "- a\n---\n- b",
    "directive that there is not": "%YAML 9.9\n---\n- a",
    "half a directive": "%TAG\n---\n- a",
    "quote that does not end": '- "a\n- b',
    "bracket that does not end": "- [a,\n",
    "carriage returns": b"- slug: a\r  name: [b\r",
    "colons in a row": "a: b: c",
    "lone value sign": "- =",
    "ampersand": "- &",
    "star": "- *",
    "percent": "%" * 1000,
    "at": "- @a",
    "tag that there is not": "- !thing a",
    "tag of nothing": "- !<> a",
    "Python object": "- !!python/object:no.such.thing {}",
    "call of Python": "- !!python/object/apply:no.such.thing []",
    "integer that is none": "- !!int x",
    "integer without digits": "- 0x_",
    "integer of 5,000 digits": "- " + "9" * 5000,
    "integer of 90 hexadecimal digits": "- 0x" + "f" * 90,
    "integer of base 60": "- 1" + ":59" * 2000,
    "boolean that is none": "- !!bool maybe",
    "float that is none": "- !!float x",
    "day that is none": "- !!timestamp x",
    "day that does not exist, tagged": "- !!timestamp 2025-02-30",
    "binary that is none": "- !!binary é",
    "text that is a list": "- !!str [a]",
    "list that is a mapping": "- !!seq {a: b}",
    "mapping that is a list": "- !!map [a]",
    "set": "!!set {a, b}",
    "pairs": "!!omap [a: 1]",
    "only words": "just words",
    "only a number": "5",
    "only no number": ".nan",
    "20 MB": b"- x\n" * (5 * 2**20),
}
"""What is wrong with any of the three files."""

HAS_NO_LINE: Final = {"20 MB"}
IS_YAML: Final = {"set", "pairs", "only words", "only a number", "only no number"}


@pytest.mark.parametrize("loader", [None, get_yaml_loader(), get_yaml_loader(yaml.CLoader)])
@pytest.mark.parametrize("what", sorted(BROKEN.keys() - IS_YAML))
def test_broken_file_is_refused_as_yaml_whatever_it_is_meant_to_say(what: str, loader: Any) -> None:
    content = BROKEN[what]
    data = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(safe_yaml.YamlError):
        safe_yaml.read(data, "a.yml", loader)


@pytest.mark.parametrize("name", LOADERS)
def test_broken_file_is_one_line_that_names_the_line(make_catalog: MakeCatalog, name: str) -> None:
    path = make_catalog() / name
    for what, content in BROKEN.items():
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        line = said(LOADERS[name], path)
        assert "expected" in line, what
        assert ", line " in line or what in HAS_NO_LINE, what


VALUES: Final = (
    *("5", "-1", "true", "null", "[]", "{}", "[1]", "[null]", "[[a]]", "{a: 1}", "{5: x}", ".inf"),
    *("{null: 1}", "{.nan: 1}", "2025-02-30", "2025-01-01", '""', '" "', '"a\\nb"', "0x_", "- x"),
    *('"\\ud800"', '"\\0"', "!!set {a, b}", "!!binary aGk=", "!!omap [a: 1]", "!thing x"),
    *('"https://[1:2]/"', "https://h:99999/", "/dev/zero", '"../.."', "!ENV [A_B, 0x_]", "<<: 5"),
    *("!!python/name:no.such.thing", "!ENV {a: b}", "!ENV []", "!relative x", "[a, {b: [c]}]"),
    *("{name: 5}", "{name: [a]}", "{name: papershelf, custom_dir: 5}", "*", "a*b", "a-b " * 26),
)

KEYS: Final = {
    "topics.yml": ("slug", "name", "description", "phrases", "strong", "veto", "more"),
    "authors.yml": ("name", "id", "orcid", "names", "papers", "more"),
    "mkdocs.yml": (
        *("site_name", "site_url", "repo_url", "docs_dir", "theme", "nav"),
        *("plugins", "hooks", "markdown_extensions", "validation", "extra", "extra_css", "INHERIT"),
        "config_file_path",
    ),
}


@pytest.mark.parametrize("name", LOADERS)
def test_value_of_any_kind_is_taken_or_said_in_one_line(
    make_catalog: MakeCatalog, name: str
) -> None:
    path = make_catalog() / name
    values = {"slug": "a", "name": "A"} if name == "topics.yml" else {"name": "A"}
    if name == "mkdocs.yml":
        values = {
            "site_name": "A",
            "docs_dir": "content/pages",
            "nav": "[index.md]",
            "plugins": "[]",
        }
    for key in KEYS[name]:
        for value in VALUES:
            lines = [f"{known}: {each}" for known, each in (values | {key: value}).items()]
            text = "\n".join(lines) if name == "mkdocs.yml" else "- " + "\n  ".join(lines)
            path.write_text(text, "utf-8")
            said(LOADERS[name], path)


ADDRESSES: Final = (
    *("site_url: X", "repo_url: X", "nav: [index.md, A: X]"),
    *("extra: {papershelf: {report_url: X}}", "extra: {papershelf: {websub_hub: X}}"),
    *("extra: {papershelf: {arxiv_url: X}}", "extra: {papershelf: {openreview_url: X}}"),
    *(
        "extra: {papershelf: {hugging_face_url: X}}",
        "extra: {papershelf: {newsletter: {action: X}}}",
    ),
)


@pytest.mark.parametrize("setting", ADDRESSES)
def test_address_that_nobody_can_take_apart_is_none(
    make_catalog: MakeCatalog, setting: str
) -> None:
    path = make_catalog() / "mkdocs.yml"
    path.write_text(
        "site_name: A\ndocs_dir: content/pages\nplugins: []\n"
        + setting.replace("X", '"https://[1:2]/"')
        + ("" if setting.startswith("nav") else "\nnav: [index.md]")
    )
    line = said(settings, path)
    assert "(line 4): expected an address, found “https://[1:2]/”" in line


def test_line_of_a_wrong_value_is_that_of_the_value(tmp_path: Path) -> None:
    topics, authors = tmp_path / "topics.yml", tmp_path / "authors.yml"
    topics.write_text("- slug: a\n  name: A\n  phrases:\n    - b\n    - 7\n")
    assert said(owner.load_topics, topics).startswith(
        f"{topics}, line 5, topic 1 (a): expected texts"
    )
    authors.write_text("- name: A\n- name: B\n  names:\n    - b\n  orcid: x\n")
    assert said(owner.load_people, authors).startswith(
        f"{authors}, line 5, person 2 (B): expected an OR"
    )


def test_line_of_a_setting_is_that_of_the_file_that_has_it(make_catalog: MakeCatalog) -> None:
    root = make_catalog(settings={"INHERIT": "base.yml"})
    base = root / "base.yml"
    base.write_text("extra:\n  papershelf:\n    cards: never\nrepo_url: x\n")
    with pytest.raises(PapershelfError, match=r"base\.yml: repo_url \(line 4\)"):
        config.load(root)
    base.write_text("extra:\n  papershelf:\n    cards: never\nsite_author: Ada\n")
    loaded, mkdocs = config.load(root)
    assert (loaded.cards, mkdocs.site_author) == ("never", "Ada")
    base.write_text("INHERIT: mkdocs.yml\n")
    with pytest.raises(PapershelfError, match=r"base\.yml: INHERIT \(line 1\): .* inherits from"):
        config.load(root)


def test_what_is_odd_and_means_something_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "topics.yml"
    expected = (taxonomy.Topic(slug="a", name="A", description="2025-02-30", phrases=("b",)),)
    for text in (
        "- {slug: a, name: A, description: 2025-02-30, phrases: [b]}",
        "\ufeff- {slug: a, name: A, description: 2025-02-30, phrases: [b]}",
        "- slug: a\r  name: A\r  description: 2025-02-30\r  phrases: [b]\r",
        "- &a {slug: &b a, name: A, description: 2025-02-30, phrases: [b]}",
        "- {<<: {slug: z, name: A, phrases: [b]}, slug: a, description: 2025-02-30}",
    ):
        path.write_bytes(text.encode())
        assert owner.load_topics(path) == expected


def test_values_are_counted_where_aliases_stand() -> None:
    most = safe_yaml.MOST_VALUES // 10
    fine = f"a: &a [{'x,' * (most // 10)}]\nb: [{'*a,' * 9}]"
    assert len(safe_yaml.read(fine.encode(), "a").value["b"]) == 9
    with pytest.raises(safe_yaml.BombError):
        safe_yaml.read(f"a: &a [{'x,' * most}]\nb: [{'*a,' * 10}]".encode(), "a")


# The commands


def limited() -> None:
    """As on a machine of little memory."""
    resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))


def run_in(root: Path, *arguments: str) -> str:
    """What a command says on standard error, where it ends with status 2 and one line."""
    run = subprocess.run(
        [str(BIN / "papershelf"), *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
        preexec_fn=limited,
    )
    assert (run.returncode, run.stdout) == (2, "")
    *steps, line = run.stderr.splitlines()
    assert all(step.endswith(" …") for step in steps)
    assert line.startswith("papershelf: ")
    return line


@pytest.mark.parametrize(
    ("command", "name", "what"),
    [
        ("check", "content/topics.yml", "10,000 brackets"),
        ("check", "content/topics.yml", "alias bomb"),
        ("build", "content/topics.yml", "bomb of merges"),
        ("check", "content/authors.yml", "10,000 braces"),
        ("build", "content/authors.yml", "integer of 5,000 digits"),
        ("check", "mkdocs.yml", "10,000 brackets"),
        ("build", "mkdocs.yml", "alias bomb"),
        ("serve", "mkdocs.yml", "half a character"),
        ("pages", "content/changes.jsonl", "Latin-1"),
        ("build", "content/permanent.tsv", "10,000 brackets"),
    ],
)
def test_commands_end_with_one_line(
    make_catalog: MakeCatalog, command: str, name: str, what: str
) -> None:
    root = make_catalog({"a.yml": "- title: On Ants\n"})
    content = BROKEN[what]
    (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert re.search(rf"{re.escape(str(root / name))}, line \d+: expected", run_in(root, command))


def test_commands_open_only_files(make_catalog: MakeCatalog) -> None:
    root = make_catalog()
    (root / "loop").symlink_to("loop")
    os.mkfifo(root / "pipe")
    assert "/dev/zero: expected a file, found a device" in run_in(root, "add", "/dev/zero")
    assert "pipe: expected a file, found a pipe" in run_in(root, "fetch", "urls", "pipe")
    assert "content: expected a file, found a folder" in run_in(root, "add", "content")
    assert "loop: is a link that leads back" in run_in(root, "fetch", "urls", "loop")
    with pytest.raises(PapershelfError, match="pipe: expected a file, found a pipe"):
        delivery.recipients([str(root / "pipe")])


def test_error_in_a_template_of_the_theme_is_one_line(make_catalog: MakeCatalog) -> None:
    root = make_catalog(settings={"theme": {"name": "papershelf", "features": 5}})
    assert "content.html, line" in run_in(root, "build", "--jobs", "1")


# The log of changes


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'{"date": ""}\n{"date": "\xe9"}', "line 2: .* other than UTF-8"),
        (b'\n{"date": "2025-02-30"}', "line 2: .* the date “2025-02-30”"),
        (b'{"date": "<b>"}', "line 1: .* the date “<b>”"),
        (b'{"date": "2025"}\n{"date": "", "added": 5}', "line 2: .* Expected `array`"),
        (b'{"date": "", "more": ' + b"[" * 100_000, "line 1: "),
        (b"[]", "line 1: .* Expected `object`"),
    ],
)
def test_broken_log_of_changes_names_the_line(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "changes.jsonl"
    path.write_bytes(content)
    with pytest.raises(PapershelfError, match=rf"changes\.jsonl, {found}"):
        owner.load_changes(path)


# What stands in place of a file


def put(path: Path, kind: str) -> None:
    """Put something at a path that is no file."""
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as end:
            end.bind(f"{short}/s")
            Path(f"{short}/s").rename(path)
    else:
        path.symlink_to({"device": "/dev/zero", "nothing": "no/such"}.get(kind, path.name))


KINDS: Final = {
    "folder": "expected a file, found a folder.",
    "pipe": "expected a file, found a pipe.",
    "socket": "expected a file, found a socket.",
    "device": "expected a file, found a device.",
    "nothing": "is a link to a file that is not there.",
    "itself": "is a link that leads back to itself.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_not_opened(make_catalog: MakeCatalog, kind: str) -> None:
    root = make_catalog()
    kept = {"changes.jsonl": owner.load_changes, "permanent.tsv": owner.load_permanent}
    for name, load in {**LOADERS, **kept}.items():
        path = root / name
        path.unlink(missing_ok=True)
        put(path, kind)
        assert KINDS[kind] in said(load, path)


def test_file_that_is_not_there_and_one_that_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        opening.read(tmp_path / "none", 5)
    (tmp_path / "some").write_bytes(b"12345")
    assert opening.read(tmp_path / "some", 5) == b"12345"
    with pytest.raises(UnreadableError, match="expected at most"):
        opening.read(tmp_path / "some", 4)
    with pytest.raises(UnreadableError, match="expected at most"):
        opening.read(Path("/proc/self/maps"), 4)  # says that it has no bytes


def problems(root: Path) -> dict[str, str]:
    """What is wrong with the sources, by file, and nothing is with others."""
    readings = reading.read(root, None, 1, lambda done, total: None)
    assert [paper.title for reading in readings for paper in reading.papers] == ["On Ants"]
    return {each.file: each.reason for reading in readings for each in reading.problems}


def test_what_is_no_file_among_sources_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("- title: On Ants\n")
    for kind in KINDS.keys() - {"folder"}:
        put(tmp_path / f"{kind}.txt", kind)
    for one, other in (("b", "c"), ("c", "b")):
        (tmp_path / one).mkdir()
        (tmp_path / one / other).symlink_to(f"../{other}")
    (tmp_path / "b/up").symlink_to("..")
    (tmp_path / os.fsdecode(b"d\xff")).mkdir()
    (tmp_path / "e\x1b[2J.txt").write_text("[]")
    found = problems(tmp_path)
    for kind in KINDS.keys() - {"folder"}:
        assert KINDS[kind] in found.pop(f"{kind}.txt")
    assert "is a link to a folder that it is in" in found.pop("b/up")
    assert "is a link to a folder that it is in" in found.pop("c/b/up")
    assert "has a name that is not UTF-8" in found.pop("d\ufffd")
    assert "has a name with control characters" in found.pop("e[2J.txt")
    assert found.keys() == {"b/c/b", "c/b/c"}


@contextmanager
def unprivileged() -> Iterator[None]:
    """Without the rights of the superuser, whom no permission keeps out."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_nobody_may_read_is_a_problem_and_the_others_are_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        (root / "a.yml").write_text("- title: On Ants\n")
        assert problems(root) == {}
        for folder, mode in (("closed", 0o000), ("listed", 0o444)):
            (root / folder).mkdir()
            (root / folder / "b.yml").write_text("- title: On Bees\n")
            (root / folder).chmod(mode)
        (root / "c.yml").write_text("- title: On Cats\n")
        (root / "c.yml").chmod(0)
        with unprivileged():
            found = problems(root)
        for folder in ("closed", "listed"):
            (root / folder).chmod(0o755)
    assert found.keys() == {"closed", "listed/b.yml", "c.yml"}
    for reason in found.values():
        assert reason == "cannot be opened: Permission denied. Look at its permissions."


def test_folders_may_be_as_deep_as_the_system_lets_them(tmp_path: Path) -> None:
    folders = [tmp_path / "a"]
    while len(str(folders[-1])) < 4000:
        folders.append(folders[-1] / "a")
    for folder in folders:
        folder.mkdir()
    file = folders[-1] / "b"
    file.touch()
    assert walking.relative_files(tmp_path) == [file.relative_to(tmp_path).as_posix()]
    assert walking.faults(tmp_path) == {}
    file.unlink()
    for folder in reversed(folders):
        folder.rmdir()


def test_sources_that_are_no_folder_are_a_problem(tmp_path: Path) -> None:
    for kind in ("pipe", "itself", "nothing"):
        put(tmp_path / kind, kind)
        ((path, fault),) = walking.faults(tmp_path / kind).items()
        assert path == "."
        assert fault.endswith(("the link.", "in its place."))
    assert walking.faults(tmp_path / "none") == {}


def test_each_build_says_what_there_is_now(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"a.yml": "- title: On Ants\n"})
    assert site.build(root).problems == ()
    os.mkfifo(root / "content/sources/pipe.txt")
    (problem,) = site.build(root).problems
    assert (problem.file, problem.reason[:14]) == ("pipe.txt", "expected a fil")
    (root / "content/sources/pipe.txt").unlink()
    assert site.build(root).problems == ()


# Pages of one's own


def test_own_pages_that_cannot_be_read_are_said_and_the_others_are_there(
    make_catalog: MakeCatalog,
) -> None:
    root = make_catalog({"a.yml": "- title: On Ants\n"})
    pages = root / "content/pages"
    for kind in ("pipe", "device", "itself", "nothing"):
        put(pages / f"{kind}.md", kind)
    (pages / "up").symlink_to("..")
    (pages / os.fsdecode(b"a\xff.md")).write_text("# A")
    (pages / "own.md").write_text("# My own")
    run = papershelf(root, "build", "--jobs", "1")
    assert run.returncode == 0
    assert run.stderr.count(f"{pages}/") == 6
    assert "My own" in (root / "site/own/index.html").read_text("utf-8")


def test_own_page_that_nobody_may_read_is_said_and_the_others_are_there(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        root = Path(name) / "shelf"
        folders.new(root)
        site.build(root, jobs=1)  # loads all that it takes, which may be out of reach later
        (root / "content/pages/own.md").write_text("# My own")
        (root / "content/pages/closed.md").write_text("# Closed")
        (root / "content/pages/closed.md").chmod(0)
        if not os.geteuid():
            for path in (root, *root.rglob("*")):
                os.chown(path, 65534, -1)
        with unprivileged():
            site.build(root, jobs=1)
        assert "My own" in (root / "site/own/index.html").read_text("utf-8")
        assert not (root / "site/closed").exists()
    assert "content/pages/closed.md: cannot be opened: Permission denied." in caplog.text


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"---\ntitle: A\nx: " + b"[" * 10_000 + b"\n---\n# A\n", "line 3: expected at most 50"),
        (b"---\n%s\n---\n# A\n" % bomb("[x]", "- &a{n} [{of}]").encode(), "expected aliases"),
        (b"# A\n\ncaf\xe9\n", "line 3: expected UTF-8, found the byte 0xE9"),
    ],
)
@pytest.mark.parametrize("hooks", [[], ["hook.py"]])
def test_own_page_that_is_a_bomb_or_no_text_is_one_line(
    make_catalog: MakeCatalog, content: bytes, found: str, hooks: list[str]
) -> None:
    root = make_catalog({"a.yml": "- title: On Ants\n"}, settings={"hooks": hooks})
    (root / "hook.py").write_text("def on_config(config): return config\n")
    (root / "content/pages/own.md").write_bytes(content)
    line = run_in(root, "build", "--jobs", "1")
    assert f"{root}/content/pages/own.md, " in line
    assert found in line


# Paths that are no text


def test_path_that_is_no_text_is_refused_at_once(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"a.yml": "- title: On Ants\n"})
    odd = os.fsdecode(b"a\xff")
    expected = "a\ufffd: expected a path in UTF-8, found other bytes."
    assert expected in run_in(root, "build", "--site-dir", odd)
    assert expected in run_in(root, "new", odd)
    (root / odd).write_text("Title\n\nAbstract\n")
    assert expected in run_in(root, "add", odd)
    root.rename(root.with_name(odd))
    for command in ("check", "build", "pages", "serve"):
        assert expected in run_in(root.with_name(odd), command)
