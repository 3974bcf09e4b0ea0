"""The system's own `ssh`: its command line, and handing the terminal over to it."""

from mooring.system_ssh.command import command, command_line, shell_line
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
