"""The three standard descriptors: always open, and turned to nothing where a client leaves its terminal."""

from __future__ import annotations

import os
from collections.abc import Iterable


def open_missing_descriptors() -> None:
    """Put /dev/null where standard input, output or error is closed, so that no socket or file takes the place."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            # The lowest number that is free is the missing one.
            os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(descriptor, True)


def turn_to_nothing(descriptors: Iterable[int]) -> None:
    """Replace descriptors by /dev/null."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in descriptors:
        os.dup2(nothing, descriptor)
    os.close(nothing)
