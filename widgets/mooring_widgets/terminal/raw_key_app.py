"""What an app needs so that a focused terminal owns its keys."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.app import App, ReturnType
from textual.events import Event, Key
from textual.keys import Keys

from mooring_widgets.terminal.raw_key import RawKey

_ESCAPE = "\x1b"


@runtime_checkable
class OwnsKeys(Protocol):
    """A widget that takes keys before any binding of the app, priority bindings included."""

    def owns_key(self, key: str) -> bool:
        """Whether a key (its name, as in a binding) is for this widget alone while it has the focus."""
        ...

    def receive_key(self, event: Key) -> None:
        """Take a key that it owns."""
        ...


class RawKeyApp(App[ReturnType]):
    """An `App` in which keys that the focused widget owns skip every binding.

    Textual looks for priority bindings (`ctrl+q`, `ctrl+p` and the app's own) before the focused widget sees a key, and
    minimises a maximised widget on escape. A terminal wants both keys for its program. Events that are no key press
    (`RawKey` says which) reach nobody else.
    """

    async def on_event(self, event: Event) -> None:
        """Hand an owned key straight to its widget: a queue less on the way, which is felt while output floods."""
        if isinstance(event, Key) and not event.is_forwarded:
            focused: object = self.focused
            if isinstance(focused, OwnsKeys) and focused.owns_key(event.key):
                self.app_focus = True
                focused.receive_key(event)
                return
            if event.key == Keys.Ignore.value:
                return
            if isinstance(event, RawKey) and event.sequence == _ESCAPE + _ESCAPE:
                # A remote program may take it for alt and escape. Here somebody leaves twice, over a slow line perhaps.
                await self.on_event(RawKey.from_sequence(_ESCAPE))
                await self.on_event(RawKey.from_sequence(_ESCAPE))
                return
        await super().on_event(event)
