"""Which algorithms the SSH library has, without loading it into the UI process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Mapping
from functools import cache

from mooring.model.errors import MooringError

PATIENCE = 30.0
"""Seconds that the other interpreter may take; it needs a third of one."""


def algorithms_of_the_library(keyword: str) -> Collection[str] | None:
    """The names that the library has for an algorithm list; None for a keyword that is none.

    Asks an interpreter of its own, once: the library would stay in this process for good, which talks SSH to nobody.
    Blocks meanwhile. Raises MooringError where that fails.
    """
    return _ask().get(keyword)


@cache
def _ask() -> Mapping[str, Collection[str]]:
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", "from mooring.ssh.supported import write_all; write_all()"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        names: Mapping[str, Collection[str]] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise MooringError(f"Which algorithms there are could not be found out: {error}") from error
    return names
