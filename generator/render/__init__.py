"""From Markdown to HTML through MkDocs and its theme: the same bytes as `mkdocs build`."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePath
from typing import Final

from jinja2 import Environment, TemplateError
from jinja2.bccache import Bucket
from mkdocs.commands import build as mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from generator.model.errors import PapershelfError
from generator.pages.templates import Compiled
from generator.render.frames import Memo
from generator.search import scripts


def is_unused(path: str) -> bool:
    """Whether a file of the theme is one that no page asks for, so that no site has it.

    Those are Material's search, which ours takes the place of, and its source maps; and the modules
    of ours that are joined into one.
    """
    return bool(_UNUSED.fullmatch(path))


_JOINED: Final = "|".join(name for name in scripts.MODULES if name not in scripts.SHARED)


_UNUSED: Final = re.compile(
    r"assets/(?:.*\.map|javascripts/(?:lunr|workers)/.*|images/favicon\.png"
    rf"|search/(?:{_JOINED})\.js)"
)


def named(config: MkDocsConfig) -> set[str]:
    """The Markdown files that the navigation names, below the pages folder."""
    return set(_named(config.nav))


def _named(nav: object) -> Iterator[str]:
    """The Markdown files that a `nav` names."""
    if isinstance(nav, str):
        if nav.endswith(".md"):
            yield PurePath(nav).as_posix()
    elif isinstance(nav, list | dict):
        for part in nav.values() if isinstance(nav, dict) else nav:
            yield from _named(part)


@contextmanager
def failures_said(what: str = "the pages") -> Iterator[None]:
    """Within the block, whatever MkDocs, a theme or a plugin ends in is said to a person.

    Raises:
        PapershelfError: it ended; the text says what could not be rendered, and why.
    """
    try:
        yield
    except (Abort, BuildError, TemplateError, UnicodeError) as error:
        raise PapershelfError(f"MkDocs cannot render {what}: {error}") from error
    except (PapershelfError, OSError):
        raise
    except Exception as error:  # whatever templates, plugins and hooks end in
        steps = traceback.extract_tb(error.__traceback__)
        templates = [step for step in steps if step.filename.endswith((".html", ".xml"))]
        step = templates[-1] if templates else steps[-1]
        raise PapershelfError(
            f"MkDocs cannot render {what}: {type(error).__name__}: {error} ({step.filename}, "
            f"line {step.lineno}). Correct the theme, plugins, hooks or `extra` in mkdocs.yml."
        ) from error


def titled(files: Files, config: MkDocsConfig) -> Navigation:
    """The navigation with the titles of its pages, which may stand in their text only."""
    navigation = get_navigation(files, config)
    for page in navigation.pages:
        with suppress(OSError, ValueError):  # MkDocs says so
            page.read_source(config)
        if "title" not in page.meta:
            mkdocs._populate_page(page, config, files)
    return navigation


def environment(config: MkDocsConfig, memo: Memo) -> Environment:
    """The theme's templates; to compile them takes half a second, so what came of it is kept."""
    env = config.theme.get_env()
    env.bytecode_cache = _Compiled(memo)
    return env


class _Compiled(Compiled):
    """Templates as Jinja compiled them, for this process and others."""

    def __init__(self, memo: Memo) -> None:
        self._memo = memo

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja."""
        super().load_bytecode(bucket)
        if not bucket.code and (found := self._memo.get(_COMPILED, bucket.key, bytes)):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja."""
        super().dump_bytecode(bucket)
        self._memo.put(_COMPILED, [(bucket.key, bucket.bytecode_to_string())])


_COMPILED: Final = "templates"
"""Of what `_Compiled` keeps in a `Memo`."""


def html_of(
    page: Page, files: Files, navigation: Navigation, env: Environment, config: MkDocsConfig
) -> str:
    """A page as `mkdocs build` renders it without plugins."""
    if page.content is None:
        mkdocs._populate_page(page, config, files)
    page.active = True
    context = mkdocs.get_context(navigation, [], config, page)
    html: str = env.get_template(page.meta.get("template", "main.html")).render(context)
    page.active = False
    return html
