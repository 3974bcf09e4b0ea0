"""The system's own `ssh`: its command line, and handing the terminal over to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.facade import parts_of

if TYPE_CHECKING:
    from mooring.system_ssh.command_words import command, command_line, shell_line
    from mooring.system_ssh.find import find_ssh
    from mooring.system_ssh.handover import HandoverResult, run_in_foreground
    from mooring.system_ssh.replace import replace_process

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

if not TYPE_CHECKING:
    __getattr__ = parts_of(__name__, _HOMES)
