"""Where the system's `ssh` is."""

from __future__ import annotations

import shutil


def find_ssh(search_path: str | None = None) -> str | None:
    """Return the path of the `ssh` that a shell would run, None where there is none.

    `search_path` is a PATH to look in instead of the environment's.
    """
    return shutil.which("ssh", path=search_path)
