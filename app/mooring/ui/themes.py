"""Which themes there are, and whether the one that settings.toml names is among them."""

from __future__ import annotations

import difflib
from collections.abc import Callable

from textual.theme import BUILTIN_THEMES

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store import Settings


def theme_problems(settings: Settings, origin_of: Callable[[str], Origin]) -> tuple[ConfigError, ...]:
    """Say that there is no theme of that name, with the nearest one; nothing where there is."""
    if settings.theme in BUILTIN_THEMES:
        return ()
    nearest = difflib.get_close_matches(settings.theme, BUILTIN_THEMES, n=1)
    hint = f"did you mean `{nearest[0]}`?" if nearest else f"there are {', '.join(sorted(BUILTIN_THEMES))}"
    return (ConfigError(f"there is no theme `{settings.theme}`", origin_of("theme"), hint=hint),)
