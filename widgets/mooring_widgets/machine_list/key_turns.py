"""Keys that come faster than what they do: each acts on what the one before it left behind."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.binding import BindingsMap
from textual.widget import Widget

TakeKey = Callable[[events.Key], events.Key | None]
"""Takes a key before the widget with the focus does; gives back the one that is for the widget, if any."""


class KeyTurns:
    """Lets widgets that belong together handle a key to its end before any of them looks at the next.

    Textual queues a key at the widget that has the focus when it is pressed, and lets a bound one travel on through the
    queues of all ancestors. Who types "/web" at once would give the filter nothing and the list four commands, and who
    types "ab", backspace and "c" would be left with "ab". So the focus is looked at again when a key's turn comes, and
    a widget's own bindings act at once. An application whose keys mean more than that is asked by `take_key` when their
    turn comes, and is not to look at them before.
    """

    def __init__(self, take_key: TakeKey | None = None) -> None:
        self._take_key = take_key
        self._widgets: list[Widget] = []

    def join(self, widget: Widget) -> None:
        """Count a widget among those that belong together."""
        self._widgets.append(widget)

    def mine(self, widget: Widget, event: events.Event) -> events.Event | None:
        """What a widget has to handle of an event in its queue; a key that is for somebody else is passed on.

        With the focus nowhere keys are dropped: something is being opened.
        """
        if not isinstance(event, events.Key):
            return event
        focused = widget.screen.focused
        if focused is not widget and focused in self._widgets:
            focused.post_message(event)  # Its turn is there.
            return None
        key = event if self._take_key is None else self._take_key(event)
        if key is None or focused is widget:
            return key
        if focused is not None:
            focused.post_message(key)
        return None


async def act(widget: Widget, bindings: BindingsMap, event: events.Key) -> None:
    """Do what a key is bound to, of several bindings the first that does not decline."""
    for binding in bindings.key_to_bindings.get(event.key, ()):
        if await widget.app.run_action(binding.action, widget):
            event.stop()
            event.prevent_default()
            return
