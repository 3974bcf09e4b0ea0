"""The throw-away home of a demo machine: a prompt, a greeting, and files that are worth a look."""

from __future__ import annotations

import os
from pathlib import Path

from mooring.demo.home_files import files_for
from mooring.demo.roster import DemoMachine


def write_home(home: Path, machine: DemoMachine) -> None:
    """Make `home` with start-up files for the usual shells, so that each shows the same prompt and reads nothing of
    the person's own."""
    home.mkdir(parents=True, mode=0o700)
    for directory in (".tmp", ".config/fish", ".local/share", ".local/state", ".cache", "bin"):
        (home / directory).mkdir(parents=True, mode=0o700)
    files = {**_shell_files(machine), **files_for(machine)}
    for name, text in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for program in (home / "bin").iterdir():
        program.chmod(0o700)


def _shell_files(machine: DemoMachine) -> dict[str, str]:
    colours = "--color=auto" if os.uname().sysname == "Linux" else "-G"
    # By who is played, not by who runs it: as root every prompt would end in "#".
    sign = "#" if machine.user == "root" else "$"
    common = f'PATH="$HOME/bin:$PATH"\nalias ls="ls {colours}"\n'
    where = f"{machine.user}@{machine.name}"
    login = 'cat "$HOME/.motd"\n' + ('"$HOME/bin/flood"\n' if machine.floods else "")
    bash = common + rf"PS1='\[\e[32m\]{where}\[\e[0m\]:\[\e[34m\]\w\[\e[0m\]{sign} '" + "\n"
    zsh = common + f"PROMPT='%F{{green}}{where}%f:%F{{blue}}%~%f{sign} '\n"
    plain = common + f"PS1='{where}{sign} '\n"
    fish = "\n".join(
        [
            'set -gx PATH "$HOME/bin" $PATH',
            "set -g fish_greeting",
            f"function fish_prompt; set_color green; echo -n {where}; set_color normal; echo -n ':'; set_color blue",
            f"echo -n (prompt_pwd); set_color normal; echo -n '{sign} '; end",
            "if status is-login; and status is-interactive",
            *(f"    {line}" for line in login.splitlines()),
            "end\n",
        ]
    )
    return {
        ".bashrc": bash,
        ".bash_profile": '. "$HOME/.bashrc"\n' + login,
        ".zshrc": zsh,
        ".zlogin": login,
        ".shinit": plain,
        ".profile": '. "$HOME/.shinit"\n' + login,
        ".config/fish/config.fish": fish,
        ".motd": _greeting(machine),
        "bin/hostname": f"#!/bin/sh\necho {machine.name}\n",
        **({"bin/flood": _FLOOD} if machine.floods else {}),
    }


def _greeting(machine: DemoMachine) -> str:
    """Say what this is: the machine is invented, the shell is not."""
    return (
        f"\x1b[1m{machine.name}\x1b[0m \x1b[2m· {machine.group} · {machine.driver} · release {machine.release}\x1b[0m\n"
        "\x1b[2mA demo machine. The shell is real: it runs as you, in a directory that is thrown away.\x1b[0m\n\n"
    )


_FLOOD = """#!/bin/sh
# Writes as fast as the terminal takes it. Ctrl+C ends it.
while :; do cat "$HOME/metrics.log" || exit; done
"""
