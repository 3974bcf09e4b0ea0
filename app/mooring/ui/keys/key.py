"""One line of an area's table of keys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """What some keys do in one area.

    `keys` are Textual's names for keys, with commas between them; the first is the one that is shown. `action` is the
    name of an action of the catalogue. `label` is the footer's word for it, none where the footer leaves it out.
    `own` says that the widget with the focus reads the key by itself: where a person puts such an action on another
    key, that key reaches the widget as the one it knows. `shown` replaces the keys' names where several lines are
    better shown as one. `again` keeps the leader down for more of such keys, as for making a pane larger step by step.
    """

    keys: str
    action: str
    label: str = ""
    own: bool = False
    shown: str = ""
    again: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The keys, one by one."""
        return tuple(name for part in self.keys.split(",") if (name := part.strip()))
