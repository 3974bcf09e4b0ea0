"""What a terminal view tells its parents; `TerminalView` has each as a class attribute (`TerminalView.Input`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from mooring_widgets.terminal.links import Link

if TYPE_CHECKING:
    from mooring_widgets.terminal.look_back import CopyStatus
    from mooring_widgets.terminal.surface import TerminalSurface


class TerminalMessage(Message):
    """A message from a terminal view."""

    def __init__(self, view: TerminalSurface) -> None:
        super().__init__()
        self.view = view

    @property
    def control(self) -> TerminalSurface:
        """The view, by which `@on` selects."""
        return self.view


class Input(TerminalMessage, namespace="terminal_view"):
    """Bytes for the remote program: keys, mouse reports, pastes, and the emulator's replies. Never log them."""

    def __init__(self, view: TerminalSurface, data: bytes) -> None:
        super().__init__(view)
        self.data = data


class Resized(TerminalMessage, namespace="terminal_view"):
    """The terminal has another size, in cells."""

    def __init__(self, view: TerminalSurface, columns: int, lines: int) -> None:
        super().__init__(view)
        self.columns = columns
        self.lines = lines


class Consumed(TerminalMessage, namespace="terminal_view"):
    """So many more bytes of what was fed are on the screen: credit for whoever sends."""

    def __init__(self, view: TerminalSurface, count: int) -> None:
        super().__init__(view)
        self.count = count


class TitleChanged(TerminalMessage, namespace="terminal_view"):
    """The remote set a window title; untrusted text without control characters."""

    def __init__(self, view: TerminalSurface, title: str) -> None:
        super().__init__(view)
        self.title = title


class BellRang(TerminalMessage, namespace="terminal_view"):
    """The remote rang the bell, once or several times."""


class ClipboardRequested(TerminalMessage, namespace="terminal_view"):
    """The remote asks to set the clipboard (OSC 52); only a view with the focus passes that on. Untrusted text."""

    def __init__(self, view: TerminalSurface, text: str) -> None:
        super().__init__(view)
        self.text = text


class Copied(TerminalMessage, namespace="terminal_view"):
    """The person selected text to be copied; only who knows the clipboard can do so. `text` is the remote's.

    It is "" where too much was selected.
    """

    def __init__(self, view: TerminalSurface, text: str) -> None:
        super().__init__(view)
        self.text = text


class CopyingChanged(TerminalMessage, namespace="terminal_view"):
    """The cursor of copy mode is elsewhere; without `status` copy mode was left."""

    def __init__(self, view: TerminalSurface, status: CopyStatus | None) -> None:
        super().__init__(view)
        self.status = status


class LinkActivated(TerminalMessage, namespace="terminal_view"):
    """A link was clicked with ctrl, or chosen by key. Its address is the remote's word: show it before it is opened.

    `wants_opening` says that the person asked for that; else it is the owner's choice what to do.
    """

    def __init__(self, view: TerminalSurface, link: Link, *, wants_opening: bool = False) -> None:
        super().__init__(view)
        self.link = link
        self.wants_opening = wants_opening


class PasteHeld(TerminalMessage, namespace="terminal_view"):
    """A paste would press enter in a program that can't tell it from typing: `TerminalView.paste` sends it if meant."""

    def __init__(self, view: TerminalSurface, text: str) -> None:
        super().__init__(view)
        self.text = text


class Scrolled(TerminalMessage, namespace="terminal_view"):
    """The view shows the text `back` lines above the live screen; 0 is the live screen."""

    def __init__(self, view: TerminalSurface, back: int) -> None:
        super().__init__(view)
        self.back = back
