"""Giving an action other keys: who has them already, what keeps them from being given, and what to write. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mooring.store import Settings
from mooring.ui.keys.areas import Area
from mooring.ui.keys.keymap import Keymap
from mooring.ui.keys.names import spell, written
from mooring.ui.keys.needed import needed_elsewhere

Change = Mapping[tuple[str, str], str | None]
"""What to write to settings.toml: keys by area and action, None to take the entry out; `LEADER_OPTION` is `leader`."""

LEADER_OPTION = ("", "leader")
"""The option of its own that says which key leads."""


@dataclass(frozen=True, slots=True)
class Holder:
    """An action that has a key which another is to get. `left` are the keys that it keeps."""

    area: Area
    action: str
    key: str
    left: tuple[str, ...]


def refusal(keymap: Keymap, area: Area, key: str) -> str:
    """Why an action can't have a key at all, in words; "" where it can."""
    if area is Area.LEADER and key == keymap.leader:
        return f"{spell(key)} {spell(key)} sends the key itself to the program in the session"
    return needed_elsewhere(area, key)


def loss(area: Area, key: str) -> str:
    """What else goes with a key that an action gets; "" for nothing."""
    if area not in (Area.ANYWHERE, Area.SESSION):
        return ""
    return f"Programs in sessions do not get {spell(key)} any more."


def holders(keymap: Keymap, area: Area, action: str, keys: Iterable[str]) -> tuple[Holder, ...]:
    """The other actions that have one of these keys where it would mean this action.

    In a part of the screen those are its own, and what holds everywhere; what is to hold everywhere is in the way of
    all parts but for what follows the leader, which is a part for itself.
    """
    wanted = tuple(keys)
    return tuple(
        Holder(place, binding.action, key, _without(keymap.keys_for(place, binding.action), wanted))
        for place in _in_the_way(area)
        for binding in keymap.bindings(place)
        for key in binding.names
        if key in wanted and (place, binding.action) != (area, action)
    )


def giving(
    keymap: Keymap,
    settings: Settings,
    area: Area,
    action: str,
    keys: tuple[str, ...],
    *,
    instead: bool = False,
) -> Change:
    """What to write so that an action has exactly these keys, and nobody else has one of them where they would meet.

    `instead` gives those of the same part that lose a key the one that the action had before.
    """
    before = _without(keymap.keys_for(area, action), keys)
    changes = dict(_entry(keymap, settings, area, action, keys))
    losers: dict[tuple[Area, str], tuple[str, ...]] = {}
    for holder in holders(keymap, area, action, keys):
        losers[holder.area, holder.action] = holder.left
    for (place, loser), left in losers.items():
        if instead and place is area and before:
            left, before = (*left, before[0]), before[1:]
        is_told = loser in settings.keys.get(place, {})
        # One that keeps a key needs no entry: its keys come back by themselves when this action's are reset.
        if place is not area or is_told or not left or instead:
            changes.update(_entry(keymap, settings, place, loser, left))
    return changes


def resetting_all(settings: Settings) -> Change:
    """What to write so that every action has the keys of the preset."""
    changes: dict[tuple[str, str], str | None] = {
        (area, action): None for area, own in settings.keys.items() for action in own
    }
    if settings.leader is not None:
        changes[LEADER_OPTION] = None
    return changes


def _entry(
    keymap: Keymap, settings: Settings, area: Area, action: str, keys: tuple[str, ...]
) -> Iterable[tuple[tuple[str, str], str | None]]:
    """The entry for an action: none where these keys are the usual ones."""
    usual = tuple(name for key in keymap.default_bindings(area) if key.action == action for name in key.names)
    text = None if keys == usual else ", ".join(map(written, keys))
    if (area, action) != (Area.ANYWHERE, "leader"):
        yield (area, action), text
        return
    is_in_table = action in settings.keys.get(area, {})
    if is_in_table:
        yield (area, action), text
    if not is_in_table or (text is None and settings.leader is not None):
        yield LEADER_OPTION, text


def _in_the_way(area: Area) -> tuple[Area, ...]:
    if area is Area.LEADER:
        return (area,)
    if area is Area.ANYWHERE:
        # The player is a program of its own, and has none of these.
        return (area, *(each for each in Area if each not in (Area.ANYWHERE, Area.LEADER, Area.PLAYER)))
    return (area,) if area is Area.PLAYER else (area, Area.ANYWHERE)


def _without(keys: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    gone = set(others)
    return tuple(key for key in keys if key not in gone)
