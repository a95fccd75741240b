"""`papershelf digest` as people and workflows run it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections import Counter
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import click.testing
import pytest

from generator.cli import main
from tests.command import BIN, numbered, page, papershelf
from tests.conftest import MakeCatalog
from tests.digest import post_office
from tests.digest.post_office import PASSWORD, USER, Authority, PostOffice

SINCE = ("--since", "2025-08-01")
READERS = [f"reader{number:02}@example.org" for number in range(1, 51)]


@pytest.fixture
def shelf(make_catalog: MakeCatalog) -> Path:
    root = make_catalog(
        {"a.txt": page("2025-08-07", numbered(12)), "b.txt": page("2025-07-01", ["An Old One"])},
        settings={"site_url": "https://ants.example/shelf/", "site_name": "Ant Shelf"},
    )
    readers = "\ufeff# our readers\n\n" + "\n".join(READERS) + "\n"
    (root / "readers.txt").write_text(readers, "utf-8")
    return root


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAPERSHELF_SMTP_USER", raising=False)
    monkeypatch.delenv("PAPERSHELF_SMTP_PASSWORD", raising=False)


def digest(monkeypatch: pytest.MonkeyPatch, root: Path, *arguments: str) -> click.testing.Result:
    """The command within this process, which starts faster."""
    monkeypatch.chdir(root)
    return click.testing.CliRunner().invoke(main, ["digest", *SINCE, *arguments])


def to(office: PostOffice, *recipients: str) -> tuple[str, ...]:
    """How it is sent to an open server."""
    server = ("--smtp", f"127.0.0.1:{office.port}", "--tls", "none")
    addressed = (argument for one in recipients for argument in ("--to", one))
    return ("--send", "--from", "papers@example.org", *server, *addressed)


def test_a_mail_is_written_and_said(shelf: Path) -> None:
    run = papershelf(shelf, "digest", *SINCE)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "digest.eml: 10 papers, “Ant Shelf: 12 new papers, 7 August 2025”\n"
    mail = message_from_bytes((shelf / "digest.eml").read_bytes(), policy=default)
    assert mail["From"] == "Ant Shelf <digest@ants.example>"
    assert mail["Date"].datetime.isoformat() == "2025-08-07T00:00:00+00:00"
    before = (shelf / "digest.eml").read_bytes()
    papershelf(shelf, "digest", *SINCE, "--output", "again.eml", env={"TZ": "Asia/Tokyo"})
    assert (shelf / "again.eml").read_bytes() == before
    assert not (shelf / ".papershelf/digests").exists()


def test_a_mail_goes_to_standard_output(shelf: Path) -> None:
    run = subprocess.run(
        [str(BIN / "papershelf"), "digest", *SINCE, "--output", "-", "--top", "1"],
        cwd=shelf,
        capture_output=True,
        check=True,
    )
    mail = message_from_bytes(run.stdout, policy=default)
    assert mail["Subject"] == "Ant Shelf: 12 new papers, 7 August 2025"
    assert b"\r\n" in run.stdout


def test_where_nothing_is_new_there_is_no_mail(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, office: PostOffice
) -> None:
    monkeypatch.chdir(shelf)
    arguments = ["digest", "--since", "2025-08-08", *to(office, "readers.txt")]
    run = click.testing.CliRunner().invoke(main, arguments)
    assert (run.exit_code, run.stdout) == (0, "Nothing is new, so there is no mail.\n")
    run = click.testing.CliRunner().invoke(main, [*arguments, "--json"])
    found = json.loads(run.stdout)
    assert (found["digest"], found["papers"], found["recipients"]) == (None, 0, 50)
    assert office.connections == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--topic", "quantisation"), "Did you mean `quantization`?"),
        (("--until", "2025-07-01"), "--until: expected a day from 2025-08-01 on"),
        (("--send",), "--send: expected --from, --to and --smtp with it"),
        (("--from", "me"), "--from: expected an address such as papers@example.org, found “me”."),
        (("--unsubscribe", "ftp://x.org"), "--unsubscribe: expected an address of https: or mail"),
        (("--to", "none.txt"), "none.txt: expected a file of addresses, or an address. No file."),
        (("--to", "latin.txt"), "latin.txt: expected text in UTF-8"),
    ],
)
def test_wrong_usage_is_said_and_the_exit_status_is_2(
    arguments: tuple[str, ...], said: str, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shelf / "latin.txt").write_bytes(b"Zo\xeb <zoe@example.org>\n")
    (shelf / "content/topics.yml").write_text(
        "- {slug: quantization, name: Quantization, description: Fewer bits., phrases: [paper]}\n"
    )
    run = digest(monkeypatch, shelf, *arguments)
    assert run.exit_code == 2
    assert said in run.stderr
    assert not (shelf / "digest.eml").exists()


@pytest.mark.parametrize(
    ("smtp", "tls", "env", "said"),
    [
        ("a b", "tls", {}, "--smtp: expected HOST or HOST:PORT"),
        ("x.example:99999", "tls", {}, "--smtp: expected HOST or HOST:PORT"),
        ("x.example", "none", {"USER": "a", "PASSWORD": "s3cret"}, "--tls none: expected no pass"),
        ("x.example", "tls", {"PASSWORD": "s3cret"}, "or neither, found one"),
        ("x.example", "tls", {"USER": "a", "PASSWORD": "s3crët"}, "in ASCII, which is all"),
        ("nowhere.invalid", "tls", {"USER": "a", "PASSWORD": "s3cret"}, "no such host"),
    ],
)
def test_no_password_is_sent_in_plain_text_or_said(
    smtp: str, tls: str, env: dict[str, str], said: str,
    shelf: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name, value in env.items():
        monkeypatch.setenv(f"PAPERSHELF_SMTP_{name}", value)
    arguments = ("--send", "--from", "a@b.org", "--to", "c@d.org", "--smtp", smtp, "--tls", tls)
    run = digest(monkeypatch, shelf, *arguments)
    assert run.exit_code == 2
    assert said in run.stderr
    assert "s3cr" not in run.output + run.stderr


def test_recipients_are_of_files_and_arguments_each_once(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, office: PostOffice
) -> None:
    (shelf / "more.txt").write_text(
        "Zoë <zoe@example.org>  # since May\nREADER01@example.org\nnobody\n\nalso@wrong\n", "utf-8"
    )
    recipients = ("more.txt", "readers.txt", "ZOE@example.org", "Cy <cy@example.org>", "bad@")
    run = digest(monkeypatch, shelf, *to(office, *recipients))
    assert run.exit_code == 1
    assert run.stderr.splitlines() == [
        "more.txt, line 3: expected an address such as ada@example.org or Ada <ada@example.org>, "
        "found “nobody”.",
        "more.txt, line 5: expected an address such as ada@example.org or Ada <ada@example.org>, "
        "found “also@wrong”.",
        "--to: expected an address such as ada@example.org or Ada <ada@example.org>, found “bad@”.",
    ]
    assert run.stdout == (
        "Recipients: 52 sent, 0 already have it, 0 refused, 0 deferred, 0 unknown, 3 malformed.\n"
    )
    everyone = ["zoe@example.org", "READER01@example.org", *READERS[1:], "cy@example.org"]
    assert [taken.recipients for taken in office.taken] == [[one] for one in everyone]


def test_recipients_are_checked_without_sending(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = digest(monkeypatch, shelf, "--to", "readers.txt", "--to", "wrong@", "--json")
    found = json.loads(run.stdout)
    assert run.exit_code == 1
    assert (found["recipients"], found["sent"], found["output"]) == (50, 0, "digest.eml")
    assert [problem["file"] for problem in found["malformed"]] == ["--to"]


def test_what_became_of_all_is_one_json_object(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, office: PostOffice
) -> None:
    office.to_recipient = lambda address, time: "550 gone" if address == READERS[0] else None
    office.to_mail = lambda boxes, time: post_office.DROP if boxes == [READERS[1]] else None
    run = digest(monkeypatch, shelf, *to(office, "readers.txt"), "--json")
    found = json.loads(run.stdout)
    assert run.exit_code == 1
    assert found | {"digest": ""} == {
        "digest": "",
        "subject": "Ant Shelf: 12 new papers, 7 August 2025",
        "papers": 10,
        "recipients": 50,
        "sent": 48,
        "already": 0,
        "refused": [{"address": READERS[0], "reason": "“550 gone”"}],
        "deferred": [],
        "unknown": [READERS[1]],
        "malformed": [],
    }
    said = digest(monkeypatch, shelf, *to(office, "readers.txt"))
    assert said.exit_code == 1
    assert f"{READERS[0]}: refused, “550 gone”" in said.stderr
    assert f"{READERS[1]}: unknown, the connection ended before" in said.stderr
    assert "0 sent, 48 already have it, 1 refused, 0 deferred, 1 unknown" in said.stdout


def test_a_password_of_the_environment_opens_an_encrypted_server(
    shelf: Path, authority: Authority
) -> None:
    secrets = {"PAPERSHELF_SMTP_USER": USER, "PAPERSHELF_SMTP_PASSWORD": PASSWORD}
    with post_office.running(tls=authority.context, password=True) as office:
        arguments = (
            *("digest", *SINCE, "--send", "--from", "Ants <papers@example.org>"),
            *("--to", "readers.txt", "--smtp", f"localhost:{office.port}"),
        )
        trusted = {"SSL_CERT_FILE": str(authority.file)}
        wrong = papershelf(
            shelf, *arguments, env=trusted | secrets | {"PAPERSHELF_SMTP_PASSWORD": "wr0ng"}
        )
        assert wrong.returncode == 2
        assert "wr0ng" not in wrong.stdout + wrong.stderr
        run = papershelf(shelf, *arguments, env=trusted | secrets)
        assert run.returncode == 0, run.stderr
        assert office.got() == Counter(READERS)
        assert PASSWORD not in run.stdout + run.stderr


def test_a_run_that_is_killed_is_gone_on_with_and_nobody_gets_two(
    shelf: Path, office: PostOffice
) -> None:
    arguments = ["digest", *SINCE, *to(office, "readers.txt"), "--json"]
    office.delay = lambda boxes: 60 if boxes == [READERS[20]] else 0
    run = subprocess.Popen(
        [str(BIN / "papershelf"), *arguments], cwd=shelf, stdout=subprocess.PIPE, text=True
    )
    assert office.has_it.wait(60)
    at_once = papershelf(shelf, *arguments)
    assert at_once.returncode == 2
    assert "another run has it" in at_once.stderr
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    office.delay = lambda boxes: 0
    assert office.got() == Counter(READERS[:21])

    again = papershelf(shelf, *arguments)
    found = json.loads(again.stdout)
    assert again.returncode == 1
    assert (found["already"], found["sent"], found["unknown"]) == (20, 29, [READERS[20]])
    assert office.got() == Counter(READERS)


def test_a_run_may_be_killed_at_any_time(shelf: Path, office: PostOffice) -> None:
    office.delay = lambda boxes: 0.02
    arguments = ["digest", *SINCE, *to(office, "readers.txt"), "--json"]
    for killed in range(3):
        before = len(office.taken)
        run = subprocess.Popen([str(BIN / "papershelf"), *arguments], cwd=shelf, stdout=-1)
        while len(office.taken) < before + 9:
            assert run.poll() is None
            time.sleep(0.003 * (killed + 1))
        run.kill()
        run.communicate()
    found = json.loads(papershelf(shelf, *arguments).stdout)
    assert found["already"] + found["sent"] + len(found["unknown"]) == 50
    assert len(found["unknown"]) <= 3
    got = office.got()
    assert max(got.values()) == 1
    assert set(READERS) - set(got) <= set(found["unknown"])
