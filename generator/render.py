"""From Markdown to HTML through MkDocs: the same bytes as `mkdocs build`, on several processes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path, PurePath
from typing import Any

from jinja2 import TemplateError
from mkdocs.commands import build as mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from generator import config as configuration
from generator import reuse, work
from generator.errors import PapershelfError
from generator.files import write_file
from generator.frames import Frames
from generator.reuse import Record

SHARD = 250
"""Pages that a process renders in one go."""

Advance = Callable[[int, int], None]
"""Is told how many are done, of how many."""


def render(
    config: MkDocsConfig,
    site_dir: Path,
    generated: Sequence[str],
    jobs: int,
    advance: Advance,
    old: Path | None = None,
) -> Record:
    """Render all of `config.docs_dir` into `site_dir`, an empty folder.

    A generated page depends on its own text, the theme and the navigation alone, so shards of
    them go to several processes. What is in the navigation itself is shown there as the current
    page, and stays with the pages written by hand. With plugins or hooks, which may look at all
    pages at once, MkDocs renders everything by itself.

    Args:
        config: MkDocs' view of the catalog; its `site_dir` is overridden.
        site_dir: the folder to fill.
        generated: the Markdown that Papershelf wrote, as paths below `config.docs_dir`.
        jobs: how many processes at most.
        advance: called as generated pages are done.
        old: the site built before, of which pages are taken over that would come out the same.

    Returns:
        What to leave for the next build.

    Raises:
        PapershelfError: MkDocs cannot render a page written by hand, or the theme is broken.
    """
    config.site_dir = str(site_dir)
    try:
        if config.plugins or config.hooks:
            mkdocs.build(config)
            return Record()
        shown = set(_named(config.nav))
        generated = [path for path in generated if path not in shown]
        navigation = _render_rest(config, set(generated))

        record = Record(maker=reuse.maker_of(config, navigation))
        docs = Path(config.docs_dir)
        if old:
            record.pages = reuse.take_over(old, site_dir, docs, generated, record.maker)
        changed = [path for path in generated if path not in record.pages]

        _prepared.cache_clear()  # the last build in this process may have had other settings
        one = partial(render_shard, str(config.config_file_path), str(site_dir))
        done = len(record.pages)
        for size in work.spread(one, work.cut(changed, SHARD), jobs):
            done += size
            advance(done, len(generated))
        record.pages |= {path: reuse.digests(docs, site_dir, path) for path in changed}
        return record
    except (Abort, BuildError, TemplateError, UnicodeError) as error:
        raise PapershelfError(f"MkDocs cannot render the pages: {error}") from error


def _render_rest(config: MkDocsConfig, generated: set[str]) -> Navigation:
    """All but the generated pages: pages written by hand, static files, the theme's own files."""
    env = config.theme.get_env()
    files = get_files(config)
    files.add_files_from_theme(env, config)
    set_exclusions(files, config)
    navigation = _navigation(files, config)
    files.copy_static_files()
    for name in config.theme.static_templates:
        mkdocs._build_theme_template(name, env, files, config, navigation)
    for file in files.documentation_pages():
        if file.src_uri not in generated:
            page = file.page or Page(None, file, config)
            _write(file, _html(page, files, navigation, env, config))
            page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    return navigation


def render_shard(config_file: str, site_dir: str, paths: Sequence[str]) -> int:
    """Render these generated pages, and say how many there were.

    Depends on its arguments and the files they name only, so any process can do it.
    """
    config, frames = _prepared(config_file, site_dir)
    for path in paths:
        source = (Path(config.docs_dir) / path).read_text("utf-8")
        html = frames.page(path, source)
        _write(_file(path, config), html)
    return len(paths)


@lru_cache(maxsize=1)
def _prepared(config_file: str, site_dir: str) -> tuple[MkDocsConfig, Frames]:
    """What all shards of one build have in common, made once a process."""
    _, config = configuration.load(Path(config_file).parent)
    config.site_dir = site_dir
    # What is wrong with links is said once, where all pages are at hand.
    for checks in (config.validation.links, config.validation.nav):
        checks.not_found = checks.absolute_links = logging.DEBUG
    config.validation.links.unrecognized_links = logging.DEBUG
    named = [_file(path, config) for path in sorted(set(_named(config.nav)))]
    files = Files([file for file in named if Path(str(file.abs_src_path)).is_file()])
    navigation, env = _navigation(files, config), config.theme.get_env()

    def by_mkdocs(path: str) -> str:
        page = Page(None, _file(path, config), config)
        return _html(page, Files([page.file]), navigation, env, config)

    return config, Frames(config, navigation, env, by_mkdocs)


def _named(nav: object) -> Iterator[str]:
    """The Markdown files that a `nav` names."""
    if isinstance(nav, str):
        if nav.endswith(".md"):
            yield PurePath(nav).as_posix()
    elif isinstance(nav, list | dict):
        for part in nav.values() if isinstance(nav, dict) else nav:
            yield from _named(part)


def _navigation(files: Files, config: MkDocsConfig) -> Navigation:
    """The navigation with the titles of its pages, which may stand in the pages only."""
    navigation = get_navigation(files, config)
    for page in navigation.pages:
        mkdocs._populate_page(page, config, files)
    return navigation


def _file(path: str, config: MkDocsConfig) -> File:
    return File(path, config.docs_dir, config.site_dir, config.use_directory_urls)


def _html(page: Page, files: Files, navigation: Navigation, env: Any, config: MkDocsConfig) -> str:
    """A page as `mkdocs build` renders it without plugins."""
    if page.content is None:
        mkdocs._populate_page(page, config, files)
    page.active = True
    context = mkdocs.get_context(navigation, [], config, page)
    html: str = env.get_template(page.meta.get("template", "main.html")).render(context)
    page.active = False
    return html


def _write(file: File, html: str) -> None:
    if html.strip():  # MkDocs writes no page of nothing
        write_file(Path(file.abs_dest_path), html.encode("utf-8", errors="xmlcharrefreplace"))
