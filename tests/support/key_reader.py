"""Write down what a terminal sends: `python -m support.key_reader FILE [SEQUENCE]`, until it reads "quit".

SEQUENCE (with backslash escapes) is written first: modes to switch on. Every read is a line of hexadecimal digits and
the seconds of `time.perf_counter` in FILE.
"""

from __future__ import annotations

import os
import sys
import time
import tty
from pathlib import Path


def main() -> None:
    """Read until "quit" comes."""
    path = Path(sys.argv[1])
    tty.setraw(0)
    with path.open("w") as log:
        if len(sys.argv) > 2:
            os.write(1, sys.argv[2].encode().decode("unicode_escape").encode())
        os.write(1, b"ready\r\n")
        everything = b""
        while not everything.endswith(b"quit") and (data := os.read(0, 4096)):
            everything = everything[-4:] + data
            log.write(f"{data.hex()} {time.perf_counter()}\n")
            log.flush()


if __name__ == "__main__":
    main()
