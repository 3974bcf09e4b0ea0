"""Waiting for the key that an action is to get: whatever the terminal can send is taken, but for escape."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.keys import Keys
from textual.message import Message
from textual.widgets import Button, Static

from mooring.ui.dialogs.dialog import Dialog
from mooring.ui.keys.names import spell
from mooring_widgets.terminal.raw_key import RawKey

_WAITING = "press a key …"


class KeyCatcher(Static, can_focus=True):
    """Takes every key before any binding does (`RawKeyApp` asks it)."""

    class Caught(Message):
        """A key was pressed; its name is "" for one that nobody knows."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def owns_key(self, _key: str) -> bool:
        """It wants all of them."""
        return True

    def receive_key(self, event: events.Key) -> None:
        """Tell the dialog. That a key was let go, or a modifier is pressed alone, is no key yet."""
        if event.key != Keys.Ignore.value:
            self.post_message(self.Caught(event.key))
        elif isinstance(event, RawKey) and event.press is None:
            self.post_message(self.Caught(""))


class PressKeyDialog(Dialog[str | None]):
    """Returns the name of the key, None for leaving it. A key that can't be had is refused with the reason.

    Where the key is to follow the leader, the leader may be pressed first, as it will be.
    """

    def __init__(self, title: str, about: str, refusal: Callable[[str], str], *, leader: str = "") -> None:
        """`refusal` says why a key can't be had, "" where it can; `leader` is the key that comes before it, if any."""
        super().__init__()
        self._title = title
        self._about = about
        self._refusal = refusal
        self._leader = leader
        self._has_led = False

    def compose(self) -> ComposeResult:
        """What it is for, what was pressed, and the way out."""
        with Vertical(classes="card press-key"):
            yield Static(self._title, classes="card--title", markup=False)
            yield Static(self._about, classes="card--text", markup=False)
            yield KeyCatcher(_WAITING, classes="press-key--catcher", markup=False)
            yield Static("", classes="card--warning press-key--refusal", markup=False)
            yield Button("Leave it (esc)", compact=True)

    def on_mount(self) -> None:
        """All keys are for the catcher."""
        self.query_one(".press-key--refusal").display = False
        self.query_one(KeyCatcher).focus()

    def on_key_catcher_caught(self, event: KeyCatcher.Caught) -> None:
        """Take it, or say why not."""
        event.stop()
        if event.key == "escape":
            self.dismiss(None)
        elif not event.key:
            self._refuse("the terminal sends something for it that no key is known by")
        elif event.key == self._leader and not self._has_led:
            self._has_led = True
            self.query_one(KeyCatcher).update(f"{spell(event.key)} …")
        elif reason := self._refusal(event.key):
            self._refuse(reason)
        else:
            self.dismiss(event.key)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Leave it by the mouse."""
        event.stop()
        self.dismiss(None)

    def _refuse(self, reason: str) -> None:
        self._has_led = False
        said = self.query_one(".press-key--refusal", Static)
        said.update(reason)
        said.display = True
        catcher = self.query_one(KeyCatcher)
        catcher.update(_WAITING)
        catcher.focus()
