"""Our own two themes, and whether the theme that settings.toml names is one that there is."""

from __future__ import annotations

import difflib
from collections.abc import Callable

from textual.theme import BUILTIN_THEMES, Theme

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store import Settings

DARK = Theme(
    "mooring-dark",
    dark=True,
    background="#0c0e10",
    surface="#141719",
    panel="#191c1f",
    foreground="#edf0f4",
    primary="#3585c6",
    secondary="#8fb3cf",
    accent="#3585c6",
    success="#7cc785",
    warning="#e5b04f",
    error="#f0787f",
)
"""Water at night: one blue, and green, amber and red for state alone."""

LIGHT = Theme(
    "mooring-light",
    dark=False,
    background="#fbfcfd",
    surface="#eff0f2",
    panel="#e5e7ea",
    foreground="#000000",
    primary="#1f77b8",
    secondary="#3f6580",
    accent="#1f77b8",
    success="#176b2c",
    warning="#855400",
    error="#ad1f1a",
)
"""The same by day."""

OWN_THEMES = (DARK, LIGHT)
"""Chosen so that every text of tokens.tcss has a contrast of 4.5 (WCAG 2, AA) on every ground that it stands on.

The grounds have so little colour that a terminal of 256 colours shows each of them as a grey of its own.
"""


def theme_problems(settings: Settings, origin_of: Callable[[str], Origin]) -> tuple[ConfigError, ...]:
    """Say that there is no theme of that name, with the nearest one; nothing where there is."""
    known = sorted((*BUILTIN_THEMES, *(theme.name for theme in OWN_THEMES)))
    if settings.theme in known:
        return ()
    nearest = difflib.get_close_matches(settings.theme, known, n=1)
    hint = f"did you mean `{nearest[0]}`?" if nearest else f"there are {', '.join(known)}"
    return (ConfigError(f"there is no theme `{settings.theme}`", origin_of("theme"), hint=hint),)
