"""The system's own `ssh`: its command line, and handing the terminal over to it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring.system_ssh.command_words import command, command_line, shell_line
    from mooring.system_ssh.find import find_ssh
    from mooring.system_ssh.handover import HandoverResult, run_in_foreground
    from mooring.system_ssh.replace import replace_process
else:

    def __getattr__(name: str) -> object:
        """Load what is asked for: who needs one part does not wait for all."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "HandoverResult",
    "command",
    "command_line",
    "find_ssh",
    "replace_process",
    "run_in_foreground",
    "shell_line",
]

_HOMES = {
    "HandoverResult": "handover",
    "command": "command_words",
    "command_line": "command_words",
    "find_ssh": "find",
    "replace_process": "replace",
    "run_in_foreground": "handover",
    "shell_line": "command_words",
}
"""The module of each of them."""
