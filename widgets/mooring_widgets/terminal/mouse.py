"""What a mouse event sends, by the modes that the remote program set (xterm's ctlseqs, "Mouse Tracking")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from mooring_widgets.emulator.modes import Modes, MouseEncoding, MouseTracking
from mooring_widgets.terminal.eight_bit import with_single_bytes
from mooring_widgets.terminal.key_press import Modifiers

_LARGEST_X10 = 223
_LARGEST_UTF8 = 2015
"""The last column or line that an encoding can say; xterm sends NUL for those beyond."""


class MouseAction(Enum):
    """What the mouse did. A turn of the wheel is the press of a wheel button."""

    PRESS = "press"
    RELEASE = "release"
    MOVE = "move"


class MouseButton(IntEnum):
    """A button, by its code in xterm's reports."""

    LEFT = 0
    MIDDLE = 1
    RIGHT = 2
    NONE = 3
    WHEEL_UP = 64
    WHEEL_DOWN = 65
    WHEEL_LEFT = 66
    WHEEL_RIGHT = 67
    BUTTON_8 = 128
    BUTTON_9 = 129
    BUTTON_10 = 130
    BUTTON_11 = 131


@dataclass(frozen=True, slots=True)
class MouseInput:
    """One mouse event over the terminal.

    `column` and `line` are cells from 0; `pixel_x` and `pixel_y` are pixels from 0, None where they are not known.
    A move carries the button that is held, or NONE.
    """

    action: MouseAction
    button: MouseButton
    column: int
    line: int
    modifiers: Modifiers = Modifiers.NONE
    pixel_x: int | None = None
    pixel_y: int | None = None


def encode(event: MouseInput, modes: Modes) -> bytes:
    """Return the report, b"" where the program did not ask for this event."""
    if not _is_wanted(event, modes.mouse_tracking):
        return b""
    report = _report(event, modes)
    return with_single_bytes(report) if modes.eight_bit_controls else report


def _report(event: MouseInput, modes: Modes) -> bytes:
    column, line = event.column + 1, event.line + 1
    code = _code(event, modes)
    match modes.mouse_encoding:
        case MouseEncoding.SGR_PIXELS if event.pixel_x is not None and event.pixel_y is not None:
            return _sgr(event, code, event.pixel_x + 1, event.pixel_y + 1)
        case MouseEncoding.SGR | MouseEncoding.SGR_PIXELS:
            return _sgr(event, code, column, line)
        case MouseEncoding.URXVT:
            return f"\x1b[{code + 32};{column};{line}M".encode()
        case MouseEncoding.UTF8:
            places = "".join(chr(place + 32) if place <= _LARGEST_UTF8 else "\0" for place in (column, line))
            return b"\x1b[M" + (chr(code + 32) + places).encode()
        case _:
            places_x10 = (place + 32 if place <= _LARGEST_X10 else 0 for place in (column, line))
            return b"\x1b[M" + bytes((code + 32, *places_x10))


def _is_wanted(event: MouseInput, tracking: MouseTracking) -> bool:
    match tracking:
        case MouseTracking.OFF:
            return False
        case MouseTracking.X10:
            return event.action is MouseAction.PRESS and event.button <= MouseButton.RIGHT
        case MouseTracking.NORMAL:
            return event.action is not MouseAction.MOVE
        case MouseTracking.BUTTON:
            return event.action is not MouseAction.MOVE or event.button is not MouseButton.NONE
        case _:
            return True


def _code(event: MouseInput, modes: Modes) -> int:
    tells_button = modes.mouse_encoding in (MouseEncoding.SGR, MouseEncoding.SGR_PIXELS)
    released = event.action is MouseAction.RELEASE and not tells_button
    code = int(MouseButton.NONE if released else event.button)
    if event.action is MouseAction.MOVE:
        code += 32
    if modes.mouse_tracking is MouseTracking.X10:
        return code
    if event.modifiers & Modifiers.SHIFT:
        code += 4
    if event.modifiers & (Modifiers.ALT | Modifiers.META):
        code += 8
    if event.modifiers & Modifiers.CTRL:
        code += 16
    return code


def _sgr(event: MouseInput, code: int, x: int, y: int) -> bytes:
    final = "m" if event.action is MouseAction.RELEASE else "M"
    return f"\x1b[<{code};{x};{y}{final}".encode()
