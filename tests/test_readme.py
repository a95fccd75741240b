"""The README is a contract: what it says of settings, commands and files is held here."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from generator import sources
from generator.build import owner
from generator.catalog import people, topics
from generator.cli import main
from generator.exports import hosts
from generator.model.papers import Author, Paper
from generator.model.settings import SETTINGS
from tests.conftest import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def settings_table() -> str:
    """What the table of settings must be."""
    rows = ["| setting | default | |", "| --- | --- | --- |"]
    for setting in SETTINGS:
        name = f"extra: papershelf: {setting.name}" if setting.metadata["own"] else setting.name
        value = setting.metadata["default"]
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        default = f"`{shown}`" if value or value == 0 else ""
        rows.append(f"| `{name}` | {default} | {setting.metadata['text']} |")
    return "\n".join(rows)


def test_the_table_of_settings_is_the_one_declared_in_the_code() -> None:
    table = README.split("<!-- settings:")[1].split("-->\n", 1)[1].split("\n<!-- end -->")[0]
    assert settings_table() == table


PER_PAPER = {"files": 1.44, "entries": 2.6, "bytes": 19_900}
"""What a site has of each paper, as measured on catalogs of 10,000 and of 100,000."""


def hosts_table() -> str:
    """What the table of hosts must be."""
    rows = ["| host | takes at most | papers, about |", "| --- | --- | ---: |"]
    for host in hosts.HOSTS:
        takes = "; ".join(limit.text for limit in host.limits)
        most = [
            limit.most / PER_PAPER[limit.measure]
            for limit in host.limits
            if limit.measure in PER_PAPER
        ]
        papers = f"{int(min(most)) // 1_000},000" if most else "any number"
        rows.append(f"| [{host.name}]({host.source}) | {takes} | {papers} |")
    return "\n".join([*rows, "", f"What they take was looked up on {hosts.READ}."])


def test_the_table_of_hosts_is_the_one_that_a_build_tells_by() -> None:
    table = README.split("<!-- hosts:")[1].split("-->\n", 1)[1].split("\n<!-- end -->")[0]
    assert hosts_table() == table


def test_every_command_and_option_is_documented() -> None:
    table = README.split("### Commands")[1].split("## Publishing")[0]
    for name, command in main.commands.items():
        row = next(line for line in table.splitlines() if f"`papershelf {name}" in line)
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.opts[0] in row


def test_the_two_commands_stand_before_everything_else() -> None:
    commands = re.findall(r"^(?:\$ )?(make \w+|papershelf \w+|pip \w+)", README, re.MULTILINE)
    assert commands[:2] == ["make site", "make test"]


def test_every_file_that_is_linked_exists() -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert [target for target in targets if not (REPOSITORY / target).exists()] == []


def test_the_example_of_a_taxonomy_is_one(tmp_path: Path) -> None:
    path = tmp_path / "topics.yml"
    path.write_text(blocks("yaml")[1], "utf-8")
    (topic,) = owner.load_topics(path)
    (paper,) = topics.assign([Paper(id="a", title="A draft model")], (topic,))
    assert paper.topics == ("speculative-decoding",)


def test_the_example_of_authors_joins_and_splits(tmp_path: Path) -> None:
    path = tmp_path / "authors.yml"
    path.write_text(blocks("yaml")[0], "utf-8")
    wei, pepe = Author(name="Wei Zhang"), Author(name="Pepe García")
    known = ("2305.00001", "2305.00002")
    papers = [Paper(id=one, title=one, authors=(wei, pepe)) for one in known]
    found = people.identify(papers, owner.load_people(path))
    assert [[author.id for author in paper.authors] for paper in found] == [
        ["wei-zhang-physics", "jose-garcia"],
        ["wei-zhang", "jose-garcia"],
    ]


def test_the_example_of_a_list_is_read() -> None:
    reading = sources.read(blocks("text")[0].encode(), "2025-08-07.txt")
    assert [paper.title.split(":")[0] for paper in reading.papers] == ["Lumina-Next", "CodeGen2"]


def test_the_example_of_a_reader_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    reader: dict[str, object] = {}
    exec(compile(blocks("python")[0], "README.md", "exec"), reader)  # the example itself
    monkeypatch.setattr(sources, "READERS", (type("Example", (), reader),))
    reading = sources.read(b"On Ants\tAda Byron; Ben Ali\t10.1038/x\n", "list.tsv")
    (paper,) = reading.papers
    assert (paper.title, paper.doi, len(paper.authors)) == ("On Ants", "10.1038/x", 2)


def test_formats_are_told_in_the_order_of_trust() -> None:
    text = (REPOSITORY / "docs/formats.md").read_text("utf-8")
    said = re.findall(r"^\d+\. `([\w-]+)`: (.*)$", text, re.MULTILINE)
    assert said == [(reader.NAME, reader.LABEL) for reader in sources.READERS]
    rows = README.partition("| format |")[2].partition("\n\n")[0].split("\n")[2:]
    names = [name for row in rows for name in re.findall(r"`([\w-]+)`", row.split("|")[1])]
    assert names == [reader.NAME for reader in sources.READERS]


def test_ci_runs_the_test_command() -> None:
    assert "make test" in (REPOSITORY / ".ci/run").read_text("utf-8")
