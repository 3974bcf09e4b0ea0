"""Where files come from and go to, as scp(1) and docker-machine write it: `PATH`, or `[USER@]MACHINE:PATH`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mooring.inventory import Inventory
from mooring.model.errors import MooringError, UsageError
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE
from mooring.model.quoting import quote_user
from mooring.model.ssh_argument_settings import with_arguments
from mooring.model.ssh_arguments import SshArguments


@dataclass(frozen=True, slots=True)
class Place:
    """A path here (`target` is None) or on a machine that `name` stands for on the command line."""

    path: str
    name: str = ""
    target: Target | None = None

    @property
    def words(self) -> str:
        """The place as scp and rsync take it: the user is among the target's options."""
        if self.target is None:
            # A colon before the first slash would be read as a host's.
            return f"./{self.path}" if ":" in self.path.partition("/")[0] or self.path.startswith("-") else self.path
        host = self.target.host
        return f"[{host}]:{self.path}" if ":" in host else f"{host}:{self.path}"

    def reached_by(self, arguments: SshArguments, environment: Mapping[str, str]) -> Place:
        """The place with options of ssh(1) on the way there. Raises UsageError for what ssh refuses."""
        if self.target is None:
            return self
        return replace(self, target=with_arguments(self.target, arguments, environment))


def parse_place(word: str) -> tuple[str | None, str, str]:
    """Split a word into user, host and path, by scp's rule: a colon before the first slash ends a host's name.

    The host is "" for what is here. Raises UsageError.
    """
    if word.startswith("scp://"):
        raise UsageError(f"mooring scp: {word}: a place is written MACHINE:PATH here, not as a URI.")
    colon = _colon(word)
    if colon <= 0:
        return None, "", word
    user, _, host = word[:colon].rpartition("@")
    if not host:
        raise UsageError(f"mooring scp: {word}: there is no machine before the colon.")
    return user or None, host.removeprefix("[").removesuffix("]"), word[colon + 1 :]


def _colon(word: str) -> int:
    """Where the host ends, -1 for nowhere; an IPv6 address stands in brackets (misc.c of OpenSSH)."""
    bracketed = False
    for index, character in enumerate(word):
        if character in "[]":
            bracketed = character == "["
        elif character == ":" and not bracketed:
            return index
        elif character == "/" and not bracketed:
            return -1
    return -1


def find_place(word: str, inventory: Inventory, config_file: str | None) -> Place:
    """Look a place's machine up; a name that is no machine is a host's. Raises UsageError, MooringError."""
    user, host, path = parse_place(word)
    if not host:
        return Place(path)
    machine = inventory.find(host)
    if machine is not None and machine.problem is not None:
        raise MooringError(f"mooring: {machine.name} can't be used: {machine.problem}", hint=f"See {machine.origin}.")
    target = Target(host) if machine is None else machine.target
    if user is not None:
        target = replace(target, options=(OptionSetting("User", quote_user(user), COMMAND_LINE), *target.options))
    return Place(path, host, replace(target, config_file=config_file))
