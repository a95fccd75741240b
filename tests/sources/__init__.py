"""Readers, each on made-up files of its format, which lie in `data/`."""

from pathlib import Path

DATA = Path(__file__).parent / "data"


def fixture(name: str) -> bytes:
    """A file of `data/`: `bibtex/messy.bib`."""
    return (DATA / name).read_bytes()
