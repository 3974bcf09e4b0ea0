"""Becoming `ssh`: on the command line nothing stands between the person and the system's own program."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from mooring.model.errors import MooringError


def replace_process(words: Sequence[str]) -> NoReturn:
    """Run `words` in place of this process; raise MooringError where the program can't be started.

    What Python changed for itself is put back first: it ignores SIGPIPE, and an ignored signal would be inherited.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        os.execvp(words[0], list(words))
    except OSError as error:
        raise MooringError(f"can't run {words[0]}: {error.strerror}") from error
