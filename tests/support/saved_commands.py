"""A commands.toml as a person has it, for tests of the screens."""

from __future__ import annotations

from pathlib import Path

from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin

COMMANDS = """\
# mine

[[command]]
name = "disk free"
command = "df -h {{path}}"
description = "How full the file systems are"
tags = ["disk"]
parameters.path.default = "/"

[[command]]
name = "uptime"
command = "uptime"

[[command]]
name = "restart service"
command = "systemctl restart {{service}} && logger {{reason}}"
description = "Stop and start one service of the web servers"
on = "web-*"
confirm = true
[command.parameters.service]
description = "which one"
choices = ["nginx", "app", "worker"]
[command.parameters.reason]
description = "for the log"
pattern = "[a-z ]+"

[[command]]
name = "unlock"
command = "vault unseal {{key}}"
parameters.key.secret = true
"""


def write_commands(folder: Path, text: str = COMMANDS) -> Path:
    """Put a commands.toml into `folder`, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "commands.toml").write_text(text)
    return folder


def web_machine(number: int, *, guard: bool = False) -> Machine:
    """One of many web servers."""
    name = f"web-{number:02}"
    return Machine(name, ("mooring",), Origin("fleet", number), Target(name, config_file="none"), name, guard=guard)
