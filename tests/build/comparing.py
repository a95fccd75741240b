"""What a build must give, whatever was there before."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.build import config, site, state
from generator.build.report import Report
from tests.command import contents, differing


def assert_told(report: Report, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """A build says of each file of the site what became of it."""
    assert list(report.changed) == [path for path in differing(before, after) if path in after]
    assert list(report.removed) == sorted(before.keys() - after.keys())
    assert (report.size.files, report.size.bytes) == (len(after), sum(map(len, after.values())))


def assert_clean(root: Path, other: Path) -> None:
    """The site in a catalog is the one that a build makes which nothing came before."""
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("site", ".site*", ".paper*"))
    generated = state.generated(config.load(root)[0])
    for path in generated:
        (other / "content/pages" / path).unlink()
    site.build(other, jobs=1)
    assert differing(contents(root / "site"), contents(other / "site")) == []
    assert differing(*(contents(one / "content/pages") for one in (root, other))) == []
    assert generated == state.generated(config.load(other)[0])
