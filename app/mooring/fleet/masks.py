"""What differs from machine to machine without meaning anything, taken out before answers are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum


class Mask(StrEnum):
    """What is not to count in a comparison."""

    ADDRESSES = "addresses"
    TIMES = "times"
    NUMBERS = "numbers"


_SIGN = {Mask.ADDRESSES: b"<address>", Mask.TIMES: b"<time>", Mask.NUMBERS: b"<number>"}

_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_CLOCK = rb"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[AaPp][Mm]\b)?"
_ZONE = rb"(?: ?(?:Z|UTC|GMT|[A-Z]{3,4}|[+-]\d{2}:?\d{2})\b)?"

_PATTERNS = {
    Mask.ADDRESSES: re.compile(
        rb"(?<![\w.:])(?:"
        rb"(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}"  # MAC
        rb"|\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?"  # IPv4
        rb"|(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?:/\d{1,3})?"  # IPv6
        rb"|(?:[0-9A-Fa-f]{1,4}:){1,7}:(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?(?:/\d{1,3})?"
        rb"|::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?(?:/\d{1,3})?"
        rb")(?![\w:])"
    ),
    Mask.TIMES: re.compile(
        rb"(?<!\w)(?:"
        rb"\d{4}-\d{2}-\d{2}(?:[T ]" + _CLOCK + _ZONE + rb")?"
        rb"|(?:" + _DAY + rb",? )?" + _MONTH + rb" {1,2}\d{1,2},?(?: \d{4})?(?: " + _CLOCK + _ZONE + rb")?(?: \d{4})?"
        rb"|(?:" + _DAY + rb",? )?\d{1,2} " + _MONTH + rb"(?: \d{4})?(?: " + _CLOCK + _ZONE + rb")?"
        rb"|" + _CLOCK + _ZONE + rb")(?!\w)"
    ),
    Mask.NUMBERS: re.compile(rb"\d+(?:[.,]\d+)*"),
}


def masked(line: bytes, masks: Iterable[Mask]) -> bytes:
    """One line with what `masks` name replaced by a sign for it; addresses and times go before plain numbers."""
    wanted = set(masks)
    for mask in Mask:
        if mask in wanted:
            line = _PATTERNS[mask].sub(_SIGN[mask], line)
    return line
