"""What runs on other machines: what it may do, what it installs, and its steps, run for real."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import BIN
from tests.conftest import REPOSITORY, MakeCatalog
from tests.fetch import service as services
from tests.fetch.service import Service, instead, status

PUBLISH = yaml.safe_load((REPOSITORY / ".github/workflows/publish.yml").read_text("utf-8"))
GITLAB = yaml.safe_load((REPOSITORY / ".gitlab-ci.yml").read_text("utf-8"))
JOBS: dict[str, dict[str, Any]] = PUBLISH["jobs"]


def steps(job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = JOBS[job]["steps"]
    return found


def uses(job: str, action: str) -> list[dict[str, Any]]:
    """The steps of a job that run an action."""
    return [step for step in steps(job) if step.get("uses", "").startswith(f"actions/{action}@")]


def runs(job: str) -> list[str]:
    """The commands of a job."""
    return [step["run"] for step in steps(job) if "run" in step]


# What it may do


def test_every_action_is_a_commit_with_its_version_beside_it() -> None:
    text = (REPOSITORY / ".github/workflows/publish.yml").read_text("utf-8")
    lines = re.findall(r"^\s*(?:- )?uses: (.*)$", text, re.MULTILINE)
    assert len(lines) == sum("uses" in step for job in JOBS for step in steps(job)) > 10
    for line in lines:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


def test_no_job_keeps_the_credentials_of_its_checkout() -> None:
    checkouts = [step for job in JOBS for step in uses(job, "checkout")]
    assert len(checkouts) == 4
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_only_the_job_that_runs_git_alone_may_write_to_the_repository() -> None:
    assert PUBLISH["permissions"] == {"contents": "read"}
    permissions = {job: JOBS[job].get("permissions", PUBLISH["permissions"]) for job in JOBS}
    assert permissions == {
        "test": {"contents": "read"},
        "fetch": {"contents": "read"},
        "keep": {"contents": "write"},
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert not uses("keep", "setup-python")
    assert {"make", "papershelf", "python", "pip"} & set(re.findall(r"\w+", runs("keep")[0])) == {
        "papershelf"  # the name that commits bear
    }


def test_the_token_is_given_to_the_step_that_pushes_alone() -> None:
    with_token = [
        (job, step.get("name"))
        for job in JOBS
        for step in steps(job)
        if re.search(r"github\.token|secrets\.", json.dumps(step))
    ]
    assert with_token == [("keep", "Push")]


def test_no_command_holds_what_others_may_write() -> None:
    commands = [command for job in JOBS for command in runs(job)]
    assert commands
    assert all("${{" not in command for command in commands)


def test_the_site_is_built_of_what_was_kept_and_deployed_only_when_built() -> None:
    (checkout,) = uses("build", "checkout")
    assert checkout["with"]["ref"] == "${{ needs.keep.outputs.commit || github.sha }}"
    assert JOBS["build"]["needs"] == ["test", "keep"]
    assert "needs.test.result == 'success'" in JOBS["build"]["if"]
    assert JOBS["deploy"]["needs"] == "build"
    assert "needs.build.result == 'success'" in JOBS["deploy"]["if"]
    build, *_ = [step for step in steps("build") if step.get("run") == "make site"]
    assert "continue-on-error" not in build


def test_both_hosts_run_the_commands_of_the_readme() -> None:
    assert "make test" in runs("test")
    assert "make site" in runs("build")
    assert GITLAB["test"]["script"] == ["make test"]
    assert GITLAB["pages"]["script"][1] == "make site"
    assert re.fullmatch(r"python:3\.\d+\.\d+-\w+", GITLAB["image"])


# What it installs


def locked(file: str) -> dict[str, str]:
    """The version of each package, all of which have digests."""
    text = (REPOSITORY / file).read_text("utf-8")
    found = {}
    for requirement in re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).split("\n"):
        if match := re.fullmatch(r"([a-z0-9-]+)==(\S+)(?: ; .*)? \\", requirement):
            found[match[1]] = match[2]
        elif requirement:
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", requirement)
    digests = re.findall(r"\\\n    --hash", text)
    assert len(digests) >= len(found) > 0
    return found


def test_all_that_is_needed_is_locked_by_version_and_digest() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    site, test = locked("requirements.txt"), locked("tests/requirements.txt")

    def names(wanted: list[str]) -> set[str]:
        return {re.split(r"[<>=\[;]", want)[0].lower().replace("_", "-") for want in wanted}

    needed = project["project"]["dependencies"] + project["build-system"]["requires"]
    assert names(needed) <= site.keys()
    assert names(needed + project["project"]["optional-dependencies"]["test"]) <= test.keys()
    assert site.items() <= test.items()


def test_make_installs_what_is_locked_and_nothing_else() -> None:
    made = subprocess.run(
        ["make", "--dry-run", "--always-make", ".venv/site", ".venv/test"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    installs = [line for line in made.stdout.splitlines() if " pip install " in line]
    assert len(installs) == 4
    for line in installs:
        locks = re.search(r"--require-hashes --requirement (tests/)?requirements\.txt$", line)
        assert locks or line.endswith("--no-deps --no-build-isolation --editable .")


# Its steps, run


@pytest.fixture(name="service")
def running_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with services.running() as one:
        one.has_validators = False
        yield one


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
    ).stdout


class Host:
    """A host of repositories and the machines on which it runs jobs."""

    def __init__(self, folder: Path, catalog: Path) -> None:
        self.folder = folder
        self.origin = folder / "origin.git"
        self.machines = 0
        for name in ("Makefile", "pyproject.toml", "requirements.txt", ".gitignore"):
            shutil.copy(REPOSITORY / name, catalog)
        git(catalog, "init", "--quiet", "--initial-branch=main")
        git(catalog, "add", ".")
        git(catalog, *OURS, "commit", "--quiet", "--message=Ours")
        git(catalog, "clone", "--quiet", "--bare", ".", str(self.origin))

    def checkout(self, commit: str = "main") -> Path:
        """A machine with a clone, on which what is locked is installed already."""
        self.machines += 1
        clone = self.folder / f"machine{self.machines}"
        git(self.folder, "clone", "--quiet", self.origin.as_uri(), str(clone))
        git(clone, "checkout", "--quiet", commit)
        (clone / ".venv").mkdir()
        (clone / ".venv/bin").symlink_to(BIN)
        (clone / ".venv/python").touch()
        (clone / ".venv/site").touch()
        return clone

    def run(self, clone: Path, job: str, **env: str) -> bool:
        """Run the commands of a job as its host does, and say whether it went well."""
        summary, outputs = clone.parent / f"{clone.name}.md", clone.parent / f"{clone.name}.out"
        for step in (step for step in steps(job) if "run" in step):
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=clone,
                env=os.environ
                | {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(outputs)}
                | env,
                capture_output=True,
                text=True,
                check=False,
                timeout=120,
            )
            if done.returncode and not step.get("continue-on-error"):
                self.run_on_failure(clone, job, step, summary)
                return False
        return True

    def run_on_failure(self, clone: Path, job: str, failed: dict[str, Any], summary: Path) -> None:
        """The steps after a failed one that run nevertheless."""
        for step in steps(job)[steps(job).index(failed) + 1 :]:
            if step.get("if") == "!cancelled()":
                subprocess.run(
                    ["bash", "-e", "-c", step["run"]],
                    cwd=clone,
                    env=os.environ | {"GITHUB_STEP_SUMMARY": str(summary)},
                    check=False,
                    timeout=120,
                )

    def summary(self, clone: Path) -> str:
        path = clone.parent / f"{clone.name}.md"
        return path.read_text("utf-8") if path.exists() else ""

    def fetch_and_keep(self, what: str) -> str:
        """The two jobs, with the patch carried from one to the other; the summary of the first."""
        fetching = self.checkout()
        assert self.run(fetching, "fetch", FETCH=what)
        keeping = self.checkout()
        shutil.rmtree(keeping / ".venv", ignore_errors=True)
        shutil.copy(fetching / "fetched.patch", keeping)
        assert self.run(keeping, "keep", TOKEN="a token")
        outputs = (keeping.parent / f"{keeping.name}.out").read_text("utf-8")
        assert outputs == f"commit={git(self.origin, 'rev-parse', 'main')}"
        return self.summary(fetching)

    def files(self) -> set[str]:
        """What is in main."""
        return set(git(self.origin, "ls-tree", "-r", "--name-only", "main").split())


OURS = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
SPAN = "hf-daily --since 2025-08-06 --until 2025-08-07"


@pytest.fixture
def host(make_catalog: MakeCatalog, service: Service, tmp_path: Path) -> Host:
    own = {"hugging_face_url": service.url}
    catalog = make_catalog(
        {"2025-08-07.txt": "Aug 7\n\nOn Ants\n\nThey are many.\n"},
        settings={"extra": {"papershelf": own}},
    )
    (tmp_path / "host").mkdir()
    return Host(tmp_path / "host", catalog)


def test_what_was_fetched_is_kept_and_built(host: Host, service: Service) -> None:
    service.days = {"2025-08-07": 3}
    before = git(host.origin, "rev-parse", "main")
    host.fetch_and_keep(SPAN)
    assert "content/sources/hf-daily/2025-08-07.json" in host.files()
    assert git(host.origin, "log", "--format=%an", "main").split("\n")[0] == "papershelf fetch"
    assert git(host.origin, "rev-parse", "main^") == before
    building = host.checkout()
    assert host.run(building, "build", SITE_URL="https://example.org/")
    assert "Counting Ants" in (building / "site/index.html").read_text("utf-8")
    assert "4 papers" in host.summary(building)


def test_a_service_that_fails_is_told_and_what_came_is_kept(host: Host, service: Service) -> None:
    service.days = {"2025-08-06": 2, "2025-08-07": 3}
    service.faults = [status(404)]
    told = host.fetch_and_keep(SPAN)
    assert "    content/sources/hf-daily/2025-08-06: expected an answer, found “404" in told
    assert "content/sources/hf-daily/2025-08-07.json" in host.files()
    assert "content/sources/hf-daily/2025-08-06.json" not in host.files()


def test_where_nothing_is_fetched_nothing_is_committed(host: Host, service: Service) -> None:
    service.days = {}
    host.fetch_and_keep(SPAN)
    first = git(host.origin, "rev-parse", "main")
    host.fetch_and_keep("urls /dev/null")
    assert git(host.origin, "rev-parse", "main") == first


def test_what_papers_were_given_is_kept_also_where_nothing_is_to_be_fetched(host: Host) -> None:
    assert JOBS["fetch"]["if"] == "github.event_name == 'schedule'"
    before = host.files()
    host.fetch_and_keep("")
    assert host.files() - before == {"content/permanent.tsv"}
    assert git(host.origin, "show", "main:content/permanent.tsv") == "on-ants\t2025-ants\n"
    first = git(host.origin, "rev-parse", "main")
    host.fetch_and_keep("")
    assert git(host.origin, "rev-parse", "main") == first


def test_a_build_that_fails_leaves_what_was_fetched_and_names_the_file(
    host: Host, service: Service
) -> None:
    clone = host.checkout()
    (clone / "content/topics.yml").write_text("- slug: [\n", "utf-8")
    git(clone, "add", "content")
    git(clone, *OURS, "commit", "--quiet", "--message=A mistake")
    git(clone, "push", "--quiet", "origin", "HEAD:main")
    service.days = {"2025-08-07": 3}
    host.fetch_and_keep(SPAN)
    assert "content/sources/hf-daily/2025-08-07.json" in host.files()
    building = host.checkout()
    assert not host.run(building, "build", SITE_URL="https://example.org/")
    assert "content/topics.yml" in host.summary(building)
    assert not (building / "site").exists()


def test_a_file_with_problems_is_named_and_the_others_are_built(
    host: Host, service: Service
) -> None:
    papers = [services.daily(1, "2025-08-07"), {"paper": {"id": "2508.00002", "title": "Untitled"}}]
    service.always = instead(json.dumps(papers).encode())
    host.fetch_and_keep("hf-daily --since 2025-08-07 --until 2025-08-07")
    building = host.checkout()
    assert host.run(building, "build", SITE_URL="https://example.org/")
    assert "    content/sources/hf-daily/2025-08-07.json, 2508.00002: " in host.summary(building)


def test_the_other_host_publishes_the_site(host: Host) -> None:
    machine = host.checkout()
    for command in GITLAB["pages"]["script"]:
        subprocess.run(["bash", "-e", "-c", command], cwd=machine, check=True, timeout=120)
    assert "On Ants" in (machine / "public/index.html").read_text("utf-8")


def test_of_a_patch_only_what_it_says_of_content_counts(host: Host, service: Service) -> None:
    clone = host.checkout()
    for name in ("content/sources/new.txt", ".github/workflows/evil.yml", "Makefile", "contents"):
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).write_text("Aug 7\n", "utf-8")
    git(clone, "add", "--all", "--force", "content", ".github", "Makefile", "contents")
    patch = git(clone, "diff", "--cached", "--binary")
    assert "evil.yml" in patch
    before = host.files()
    keeping = host.checkout()
    (keeping / "fetched.patch").write_text(patch, "utf-8")
    assert host.run(keeping, "keep", TOKEN="a token")
    assert host.files() == before | {"content/sources/new.txt"}
    assert git(host.origin, "show", "main:Makefile") == (REPOSITORY / "Makefile").read_text("utf-8")
