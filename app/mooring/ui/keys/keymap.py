"""The keys as this person has them: asked by whoever dispatches, shows or explains keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mooring.ui.actions.catalogue import BY_NAME
from mooring.ui.keys.areas import Area
from mooring.ui.keys.key import Key
from mooring.ui.keys.names import spell
from mooring.ui.keys.tables import Tables
from mooring_widgets.terminal import ScrollKeys

_TOLD = (Area.ANYWHERE, Area.LIST, Area.FILTER, Area.DETAIL, Area.COMMANDS, Area.LEADER)
"""The areas whose keys are named where an action is, the most usual first."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A key as a person calls it, a word or two for the footer (or none), and a sentence for the help.

    `name` is Textual's name for the key, for whoever clicks on the hint.
    """

    key: str
    label: str
    help: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a key does: an action to perform, or the key that the focused widget knows it by; neither is "nothing".

    `again` says that the leader stays down for more of such keys.
    """

    action: str = ""
    instead: str = ""
    again: bool = False


class Keymap:
    """The keys of every area.

    `tables` are the keys as they are, `defaults` those before a person changed any: a key that was taken away from its
    action does nothing, though the widget that has the focus may know it.

    It stays the same object while a person changes keys (`become`): whoever asks it has the keys as they are now.
    """

    def __init__(self, tables: Tables, defaults: Tables) -> None:
        self._tables = tables
        self._defaults = defaults
        # What is nobody's everywhere any more is free for the parts of the screen, and for the remote program.
        self._found = {
            area: _dispatch(keys, defaults[area], blocks=area is not Area.ANYWHERE) for area, keys in tables.items()
        }

    def become(self, other: Keymap) -> None:
        """Have the keys of another from now on."""
        self._tables, self._defaults, self._found = other._tables, other._defaults, other._found

    @property
    def leader(self) -> str:
        """The key that speaks to Mooring from inside a session."""
        return self.keys_for(Area.ANYWHERE, "leader")[0]

    @property
    def reserved(self) -> tuple[str, ...]:
        """The keys that never reach a remote program."""
        return tuple(name for key in self._tables[Area.ANYWHERE] for name in key.names)

    @property
    def scroll(self) -> ScrollKeys:
        """The keys by which a session looks back; it reads them by itself."""
        directions = ("page-up", "page-down", "oldest", "live")
        return ScrollKeys(*(self.keys_for(Area.SESSION, f"scroll-{name}") for name in directions))

    def keys_for(self, area: Area, action: str) -> tuple[str, ...]:
        """The keys of an action in an area; none where it has none."""
        return tuple(name for key in self._tables[area] if key.action == action for name in key.names)

    def bindings(self, area: Area) -> tuple[Key, ...]:
        """The lines of an area's table, for whoever tells all of them."""
        return self._tables[area]

    def default_bindings(self, area: Area) -> tuple[Key, ...]:
        """The same before the person changed any."""
        return self._defaults[area]

    def find(self, area: Area, key: str) -> Found | None:
        """What a key does in an area; None when it is for the widget that has the focus.

        A session reads its own keys, so that none waits for anything else.
        """
        return None if area is Area.SESSION else self._found[area].get(key)

    def hints(self, area: Area, *, again: bool = False) -> tuple[Hint, ...]:
        """What the help tells of an area, and the footer of those with a label; `again` picks keys of that kind."""
        told: dict[str, Hint] = {}
        for key in self._tables[area]:
            if key.names and (key.again or not again):
                hint = _hint(key)
                told.setdefault(hint.key, hint)
        return tuple(told.values())

    def hints_of(self, area: Area, actions: Iterable[str]) -> tuple[Hint, ...]:
        """The same of these actions alone, in this order."""
        keys = {key.action: key for key in self._tables[area] if key.names}
        return tuple(_hint(keys[action]) for action in actions if action in keys)

    def footer(self, area: Area) -> tuple[Hint, ...]:
        """What the bottom line shows in an area, the most wanted first."""
        own, anywhere = self.hints(area), self.hints(Area.ANYWHERE)
        order = (*anywhere, *own) if area is Area.SESSION else (*own, *anywhere)
        return tuple(hint for hint in order if hint.label)

    def where(self, action: str) -> str:
        """The keys of an action in words: "o, or f12 s"."""
        told: list[str] = []
        for area in _TOLD:
            lead = f"{spell(self.leader)} " if area is Area.LEADER else ""
            told += [f"{lead}{spell(name)}" for name in self.keys_for(area, action)[:1]]
        return ", or ".join(dict.fromkeys(told))


def _hint(key: Key) -> Hint:
    return Hint(key.shown or spell(key.names[0]), key.label, BY_NAME[key.action].title, key.names[0])


def _dispatch(keys: tuple[Key, ...], defaults: tuple[Key, ...], *, blocks: bool) -> Mapping[str, Found | None]:
    """What each key does; `blocks` has a key that was taken away do nothing, where a widget may know it by itself."""
    known = {key.action: key.names[0] for key in defaults if key.own}
    found: dict[str, Found | None] = {name: Found() for key in defaults for name in key.names if blocks}
    for key in keys:
        for name in key.names:
            if not key.own:
                found[name] = Found(action=key.action, again=key.again)
            elif name in _names(defaults, key.action):
                found[name] = None
            else:
                found[name] = Found(instead=known[key.action])
    return found


def _names(keys: tuple[Key, ...], action: str) -> tuple[str, ...]:
    return tuple(name for key in keys if key.action == action for name in key.names)
