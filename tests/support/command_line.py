"""The program `mooring` as a person starts it: another process, with an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pexpect

MOORING = (sys.executable, "-c", "from mooring.cli.main import main; main()")
"""How the tests start `mooring`: what the console script does, without asking where it was installed."""


def run_mooring(
    *words: str | Path, stdin: bytes = b"", environment: Mapping[str, str] | None = None, timeout: float = 60
) -> subprocess.CompletedProcess[bytes]:
    """Run `mooring` to its end without a terminal; `environment` is added to that of the test."""
    return subprocess.run(
        [*MOORING, *map(str, words)],
        input=stdin,
        capture_output=True,
        timeout=timeout,
        env={**os.environ, **(environment or {})},
        start_new_session=True,
        check=False,
    )


def spawn_mooring(*words: str | Path, environment: Mapping[str, str] | None = None) -> pexpect.spawn[str]:
    """Start `mooring` at a terminal of its own, 100 columns wide; `environment` is added to that of the test."""
    return pexpect.spawn(
        MOORING[0],
        [*MOORING[1:], *map(str, words)],
        encoding="utf-8",
        timeout=25,
        dimensions=(24, 100),
        env={**os.environ, "TERM": "xterm-256color", **(environment or {})},
    )
