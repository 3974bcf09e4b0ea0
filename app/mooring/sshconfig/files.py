"""The configuration files: which ones there are, and whether they may be read."""

from __future__ import annotations

import errno
import grp
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from mooring.model.errors import ConfigError
from mooring.sshconfig.person import Person
from mooring.sshconfig.text import ascii_lower

SYSTEM_FILE = "/etc/ssh/ssh_config"


@dataclass(frozen=True, slots=True)
class ConfigurationFiles:
    """The files that ssh reads, in its order; None is a file that is not read at all.

    `chosen` says that `user` was asked for by -F: then it must exist, its owner doesn't matter, and there is no
    system file.
    """

    user: str | None
    system: str | None = SYSTEM_FILE
    chosen: bool = False

    @classmethod
    def of(cls, config_file: str | None, person: Person | None = None) -> ConfigurationFiles:
        """The files for `-F config_file`; None is the person's own and the system's."""
        if config_file is None:
            home = (person or Person.current()).home
            return cls(user=f"{home}/.ssh/config")
        if ascii_lower(config_file) == "none":
            return cls(user=None, system=None, chosen=True)
        return cls(user=config_file, system=None, chosen=True)


def user_file(config_file: str | None = None) -> str:
    """Where a person's own `Host` lines belong, as one writes it: `~` is put only where programs mean the same by it.

    ssh takes the home folder from the password database. Where $HOME is another, `~/.ssh/config` would be a file that
    neither ssh nor we read.
    """
    if config_file is not None and ascii_lower(config_file) != "none":
        return config_file
    try:
        home = Person.current().home
    except ConfigError:
        return "~/.ssh/config"
    return "~/.ssh/config" if home == str(Path.home()) else f"{home}/.ssh/config"


class BadlyOwnedError(PermissionError):
    """A file that ssh refuses to read: it is somebody else's, or others may write it."""

    def __init__(self, path: str) -> None:
        self.message = f"Bad owner or permissions on {path}"
        super().__init__(errno.EPERM, self.message)


def read_lines(path: str, *, trusted_by: Person | None = None) -> list[str]:
    """Read a file as lines without their newline; bytes that are no UTF-8 are kept (surrogateescape).

    With `trusted_by` the file must be one that ssh would read for that person; owner and mode are asked of the open
    file, so that nobody can put another one in its place in between. A directory reads as empty, as it does for
    fopen(3) on Linux. Raises OSError, and `BadlyOwnedError` among it.
    """
    try:
        with Path(path).open("rb") as file:
            status = os.fstat(file.fileno())
            data = file.read()
    except IsADirectoryError:
        status, data = Path(path).stat(), b""
    if trusted_by is not None and _badly_owned(status, trusted_by):
        raise BadlyOwnedError(path)
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines


def badly_owned(path: str, person: Person) -> bool:
    """Whether ssh refuses the file: it is another's, or others may write it. Raises OSError.

    A group may write it when it has the owner for its only member, which is how Debian's ssh judges it; elsewhere
    ssh is stricter, and says so itself.
    """
    return _badly_owned(Path(path).stat(), person)


def _badly_owned(status: os.stat_result, person: Person) -> bool:
    if status.st_uid not in (0, person.uid) or status.st_mode & stat.S_IWOTH:
        return True
    return bool(status.st_mode & stat.S_IWGRP) and not _private_group(status)


def _private_group(status: os.stat_result) -> bool:
    """Whether the file's group has one member, its owner (a group without any is somebody's setgid program)."""
    try:
        owner = pwd.getpwuid(status.st_uid).pw_name
        listed = set(grp.getgrgid(status.st_gid).gr_mem)
    except KeyError:
        return False
    members = listed | {entry.pw_name for entry in pwd.getpwall() if entry.pw_gid == status.st_gid}
    return members == {owner}
