"""A server's banner: it goes past the log, as in ssh."""

from __future__ import annotations

import os
import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that steer a terminal, or show nothing on it."""


def write_banner(text: str) -> None:
    """Write `text` to standard error, whatever the log level and wherever the log goes."""
    data = visible(text).encode("utf-8")
    try:
        while data:
            data = data[os.write(2, data) :]
    except OSError:
        # Nobody listens there any more.
        return


def visible(text: str) -> str:
    """Show `text` as ssh does (utf8.c, vasnmprintf): what can't be seen becomes three octal digits a byte.

    Tabs and line ends stay; a carriage return does so before a line feed only, where it can't hide what it follows.
    """
    return "\r\n".join(
        "\n".join("".join(map(_visible_sign, line)) for line in part.split("\n")) for part in text.split("\r\n")
    )


def _visible_sign(sign: str) -> str:
    if sign == "\t" or unicodedata.category(sign) not in _UNSEEN:
        return sign
    return "".join(f"\\{byte:03o}" for byte in sign.encode("utf-8", "surrogateescape"))
