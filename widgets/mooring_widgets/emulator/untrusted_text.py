"""Text that the remote chose, made fit to be shown outside the terminal."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""C0, DEL, C1, and the marks that turn the direction of writing, by which a title or link could lie."""


def clean(text: str, limit: int) -> str:
    """Return `text` without control characters and not longer than `limit`."""
    return _CONTROLS.sub("", text[: 4 * limit])[:limit]
