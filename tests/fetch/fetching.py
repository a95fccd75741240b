"""Services asked, and what lies in a catalog then."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click.testing
import pytest

from generator.build import config
from generator.cli import main
from generator.fetch import arxiv as arxiv_services
from generator.fetch import day_lists, feeds, fetching, services
from generator.fetch.batches import Daily
from generator.fetch.fetching import Outcome
from generator.fetch.http import Manners
from generator.model.settings import Settings

QUICK = Manners(pause=0, tries=3, backoff=0.01, timeout=10, largest=200_000)


TODAY = date(2025, 8, 10)


DAY = "hf-daily/2025-08-07.json"


def hf(root: Path, **options: Any) -> list[Outcome]:
    """Fetch Daily Papers: without other options the seventh of August alone."""
    settings, _ = config.load(root)
    return days(settings, services.hugging_face(settings.hugging_face_url), options)


def arxiv(root: Path, **options: Any) -> list[Outcome]:
    settings, _ = config.load(root)
    return days(settings, arxiv_services.daily(settings.arxiv_url, query="cat:cs.CL"), options)


def days(settings: Settings, asked: Daily, options: dict[str, Any]) -> list[Outcome]:
    one = date(2025, 8, 7)
    given: dict[str, Any] = {"today": TODAY, "since": one, "until": one, "manners": QUICK}
    return list(day_lists.fetch_days(settings, asked, **given | options))


def venue(root: Path) -> list[Outcome]:
    settings, _ = config.load(root)
    batch = services.openreview(settings.openreview_url, "ICLR.cc/2025/Conference")
    return list(fetching.fetch_all(settings, [batch], manners=QUICK))


def urls(root: Path, text: str, manners: Manners = QUICK) -> list[Outcome]:
    settings, _ = config.load(root)
    return list(fetching.fetch_all(settings, feeds.addresses(text, "list"), manners=manners))


def state(root: Path) -> dict[str, tuple[bytes, int]]:
    """All files below `content/`, hidden ones too, and when they were written."""
    return {
        path.relative_to(root / "content").as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in (root / "content").rglob("*")
        if path.is_file()
    }


def source(root: Path, path: str) -> Path:
    return root / "content/sources" / path


def command(monkeypatch: pytest.MonkeyPatch, root: Path, *arguments: str) -> click.testing.Result:
    """The command within this process, which starts faster."""
    monkeypatch.chdir(root)
    return click.testing.CliRunner().invoke(main, ["fetch", *arguments])
