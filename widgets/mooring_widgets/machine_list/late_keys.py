"""Keys that come faster than what they do: each acts on what the one before it left behind."""

from __future__ import annotations

from textual import events
from textual.binding import BindingsMap
from textual.widget import Widget


def passed_on(widget: Widget, event: events.Event) -> bool:
    """Give a key to whoever has the focus by now; False when that is `widget` itself, or the event is no key.

    Textual queues a key at the widget that has the focus when it is pressed. Who types "/web" at once would give the
    filter nothing and the list four commands. With the focus nowhere the key is dropped: something is being opened.
    """
    if not isinstance(event, events.Key):
        return False
    focused = widget.screen.focused
    if focused is widget:
        return False
    if focused is not None:
        focused.post_message(event)
    return True


async def acted(widget: Widget, bindings: BindingsMap, event: events.Key) -> bool:
    """Do what the key is bound to in `bindings` at once; False when it is not, or the action declines.

    Textual lets a bound key travel through the queues of all ancestors before its action is called. Who types "ab",
    backspace and "c" at once would be left with "ab".
    """
    for binding in bindings.key_to_bindings.get(event.key, ()):
        if await widget.app.run_action(binding.action, widget):
            event.stop()
            event.prevent_default()
            return True
    return False
