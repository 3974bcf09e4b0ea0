"""What is sent while the remote program wants C1 controls as single bytes (S8C1T)."""

from __future__ import annotations

_INTRODUCERS = (b"\x1b[", b"\x1bO")


def with_single_bytes(sequence: bytes) -> bytes:
    """Return a key's or the mouse's sequence with CSI or SS3 as one byte; alt+[ and alt+O are no sequences.

    The byte is no UTF-8, which is how xterm sends it in UTF-8 mode too.
    """
    if len(sequence) > 2 and sequence.startswith(_INTRODUCERS):
        return bytes([sequence[1] + 0x40]) + sequence[2:]
    return sequence
