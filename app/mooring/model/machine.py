"""A machine that a person can reach, as its sources describe it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mooring.model.origin import Origin
from mooring.model.recording import RecordingFormat


@dataclass(frozen=True, slots=True)
class OptionSetting:
    """One ssh_config(5) keyword with its arguments, as written after `-o` or by a source of machines.

    `keyword` is spelled as the manual spells it ("HostName"); `value` is the rest of the line, quoted where needed.
    `is_empty`: the value is an empty word, which only flags can give (`-l ""`); a line with one is refused.
    """

    keyword: str
    value: str
    origin: Origin
    is_empty: bool = False

    def __str__(self) -> str:
        return f"{self.keyword}={self.value}"


@dataclass(frozen=True, slots=True)
class Target:
    """What to connect to, told as one would tell `ssh`: a destination, options above every file, and the files.

    `host` is the destination word. `options` are in order of precedence (the first value of a keyword wins) and beat
    every file. `fallbacks` lose against a `Host` block that names `host` literally, and beat patterns such as `Host *`:
    that is where a machine from another source stands when ssh_config knows its name too.
    `config_file` is what `-F` was given: None means the person's file and the system's.
    `password_command` is an argv whose first line of output answers the password prompt of this host (of none on the
    way to it), once a connection; () for none. The native path alone knows it.
    `jump_hosts` are machines that ssh does not know by themselves: a ProxyJump that names the `host` of one means it.
    """

    host: str
    options: tuple[OptionSetting, ...] = ()
    fallbacks: tuple[OptionSetting, ...] = ()
    config_file: str | None = None
    password_command: tuple[str, ...] = field(default=(), repr=False)
    jump_hosts: tuple[Target, ...] = ()

    def jump_host(self, name: str) -> Target | None:
        """The machine that a jump by this name means, ready to be a target; None for one that ssh knows itself."""
        found = next((target for target in self.jump_hosts if target.host == name), None)
        return None if found is None else replace(found, jump_hosts=self.jump_hosts)


@dataclass(frozen=True, slots=True)
class Machine:
    """One row of the list: a name, how to reach it, and what its sources say about it.

    What a source leaves open is an empty string or None, never a guess; `mooring.sshconfig` resolves the rest when the
    machine is looked at or connected to. `sources` are in order of precedence ("mooring", "ssh_config",
    "docker-machine"). The first of `groups` is the one that the machine is listed under. `jump` is ProxyJump as far as
    it is known, "none" where it is known that there is none. `problem` says why this machine can't be used as it
    stands; the row is shown all the same. `warnings` say what else is wrong with its entries.

    `colour` ("red", "#d08770"), `favourite` and `guard` mark the machine wherever it is shown. `notes` are the person's
    own words, shown beside the prompts for this machine. `on_connect` are lines to type for the person into the shell
    of a new session, before they type themselves. `record` has each session recorded from its start.
    """

    name: str
    sources: tuple[str, ...]
    origin: Origin
    target: Target
    address: str = ""
    user: str = ""
    port: int | None = None
    jump: str = ""
    driver: str = ""
    groups: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    notes: str = ""
    colour: str = ""
    favourite: bool = False
    guard: bool = False
    on_connect: tuple[str, ...] = ()
    record: RecordingFormat | None = None
    problem: str | None = None
    warnings: tuple[str, ...] = ()
