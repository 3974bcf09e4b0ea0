"""A preset's keys with a person's own in their place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store import Settings
from mooring.ui.actions.catalogue import ACTIONS
from mooring.ui.keys.areas import Area
from mooring.ui.keys.key import Key
from mooring.ui.keys.keymap import Keymap
from mooring.ui.keys.names import canonical, no_key, spell
from mooring.ui.keys.needed import needed_elsewhere
from mooring.ui.keys.tables import PRESETS, Tables

OriginOf = Callable[..., Origin]
"""Tells where in settings.toml a key stands, from the names on the way to it."""

FREE_AREAS = (Area.ANYWHERE, Area.LEADER)
"""Where every action of the palette can have a key, also one that has none there by itself."""

_APART = (Area.ANYWHERE, Area.LEADER, Area.PLAYER)
"""Areas whose keys are not in the way of what holds everywhere."""


def free_actions(area: Area) -> tuple[str, ...]:
    """The actions that can have a key in an area, though the presets give them none."""
    return tuple(action.name for action in ACTIONS if action.in_palette) if area in FREE_AREAS else ()


def keymap_of(settings: Settings, origin_of: OriginOf) -> tuple[Keymap, tuple[ConfigError, ...]]:
    """The keymap that the settings ask for, and what was wrong with what they say; the rest of it holds.

    A key that a person gives to one action is taken from the other that had it in the same area, and that is told.
    """
    defaults = PRESETS[settings.key_preset]()
    wanted: dict[str, Mapping[str, str]] = dict(settings.keys)
    if settings.leader is not None:
        wanted[Area.ANYWHERE] = {"leader": settings.leader, **wanted.get(Area.ANYWHERE, {})}
        origin_of = partial(_leader_option_or, settings, origin_of)
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
    problems += _hidden(tables, wanted, origin_of)
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
        actions = {key.action for key in self._keys} | set(free_actions(self._area))
        taken: dict[str, str] = {}
        # The leader comes first: there has to be one, so no other action may take its last key.
        for action, keys in sorted(own.items(), key=lambda item: item[0] != "leader"):
            if action not in actions:
                kind = f"action in [keys.{self._area}]"
                self.problems.append(_unknown(kind, action, sorted(actions), self._origin_of(action)))
                continue
            names = [name for written in keys.split(",") if written.strip() if (name := self._name(written, action))]
            if not names and (action == "leader" or keys.strip()):
                if action == "leader" and not keys.strip():
                    self._say("there has to be a key that leads", action)
                continue
            leading = [name for key in self._keys if key.action == "leader" != action for name in key.names]
            for name in list(names):
                if name in taken:
                    self._say(f"{spell(name)} is given to {taken[name]} already", action)
                    names.remove(name)
                elif leading == [name]:
                    self._say(f"{spell(name)} leads, and there has to be a key that leads", action)
                    names.remove(name)
                taken.setdefault(name, action)
            self._put(action, names, own)
        return self._keys

    def _name(self, written: str, action: str) -> str:
        """Textual's name for a key; "" for what is none, or can't be had here, which is told."""
        name = canonical(written)
        if reason := no_key(name) or needed_elsewhere(self._area, name):
            self._say(reason, action)
            return ""
        return name

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
        if not placed:
            # The map of the leader shows what has a label.
            changed.append(Key(",".join(names), action, action.replace("-", " ")))
        self._keys = tuple(changed)

    def _say(self, what: str, action: str) -> None:
        self.problems.append(ConfigError(f"`{action}` in [keys.{self._area}]: {what}", self._origin_of(action)))


def _hidden(tables: Tables, wanted: Mapping[str, Mapping[str, str]], origin_of: OriginOf) -> Iterator[ConfigError]:
    """Say which keys never come to what they are for, since they mean something else everywhere."""
    everywhere = {name: key.action for key in tables[Area.ANYWHERE] for name in key.names}
    told: set[tuple[str, str, str]] = set()
    for area, keys in tables.items():
        for key in keys:
            for name in key.names if area not in _APART else ():
                if name not in everywhere:
                    continue
                holder = everywhere[name]
                if key.action in wanted.get(area, {}):
                    where, said = (area.value, key.action), f"{spell(name)} is {holder} everywhere"
                else:
                    where, said = (Area.ANYWHERE.value, holder), f"{spell(name)} is not {key.action} any more then"
                if (*where, said) not in told:
                    told.add((*where, said))
                    yield ConfigError(f"`{where[1]}` in [keys.{where[0]}]: {said}", origin_of("keys", *where))
    leader = tables[Area.ANYWHERE][0].names[0]
    for key in tables[Area.LEADER]:
        if leader in key.names and key.action in wanted.get(Area.LEADER, {}):
            said = f"`{key.action}` in [keys.leader]: {spell(leader)} twice sends the key itself to the program"
            yield ConfigError(said, origin_of("keys", "leader", key.action))


def _leader_option_or(settings: Settings, origin_of: OriginOf, *key: str) -> Origin:
    """The place of a key, where the leader stands in an option of its own."""
    is_option = key == ("keys", Area.ANYWHERE, "leader") and "leader" not in settings.keys.get(Area.ANYWHERE, {})
    return origin_of("leader") if is_option else origin_of(*key)


def _unknown(kind: str, name: str, known: list[str], origin: Origin) -> ConfigError:
    nearest = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean `{nearest[0]}`?" if nearest else f"there are {', '.join(known)}"
    return ConfigError(f"there is no {kind} `{name}`", origin, hint=hint)
