"""The program inside the xterm of a test: `python -m support.xterm_feeder SOCKET`.

What comes over the socket, each piece with its length in front, it writes to the terminal; what the terminal has
answered by the time when it has seen all of it goes back the same way.
"""

from __future__ import annotations

import os
import select
import socket
import struct
import sys
import tty

_MARK = b"\x1b[?9999$p"
_SEEN = b"\x1b[?9999;0$y"
"""DECRQM for a mode that does not exist: the answer to it comes behind all others."""


def main() -> None:
    """Serve until the other side closes."""
    tty.setraw(0)
    os.set_blocking(1, False)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(sys.argv[1])
        with connection.makefile("rb") as requests:
            while header := requests.read(4):
                (length,) = struct.unpack(">I", header)
                answer = exchange(requests.read(length) + _MARK)
                connection.sendall(struct.pack(">I", len(answer)) + answer)


def exchange(data: bytes) -> bytes:
    """Write to the terminal and read what it answers, up to the answer to the mark."""
    answer = bytearray()
    while data or not answer.endswith(_SEEN):
        readable, writable, _ = select.select([0], [1] if data else [], [])
        if writable:
            data = data[os.write(1, data) :]
        if readable:
            answer += os.read(0, 65536)
    return bytes(answer[: -len(_SEEN)])


if __name__ == "__main__":
    main()
