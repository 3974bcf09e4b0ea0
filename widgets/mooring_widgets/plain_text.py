"""Text that strangers chose, made fit to be painted: one line, no control characters, bounded."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size

MAXIMUM_LENGTH = 300
"""Characters of one field that are ever painted; a name of a megabyte costs no more than this."""

_CONTROL_PICTURES = 0x2400
_DELETE, _DELETE_PICTURE = 0x7F, "␡"
_REPLACEMENT = "\ufffd"
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Cf holds the marks that reorder text (U+202E and its kin), by which one name can pass for another."""


def plain_text(text: str) -> str:
    """Return `text` as it can be shown: controls as their pictures (U+2400 block), other unsafe ones as U+FFFD."""
    if len(text) <= MAXIMUM_LENGTH and text.isascii() and text.isprintable():
        return text
    return _made_plain(text)


def plain_line(text: str) -> str:
    """Return a line as `plain_text` does, but all of it, its tabs as blanks: whoever calls bounds its length."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_plain_character, text.expandtabs(8)))


@lru_cache(maxsize=16_384)
def _made_plain(text: str) -> str:
    if len(text) > MAXIMUM_LENGTH:
        text = text[: MAXIMUM_LENGTH - 1] + "…"
    return "".join(map(_plain_character, text))


def fit(text: str, width: int) -> str:
    """Cut `text` to at most `width` cells, with an ellipsis where something is left out."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    cut: list[str] = []
    used = 0
    for character in text:
        used += get_character_cell_size(character)
        if used > width - 1:
            break
        cut.append(character)
    return "".join(cut) + "…"


def fit_end(text: str, width: int) -> str:
    """Cut `text` to at most `width` cells from its start, as suits a path, whose end tells the most."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    kept: list[str] = []
    used = 0
    for character in reversed(text):
        used += get_character_cell_size(character)
        if used > width - 1:
            break
        kept.append(character)
    return "…" + "".join(reversed(kept))


def _plain_character(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return _DELETE_PICTURE
    return _REPLACEMENT if unicodedata.category(character) in _UNSAFE_CATEGORIES else character
