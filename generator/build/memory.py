"""What a build leaves for the next one to go on from, where few sources changed since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zlib import crc32

import msgspec

from generator.build import files
from generator.build.gather import Sources
from generator.build.ledger import Ledger
from generator.build.parts import Edition
from generator.catalog.listings.authors import Signer
from generator.catalog.people import Orcids
from generator.model.errors import Problem
from generator.model.papers import Brief
from generator.pages.templates import Site


class UnsureError(Exception):
    """Something else than a few papers may show something else than before."""


class Memory(msgspec.Struct, array_like=True):
    """What a build leaves for the next one to go on from."""

    edition: Edition
    sources: Sources
    papers: list[Brief]
    contradictions: list[Problem]
    orcids: Orcids
    found: list[list[str]]
    """What each saved search found, by id."""

    similar: bytes
    """Tells what was known of similar papers then."""

    has_cards: bool
    least: int
    """From how many papers on an author has a page."""

    def keep(self, ledger: Ledger, site: Site) -> None:
        """Leave it to the next build.

        Args:
            ledger: holds the rest of what that will need.
            site: that was made.
        """
        ledger.note_people(_people(site))
        data = msgspec.msgpack.encode(self)
        ledger.set_fact(_FACT, crc32(data))
        files.write_file(_beside(ledger), data)

    @classmethod
    def left(cls, ledger: Ledger) -> Memory | None:
        """What the last build left, if it is whole."""
        try:
            data = files.content(_beside(ledger))
            if crc32(data) == ledger.fact(_FACT, int):
                return msgspec.msgpack.decode(data, type=cls)
        except (OSError, msgspec.DecodeError):
            pass
        return None


def _people(site: Site) -> Iterator[tuple[str, str, int, str, str, str, str]]:
    """Everyone whose papers are at hand, as the ledger has them; of some all are withdrawn."""
    signers = {signer.id: signer for signer in site.listings.authors.signers()}
    here = site.catalog.signers
    for person, profile in site.catalog.profiles.items():
        if here is None or person in here:
            signer = signers.get(person) or Signer(person, profile.name, 0, "", "")
            yield (*signer, profile.family, profile.orcid)


_FACT: Final = "memory"


def _beside(ledger: Ledger) -> Path:
    """It has a file of its own, since the ledger would take twice as long to replace it."""
    return ledger.target.with_suffix(".memory")
