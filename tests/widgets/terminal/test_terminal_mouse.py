"""Mouse reports, as xterm's ctlseqs ("Mouse Tracking") writes them."""

from __future__ import annotations

import pytest

from mooring_widgets.emulator import Modes, MouseEncoding, MouseTracking
from mooring_widgets.terminal.key_press import Modifiers
from mooring_widgets.terminal.mouse import MouseAction, MouseButton, MouseInput, encode

PRESS, RELEASE, MOVE = MouseAction.PRESS, MouseAction.RELEASE, MouseAction.MOVE


def modes(tracking: MouseTracking, encoding: MouseEncoding = MouseEncoding.SGR) -> Modes:
    """Modes of a program that asked for the mouse."""
    return Modes(mouse_tracking=tracking, mouse_encoding=encoding)


@pytest.mark.parametrize(
    ("encoding", "press", "release", "drag", "wheel"),
    [
        (MouseEncoding.X10, b"\x1b[M #$", b"\x1b[M##$", b"\x1b[M@#$", b"\x1b[M`#$"),
        (MouseEncoding.UTF8, b"\x1b[M #$", b"\x1b[M##$", b"\x1b[M@#$", b"\x1b[M`#$"),
        (MouseEncoding.SGR, b"\x1b[<0;3;4M", b"\x1b[<0;3;4m", b"\x1b[<32;3;4M", b"\x1b[<64;3;4M"),
        (MouseEncoding.URXVT, b"\x1b[32;3;4M", b"\x1b[35;3;4M", b"\x1b[64;3;4M", b"\x1b[96;3;4M"),
    ],
)
def test_encodings(encoding: MouseEncoding, press: bytes, release: bytes, drag: bytes, wheel: bytes) -> None:
    wanted = modes(MouseTracking.BUTTON, encoding)
    assert encode(MouseInput(PRESS, MouseButton.LEFT, 2, 3), wanted) == press
    assert encode(MouseInput(RELEASE, MouseButton.LEFT, 2, 3), wanted) == release
    assert encode(MouseInput(MOVE, MouseButton.LEFT, 2, 3), wanted) == drag
    assert encode(MouseInput(PRESS, MouseButton.WHEEL_UP, 2, 3), wanted) == wheel


def test_pixels_where_they_are_known_and_cells_where_not() -> None:
    wanted = modes(MouseTracking.NORMAL, MouseEncoding.SGR_PIXELS)
    assert encode(MouseInput(PRESS, MouseButton.LEFT, 2, 3, pixel_x=20, pixel_y=65), wanted) == b"\x1b[<0;21;66M"
    assert encode(MouseInput(PRESS, MouseButton.LEFT, 2, 3), wanted) == b"\x1b[<0;3;4M"


@pytest.mark.parametrize(
    ("tracking", "reported"),
    [
        (MouseTracking.OFF, ""),
        (MouseTracking.X10, "press"),
        (MouseTracking.NORMAL, "press release"),
        (MouseTracking.BUTTON, "press release drag"),
        (MouseTracking.ANY, "press release drag hover"),
    ],
)
def test_only_what_was_asked_for_is_reported(tracking: MouseTracking, reported: str) -> None:
    events = {
        "press": MouseInput(PRESS, MouseButton.LEFT, 0, 0),
        "release": MouseInput(RELEASE, MouseButton.LEFT, 0, 0),
        "drag": MouseInput(MOVE, MouseButton.LEFT, 0, 0),
        "hover": MouseInput(MOVE, MouseButton.NONE, 0, 0),
    }
    sent = [name for name, event in events.items() if encode(event, modes(tracking))]
    assert sent == reported.split()


def test_modifiers_are_told_but_not_in_x10_mode() -> None:
    held = Modifiers.SHIFT | Modifiers.ALT | Modifiers.CTRL
    event = MouseInput(PRESS, MouseButton.RIGHT, 0, 0, held)
    assert encode(event, modes(MouseTracking.NORMAL)) == b"\x1b[<30;1;1M"
    assert encode(event, modes(MouseTracking.X10)) == b"\x1b[<2;1;1M"


@pytest.mark.parametrize(
    ("encoding", "last", "beyond"),
    [
        (MouseEncoding.X10, b"\x1b[M \xff!", b"\x1b[M \x00!"),
        (MouseEncoding.UTF8, "\x1b[M \u07ff!".encode(), b"\x1b[M \x00!"),
    ],
)
def test_positions_that_an_encoding_cannot_say_are_nul(encoding: MouseEncoding, last: bytes, beyond: bytes) -> None:
    wanted = modes(MouseTracking.NORMAL, encoding)
    column = 222 if encoding is MouseEncoding.X10 else 2014
    assert encode(MouseInput(PRESS, MouseButton.LEFT, column, 0), wanted) == last
    assert encode(MouseInput(PRESS, MouseButton.LEFT, column + 1, 0), wanted) == beyond


@pytest.mark.parametrize(
    ("encoding", "press", "release"),
    [
        (MouseEncoding.X10, b"\x1b[M\xa1!!", b"\x1b[M#!!"),
        (MouseEncoding.UTF8, b"\x1b[M\xc2\xa1!!", b"\x1b[M#!!"),
        (MouseEncoding.SGR, b"\x1b[<129;1;1M", b"\x1b[<129;1;1m"),
        (MouseEncoding.URXVT, b"\x1b[161;1;1M", b"\x1b[35;1;1M"),
    ],
)
def test_buttons_beyond_the_wheel(encoding: MouseEncoding, press: bytes, release: bytes) -> None:
    wanted = modes(MouseTracking.NORMAL, encoding)
    assert encode(MouseInput(PRESS, MouseButton.BUTTON_9, 0, 0), wanted) == press
    assert encode(MouseInput(RELEASE, MouseButton.BUTTON_9, 0, 0), wanted) == release


def test_x10_tracking_knows_three_buttons() -> None:
    wanted = modes(MouseTracking.X10)
    assert encode(MouseInput(PRESS, MouseButton.RIGHT, 0, 0), wanted)
    assert not encode(MouseInput(PRESS, MouseButton.WHEEL_UP, 0, 0), wanted)
    assert not encode(MouseInput(PRESS, MouseButton.BUTTON_8, 0, 0), wanted)


def test_eight_bit_controls() -> None:
    wanted = Modes(mouse_tracking=MouseTracking.NORMAL, mouse_encoding=MouseEncoding.SGR, eight_bit_controls=True)
    assert encode(MouseInput(PRESS, MouseButton.LEFT, 0, 0), wanted) == b"\x9b<0;1;1M"
