"""What the emulator needs and what it is built on."""

from __future__ import annotations

import subprocess
import sys

import pyte
import pytest

from mooring_widgets.emulator import Emulator
from mooring_widgets.emulator.replies import Replies
from mooring_widgets.emulator.screen import Screen
from mooring_widgets.emulator.settings import Settings


def test_importing_it_loads_neither_textual_nor_asyncio() -> None:
    script = (
        "import sys, mooring_widgets.emulator\n"
        "print([name for name in sys.modules if name.partition('.')[0] in ('textual', 'asyncio', 'asyncssh')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "sent",
    [
        "hello\r\nworld",
        "\x1b[2;3Hx\x1b[1;31my\x1b[0m\x1b[K",
        "a\tb\x1b[3g\x1b[5GX\x1bH\r\tY",
        "\x1b[2;4r\x1b[4;1H\n\n\x1bM\x1b[r",
        "abc\x1b[1D\x1b[@Z\x1b[2P\x1b[4X",
        "\x1b[?25l\x1b[4hxyz\x1b[4l",
        "1\r\n2\r\n3\x1b[2A\x1b[L\x1b[3B\x1b[M\x1b[1J",
        "\x1b#8\x1b7\x1b[3;3H\x1b8Z",
        "\x1b[3d\x1b[2e\x1b[5GX\x1b[2aX\x1b[2EY\x1b[1FZ",
    ],
)
def test_stock_pyte_stream_drives_the_screen_as_the_parser_does(sent: str) -> None:
    screen = Screen(20, 6, Settings(), Replies(None))
    pyte.Stream(screen).feed(sent)
    emulator = Emulator(20, 6)
    emulator.feed(sent.encode())
    assert screen.display == emulator.display
    assert (screen.cursor.x, screen.cursor.y) == (emulator.cursor.x, emulator.cursor.y)


def test_display_is_as_pyte_has_it() -> None:
    text = "plain é 日本 text"
    screen = pyte.Screen(20, 3)
    pyte.Stream(screen).feed(text)
    emulator = Emulator(20, 3)
    emulator.feed(text.encode())
    assert emulator.display == screen.display


def test_cells_of_pyte_are_not_there_to_be_misread() -> None:
    screen = Screen(20, 6, Settings(), Replies(None))
    with pytest.raises(AttributeError):
        _ = screen.buffer
