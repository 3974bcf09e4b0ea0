"""What a paste sends."""

from __future__ import annotations

import re

_DROPPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Controls other than tab and line ends. ESC and the C1 controls among them would let pasted text end the bracket."""


def presses_enter(text: str) -> bool:
    """Whether the text would be taken for lines that were typed and sent off."""
    return "\n" in text or "\r" in text


def encode(text: str, *, bracketed: bool) -> bytes:
    """Return the bytes for pasted `text`: line ends as the enter key sends them, no other control but tab.

    xterm too replaces controls in what is pasted ("disallowedPasteControls"); without ESC the end marker of bracketed
    paste can't stand in the text, in one piece or put together by a removal.
    """
    cleaned = _DROPPED.sub("", text.replace("\r\n", "\r").replace("\n", "\r"))
    if bracketed:
        cleaned = f"\x1b[200~{cleaned}\x1b[201~"
    return cleaned.encode("utf-8", "replace")
