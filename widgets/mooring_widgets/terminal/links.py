"""What a click opens: links that the remote marked (OSC 8), and addresses that stand in the text."""

from __future__ import annotations

import re

from mooring_widgets.emulator.row import Row
from mooring_widgets.terminal.selection import span_at

_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>\"'`{}|\\^]*[^\s<>\"'`{}|\\^.,;:!?)\]]")


def link_at(row: Row, column: int) -> str | None:
    """The address under a cell, None where there is none. It is the remote's word: ask before it is opened."""
    if not 0 <= column < len(row.cells):
        return None
    if (marked := row.style_at(column).link) is not None:
        return marked
    span = span_at(_ADDRESS, row, column)
    return "".join(row.cells[span[0] : span[1]]) if span is not None else None
