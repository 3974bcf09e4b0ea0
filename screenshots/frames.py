"""Frames that nobody sees: a program that paints its whole screen several times at one moment is to be seen once."""

from __future__ import annotations

import re
from copy import deepcopy

from mooring_widgets.emulator import Emulator

_FRAME = re.compile(r"\x1b\[\?2026h.*?\x1b\[\?2026l", re.DOTALL)
"""A synchronised update."""

_LINE_START = re.compile(r"\x1b\[(\d+);1H")


def without_hidden_frames(output: str, before: Emulator) -> str:
    """The output without frames that a later one paints over, where the screen comes to be the same without them.

    `before` is the terminal as it is when this comes; it is left as it was.
    """
    frames = list(_FRAME.finditer(output))
    for place in range(len(frames) - 1, 0, -1):
        if len(set(_LINE_START.findall(frames[place][0]))) < before.lines:
            continue
        shorter = _without(output, frames[:place])
        if _screen_after(shorter, before) == _screen_after(output, before):
            return shorter
    return output


def _without(output: str, frames: list[re.Match[str]]) -> str:
    kept, start = [], 0
    for frame in frames:
        kept.append(output[start : frame.start()])
        start = frame.end()
    return "".join([*kept, output[start:]])


def _screen_after(output: str, before: Emulator) -> object:
    emulator = deepcopy(before)
    emulator.feed(output.encode())
    return [(row.text, row.runs) for row in emulator.rows], emulator.cursor, emulator.modes
