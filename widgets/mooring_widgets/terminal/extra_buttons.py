"""The mouse buttons 8 to 11 (back, forward, ...), for which Textual has no events of its own.

They are no `MouseDown` and `MouseUp`: ordinary widgets would take them for a click.
"""

from __future__ import annotations

from textual.events import MouseDown, MouseEvent, MouseUp


class ExtraButtonDown(MouseEvent, bubble=True):
    """A button from 8 to 11 was pressed; `button` is its number."""


class ExtraButtonUp(MouseEvent, bubble=True):
    """A button from 8 to 11 was let go."""


def as_extra(event: MouseDown | MouseUp, button: int) -> ExtraButtonDown | ExtraButtonUp:
    """The same event at the same place for another button."""
    kind = ExtraButtonDown if isinstance(event, MouseDown) else ExtraButtonUp
    return kind(
        event.widget,
        event.pointer_x,
        event.pointer_y,
        event.delta_x,
        event.delta_y,
        button,
        event.shift,
        event.meta,
        event.ctrl,
        event.pointer_screen_x,
        event.pointer_screen_y,
    )
