"""What one tab reads like: pieces of text, each with the name of its part, which says how it is painted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len

from mooring_widgets.own_colour import COLOUR_SIGN
from mooring_widgets.plain_text import fit, plain_text
from mooring_widgets.session_tabs.item import (
    BELL_SIGN,
    GUARD_SIGN,
    RECEIVES_SIGN,
    RECORDED_SIGN,
    TAB_SIGNS,
    UNSEEN_SIGN,
    TabItem,
    TabState,
)

CLOSE_SIGN = "×"
_WIDEST_TITLE = 24
_NARROWEST_DETAIL = 6
"""A detail of fewer cells tells nothing."""


class Part(StrEnum):
    """The parts of a tab; beside them the names of its states."""

    TITLE = "title"
    COLOUR = "colour"
    NUMBER = "number"
    GUARD = "guard"
    RECEIVES = "receives"
    RECORDED = "recorded"
    SIGN = "sign"
    DETAIL = "detail"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is painted in one style."""

    text: str
    part: Part | TabState

    @property
    def width(self) -> int:
        """In cells."""
        return cell_len(self.text)


def pieces_of(item: TabItem, number: int | None, *, active: bool, room: int = 0) -> tuple[Piece, ...]:
    """The pieces of a tab with a number before it, or none; its detail takes at most `room` cells.

    Only the active one shows its sign for closing; the others keep the room for it, so that none moves when it is gone
    to.
    """
    pieces = [Piece(COLOUR_SIGN if item.colour else " ", Part.COLOUR)]
    if number is not None:
        pieces.append(Piece(f"{number} ", Part.NUMBER))
    if item.receives:
        pieces.append(Piece(f"{RECEIVES_SIGN} ", Part.RECEIVES))
    if sign := TAB_SIGNS[item.state]:
        pieces.append(Piece(f"{sign} ", item.state))
    pieces.append(Piece(fit(plain_text(item.title), _WIDEST_TITLE), Part.TITLE))
    if item.more:
        pieces.append(Piece(f" +{item.more}", Part.NUMBER))
    if item.detail and room >= _NARROWEST_DETAIL:
        pieces.append(Piece(fit(f" · {plain_text(item.detail)}", room), Part.DETAIL))
    if item.guard:
        pieces.append(Piece(f" {GUARD_SIGN}", Part.GUARD))
    if item.recorded:
        pieces.append(Piece(f" {RECORDED_SIGN}", Part.RECORDED))
    if item.bell or item.unseen:
        pieces.append(Piece(f" {BELL_SIGN if item.bell else UNSEEN_SIGN}", Part.SIGN))
    pieces.append(Piece(" ", Part.TITLE))
    if item.closable:
        pieces.append(Piece(CLOSE_SIGN, Part.CLOSE) if active else Piece(" ", Part.TITLE))
    return tuple(pieces)
