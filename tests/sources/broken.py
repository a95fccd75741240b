"""Files that were sound, for testing that readers never raise whatever becomes of a file."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from hypothesis import strategies as st

from generator.sources import Reading
from generator.sources.content import Content, ContentError

DATA = Path(__file__).parent / "data"

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3), st.just([[]])), max_size=3),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)


class Module(Protocol):
    """A reader, as a module."""

    def detect(self, content: Content) -> bool:
        """Whether the file is of its format."""

    def read(self, content: Content) -> Reading:
        """Every record."""


def fixture(name: str) -> bytes:
    """A file below `tests/sources/data/`."""
    return (DATA / name).read_bytes()


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """The file with bytes changed, a part cut out, or a part there twice."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 400)))
        put = draw(
            st.sampled_from([b"", data[start:end] * 2, b"\xff", b"\n", b"  - ", b"<a>", b"["])
        )
        data = data[:start] + put + data[end:]
    return data


@st.composite
def retyped(draw: st.DrawFn, data: bytes) -> bytes:
    """JSON with some values replaced by values of any type."""
    odds = draw(st.sampled_from([3, 10, 40]))

    def changed(value: Any) -> Any:
        if draw(st.integers(0, odds)) == 0:
            return draw(JUNK)
        if isinstance(value, dict):
            return {key: changed(each) for key, each in value.items()}
        return [changed(each) for each in value] if isinstance(value, list) else value

    return json.dumps(changed(json.loads(data))).encode()


def check(module: Module, data: bytes) -> None:
    """Whatever the file, it ends in a reading, or in what is wrong with the file as a whole."""
    content = Content(data, "broken")
    with suppress(ContentError):
        module.detect(content)
    try:
        reading = module.read(content)
    except ContentError:
        return
    assert reading.refused <= len(reading.problems)
    assert all(paper.title and paper.id for paper in reading.papers)
