"""A terminal emulator on pyte, importable without Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.facade import parts_of

if TYPE_CHECKING:
    from mooring_widgets.emulator.cursor import Cursor, CursorShape
    from mooring_widgets.emulator.damage import Damage
    from mooring_widgets.emulator.emulator import Emulator
    from mooring_widgets.emulator.events import (
        BellRang,
        ClipboardWritten,
        DirectoryChanged,
        Event,
        IconNameChanged,
        NotificationSent,
        PaletteChanged,
        PromptMark,
        PromptMarked,
        SizeChosen,
        TitleChanged,
    )
    from mooring_widgets.emulator.line_size import LineSize
    from mooring_widgets.emulator.modes import Modes, MouseEncoding, MouseTracking
    from mooring_widgets.emulator.rgb import Rgb
    from mooring_widgets.emulator.row import Row
    from mooring_widgets.emulator.settings import Settings
    from mooring_widgets.emulator.still import StillText
    from mooring_widgets.emulator.style import DEFAULT_STYLE, Color, Style, Underline
    from mooring_widgets.emulator.text_run import TextRun

__all__ = [
    "DEFAULT_STYLE",
    "BellRang",
    "ClipboardWritten",
    "Color",
    "Cursor",
    "CursorShape",
    "Damage",
    "DirectoryChanged",
    "Emulator",
    "Event",
    "IconNameChanged",
    "LineSize",
    "Modes",
    "MouseEncoding",
    "MouseTracking",
    "NotificationSent",
    "PaletteChanged",
    "PromptMark",
    "PromptMarked",
    "Rgb",
    "Row",
    "Settings",
    "SizeChosen",
    "StillText",
    "Style",
    "TextRun",
    "TitleChanged",
    "Underline",
]

_HOMES = {
    "DEFAULT_STYLE": "style",
    "BellRang": "events",
    "ClipboardWritten": "events",
    "Color": "style",
    "Cursor": "cursor",
    "CursorShape": "cursor",
    "Damage": "damage",
    "DirectoryChanged": "events",
    "Emulator": "emulator",
    "Event": "events",
    "IconNameChanged": "events",
    "LineSize": "line_size",
    "Modes": "modes",
    "MouseEncoding": "modes",
    "MouseTracking": "modes",
    "NotificationSent": "events",
    "PaletteChanged": "events",
    "PromptMark": "events",
    "PromptMarked": "events",
    "Rgb": "rgb",
    "Row": "row",
    "Settings": "settings",
    "SizeChosen": "events",
    "StillText": "still",
    "Style": "style",
    "TextRun": "text_run",
    "TitleChanged": "events",
    "Underline": "style",
}
"""The module of each of them."""

if not TYPE_CHECKING:
    __getattr__ = parts_of(__name__, _HOMES)
