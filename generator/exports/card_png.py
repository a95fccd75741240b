"""The PNG of a card, which says within itself what it was drawn from."""

from __future__ import annotations

import struct
import zlib
from typing import Final

import numpy as np
from numpy.typing import NDArray


def is_ours(data: bytes, key: str = "") -> bool:
    """Whether a file is a card, whole, and that of `key`, if that is given."""
    # The chunk that names the key: https://www.w3.org/TR/png-3/#11tEXt
    mark = f"tEXt{_KEYWORD}\0{key}".encode()
    return data.startswith(_PNG_START) and mark in data[:400] and data.endswith(_PNG_END)


_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_PNG_END: Final = b"IEND\xaeB`\x82"
_KEYWORD: Final = "Papershelf"


CARD_SIZE: Final = (1200, 630)
"""Width and height in pixels, as previews of links want it."""

WIDTH, HEIGHT = CARD_SIZE
MARGIN: Final = 80

Pixels = NDArray[np.uint8]
_PALETTE: Final = bytes.fromhex("fcfbf8 8b979d 1d1b18 17506d")
"""Colours of the site, and one between paper and ink for the edges of letters."""


def png(pixels: Pixels, key: str) -> bytes:
    """The file of a picture, with its key; Pillow's own would be larger by a twentieth.

    See https://www.w3.org/TR/png-3/: four pixels are a byte, and a row begins with its filter,
    which is none.
    """
    rows = np.zeros((HEIGHT, 1 + WIDTH // 4), np.uint8)
    for place in range(4):
        rows[:, 1:] |= pixels[:, place::4] << (6 - 2 * place)
    # The level above takes thrice as long, for a two hundredth.
    deflate = zlib.compressobj(8, wbits=15, memLevel=9)
    chunks = {
        b"IHDR": struct.pack(">2I5B", *CARD_SIZE, 2, 3, 0, 0, 0),
        b"tEXt": f"{_KEYWORD}\0{key}".encode(),
        b"PLTE": _PALETTE,
        b"IDAT": deflate.compress(rows.tobytes()) + deflate.flush(),
        b"IEND": b"",
    }
    return _PNG_START + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks.items()
    )
