"""The themes in a terminal of sixteen colours: the Linux console, `TERM=xterm`, a serial line.

Left alone, Rich paints whichever of the sixteen is nearest: our soft green and red become one grey, and the row under
the cursor gets a ground that hides half of what stands on it. Here each token has a colour of its own from the sixteen,
in the values by which Rich knows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.theme import Theme

_BLACK, _RED, _GREEN, _BROWN, _BLUE = "#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa"
_GREY, _DARK_GREY, _WHITE = "#aaaaaa", "#555555", "#ffffff"
_BRIGHT_RED, _BRIGHT_GREEN, _YELLOW, _BRIGHT_CYAN = "#ff5555", "#55ff55", "#ffff55", "#55ffff"

_DARK = {
    "ground": _BLACK,
    "raised": _BLACK,
    "bar": _BLACK,
    "text": _WHITE,
    "quiet": _GREY,
    "rule": _DARK_GREY,
    "field": _DARK_GREY,
    "focus": _BRIGHT_CYAN,
    "focus-text": _BRIGHT_CYAN,
    "cursor": _BLUE,
    "cursor-blurred": _DARK_GREY,
    "hover": _BLACK,
    "match": _BROWN,
    "match-now": _YELLOW,
    "good": _BRIGHT_GREEN,
    "busy": _YELLOW,
    "bad": _BRIGHT_RED,
    "alarm": _RED,
}

_LIGHT = {
    "ground": _WHITE,
    "raised": _WHITE,
    "bar": _WHITE,
    "text": _BLACK,
    "quiet": _DARK_GREY,
    "rule": _GREY,
    "field": _GREY,
    "focus": _BLUE,
    "focus-text": _BLUE,
    "cursor": _BRIGHT_CYAN,
    "cursor-blurred": _GREY,
    "hover": _WHITE,
    "match": _YELLOW,
    "match-now": _BRIGHT_GREEN,
    # The sixteen have no green that can be read on white and on grey: what is well has no colour, and its sign.
    "good": _BLACK,
    "busy": _BROWN,
    "bad": _RED,
    "alarm": _RED,
}


def tokens(*, dark: bool) -> Mapping[str, str]:
    """What tokens.tcss says, for a dark or a light theme of sixteen colours, by the names of its variables."""
    return {f"mooring-{name}": colour for name, colour in (_DARK if dark else _LIGHT).items()}


def in_sixteen(theme: Theme) -> Theme:
    """One of our themes for what Textual's own widgets paint: the palette, scrollbars, selections."""
    of = _DARK if theme.dark else _LIGHT
    return replace(
        theme,
        background=of["ground"],
        surface=of["raised"],
        panel=of["bar"],
        foreground=of["text"],
        primary=of["focus"],
        secondary=of["focus"],
        accent=of["focus"],
        success=of["good"],
        warning=of["busy"],
        error=of["bad"],
        # 38 and 60 per cent of the text, which is what they are elsewhere, would be dark grey on black.
        variables={"text-disabled": of["quiet"], "text-muted": of["quiet"]},
    )
