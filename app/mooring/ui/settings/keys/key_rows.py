"""The actions of every part of the screen as rows, with the keys that they have now. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mooring.ui.actions.catalogue import BY_NAME
from mooring.ui.keys import Area, Keymap
from mooring.ui.keys.key import Key
from mooring.ui.keys.names import spell
from mooring.ui.keys.rebinding import free_actions
from mooring.ui.keys.searching import areas_from, fits


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An action in a part of the screen. `usual` are its keys by the preset; `is_extra` says that it has none there."""

    area: Area
    action: str
    keys: tuple[str, ...]
    usual: tuple[str, ...]
    is_extra: bool = False

    @property
    def title(self) -> str:
        """What it does."""
        return BY_NAME[self.action].title

    @property
    def is_own(self) -> bool:
        """Whether the person has changed its keys."""
        return self.keys != self.usual

    @property
    def spoken(self) -> str:
        """Its keys as people call them."""
        return spoken(self.keys)


def spoken(keys: Iterable[str]) -> str:
    """Keys as people call them; none is told by words."""
    return " or ".join(map(spell, keys)) or "no key"


def key_rows(keymap: Keymap, first: Area) -> tuple[KeyRow, ...]:
    """All rows; those of the area `first` come first, then what holds everywhere."""
    return tuple(row for area in areas_from(first) for row in _rows(keymap, area))


def matching(rows: Iterable[KeyRow], typed: str) -> tuple[KeyRow, ...]:
    """The rows that fit all words of what was typed: keys, titles, names of actions, headings.

    Actions that could stand behind the leader, and don't, come last, and are shown to whoever looks for them.
    """
    words = typed.casefold().split()
    found = [row for row in rows if _fits(row, words) and (words or not row.is_extra or row.keys)]
    return tuple(sorted(found, key=lambda row: row.is_extra and not row.keys))


def _rows(keymap: Keymap, area: Area) -> Iterator[KeyRow]:
    usual = _by_action(keymap.default_bindings(area))
    now = _by_action(keymap.bindings(area))
    extra = dict.fromkeys(free_actions(area)).keys() if area is Area.LEADER else ()
    for action in dict.fromkeys((*now, *extra)):
        yield KeyRow(area, action, now.get(action, ()), usual.get(action, ()), is_extra=action not in usual)


def _by_action(bindings: Iterable[Key]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key in bindings:
        found[key.action] = (*found.get(key.action, ()), *key.names)
    return found


def _fits(row: KeyRow, words: list[str]) -> bool:
    return fits(words, row.area, row.action, (name for key in row.keys for name in (key, spell(key))))
