"""Keys that were pressed before the one ahead of them had moved the focus."""

from __future__ import annotations

from textual import events
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
