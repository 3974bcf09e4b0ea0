"""One demo machine as an SSH server: who may come in, and what they get."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import asyncssh

from mooring.demo.credentials import Credentials
from mooring.demo.processes import login_shell, machine_environment
from mooring.demo.roster import DemoMachine, Login
from mooring.demo.terminal_process import run_in_terminal, run_on_pipes

LOGIN_SECONDS = 600
"""How long a person may take over a password and a code."""

INNER_PORT = 22
"""The port of machines that are reached through another one: no socket listens on it anywhere."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

Tunnel = Callable[["asyncssh.SSHReader[bytes]", "asyncssh.SSHWriter[bytes]"], Awaitable[None]]


@dataclass(frozen=True)
class Site:
    """A machine with all that its server needs. `inner` has the tunnels to those behind it, by host name."""

    machine: DemoMachine
    credentials: Credentials
    folder: Path
    home: Path
    inner: Mapping[str, Tunnel] = field(default_factory=dict)
    connections: set[asyncssh.SSHServerConnection] = field(default_factory=set)


class ServerOptions(TypedDict):
    """What asyncssh.listen and asyncssh.run_server take alike."""

    server_factory: Callable[[], asyncssh.SSHServer]
    server_host_keys: list[asyncssh.SSHKey]
    process_factory: Callable[[asyncssh.SSHServerProcess[bytes]], Awaitable[None]]
    sftp_factory: Callable[[asyncssh.SSHServerChannel[bytes]], asyncssh.SFTPServer]
    encoding: None
    line_editor: bool
    login_timeout: int


def server_options(site: Site) -> ServerOptions:
    """How asyncssh is to serve `site`."""
    return {
        "server_factory": lambda: _Doorkeeper(site),
        "server_host_keys": [site.credentials.host_key],
        "process_factory": lambda process: _serve(process, site),
        "sftp_factory": lambda channel: _Files(channel, chroot=str(site.home).encode()),
        "encoding": None,
        "line_editor": False,
        "login_timeout": LOGIN_SECONDS,
    }


class _Files(asyncssh.SFTPServer):
    """The machine's home; it tells how it ended, as sftp-server does: scp takes silence for a failure."""

    def exit(self) -> None:
        super().exit()
        self.channel.exit(0)


class _Doorkeeper(asyncssh.SSHServer):
    """Lets one user in by the machine's one way, and opens the tunnels that are meant to be."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._user_fits = False
        self._password: str | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._site.connections.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:
        self._site.connections.discard(self._connection)

    def begin_auth(self, username: str) -> bool:
        """Everybody has to show something, whoever they say they are."""
        self._user_fits = username == self._site.machine.user
        return True

    def public_key_auth_supported(self) -> bool:
        return self._site.machine.login is Login.KEY

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return self._user_fits and key.public_data == self._site.credentials.client_key.public_data

    def password_auth_supported(self) -> bool:
        return self._site.machine.login is Login.PASSWORD

    def validate_password(self, username: str, password: str) -> bool:
        return self._user_fits and _same(password, self._site.credentials.password)

    def kbdint_auth_supported(self) -> bool:
        return self._site.machine.login is Login.SECOND_FACTOR

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> asyncssh.auth.KbdIntChallenge:
        self._password = None
        return "", "", "", [("Password: ", False)]

    def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> asyncssh.auth.KbdIntChallenge:
        """Ask for the code after any password, so that the answer does not tell which of the two was wrong."""
        if len(responses) != 1:
            return False
        if self._password is None:
            self._password = responses[0]
            return "", "", "", [("Verification code: ", True)]
        password, self._password = self._password, None
        credentials = self._site.credentials
        return self._user_fits & _same(password, credentials.password) & _same(responses[0], credentials.code)

    def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool | Tunnel:
        """Open tunnels to the machines behind this one, and to loopback for the person's own forwards."""
        if dest_port == INNER_PORT and dest_host in self._site.inner:
            return self._site.inner[dest_host]
        if dest_host in _LOOPBACK:
            return True
        raise asyncssh.ChannelOpenError(
            asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED, "a demo machine leads to nothing but the demo"
        )

    def server_requested(self, listen_host: str, listen_port: int) -> bool:
        """Let remote forwards listen on loopback, and nowhere else."""
        return listen_host in _LOOPBACK


def _same(given: str, wanted: str) -> bool:
    """Compare secrets in constant time; nothing fits an empty one."""
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())


async def _serve(process: asyncssh.SSHServerProcess[bytes], site: Site) -> None:
    """Run a login shell, or one command by it, as sshd would."""
    if process.subsystem is not None:
        process.exit(127)
        return
    machine = site.machine
    environment = machine_environment(site.folder, site.home, machine.user, process.env)
    if agent := process.channel.get_agent_path():
        environment["SSH_AUTH_SOCK"] = agent
    peer = process.get_extra_info("peername") or ("127.0.0.1", 0)
    here = process.get_extra_info("sockname") or ("127.0.0.1", INNER_PORT)
    environment["SSH_CONNECTION"] = f"{peer[0]} {peer[1]} {here[0]} {here[1]}"
    shell = login_shell()
    name = Path(shell).name
    # A dash before its name makes a shell a login shell (login(1)).
    arguments = (shell, f"-{name}") if process.command is None else (shell, name, "-c", process.command)
    run = run_on_pipes if process.term_type is None else run_in_terminal
    try:
        await run(process, arguments, environment, site.home)
    except OSError as error:
        # The shell or the home is gone (a person may remove either): that ends this session and not the connection.
        process.stderr.write(f"{machine.name}: {error.strerror}: {error.filename}\n".encode())
        process.exit(255)
