"""Asking the terminal itself what it can do (xterm's ctlseqs; the kitty keyboard protocol; DEC mode 2026)."""

from __future__ import annotations

import os
import re
import select
import termios
import time
import tty
from dataclasses import dataclass

PATIENCE = 1.5
"""Seconds that the terminal gets: every one answers the last question, over a slow line a little later."""

_QUESTIONS = (
    b"\x1b[>0q"  # XTVERSION: name and version
    b"\x1b[?u"  # kitty keyboard: the flags in force
    b"\x1b[?2026$p"  # DECRQM: synchronized output
    b"\x1b[?1006$p"  # DECRQM: the mouse, in SGR form
    b"\x1b[?2004$p"  # DECRQM: bracketed paste
    b"\x1b[38;2;1;2;3m\x1bP$qm\x1b\\\x1b[0m"  # DECRQSS: whether a colour of 24 bits is taken as such
    b"\x1b]11;?\x1b\\"  # the background's colour
    b"\r\x1b[K"  # what a terminal took for text is wiped away
    b"\x1b[c"  # DA1: what it is; answered by all, so that nobody waits for the others
)
_LAST_ANSWER = re.compile(rb"\x1b\[\?([\d;]*)c")
_NAME = re.compile(rb"\x1bP>\|([\x20-\x7e]*)\x1b\\")
_MODE = re.compile(rb"\x1b\[\?(\d+);(\d)\$y")
_COLOUR = re.compile(rb"\x1bP1\$r[^\x1b]*38[:;]2[:;]+1[:;]2[:;]3")
_BACKGROUND = re.compile(rb"\x1b\]11;rgb:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)")


@dataclass(frozen=True, slots=True)
class TerminalAnswers:
    """What the terminal said of itself; None and "" where it said nothing of that. `answered` is whether it spoke."""

    answered: bool = False
    name: str = ""
    kitty_keyboard: bool | None = None
    synchronized: bool | None = None
    sgr_mouse: bool | None = None
    bracketed_paste: bool | None = None
    true_colour: bool | None = None
    clipboard: bool | None = None
    dark: bool | None = None


def ask_terminal(descriptor: int, *, patience: float = PATIENCE) -> TerminalAnswers:
    """Put the questions to the terminal behind `descriptor`, which is read and written, and read its answers.

    Keys that are pressed meanwhile are lost. Raises OSError or termios.error where it is no terminal.
    """
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSANOW)
        os.write(descriptor, _QUESTIONS)
        answer = _read(descriptor, time.monotonic() + patience)
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
    return read_answers(answer)


def read_answers(answer: bytes) -> TerminalAnswers:
    """Understand what came back."""
    last = _LAST_ANSWER.search(answer)
    modes = {int(match[1]): int(match[2]) for match in _MODE.finditer(answer)}
    name = _NAME.search(answer)
    background = _BACKGROUND.search(answer)
    return TerminalAnswers(
        answered=last is not None,
        name=name[1].decode() if name else "",
        kitty_keyboard=(b"\x1b[?" in answer and re.search(rb"\x1b\[\?\d+u", answer) is not None) if last else None,
        synchronized=_knows(modes, 2026) if last else None,
        sgr_mouse=_knows(modes, 1006) if modes else None,
        bracketed_paste=_knows(modes, 2004) if modes else None,
        true_colour=True if _COLOUR.search(answer) else None,
        # Terminals that let programs write to the clipboard say 52 among what they are.
        clipboard=True if last and b"52" in last[1].split(b";") else None,
        dark=_is_dark(background) if background else None,
    )


def _knows(modes: dict[int, int], mode: int) -> bool:
    """DECRPM: 0 is "not recognised", 4 is "permanently reset"."""
    return modes.get(mode, 0) not in (0, 4)


def _is_dark(background: re.Match[bytes]) -> bool:
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in background.groups())
    return bool(0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5)


def _read(descriptor: int, deadline: float) -> bytes:
    answer = b""
    while _LAST_ANSWER.search(answer) is None and (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([descriptor], [], [], left)
        if not ready:
            break
        data = os.read(descriptor, 4096)
        if not data:
            break
        answer += data
    return answer
