"""The names that a word may be a slip of."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_SUGGESTIONS = 3


def nearest(word: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the few names that `word` may be a slip of, nearest first; upper and lower case count as equal."""
    by_folded: dict[str, str] = {}
    for name in names:
        by_folded.setdefault(name.casefold(), name)
    return tuple(by_folded[match] for match in difflib.get_close_matches(word.casefold(), by_folded, n=_SUGGESTIONS))


def did_you_mean(word: str, names: Iterable[str]) -> str | None:
    """Return the question that names them; None where nothing comes near."""
    near = nearest(word, names)
    return f"Did you mean {one_of(near)}?" if near else None


def one_of(names: tuple[str, ...]) -> str:
    """List names to choose from: `a`, `a or b`, `a, b or c`."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last
