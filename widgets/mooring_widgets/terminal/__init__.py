"""A terminal for any Textual app: the widget, and the driver that gives it every key.

    class Shell(RawKeyApp[None]):
        def __init__(self) -> None:
            super().__init__(driver_class=TerminalDriver)

        def compose(self) -> ComposeResult:
            yield TerminalView(reserved_keys=["f12"])

        def on_terminal_view_resized(self, message: TerminalView.Resized) -> None:
            ...  # tell the program its size, start it the first time

        def on_terminal_view_input(self, message: TerminalView.Input) -> None:
            ...  # write message.data to it

What the program writes goes in by `TerminalView.feed`. `RawKeyApp` hands a focused terminal every key before the app's
bindings, priority bindings included; without it, or without `TerminalDriver`, keys are as good as Textual's own.
`PalettePolicy` decides whose colours are used. A `TerminalSurface` is the same without anybody typing at it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.facade import parts_of

if TYPE_CHECKING:
    from mooring_widgets.terminal.driver import TerminalDriver
    from mooring_widgets.terminal.key_press import KeyAction, KeyPress, Modifiers
    from mooring_widgets.terminal.links import Link
    from mooring_widgets.terminal.painter import PalettePolicy
    from mooring_widgets.terminal.raw_key import RawKey
    from mooring_widgets.terminal.raw_key_app import OwnsKeys, RawKeyApp
    from mooring_widgets.terminal.scroll_keys import ScrollKeys
    from mooring_widgets.terminal.surface import TerminalSurface
    from mooring_widgets.terminal.view import TerminalView

__all__ = [
    "KeyAction",
    "KeyPress",
    "Link",
    "Modifiers",
    "OwnsKeys",
    "PalettePolicy",
    "RawKey",
    "RawKeyApp",
    "ScrollKeys",
    "TerminalDriver",
    "TerminalSurface",
    "TerminalView",
]

_HOMES = {
    "KeyAction": "key_press",
    "KeyPress": "key_press",
    "Link": "links",
    "Modifiers": "key_press",
    "OwnsKeys": "raw_key_app",
    "PalettePolicy": "painter",
    "RawKey": "raw_key",
    "RawKeyApp": "raw_key_app",
    "ScrollKeys": "scroll_keys",
    "TerminalDriver": "driver",
    "TerminalSurface": "surface",
    "TerminalView": "view",
}
"""The module of each of them."""

if not TYPE_CHECKING:
    __getattr__ = parts_of(__name__, _HOMES)
