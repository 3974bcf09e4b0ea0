"""Programs that the tests drive: where one is missing the test skips and says which; in CI that is a failure."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def require_program(name: str) -> str:
    """Return the path of `name`, or skip the test (fail it under CI=true)."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin" + os.pathsep + "/sbin")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is not installed, and under CI nothing may be skipped")
        pytest.skip(f"{name} is not installed")
    return found


def conformance_folder(name: str) -> Path:
    """Return a folder of public terminal recordings beside the checkout, or skip (fail under CI=true)."""
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "conformance" / name
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the recordings {folder.name} are not there, and under CI nothing may be skipped")
        pytest.skip(f"the recordings {folder.name} are not beside this checkout")
    return folder
