"""A preset's keys with a person's own in their place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store import Settings
from mooring.ui.keys.areas import Area
from mooring.ui.keys.key import Key, canonical, spell
from mooring.ui.keys.keymap import Keymap
from mooring.ui.keys.tables import PRESETS

OriginOf = Callable[..., Origin]
"""Tells where in settings.toml a key stands, from the names on the way to it."""


def keymap_of(settings: Settings, origin_of: OriginOf) -> tuple[Keymap, tuple[ConfigError, ...]]:
    """The keymap that the settings ask for, and what was wrong with what they say; the rest of it holds.

    A key that a person gives to one action is taken from the other that had it in the same area, and that is told.
    """
    defaults = PRESETS[settings.key_preset]()
    wanted: dict[str, Mapping[str, str]] = dict(settings.keys)
    if settings.leader is not None:
        wanted[Area.ANYWHERE] = {"leader": settings.leader, **wanted.get(Area.ANYWHERE, {})}
    tables = dict(defaults)
    problems: list[ConfigError] = []
    areas = {area.value: area for area in Area}
    for name, own in wanted.items():
        if (area := areas.get(name)) is None:
            problems.append(_unknown("part of the screen", name, list(areas), origin_of("keys", name)))
            continue
        rebinding = _Rebinding(area, tables[area], partial(origin_of, "keys", name))
        tables[area] = rebinding.with_keys(own)
        problems += rebinding.problems
    return Keymap(tables, defaults), tuple(problems)


class _Rebinding:
    """One area's table, changed step by step."""

    def __init__(self, area: Area, keys: tuple[Key, ...], origin_of: Callable[[str], Origin]) -> None:
        self._area = area
        self._keys = keys
        self._origin_of = origin_of
        self.problems: list[ConfigError] = []

    def with_keys(self, own: Mapping[str, str]) -> tuple[Key, ...]:
        """The table with these actions on these keys."""
        actions = {key.action for key in self._keys}
        taken: dict[str, str] = {}
        for action, keys in own.items():
            if action not in actions:
                kind = f"action in [keys.{self._area}]"
                self.problems.append(_unknown(kind, action, sorted(actions), self._origin_of(action)))
                continue
            names = [canonical(name) for name in keys.split(",") if name.strip()]
            if not names and action == "leader":
                self._say("there has to be a key that leads", action)
                continue
            for name in list(names):
                if name in taken:
                    self._say(f"{spell(name)} is given to {taken[name]} already", action)
                    names.remove(name)
                taken[name] = action
            self._put(action, names, own)
        return self._keys

    def _put(self, action: str, names: list[str], own: Mapping[str, str]) -> None:
        changed: list[Key] = []
        placed = False
        for key in self._keys:
            if key.action == action:
                changed.append(replace(key, keys="" if placed else ",".join(names), shown=""))
                placed = True
                continue
            left = [name for name in key.names if name not in names]
            if len(left) < len(key.names):
                changed.append(replace(key, keys=",".join(left)))
                if key.action not in own and not left:
                    self._say(f"{key.action} has no key any more here", action)
            else:
                changed.append(key)
        self._keys = tuple(changed)

    def _say(self, what: str, action: str) -> None:
        self.problems.append(ConfigError(f"`{action}` in [keys.{self._area}]: {what}", self._origin_of(action)))


def _unknown(kind: str, name: str, known: list[str], origin: Origin) -> ConfigError:
    nearest = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean `{nearest[0]}`?" if nearest else f"there are {', '.join(known)}"
    return ConfigError(f"there is no {kind} `{name}`", origin, hint=hint)
