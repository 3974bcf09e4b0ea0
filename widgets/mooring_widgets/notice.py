"""A line of ours in the middle of what a remote program writes."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

_PREPARE = "\x18\x1b\\\x1b[0m\x0f\x1b(B\r\n"
"""Break off a sequence and a string that may be under way, plain style, ASCII, a line of its own."""


def notice_bytes(text: str) -> bytes:
    """Return what to feed so that `text` stands on lines of its own, cut at "\\n"; controls in it become blanks."""
    lines = "\r\n".join(_CONTROLS.sub(" ", line) for line in text.split("\n"))
    return f"{_PREPARE}\x1b[2m{lines}\x1b[0m\r\n".encode("utf-8", "replace")
