"""What the build and the scripts of the theme must know alike."""

from __future__ import annotations

import re

from tests.conftest import REPOSITORY
from tests.scripts import constants

THEME = REPOSITORY / "site_templates"
SCRIPTS = sorted((THEME / "theme/assets").rglob("*.js"))


def test_constants_of_the_scripts_are_those_of_the_code() -> None:
    """Else `python -m tests.scripts.constants` writes them anew."""
    assert constants.PATH.read_text("utf-8") == constants.written()


def test_what_scripts_look_for_on_a_page_is_written_somewhere() -> None:
    """Our classes and data attributes: by templates, Python that writes HTML, or scripts."""
    paths = [
        *THEME.rglob("*.j2"),
        *THEME.rglob("*.html"),
        *(REPOSITORY / "generator").rglob("*.py"),
    ]
    scripts = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    written = "\n".join(path.read_text("utf-8") for path in paths)
    selected = re.findall(r"\.(ps-[a-z-]+)|\[(data-[a-z-]+)", scripts)
    read = {f"data-{_kebab(name)}" for name in re.findall(r"\bdataset\.(\w+)\b(?! = )", scripts)}
    sought = {name for pair in selected for name in pair if name} | read
    made = set(re.findall(r"ps-[a-z-]+|data-[a-z-]+", written))
    made |= set(re.findall(r'"(?:[\w -]* )?(ps-[a-z-]+)[^."]*"', scripts))
    made |= set(re.findall(r'"(data-[a-z-]+)":', scripts))
    assert len(sought) > 40
    assert sought <= made


def _kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
