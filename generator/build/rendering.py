"""What MkDocs reads and writes in a build: pages by hand, the theme's own files, and the rest."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from pathlib import Path
from posixpath import normpath
from typing import Final

from jinja2 import BaseLoader
from mkdocs.commands import build as mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import YAML_RE

from generator import render
from generator.build import config as configuration
from generator.build.files import delete, status, write_file
from generator.build.opening import read, unreadable
from generator.build.walking import faults, relative_files
from generator.model.errors import MissingError, PapershelfError
from generator.pages.front_matter import is_generated
from generator.render.frames import Frames, Memo, Theme, encoded
from generator.text import safe_yaml


def is_left_to_mkdocs(config: MkDocsConfig) -> bool:
    """Whether plugins or hooks may look at all pages at once, so that MkDocs renders them all."""
    return bool(config.plugins or config.hooks)


def whole(config: MkDocsConfig, site_dir: Path) -> None:
    """Have MkDocs render everything into `site_dir`.

    Raises:
        PapershelfError: it cannot.
    """
    config.site_dir = str(site_dir)
    docs = Path(config.docs_dir)
    for path, fault in faults(docs).items():
        raise PapershelfError(f"{docs / path}: {fault}")  # MkDocs would open it
    for path in relative_files(docs):
        if path.endswith(".md"):
            _checked(docs / path)
    with render.failures_said():
        mkdocs.build(config)
    for path in filter(render.is_unused, relative_files(site_dir)):
        delete(site_dir, path)


def rest(
    config: MkDocsConfig,
    site_dir: Path,
    by_hand: Collection[str],
    is_generated: Callable[[str], bool],
    linked: Collection[str],
    written: Collection[str],
    memo: Memo,
) -> list[str]:
    """Render what is not generated: pages written by hand, static files, the theme's own files.

    What is in the navigation is shown there as the current page, so it is rendered here too.

    Args:
        config: MkDocs' view of the catalog; its `site_dir` is overridden.
        site_dir: the folder to fill.
        by_hand: paths below `config.docs_dir`.
        is_generated: whether Papershelf wrote what has a path there.
        linked: those of them that pages by hand lead to.
        written: paths of generated files that a theme may have too.
        memo: keeps compiled templates.

    Returns:
        The paths of all files that were made, below `site_dir`.

    Raises:
        PapershelfError: MkDocs cannot render a page written by hand, or the theme is broken.
    """
    config.site_dir = str(site_dir)
    docs = Path(config.docs_dir)
    closed = {path: fault for path in by_hand if (fault := unreadable(docs / path))}
    for path, fault in (faults(docs) | closed).items():
        _LOG.warning("%s: %s", docs / path, fault)
    by_hand = set(by_hand) - closed.keys()
    for path in by_hand:
        if path.endswith(".md"):
            _checked(docs / path)  # before MkDocs, which says less
    shown = set(filter(is_generated, render.named(config)))
    with render.failures_said():
        env = render.environment(config, memo)
        linked = set(linked) - shown
        files = Files([_file(path, config) for path in _mkdocs_order({*by_hand, *shown, *linked})])
        of_theme = Files([])
        of_theme.add_files_from_theme(env.overlay(loader=_Visible(config.theme.dirs)), config)
        for file in of_theme:
            if not (render.is_unused(file.src_uri) or file.src_uri in files.src_uris):
                files.append(file)
        set_exclusions(files, config)
        navigation = get_navigation(files, config)
        for page in navigation.pages:
            mkdocs._populate_page(page, config, files)
        # MkDocs writes into files, and these may be those of the old site too.
        static = {file.dest_uri for file in files if not file.is_documentation_page()}
        for path in static.union(config.theme.static_templates).difference(written, linked):
            delete(site_dir, path)
        Files([file for file in files if file.src_uri not in linked]).copy_static_files()
        for name in config.theme.static_templates:
            mkdocs._build_theme_template(name, env, files, config, navigation)
        for file in files.documentation_pages():
            if file.src_uri not in linked:
                page = file.page or Page(None, file, config)
                with render.failures_said(file.src_uri):
                    _write(file, render.html_of(page, files, navigation, env, config))
                page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    made = {file.dest_uri for file in files} | set(config.theme.static_templates)
    made -= {*written, *(file.dest_uri for file in files if file.src_uri in linked)}
    return sorted(path for path in made if status(site_dir / path))


class _Visible(BaseLoader):
    """The names of a theme's files but for hidden ones, as ten thousand icons are; no site has
    these, and MkDocs takes long to find that out.
    """

    def __init__(self, folders: Iterable[str]) -> None:
        self._folders = folders

    def list_templates(self) -> list[str]:
        return sorted({path for folder in self._folders for path in relative_files(Path(folder))})


def navigation(config: MkDocsConfig, site_dir: Path) -> Navigation:
    """What stands in the navigation of every page; those that it names have to be there.

    Raises:
        PapershelfError: MkDocs cannot read one of them.
    """
    config.site_dir = str(site_dir)
    links, nav = config.validation.links, config.validation.nav
    said = [(links, dict(links)), (nav, dict(nav))]
    for checks, levels in said:  # what is wrong is said when pages are rendered
        checks.update(dict.fromkeys(levels, logging.DEBUG))
    with render.failures_said():
        docs = Path(config.docs_dir)
        paths = [path for path in sorted(render.named(config)) if _is_there(docs / path)]
        found = render.titled(Files([_file(path, config) for path in paths]), config)
    for checks, levels in said:
        checks.update(levels)
    return found


def html(config_file: str, site_dir: str, maker: str, memo: Memo, path: str, source: str) -> bytes:
    """The HTML of a generated page, as MkDocs writes it.

    Depends on its arguments and the catalog's folder only, so any process can make it.

    Args:
        config_file: the catalog's `mkdocs.yml`.
        site_dir: the site that it is for.
        maker: says what all pages depend on, so that it is not taken for what it was before.
        memo: keeps what pages have in common.
        path: of its Markdown, below the pages folder.
        source: the Markdown.

    Raises:
        PapershelfError: the theme is broken.
    """
    with render.failures_said():
        return _prepared(config_file, site_dir, maker, memo).page(path, source)


def linked(config: MkDocsConfig, by_hand: Iterable[str]) -> set[str]:
    """The files that pages by hand may lead to; MkDocs says which are missing."""
    found, docs = set(), Path(config.docs_dir)
    for path in by_hand:
        if path.endswith(".md") and not unreadable(docs / path):
            text = (docs / path).read_text("utf-8", errors="replace")
            folder = path.rpartition("/")[0]
            for target in _FILE.findall(text):
                found.add(normpath(f"{folder}/{target}" if folder else target))
                found.add(target.lstrip("/"))
    return found


_FILE: Final = re.compile(r"[^\s()<>\[\]\"'#?]+\.\w+")


def _mkdocs_order(paths: Iterable[str]) -> list[str]:
    """Sorted as MkDocs meets them: files before folders, an index first, no README beside it."""
    known = set(paths)

    def key(path: str) -> list[tuple[bool, bool, str]]:
        *folders, name = path.split("/")
        is_index = name in ("index.md", "README.md")
        return [*((True, True, folder) for folder in folders), (False, not is_index, name)]

    return sorted(
        (
            path
            for path in known
            if path.rpartition("/")[2] != "README.md"
            or f"{path.removesuffix('README.md')}index.md" not in known
        ),
        key=key,
    )


@lru_cache(maxsize=1)
def _prepared(config_file: str, site_dir: str, maker: str, memo: Memo) -> Frames:
    """What all shards of one build have in common, made once a process."""
    root = Path(config_file).parent
    return Frames(memo, maker, lambda: _theme(root, site_dir, memo))


def _theme(root: Path, site_dir: str, memo: Memo) -> Theme:
    _, config = configuration.load(root)
    config.site_dir = site_dir
    # What is wrong with links is said once, where all pages are at hand.
    for checks in (config.validation.links, config.validation.nav):
        checks.not_found = checks.absolute_links = logging.DEBUG
    config.validation.links.unrecognized_links = logging.DEBUG
    docs = Path(config.docs_dir)
    files = Files(
        [_file(path, config) for path in sorted(render.named(config)) if _is_there(docs / path)]
    )
    navigation, env = render.titled(files, config), render.environment(config, memo)

    def by_mkdocs(path: str) -> str:
        page = Page(None, _file(path, config), config)
        return render.html_of(page, Files([page.file]), navigation, env, config)

    return Theme(config, navigation, env, by_mkdocs)


def _is_there(path: Path) -> bool:
    return bool(status(path)) and not unreadable(path)


class _Checked(File):
    """A page that is read only if it is safe to."""

    @property  # type: ignore[misc]  # nobody sets it
    def content_string(self) -> str:
        """Called by MkDocs."""
        return _checked(Path(self.abs_src_path or ""))


def _checked(path: Path) -> str:
    """The text of a page whose front matter MkDocs may read, which ends at no bomb.

    Raises:
        OSError: it is not there.
        PapershelfError: it cannot be read, is no UTF-8, or its front matter is a bomb.
    """
    try:
        data = read(path, LARGEST)
        text = data.decode("utf-8-sig")
    except MissingError as error:
        raise FileNotFoundError(str(error)) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{data[error.start]:02X}"
        raise PapershelfError(
            f"{path}, line {line}: expected UTF-8, found {found}. Save it as UTF-8."
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = None if is_generated(text) else YAML_RE.match(text)
    if front:
        try:
            safe_yaml.read(f"\n{front[1]}".encode(), str(path))  # the fence is a line
        except safe_yaml.BombError:
            raise
        except safe_yaml.YamlError:
            pass  # MkDocs shows it as text
    return text


LARGEST: Final = 64 * 2**20
"""Bytes of a page."""


_LOG: Final = logging.getLogger(__name__)


def _file(path: str, config: MkDocsConfig) -> File:
    return _Checked(path, config.docs_dir, config.site_dir, config.use_directory_urls)


def _write(file: File, html: str) -> None:
    if html.strip():  # MkDocs writes no page of nothing
        write_file(Path(file.abs_dest_path), encoded(html))
