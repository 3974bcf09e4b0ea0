"""A terminal emulator on pyte, importable without Textual."""

from __future__ import annotations

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
from mooring_widgets.emulator.row import Row
from mooring_widgets.emulator.settings import Settings
from mooring_widgets.emulator.still import StillText
from mooring_widgets.emulator.style import DEFAULT_STYLE, Color, Rgb, Style, Underline
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
