"""From bytes to text: UTF-8, or ISO 8859-1 while a program chose that (ISO 2022's `ESC % @` and `ESC % G`)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_SWITCH = re.compile(rb"\x1b(?:%[@G8]|c)")
"""What changes the encoding of what follows: the two above, a third form of the second, and RIS."""
_TO_LATIN_1 = b"\x1b%@"
_BEGINNINGS = (b"\x1b%", b"\x1b")


class Decoder:
    """Takes bytes cut anywhere; what is no UTF-8 becomes U+FFFD.

    It finds the switches itself, ahead of the parser, since text that was decoded wrongly can't be read again.
    """

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._is_utf8 = True
        self._beginning = b""

    def decode(self, data: bytes | memoryview) -> Iterator[str]:
        """Yield the text of the next bytes, in pieces of one encoding each."""
        read = bytes(data)
        if self._is_utf8 and not self._beginning and b"\x1b%" not in read and not read.endswith(b"\x1b"):
            yield self._utf8.decode(read)
            return
        # A switch may have begun in the bytes before; those were given out already.
        before = len(self._beginning)
        joined = self._beginning + read
        start = before
        for match in _SWITCH.finditer(joined):
            yield self._decode(joined[start : match.end()])
            start = match.end()
            self._is_utf8 = match.group() != _TO_LATIN_1
        yield self._decode(joined[start:])
        self._beginning = next((begun for begun in _BEGINNINGS if joined.endswith(begun)), b"")

    @property
    def undecoded(self) -> bytes:
        """The beginning of a character whose rest has not come yet."""
        return self._utf8.getstate()[0]

    def encode(self, text: str) -> bytes:
        """The bytes that would be decoded to some text now."""
        return text.encode("utf-8" if self._is_utf8 else "latin-1", "replace")

    def reset(self) -> None:
        """Take what follows for UTF-8."""
        self._is_utf8 = True

    def _decode(self, data: bytes) -> str:
        return self._utf8.decode(data) if self._is_utf8 else data.decode("latin-1")
