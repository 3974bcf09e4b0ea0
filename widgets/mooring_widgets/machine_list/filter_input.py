"""The line above the list that filters it as one types."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.widgets import Input

from mooring_widgets.machine_list.late_keys import passed_on


class FilterInput(Input):
    """One line of text; `enter` takes the machine under the cursor at once, `down`, `tab` and `esc` go to the list.

    These keys act in `on_key` and by a callback, not as bindings and messages: those come about two queues later, and
    what is typed meanwhile would still end up in this line.
    """

    def __init__(self, *, leave: Callable[[], None], id: str | None = None) -> None:
        super().__init__(placeholder="filter", compact=True, select_on_focus=False, id=id)
        self._leave = leave

    async def on_event(self, event: events.Event) -> None:
        """Take keys only while they are for this line."""
        if not passed_on(self, event):
            await super().on_event(event)

    async def on_key(self, event: events.Key) -> None:
        """Take the keys that are no text."""
        match event.key:
            case "enter":
                self.screen.set_focus(None)  # What follows is not for this line.
                await self.action_submit()
            case "down" | "tab" | "escape":
                self._leave()
            case "ctrl+u":
                self.value = ""
            case _:
                return
        event.stop()
        event.prevent_default()
