"""Keys, passwords and codes of one demo run; none outlives it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

import asyncssh

from mooring.demo.roster import DemoMachine, HostKey, Login

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that is mistaken for something else when it is read and typed."""


@dataclass(frozen=True)
class Credentials:
    """What one machine proves itself with, and what it wants. Empty `password` or `code`: it does not ask for one."""

    host_key: asyncssh.SSHKey = field(repr=False)
    recorded_key: asyncssh.SSHKey | None = field(repr=False)
    client_key: asyncssh.SSHKey = field(repr=False)
    password: str = field(default="", repr=False)
    code: str = field(default="", repr=False)


def make_credentials(machine: DemoMachine, client_key: asyncssh.SSHKey) -> Credentials:
    """Make a machine's keys and secrets; `recorded_key` is what known_hosts is to hold, None for nothing."""
    host_key = make_key(machine.name)
    recorded = {HostKey.KNOWN: host_key, HostKey.UNKNOWN: None, HostKey.CHANGED: None}[machine.host_key]
    if machine.host_key is HostKey.CHANGED:
        recorded = make_key(machine.name)
    return Credentials(
        host_key=host_key,
        recorded_key=recorded,
        client_key=client_key,
        password="" if machine.login is Login.KEY else _password(),
        code=f"{secrets.randbelow(10**6):06}" if machine.login is Login.SECOND_FACTOR else "",
    )


def make_key(comment: str) -> asyncssh.SSHKey:
    """A new ed25519 key pair."""
    return asyncssh.generate_private_key("ssh-ed25519", comment=comment)


def public_key_text(key: asyncssh.SSHKey) -> str:
    """The public half as "type base64", as known_hosts and authorized_keys have it."""
    return " ".join(key.export_public_key().decode("ascii").split()[:2])


def _password() -> str:
    """Twelve characters (59 bits): typed from the screen once, guessed by nobody on this computer meanwhile."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
