"""Text as C programs see it: ASCII case only, and control characters made visible."""

from __future__ import annotations

_LONGEST_FORMATTED = 1023
_LONGEST_MESSAGE = 1021
"""Bytes of a message that ssh has room for, before and after it is made visible (log.c, do_log)."""
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def ascii_lower(text: str) -> str:
    """Lower-case A to Z and nothing else, as tolower(3) does in the C locale."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def visible(text: str) -> str:
    """Show `text` as OpenSSH prints messages: vis(3) with VIS_SAFE and VIS_OCTAL.

    A backslash is doubled; bytes beyond ASCII and control characters become three octal digits, so that no sequence of
    a file's reaches the terminal. Back space, bell, tab and line ends stay. What is longer than ssh's buffer is cut.
    """
    if len(text) <= _LONGEST_MESSAGE and text.isascii() and text.isprintable() and "\\" not in text:
        return text
    shown = ""
    for byte in text.encode("utf-8", "surrogateescape")[:_LONGEST_FORMATTED]:
        sign = _visible_byte(byte)
        if len(shown) + len(sign) > _LONGEST_FORMATTED:
            break
        shown += sign
    return shown[:_LONGEST_MESSAGE]


def visible_character(character: str) -> str:
    """Show one byte as `ssh -G` shows EscapeChar: vis(3) with VIS_WHITE (`^]` becomes `\\^]`)."""
    code = ord(character)
    if character == "\\":
        return "\\\\"
    if 0x21 <= code <= 0x7E:
        return character
    if code & 0x7F == 0x20:
        return f"\\{code:03o}"
    prefix, low = ("\\M", code & 0x7F) if code & 0x80 else ("\\", code)
    if low == 0x7F:
        return prefix + "^?"
    return f"{prefix}^{chr(low + 0x40)}" if low < 0x20 else f"{prefix}-{chr(low)}"


def _visible_byte(byte: int) -> str:
    if byte == 0x5C:
        return "\\\\"
    if 0x20 <= byte <= 0x7E or byte in b"\b\a\r\t\n":
        return chr(byte)
    return f"\\{byte:03o}"
