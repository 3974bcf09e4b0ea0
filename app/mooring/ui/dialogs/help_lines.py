"""The keys of every part of the screen as lines of the help, and those that fit what was typed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mooring.ui.actions.catalogue import BY_NAME
from mooring.ui.keys import Area, Keymap
from mooring.ui.keys.names import spell
from mooring.ui.keys.searching import areas_from, fits

_MOST_ALONE = 2
"""Keys that are shown as one (`1-9`) are told one by one as long as there are no more."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """What some keys do in an area; `action` is its name in settings.toml."""

    area: Area
    keys: str
    title: str
    action: str

    def fits(self, words: Sequence[str]) -> bool:
        """Whether all words are in it: a key's name, a piece of the title, of the action or of the area's heading."""
        return fits(words, self.area, self.action, self.keys.split(" or "))


def help_lines(keymap: Keymap, first: Area) -> tuple[HelpLine, ...]:
    """All lines; those of the area `first` come first, then what holds everywhere."""
    return tuple(line for area in areas_from(first) for line in _lines(keymap, area))


def matching(lines: Iterable[HelpLine], typed: str) -> tuple[HelpLine, ...]:
    """The lines that fit all words of what was typed."""
    words = typed.casefold().split()
    return tuple(line for line in lines if line.fits(words))


def _lines(keymap: Keymap, area: Area) -> Iterable[HelpLine]:
    keys = keymap.bindings(area)
    together = [key.shown for key in keys]
    told: set[str] = set()
    for key in keys:
        if not key.names or key.shown in told:
            continue
        shown = " or ".join(map(spell, key.names))
        if key.shown and together.count(key.shown) > _MOST_ALONE:
            told.add(key.shown)
            shown = key.shown
        yield HelpLine(area, shown, BY_NAME[key.action].title, key.action)
