"""What a file of a site is made of, and why the last build made it, in words."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from generator import pages, search
from generator.build import config, emit, loading, site, work
from generator.build.folder import Entry
from generator.build.state import State
from generator.build.writer import NAMED, REASONS
from generator.model import addresses
from generator.model.errors import UsageError
from generator.pages.templates import Site


def explain(root: Path, path: str, jobs: int = 0) -> str:
    """What a file is made of, why the last build made it, and whether the next one will.

    Args:
        root: the catalog's folder.
        path: of a file of the site or of the pages folder, or its address in the site:
            `site/topics/ants/index.html`, `topics/ants/`.
        jobs: processes at most.

    Raises:
        UsageError: no build makes such a file.
    """
    settings, mkdocs = config.load(root)
    jobs = jobs or site.processes(settings)
    target = Path(os.path.realpath(mkdocs.site_dir))
    with (
        site.alone(root, target),
        work.workers(jobs),
        closing(State(settings, target)) as state,
    ):
        wanted = _inside(path, [target, settings.pages])
        if wanted in state.by_hand:
            return f"{wanted}: you wrote it; builds render it and change nothing else."
        catalog = loading.load(settings, state.store, jobs)
        shown = site.listed(catalog, state, jobs)
        for output in _outputs(shown):
            if wanted in output.paths:
                return _said(wanted, output, state)
        entry = state.site.before.get(wanted) if state.site else None
        if not entry:
            raise UsageError(f"{path}: expected a file that builds make, found none of this name.")
        return f"{wanted}: {_kind_of_other(wanted)}"


def _inside(path: str, folders: Sequence[Path]) -> str:
    """A path as it is below one of these folders, or an address as the path of its page."""
    place = Path(os.path.realpath(path))
    for folder in (Path(os.path.realpath(folder)) for folder in folders):
        if place.is_relative_to(folder) and place != folder:
            path = str(place.relative_to(folder))
    path = path.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


class _Output(NamedTuple):
    paths: tuple[str, ...]
    """In the pages folder, and then in the site."""

    kind: str
    papers: Sequence[str]
    key: bytes


def _outputs(shown: Site) -> Iterator[_Output]:
    """All outputs that say what they are made of."""
    for kind, files in (
        ("the records of the catalog", emit.records(shown)),
        ("citations", emit.citations(shown)),
        ("a feed", emit.of_lists(shown)),
        ("the picture of a paper", emit.pictures(shown)),
    ):
        for file in files:
            papers = [paper.id for paper in file.papers]
            yield _Output((file.path,), kind, papers, file.key)
    for draft in pages.many(shown):
        paths: tuple[str, ...] = (addresses.file(draft.address), f"{draft.address}index.html")
        papers = [paper.id for paper in draft.papers]
        kind = "a page of a list of papers" if papers else "a page of a list of lists"
        if draft.paper:
            kind = "the page of a paper, between its neighbours and with what is like it"
            papers = [draft.paper, *(near.paper for near in shown.similar.get(draft.paper, ()))]
            paths += (addresses.twin(draft.paper), addresses.markdown_twin(draft.paper))
        yield _Output(paths, kind, papers, draft.key)


def _said(path: str, output: _Output, state: State) -> str:
    page = output.paths[0]
    reason = state.reason(page)
    lines = [
        f"{path}: {output.kind}.",
        f"Made of {_papers(output.papers)}, and of {_WITH}."
        if output.papers
        else f"Made of the whole catalog, and of {_WITH}.",
    ]
    if not reason:
        lines.append("The last build left it as it was.")
    else:
        lines.append(f"The last build made it, since {REASONS[reason.why]}.")
        if reason.papers:
            lines.append(f"New or changed were: {', '.join(reason.papers)}.")
    entry: Entry | None = state.pages.before.get(page)
    will_stay = entry and entry.key == output.key and page in state.pages.intact
    lines.append(f"The next build {'leaves it' if will_stay else 'makes it anew'}.")
    return "\n".join(lines)


_WITH: Final = "the settings, the theme and the program"


def _papers(papers: Sequence[str]) -> str:
    named = ", ".join(papers[:NAMED]) + (", …" if len(papers) > NAMED else "")
    return f"{len(papers):,} {'paper' if len(papers) == 1 else 'papers'} ({named})"


def _kind_of_other(path: str) -> str:
    if path.startswith(f"{search.FOLDER}/"):
        return "a file of the search index, made of all papers and named by its content."
    return "made by every build, of all pages or of the theme, and written where it differs."
