"""What the terminal benchmarks feed: the kinds of output that programs make, from a fixed seed."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from typing import cast

import pexpect

Workload = Callable[[int, int, int], bytes]
"""Makes about so many bytes for a screen of so many columns and lines."""


def repeat_to(size: int, make: Callable[[int], str]) -> bytes:
    """Join what `make` gives for 0, 1, 2, ... until there are `size` bytes."""
    parts: list[bytes] = []
    total = 0
    index = 0
    while total < size:
        part = make(index).encode()
        parts.append(part)
        total += len(part)
        index += 1
    return b"".join(parts)


def ascii_lines(size: int, columns: int, _lines: int) -> bytes:
    """Plain lines of different lengths, as `cat` of a text file."""
    chance = random.Random(1)
    words = ["the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog", "0x7f3a", "/usr/lib", "=="]
    return repeat_to(size, lambda _index: " ".join(chance.choices(words, k=16))[: columns - 1] + "\r\n")


def coloured_log(size: int, _columns: int, _lines: int) -> bytes:
    """Log lines with a time, a level in its colour and a number."""
    levels = ("\x1b[32mINFO \x1b[0m", "\x1b[33mWARN \x1b[0m", "\x1b[1;31mERROR\x1b[0m", "\x1b[34mDEBUG\x1b[0m")
    return repeat_to(
        size,
        lambda index: (
            f"\x1b[2m12:{index // 60 % 60:02}:{index % 60:02}.{index % 1000:03}\x1b[0m {levels[index * 7 % 4]} "
            f"\x1b[36mworker-{index % 12}\x1b[0m request {index} took \x1b[1m{index % 977}\x1b[0m ms\r\n"
        ),
    )


def dense_cells(size: int, columns: int, lines: int) -> bytes:
    """Each cell with colours of its own, screen after screen."""

    def screen(index: int) -> str:
        cells = (
            f"\x1b[38;5;{(index + x) % 156};48;5;{(index + x + y) % 100};1m{chr(65 + (x + index) % 26)}"
            for y in range(lines)
            for x in range(columns)
        )
        return "\x1b[H" + "".join(cells)

    return repeat_to(size, screen)


def cursor_motion(size: int, columns: int, lines: int) -> bytes:
    """Single characters at places all over the screen."""
    chance = random.Random(2)
    return repeat_to(
        size,
        lambda index: f"\x1b[{chance.randint(1, lines)};{chance.randint(1, columns)}H{chr(97 + index % 26)}",
    )


def vim_session(size: int, columns: int, lines: int) -> bytes:
    """What a real vim writes while somebody reads, searches and edits a Python file; repeated to the size.

    Without the sequences for modifyOtherKeys and its questions: stock pyte raises at them.
    """
    vim = shutil.which("vim")
    if vim is None:
        return b""
    child = pexpect.spawn(
        vim,
        ["-u", "NONE", "-N", "-n", "-c", "syntax on", "-c", "set number hlsearch ruler nomodeline", "-R", __file__],
        dimensions=(lines, columns),
        env={"TERM": "xterm-256color", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"},
    )
    written = bytearray()
    keys = [
        "\x06",
        "\x02",
        "/def\r",
        "n",
        "n",
        "jjjjjjjj",
        "kkkk",
        "wwwwdw",
        "u",
        "oa new line of text\x1b",
        "u",
        "\x05" * 9,
    ]
    for key in [*keys, *keys, "G", "gg", "\x04", "\x15"]:
        child.send(key)
        while True:
            try:
                written += cast("bytes", child.read_nonblocking(65536, timeout=0.15))
            except (pexpect.TIMEOUT, pexpect.EOF):
                break
    child.close(force=True)
    written = bytearray(re.sub(rb"\x1b\[[>?][0-9;]*m", b"", bytes(written)))
    return bytes(written) * (size // max(len(written), 1) + 1)


def yes_lines(size: int, _columns: int, _lines: int) -> bytes:
    """`yes`."""
    return b"y\r\n" * (size // 3)


def scroll_region(size: int, _columns: int, lines: int) -> bytes:
    """Lines that scroll inside margins, as below a status line."""
    return f"\x1b[2;{lines - 1}r\x1b[{lines - 1};1H".encode() + repeat_to(size, lambda index: f"line {index}\r\n")


def unicode_text(size: int, columns: int, _lines: int) -> bytes:
    """Lines of accents, box drawing, symbols, combining marks and emoji."""
    chance = random.Random(3)
    words = ["naïve", "Zürich", "┌──┐", "│x│", "→", "✓", "Ω≈ç√", "привет", "e\u0301te\u0301", "👍🏽", "❤️", "…", "日本"]
    return repeat_to(size, lambda _index: " ".join(chance.choices(words, k=columns // 8)) + "\r\n")


def cjk_text(size: int, columns: int, _lines: int) -> bytes:
    """Lines of Han characters and kana."""
    chance = random.Random(4)
    letters = [chr(code) for code in (*range(0x4E00, 0x4F00), *range(0x3041, 0x3090))]
    return repeat_to(size, lambda _index: "".join(chance.choices(letters, k=columns // 2 - 2)) + "\r\n")


WORKLOADS: dict[str, tuple[Workload, float]] = {
    "ASCII lines": (ascii_lines, 150),
    "coloured log": (coloured_log, 90),
    "dense cells": (dense_cells, 8),
    "cursor motion": (cursor_motion, 6),
    "vim session": (vim_session, 10),
    "y lines": (yes_lines, 25),
    "scroll region": (scroll_region, 15),
    "Unicode": (unicode_text, 8),
    "CJK": (cjk_text, 8),
}
"""Each with the multiple of stock pyte's HistoryScreen that it has to reach."""
