"""The pieces of a copied page, each with the role that those around it give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from generator.sources.copied.furniture import Piece, Role, is_handle, is_short, parts_of
from generator.sources.copied.lines import Line


def pieces(rows: Sequence[Line]) -> list[Piece]:
    """What each line of a page is, as far as it says so itself."""
    raw_pieces = [piece for row in rows for piece in parts_of(row)]
    said: list[Piece] = []
    index = 0
    while index < len(raw_pieces):
        piece = raw_pieces[index]
        after = raw_pieces[index + 1] if index + 1 < len(raw_pieces) else None
        if piece.name == "submitted by" and not piece.text and after and is_handle(after):
            said += [piece, replace(after, role=Role.SUBMITTER)]
            index += 1
        elif piece.name in _ASIDE and not piece.text and after and after.role is not Role.FIELD:
            said.append(replace(piece, text=after.text))
            index += 1
        elif piece.name == "badges" and said and said[-1].name == "badges":
            said[-1] = replace(said[-1], text=f"{said[-1].text} {piece.text}"[:100])
        elif piece.name == "·":
            _name_organization(said)
            said.append(piece)
            if after and after.role is Role.DAY:
                said.append(replace(after, role=Role.PUBLISHED, name="published on"))
                index += 1
        elif (
            piece.role is Role.BUTTON
            and piece.text.lower() == "by"
            and _curators(raw_pieces, index)
        ):
            said.append(replace(piece, role=Role.CURATOR, text=_curators(raw_pieces, index)))
            index += 1 if after and after.text.count(" ") else 2
        else:
            said.append(piece)
        index += 1
    return [_titled(said, place) for place in range(len(said))]


_ASIDE: Final = ("other", "venue")
"""Fields that are never of several lines, so that what they say stands in the next."""


def _name_organization(said: list[Piece]) -> None:
    """Above `·` the last text is who published the paper, if there is a title above that, too."""
    if len(said) > 2 and said[-1].role is Role.TEXT and said[-1].text == said[-2].text:
        said.pop()  # its name, and that of its picture
    above = [n for n in range(max(len(said) - 4, 0), len(said)) if said[n].name != "url"][-2:]
    if len(above) == 2:
        title, name = (said[n] for n in above)
        is_named = name.role is Role.TEXT and is_short(name.text)
        is_number = title.role is Role.COUNT and _is_below_votes(said, above[0])
        if is_named and (title.role is Role.TEXT or is_number):
            said[above[1]] = replace(name, role=Role.ORGANIZATION)


def _is_below_votes(said: Sequence[Piece], place: int) -> bool:
    """Whether a number is a title: votes stand right above it, and above these who gave it."""
    votes, giver = said[place - 1 : place], said[place - 2 : place - 1]
    return place > 1 and votes[0].role is Role.COUNT and giver[0].role is not Role.COUNT


def _titled(raw_pieces: Sequence[Piece], place: int) -> Piece:
    """A piece, which is a title where only that can stand, whatever it looks like.

    That is between votes and what stands below a title (`1984`), or right behind votes, links or
    whoever put it on the list (`byT5: …`, `Code: …`).
    """
    piece = raw_pieces[place]
    if piece.role in (Role.TEXT, Role.MARK) or not 0 < place < len(raw_pieces) - 1:
        return piece
    above, below = raw_pieces[place - 1], raw_pieces[place + 1]
    is_above = below.role is Role.ORGANIZATION or below.name == "n authors"
    is_below = above.role in (Role.COUNT, Role.SUBMITTER) or above.name in ("badges", "tags")
    if piece.role in (Role.COUNT, Role.BUTTON):
        is_title = is_above and above.role is Role.COUNT
    elif piece.role is Role.FIELD:
        is_title = is_below and piece.name not in _SURE
    else:
        is_title = is_below and piece.role in (Role.VENUE, Role.CURATOR)
    return replace(piece, role=Role.TEXT, text=piece.row, name="") if is_title else piece


_SURE: Final = ("url", "pdf", "title", "authors", "abstract", "place", "keywords", "published")
"""Fields that are never a title which only begins so."""


def _curators(raw_pieces: Sequence[Piece], index: int) -> str:
    """Who picked the papers, from the lines `by`, `AK`, `and the research community`."""
    names = [piece.text for piece in raw_pieces[index + 1 : index + 4] if piece.name != "url"][:2]
    if len(names) == 2 and names[1].lower() == "and the research community":
        return " ".join(names)
    return names[0] if names and names[0].lower().endswith("and the research community") else ""
