"""Every key of xterm's manual, typed in tmux at the real widget and at nothing but tmux: the program reads the same."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import pytest

from support.tmux import Tmux, running_in_tmux
from support.waiting import wait_until

TESTS = Path(__file__).resolve().parents[2]
POLL = 0.002
"""Seconds between two looks at what was read: there are some six hundred keys."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
PUNCTUATION = "`-=[]\\;',./~!@#$%^&*()_+{}|:\"<>?"
NAMED = ["Enter", "Tab", "BSpace", "Escape", "Space", "BTab"]
EDITING = ["Up", "Down", "Left", "Right", "PPage", "NPage", "IC", "DC"]
FUNCTIONS = [f"F{number}" for number in range(1, 13)]
MODIFIERS = ["S-", "M-", "C-", "M-S-", "C-S-", "C-M-", "C-M-S-"]

SCROLLS = ["S-PPage", "S-NPage"]
"""These are ours: they move over the scrollback."""

TABLE = [
    *(f"{prefix}{letter}" for prefix in ("", "C-", "M-", "C-M-") for letter in LETTERS),
    *LETTERS.upper(),
    *(f"M-{letter}" for letter in LETTERS.upper()),
    *(f"{prefix}{digit}" for prefix in ("", "M-") for digit in DIGITS),
    *(f"{prefix}{character}" for prefix in ("", "M-") for character in PUNCTUATION if character != ";"),
    *("C-@", "C-Space", "C-[", "C-]", "C-\\", "C-^", "C-_", "C-M-]", "C-M-_"),
    *NAMED,
    *("M-Enter", "M-Tab", "M-BSpace", "M-Escape", "M-Space"),
    *EDITING,
    *FUNCTIONS,
    *(f"{prefix}{key}" for prefix in MODIFIERS for key in (*EDITING, *FUNCTIONS) if f"{prefix}{key}" not in SCROLLS),
    *("é", "ß", "日", "🙂", "M-é"),
]
XTERM_SEQUENCES = [
    *(f"\x1b[{final}" for final in "HF"),
    *(f"\x1b[1;{parameter}{final}" for parameter in range(3, 9) for final in "HF"),
    *("\x1bOP", "\x1b[E", "\x1b[1;5P", "\x1b[3;5~", "\x1b[29~", "\x1b[34~", "\x1b[1;2R"),
]
"""Typed as bytes: tmux has no keys for these, or sends others than xterm does (Home and End)."""


class Reader:
    """The program that writes down what it reads, and the tmux it runs in."""

    def __init__(self, tmux: Tmux, log: TextIO, press: Callable[[str], None]) -> None:
        self.tmux = tmux
        self.press = press
        self._log = log
        self._line = ""
        self._unread = b""

    def read(self) -> bytes:
        """Everything since the last call."""
        self._look()
        data, self._unread = self._unread, b""
        return data

    def wait_for_any(self, key: str) -> bytes:
        """Wait for the first bytes, which are the whole key: tmux writes it at once."""
        wait_until(lambda: self._look() > 0, what=f"{key} to be read", limit=5.0, poll=POLL)
        return self.read()

    def wait_for(self, expected: bytes) -> bytes:
        """Wait until as many bytes came; return what did within the time."""
        with suppress(AssertionError):
            wait_until(lambda: self._look() >= len(expected), what=repr(expected), limit=2.0, poll=POLL)
        return self.read()

    def _look(self) -> int:
        """Take what has been written down; return how many bytes are unread."""
        self._line += self._log.read()
        *lines, self._line = self._line.split("\n")
        self._unread += b"".join(bytes.fromhex(line.split()[0]) for line in lines)
        return len(self._unread)


@contextmanager
def reader(log: Path, *, through_widget: bool, modes: str = "") -> Iterator[Reader]:
    """Start the reader: in the pane, or in the widget in the pane."""
    program = [sys.executable, "-m", "support.key_reader", str(log), *([modes] if modes else [])]
    wrapper = [sys.executable, "-m", "support.terminal_app"] if through_widget else []
    with running_in_tmux([*wrapper, *program], environment={"PYTHONPATH": str(TESTS)}) as tmux:
        tmux.wait_for("ready")
        with tmux.fast_typing() as press, log.open() as written:
            yield Reader(tmux, written, press)


@pytest.mark.parametrize(
    ("modes", "keys"),
    [("", TABLE), ("\\x1b[?1h\\x1b=", [*NAMED, *EDITING, *FUNCTIONS, "C-Up", "M-F1", "S-Right"])],
    ids=["normal", "application"],
)
def test_every_key_is_read_as_without_us(tmp_path: Path, modes: str, keys: list[str]) -> None:
    wrong: dict[str, tuple[bytes, bytes]] = {}
    with (
        reader(tmp_path / "direct", through_widget=False, modes=modes) as direct,
        reader(tmp_path / "widget", through_widget=True, modes=modes) as widget,
    ):
        for key in keys:
            direct.press(key)
            widget.press(key)
            expected = direct.wait_for_any(key)
            if (got := widget.wait_for(expected)) != expected:
                wrong[key] = (expected, got)
    assert not wrong


def test_xterms_own_sequences_arrive_as_they_are(tmp_path: Path) -> None:
    with reader(tmp_path / "widget", through_widget=True) as widget:
        for sequence in XTERM_SEQUENCES:
            widget.tmux.send_bytes(sequence.encode())
            assert widget.wait_for(sequence.encode()) == sequence.encode()


def test_tmuxs_home_and_end_become_xterms(tmp_path: Path) -> None:
    with reader(tmp_path / "widget", through_widget=True) as widget:
        for key, expected in {
            "Home": b"\x1b[H",
            "End": b"\x1b[F",
            "C-Home": b"\x1b[1;5H",
            "M-End": b"\x1b[1;3F",
        }.items():
            widget.tmux.send(key)
            assert widget.wait_for(expected) == expected
