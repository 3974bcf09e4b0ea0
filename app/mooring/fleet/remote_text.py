"""What machines wrote, made fit for a terminal: no byte of it can move the cursor, ask, or colour our own lines."""

from __future__ import annotations

import re

_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]?|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~]?)"
    r"|\x9b[0-?]*[ -/]*[@-~]?"
    r"|[\x9d\x90\x98\x9e\x9f][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
)
"""Control sequences (ECMA-48): CSI, strings (OSC, DCS, SOS, PM, APC), other escapes; seven and eight bit."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def terminal_line(line: bytes) -> str:
    """One line, without its end: sequences are left out, other control characters shown in caret form.

    Tabs stay. What is no UTF-8 becomes U+FFFD. Of a line that was overwritten (carriage returns) the last state stays.
    """
    text = line.decode("utf-8", "replace").rstrip("\r")
    text = _SEQUENCE.sub("", text.rpartition("\r")[2])
    return _CONTROL.sub(_caret, text)


def _caret(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"^{chr(code ^ 64)}" if code < 128 else "\N{REPLACEMENT CHARACTER}"
