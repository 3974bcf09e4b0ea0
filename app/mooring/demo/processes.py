"""The programs that run on demo machines: started with an environment of their own, ended to the last one."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path

MARKER = "MOORING_DEMO"
"""In the environment of everything that a demo starts; its value is the demo's folder."""

_NO_SHELLS = frozenset({"nologin", "false", "true", "sync"})
_HANDED_ON = ("LANG", "LANGUAGE", "TZ", "COLORTERM")


def login_shell() -> str:
    """The person's own shell, or /bin/sh where there is none that takes commands."""
    candidates = [os.environ.get("SHELL", "")]
    with contextlib.suppress(KeyError):
        candidates.append(pwd.getpwuid(os.getuid()).pw_shell)
    for candidate in candidates:
        if candidate and Path(candidate).name not in _NO_SHELLS and shutil.which(candidate):
            return candidate
    return "/bin/sh"


def machine_environment(folder: Path, home: Path, user: str, sent: Mapping[str, str]) -> dict[str, str]:
    """The environment of a session, made anew so that nothing of the person's own session is in it.

    All that programs keep by themselves (history, caches, tmux sockets) goes into `home`. `sent` is what the client
    asked for with SendEnv and SetEnv; as with sshd's usual AcceptEnv, only language and colours are taken.
    """
    environment = {name: value for name, value in os.environ.items() if name in _HANDED_ON or name.startswith("LC_")}
    environment |= {name: value for name, value in sent.items() if name in _HANDED_ON or name.startswith("LC_")}
    temporary = home / ".tmp"
    return environment | {
        MARKER: str(folder),
        "HOME": str(home),
        "USER": user,
        "LOGNAME": user,
        "SHELL": login_shell(),
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "ZDOTDIR": str(home),
        "ENV": str(home / ".shinit"),
        "HISTFILE": str(home / ".history"),
        "TMPDIR": str(temporary),
        "TMUX_TMPDIR": str(temporary),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "XDG_CACHE_HOME": str(home / ".cache"),
    }


def hang_up(process_id: int) -> None:
    """Tell a session's process group that its terminal is gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process_id, signal.SIGHUP)


def kill_all_of(folder: Path) -> int:
    """Kill every process that still has this demo's marker in its environment; return how many there were.

    Process groups are not enough: a shell's jobs, tmux servers and whatever called setsid() are in others. Where there
    is no /proc, those that survive a hangup stay.
    """
    wanted = f"{MARKER}={folder}".encode()
    count = 0
    for entry in Path("/proc").glob("[0-9]*"):
        if int(entry.name) == os.getpid():
            continue
        try:
            variables = (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if wanted in variables:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(int(entry.name), signal.SIGKILL)
                count += 1
    return count
