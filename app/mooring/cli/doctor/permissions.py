"""Who may read and write what ssh and Mooring keep: too open a key is refused, too closed a folder loses things."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from mooring.cli.doctor.finding import Finding, fine, problem, warning
from mooring.model.errors import ConfigError
from mooring.sshconfig.files import badly_owned
from mooring.sshconfig.person import Person
from mooring.store import Paths

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine_permissions(paths: Paths) -> Iterator[Finding]:
    """Look at ~/.ssh and the keys in it, and at Mooring's folders and files."""
    found = [*_ssh_folder(), *_our_files(paths), *_our_folders(paths)]
    yield from found or [fine("files and folders are yours alone where they have to be")]


def _ssh_folder() -> Iterator[Finding]:
    try:
        person = Person.current()
        folder = Path(person.home) / ".ssh"
        names = sorted(folder.iterdir())
    except (ConfigError, OSError):
        return
    if folder.stat().st_mode & _OTHERS_WRITE:
        yield problem(f"others may write to {folder}", f"chmod 700 {shlex.quote(str(folder))}")
    config = folder / "config"
    if config.exists() and badly_owned(str(config), person):
        yield problem(f"ssh refuses {config}: others may write to it", f"chmod 600 {shlex.quote(str(config))}")
    for key in names:
        # ssh-keygen's own names, and any other that has its public half beside it.
        is_key = key.with_name(f"{key.name}.pub") in names or (key.name.startswith("id_") and key.suffix != ".pub")
        if is_key and key.is_file() and key.stat().st_mode & _OTHERS:
            yield problem(f"ssh refuses the key {key}: others may read it", f"chmod 600 {shlex.quote(str(key))}")


def _our_files(paths: Paths) -> Iterator[Finding]:
    # machines.toml and commands.toml are not read at all then, and their readers say so.
    for file in (paths.settings_file, paths.annotations_file):
        try:
            is_open = badly_owned(str(file), Person.current())
        except (OSError, ConfigError):
            continue
        if is_open:
            remedy = f"chmod go-w {shlex.quote(str(file))}"
            yield problem(f"others may write to {file}: none of the programs in it is run", remedy)


def _our_folders(paths: Paths) -> Iterator[Finding]:
    for folder in (paths.config, paths.state, paths.runtime):
        if not folder.exists():
            # What is to lie in another of them goes with that one.
            if not any(other in folder.parents for other in (paths.config, paths.state)):
                yield from _place_for(folder)
            continue
        quoted = shlex.quote(str(folder))
        if not folder.is_dir():
            yield problem(f"{folder} is no folder: nothing can be kept there", f"move it away: mv {quoted} {quoted}~")
        elif not os.access(folder, os.W_OK | os.X_OK):
            yield problem(f"{folder} can't be written to: nothing is remembered", f"chmod u+rwx {quoted}")
        elif folder is not paths.config and folder.stat().st_mode & _OTHERS:
            yield warning(f"others may look into {folder}", f"chmod 700 {quoted}")


def _place_for(folder: Path) -> Iterator[Finding]:
    """Whether a folder that is not there could be made, as it is when something is first written to it."""
    nearest = next(parent for parent in folder.parents if parent.exists())
    if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
        remedy = "make it by hand, or let XDG_CONFIG_HOME, XDG_STATE_HOME or XDG_RUNTIME_DIR name another place"
        yield problem(f"{folder} can't be made below {nearest}: nothing is remembered", remedy)
