"""Loaded by every Python that has this folder in PYTHONPATH: writes down each program that it starts, a line each.

An audit hook (PEP 578) sees all the ways in which Python starts programs, whoever calls them, and can't be taken off
again. Python imports the module by its name; it has to be `sitecustomize`.
"""

from __future__ import annotations

import os
import sys

FILE_VARIABLE = "MOORING_TEST_PROGRAMS"
_STARTS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn")


def _write_down(event: str, arguments: tuple[object, ...]) -> None:
    if event in _STARTS:
        line = f"{event} {arguments!r}".replace("\n", " ") + "\n"
        descriptor = os.open(os.environ[FILE_VARIABLE], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(descriptor, line.encode("utf-8", "surrogateescape"))
        os.close(descriptor)


if FILE_VARIABLE in os.environ:
    sys.addaudithook(_write_down)
