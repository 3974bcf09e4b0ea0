"""TCP ports as ssh reads them: by number, or by the name of a service."""

from __future__ import annotations

import re
import socket

LARGEST = 65535
_NUMBER = re.compile(r"[ \t\n\v\f\r]*([+-]?[0-9]+)")


def port_number(text: str) -> int | None:
    """A port from 0 to 65535, by its number or by its name in services(5); None for neither (misc.c, a2port)."""
    match = _NUMBER.fullmatch(text)
    if match is not None and len(match[1]) < 32 and 0 <= (value := int(match[1])) <= LARGEST:
        return value
    try:
        return socket.getservbyname(text, "tcp")
    except (OSError, UnicodeError, ValueError):
        return None


def parse_port(text: str) -> int | None:
    """A port from 1 to 65535 in plain digits, as files other than ssh's write it; None for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        return None
    port = int(text)
    return port if 0 < port <= LARGEST else None
