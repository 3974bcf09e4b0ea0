"""Every key of xterm's manual, typed in tmux at the real widget and at nothing but tmux: the program reads the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.tmux import Tmux, running_in_tmux
from support.waiting import wait_until

TESTS = Path(__file__).resolve().parents[2]

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


@dataclass
class Reader:
    """The program that writes down what it reads, and the tmux it runs in."""

    tmux: Tmux
    log: Path
    seen: int = 0

    def read(self) -> bytes:
        """Everything since the last call."""
        data = self.everything()
        new, self.seen = data[self.seen :], len(data)
        return new

    def everything(self) -> bytes:
        """Everything since the start."""
        return b"".join(bytes.fromhex(line.split()[0]) for line in self.log.read_text().splitlines())

    def wait_for(self, expected: bytes) -> bytes:
        """Wait until as many bytes came; return what did within the time."""
        with suppress(AssertionError):
            wait_until(lambda: len(self.everything()) - self.seen >= len(expected), what=repr(expected), limit=2.0)
        return self.read()


@contextmanager
def reader(log: Path, *, through_widget: bool, modes: str = "") -> Iterator[Reader]:
    """Start the reader: in the pane, or in the widget in the pane."""
    program = [sys.executable, "-m", "support.key_reader", str(log), *([modes] if modes else [])]
    wrapper = [sys.executable, "-m", "support.terminal_app"] if through_widget else []
    with running_in_tmux([*wrapper, *program], environment={"PYTHONPATH": str(TESTS)}) as tmux:
        tmux.wait_for("ready")
        yield Reader(tmux, log)


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
            direct.tmux.send(key)
            wait_until(lambda: len(direct.everything()) > direct.seen, what=f"{key} to be read", limit=5.0)
            expected = direct.read()
            widget.tmux.send(key)
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
