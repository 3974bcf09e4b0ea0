"""Fixtures for every test: a home of its own, and a real sshd."""

from __future__ import annotations

import os
import pwd
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from support.sshd import SshServer, running_sshd

# Where bytecode files are forbidden, each of the many processes that the tests start would compile every module anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A script that runs the tests in its background has them ignore ^C, and so would each program that is to end by it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test an empty home, so that none reads or writes the person's own files."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    # ssh, and we after it, take ~ from the password database and not from $HOME.
    entry = list(pwd.getpwuid(os.getuid()))
    entry[5] = str(home)
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: pwd.struct_passwd(entry))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / f".{name.lower()}"))
    for name in (
        "XDG_RUNTIME_DIR",
        "SSH_AUTH_SOCK",
        "SSH_ASKPASS",
        "MACHINE_STORAGE_PATH",
        "MOORING_NATIVE_SSH",
        "MACHINE_NATIVE_SSH",
        "NO_COLOR",
        "COLORTERM",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "WSL_DISTRO_NAME",
    ):
        monkeypatch.delenv(name, raising=False)
    # What the screens look like depends on the terminal, and is not to depend on the one that the tests run in.
    monkeypatch.setenv("TERM", "xterm-256color")
    yield home
    _end_engines(home / ".state" / "mooring" / "run")


def _end_engines(runtime: Path) -> None:
    """End the engines that screens have left behind: for an hour they would keep what a test had open."""
    for door in runtime.glob("engine-*.sock"):
        process_id = int(door.stem.partition("-")[2])
        command = Path(f"/proc/{process_id}/cmdline")
        # The number may be somebody else's by now.
        if command.exists() and os.fsencode(runtime) in command.read_bytes():
            with suppress(ProcessLookupError):
                os.kill(process_id, signal.SIGTERM)


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """One OpenSSH server for the tests of a worker that need nothing special of it."""
    with running_sshd(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture(scope="session")
def plain_sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """One OpenSSH server whose login shell is a bare sh with the prompt `there> `.

    A person's own shell may take its time: with pyenv in its profile each login waits for the others' `pyenv rehash`.
    """
    shell = "ForceCommand exec env -u ENV PS1='there> ' /bin/sh"
    with running_sshd(tmp_path_factory.mktemp("plain_sshd"), shell) as server:
        yield server
