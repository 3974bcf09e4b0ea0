"""The driver in a terminal that the test plays: what is asked of it, what is put back, and how fast escape is."""

from __future__ import annotations

import os
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

import pytest

from support.fake_terminal import FakeTerminal, fake_terminal
from support.waiting import wait_until

TESTS = Path(__file__).resolve().parents[2]


@contextmanager
def terminal_app(*program: str) -> Iterator[FakeTerminal]:
    """The sample app with a program in its view."""
    argv = [sys.executable, "-m", "support.terminal_app", *program]
    with fake_terminal(argv, environment={"PYTHONPATH": str(TESTS)}) as terminal:
        yield terminal


def reading(log: Path, modes: str = "") -> list[str]:
    """The command line of the program that writes down what it reads."""
    return [sys.executable, "-m", "support.key_reader", str(log), *([modes] if modes else [])]


def what_was_read(log: Path) -> bytes:
    """Everything that the program read."""
    return b"".join(bytes.fromhex(line.split()[0]) for line in log.read_text().splitlines())


def has_read(log: Path, count: int) -> bool:
    """Whether the program read so many bytes."""
    return len(what_was_read(log)) >= count


def test_kitty_keys_are_asked_for_granted_and_passed_on(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with terminal_app(*reading(log, "\\x1b[>31u")) as terminal:
        terminal.wait_for(b"\x1b[?u")
        terminal.write(b"\x1b[?25u")
        terminal.wait_for(b"\x1b[=31u\x1b[?u")
        terminal.write(b"\x1b[?31u")
        terminal.wait_for(b"ready")
        sent = b"\x1b[97;1:3u\x1b[97:65;2;65u\x1b[27u\x1b[13;5u\x1b[57441;2u\x1b[0;;26085u"
        terminal.write(sent)
        wait_until(lambda: len(what_was_read(log)) >= len(sent), what="the keys")
        assert what_was_read(log) == sent


def test_a_terminal_without_the_kitty_protocol_promises_nothing(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with terminal_app(*reading(log, "\\x1b[>31u\\x1b[?u\\x1b[6n")) as terminal:
        terminal.wait_for(b"ready")
        terminal.write(b"\x01")
        wait_until(lambda: what_was_read(log).endswith(b"\x01"), what="the key")
        assert what_was_read(log) == b"\x1b[1;1R\x01"


def test_default_colours_of_the_terminal_are_told_on(tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = f'echo asks; read line; exec "{sys.executable}" -m support.key_reader "{log}" "\\x1b]11;?\\x07"'
    with terminal_app("sh", "-c", script) as terminal:
        terminal.wait_for(b"\x1b]11;?\x1b\\")
        terminal.wait_for(b"asks")
        terminal.write(b"\x1b]10;rgb:0000/0000/0000\x1b\\\x1b]11;rgb:ffff/eeee/dddd\x07\r")
        answer = b"\x1b]11;rgb:ffff/eeee/dddd\x07"
        wait_until(lambda: log.exists() and len(what_was_read(log)) >= len(answer), what="the answer")
        assert what_was_read(log) == answer


def test_a_lone_escape_is_read_within_thirty_milliseconds(tmp_path: Path) -> None:
    log = tmp_path / "log"
    took: list[float] = []
    with terminal_app(*reading(log)) as terminal:
        terminal.wait_for(b"ready")
        for number in range(1, 11):
            began = perf_counter()
            terminal.write(b"\x1b")
            wait_until(partial(has_read, log, number), what="escape")
            took.append(float(log.read_text().split()[-1]) - began)
        assert what_was_read(log) == b"\x1b" * 10
    # The delay is the same each time; what comes on top is how busy the machine was.
    assert min(took) < 0.03


def test_the_cursor_is_the_terminals_own_with_the_shape_that_was_asked_for() -> None:
    with terminal_app("sh", "-c", "printf '\\033[5 qabc'; read line") as terminal:
        terminal.wait_for(b"\x1b[5 q\x1b[1;4H\x1b[?25h")
        terminal.write(b"\x03")
        terminal.wait()
        assert terminal.output.index(b"\x1b[0 q") < terminal.output.rindex(b"\x1b[?1049l")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals_end_the_app_and_put_the_terminal_back(number: signal.Signals) -> None:
    with terminal_app("cat") as terminal:
        before = terminal.local_flags()
        terminal.wait_for(b"\x1b[?1049h")
        terminal.wait_for(b"\x1b[?25h")
        os.kill(terminal.process_id, number)
        assert terminal.wait() == 128 + number
        for put_back in (b"\x1b[?1049l", b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[<u", b"\x1b[?25h"):
            assert put_back in terminal.output
        assert terminal.local_flags() & (termios.ECHO | termios.ICANON) == before & (termios.ECHO | termios.ICANON)


def test_the_app_ends_when_its_terminal_is_gone() -> None:
    with terminal_app("cat") as terminal:
        terminal.wait_for(b"\x1b[?25h")
        terminal.hang_up()
        assert terminal.wait_after_hang_up() == 128 + signal.SIGHUP
