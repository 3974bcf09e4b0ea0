"""Names in the order in which people count: `web-2` before `web-10`."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"0*([0-9]+)")
_LONGEST_NUMBER = 0xFFFF


def natural_key(text: str) -> str:
    """Return a string that sorts as a person would: case does not matter, and numbers go by their value.

    One string sorts several times faster than a tuple of parts. Before each number goes one character for the count of
    its digits, counted up from "0", so that longer numbers come later and numbers still come before letters. Where only
    case or leading zeros differ, the text itself decides.
    """
    return f"{_NUMBER.sub(_counted, text.casefold())}\0{text}"


def _counted(match: re.Match[str]) -> str:
    digits = match[1]
    return chr(0x30 + min(len(digits), _LONGEST_NUMBER)) + digits
