"""Writing asciicast v2 (docs.asciinema.org/manual/asciicast/v2): a header, then a line of JSON for each event."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from mooring.model.terminal import TerminalSize

if TYPE_CHECKING:
    from mooring_widgets.emulator import Emulator

_DIGITS = 6
"""Of a time: microseconds, as asciinema writes them."""


class AsciicastEncoder:
    """An `Encoder`. JSON holds text, so output that is no UTF-8 becomes U+FFFD; a character that is cut waits."""

    suffix = ".cast"

    def __init__(self, title: str, started: float) -> None:
        self._title = title
        self._started = started
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def beginning(self, emulator: Emulator) -> Iterator[bytes]:
        """The screen as it is."""
        return emulator.redraw(scrollback=False)

    def start(self, size: TerminalSize) -> bytes:
        """The header; it names no shell, since it would be this machine's."""
        header = {
            "version": 2,
            "width": size.columns,
            "height": size.lines,
            "timestamp": int(self._started),
            "title": self._title,
            "env": {"TERM": "xterm-256color"},
        }
        return msgspec.json.encode(header) + b"\n"

    def output(self, seconds: float, data: bytes) -> bytes:
        """An event "o"."""
        text = self._decoder.decode(data)
        return _event(seconds, "o", text) if text else b""

    def resize(self, seconds: float, size: TerminalSize) -> bytes:
        """An event "r"."""
        return _event(seconds, "r", f"{size.columns}x{size.lines}")

    def end(self, seconds: float) -> bytes:
        """What is left of a character that was cut."""
        text = self._decoder.decode(b"", final=True)
        return _event(seconds, "o", text) if text else b""


def _event(seconds: float, kind: str, text: str) -> bytes:
    return msgspec.json.encode((round(seconds, _DIGITS), kind, text)) + b"\n"
