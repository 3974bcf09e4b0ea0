"""Forms on a screen of few lines."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

_FEW_LINES = 20
_PADDING = 2


def fit_form(screen: Screen[Any], middle: str, *, rest: int) -> None:
    """Let the part selected by `middle` take the lines that the `rest` of a form's card leaves, margins included.

    On a screen of few lines the card does without padding and margins (`-low`), which are a part of `rest` otherwise.
    """
    lines = screen.size.height
    low = lines < _FEW_LINES
    screen.set_class(low, "-low")
    body = screen.query_one(middle)
    body.styles.max_height = max(2, lines - (rest - 2 if low else rest + _PADDING))
