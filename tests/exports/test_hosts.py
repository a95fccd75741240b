"""Which hosts take a site, which do not and why, and which settings would help."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exports import hosts
from generator.exports.hosts import Size
from generator.model.settings import SETTINGS, Settings
from tests.command import contents

MB = 10**6
ALL = "GitHub Pages, GitLab Pages, Cloudflare Pages and Netlify"
PATHS = st.lists(st.sampled_from("ab"), min_size=1, max_size=4).map("/".join)


def of_papers(count: int, per_paper: Iterable[str], size: int = 1) -> list[hosts.Sized]:
    """The files of a site that has these of each paper."""
    return [(path.format(n), size) for path in per_paper for n in range(count)]


def said(files: list[hosts.Sized], **settings: Any) -> str:
    size = hosts.measure(files)
    given = {"author_pages": 2} | settings
    every = Settings(root=Path("/s"), pages=Path("/s"), **given)
    return hosts.verdict(size, hosts.helpful(size, files, every))


@given(files=st.dictionaries(PATHS.map("{}.txt".format), st.binary(max_size=9)))
def test_a_site_is_measured_as_it_lies_on_the_disk(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    root = tmp_path_factory.mktemp("site", numbered=True)
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    every = [root, *root.rglob("*")]
    inside = [sum(one.is_file() for one in path.iterdir()) for path in every if path.is_dir()]
    sizes = list(map(len, contents(root).values()))
    expected = Size(len(sizes), sum(sizes), len(every), max(inside), max(sizes, default=0))
    assert hosts.measure((path, len(data)) for path, data in files.items()) == expected


def test_site_within_all_limits_fits_all_hosts() -> None:
    size = Size(files=20_000, bytes=10**9, entries=200_000, largest_folder=54_000)
    assert hosts.verdict(size) == f"20,000 files, 1.0 GB: fits {ALL}"
    assert hosts.verdict(Size(1, 7_149_000)) == f"1 file, 7.1 MB: fits {ALL}"
    assert hosts.verdict(Size(5_212, 41_400_000)) == f"5,212 files, 41 MB: fits {ALL}"


@pytest.mark.parametrize(
    ("beyond", "host", "why"),
    [
        (Size(bytes=10**9 + 1), "GitHub Pages", "1 GB"),
        (Size(bytes=10**9 + 1), "GitLab Pages", "1 GB"),
        (Size(entries=200_001), "GitLab Pages", "200,000 files and folders"),
        (Size(files=20_001), "Cloudflare Pages", "20,000 files (100,000 on paid plans)"),
        (Size(largest_file=25 * 2**20 + 1), "Cloudflare Pages", "25 MiB a file"),
        (Size(largest_folder=54_001), "Netlify", "54,000 files a folder"),
    ],
)
def test_host_that_does_not_take_a_site_is_named_with_the_limit(
    beyond: Size, host: str, why: str
) -> None:
    fit, _, unfit = hosts.verdict(beyond).partition("; not ")
    assert host not in fit
    assert f"{host}: {why}" in unfit


def test_settings_that_would_make_it_fit_are_named_the_best_first() -> None:
    files = of_papers(9_000, ["papers/{}/index.html", "papers/{}.png"])
    files += of_papers(4_000, ["authors/a{}/index.html", "authors/a{}/feed.xml"])
    fits, _, helps = said(files).partition("; what helps: ")
    assert fits.endswith("not Cloudflare Pages: 20,000 files (100,000 on paid plans)")
    assert helps == "`cards: never` and `author_pages` above 2"


def test_settings_that_would_save_nothing_or_next_to_nothing_are_not_named() -> None:
    papers = of_papers(30_000, ["papers/{}/index.html"])
    indexes = of_papers(2_000, ["authors/{}/index.html", "authors/letter-{}/index.html"])
    assert "what helps" not in said(papers + indexes)
    assert "what helps" not in said(papers + of_papers(100, ["papers/{}.png"]))


def test_what_is_saved_counts_by_the_limit_that_is_passed() -> None:
    files = of_papers(1_000, ["papers/{}/index.html"], MB) + of_papers(1_000, ["papers/{}.png"])
    assert "what helps" not in said([*files, ("video.mp4", 9 * MB)])
    assert said([*files, *of_papers(9, ["papers/a{}.png"], MB)]).endswith("`cards: never`")


def test_settings_that_are_named_exist() -> None:
    ours = {setting.name for setting in SETTINGS if setting.metadata["own"]}
    assert {saving.setting for saving in hosts.SAVINGS} <= ours
