"""The program `mooring` as a person starts it: another process, with an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

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
