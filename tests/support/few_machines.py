"""A home with a few machines in it, for those who look at how `mooring` starts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAMES = tuple(f"machine-{number}" for number in range(1, 13))
LAST = NAMES[-1].encode()
"""What the terminal is told last of the first picture's list."""

MOORING = (sys.executable, "-c", "from mooring.cli.entry import main; main()", "-F", "none")
"""The program, on these machines alone."""


def at_home(home: str) -> None:
    """Have this process, and what it starts, be at home in a folder where the machines are listed."""
    for name in ("CONFIG", "STATE", "CACHE", "DATA"):
        os.environ[f"XDG_{name}_HOME"] = home
    os.environ.update(HOME=home, TERM="xterm-256color", COLORTERM="truecolor")
    config = Path(home) / "mooring"
    config.mkdir()
    entries = (f'[[machine]]\nname = "{name}"\nhost = "192.0.2.1"\n' for name in NAMES)
    (config / "machines.toml").write_text("\n".join(entries))
    (config / "settings.toml").write_text("probe_visible = false\n")
