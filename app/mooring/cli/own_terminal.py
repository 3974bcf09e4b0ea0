"""The terminal that a full-screen program wants for itself."""

from __future__ import annotations

import os
import sys

from mooring.model.errors import UsageError


def take_terminal(refusal: str, *, hint: str | None = None) -> None:
    """Make sure that there is a terminal to read and to draw on; raises UsageError with `refusal` where there is none.

    Textual draws on standard error. Where that goes elsewhere (`mooring 2> log`) nothing would be seen, and keys would
    act all the same: it goes to the terminal of standard output then.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(refusal, hint=hint)
    if not sys.stderr.isatty():
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
