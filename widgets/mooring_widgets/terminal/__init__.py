"""A terminal for any Textual app: the widget, and the driver that gives it every key."""

from mooring_widgets.terminal.driver import TerminalDriver
from mooring_widgets.terminal.key_press import KeyAction, KeyPress, Modifiers
from mooring_widgets.terminal.painter import PalettePolicy
from mooring_widgets.terminal.raw_key import RawKey
from mooring_widgets.terminal.raw_key_app import OwnsKeys, RawKeyApp
from mooring_widgets.terminal.surface import TerminalSurface
from mooring_widgets.terminal.view import TerminalView

__all__ = [
    "KeyAction",
    "KeyPress",
    "Modifiers",
    "OwnsKeys",
    "PalettePolicy",
    "RawKey",
    "RawKeyApp",
    "TerminalDriver",
    "TerminalSurface",
    "TerminalView",
]
