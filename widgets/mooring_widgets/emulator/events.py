"""What the remote did that is not on the screen, as plain data."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum

from mooring_widgets.emulator.rgb import Rgb


@dataclass(frozen=True, slots=True)
class TitleChanged:
    """OSC 0 or 2: a window title without control characters."""

    title: str


@dataclass(frozen=True, slots=True)
class IconNameChanged:
    """OSC 0 or 1: an icon name without control characters."""

    name: str


@dataclass(frozen=True, slots=True)
class BellRang:
    """BEL, or several in a row."""


@dataclass(frozen=True, slots=True)
class ClipboardWritten:
    """OSC 52: the remote asks to set the clipboard; whether it may is the reader's decision.

    `selection` holds the letters as sent ("c", "p", ...); `text` is decoded and capped. Reads are never answered.
    """

    selection: str
    text: str


@dataclass(frozen=True, slots=True)
class DirectoryChanged:
    """OSC 7: the remote shell's working directory, from `file://host/path`; untrusted, without controls."""

    host: str
    path: str


@dataclass(frozen=True, slots=True)
class PaletteChanged:
    """OSC 4, 10, 11, 12, 104, 110-112: a colour was set (or put back, with `color` None).

    `index` is 0 to 255 for the palette, 256 and on for xterm's special colours, which nothing paints with, or one of
    "foreground", "background", "cursor", "pointer foreground" and so on.
    """

    index: int | str
    color: Rgb | None


class PromptMark(Enum):
    """The marks of OSC 133, by which a shell says where prompts and commands begin and end."""

    PROMPT_START = "A"
    COMMAND_START = "B"
    OUTPUT_START = "C"
    COMMAND_END = "D"


@dataclass(frozen=True, slots=True)
class PromptMarked:
    """OSC 133: a mark, the line it is on (counted from the first line that ever was), and the exit status after D."""

    mark: PromptMark
    line: int
    exit_status: int | None = None


@dataclass(frozen=True, slots=True)
class NotificationSent:
    """OSC 9 or 777: the remote asks to show a message; untrusted, capped, without control characters."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class SizeChosen:
    """A program chose the size in cells, which `Settings.allow_resize` lets it; the emulator has it already."""

    columns: int
    lines: int


Event = (
    TitleChanged
    | IconNameChanged
    | BellRang
    | ClipboardWritten
    | DirectoryChanged
    | PaletteChanged
    | PromptMarked
    | NotificationSent
    | SizeChosen
)


class EventQueue:
    """The events since they were last taken, bounded: equal neighbours are one, and the oldest go first."""

    def __init__(self, limit: int = 1024) -> None:
        self._events: deque[Event] = deque(maxlen=limit)

    def put(self, event: Event) -> None:
        """Add an event unless the last one says the same."""
        if not self._events or self._events[-1] != event:
            self._events.append(event)

    def take(self) -> tuple[Event, ...]:
        """Return what came since the last call, oldest first, and forget it."""
        taken = tuple(self._events)
        self._events.clear()
        return taken
