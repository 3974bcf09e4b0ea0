"""A terminal for any Textual app: the widget, and the driver that gives it every key."""

from mooring_widgets.terminal.driver import TerminalDriver
from mooring_widgets.terminal.raw_key import RawKey
from mooring_widgets.terminal.raw_key_app import OwnsKeys, RawKeyApp

__all__ = ["OwnsKeys", "RawKey", "RawKeyApp", "TerminalDriver"]
