"""A real OpenSSH server on loopback, with keys and files of its own in a temporary folder."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.programs import require_program


@dataclass(frozen=True)
class SshServer:
    """A running sshd: where it listens, who may log in, and the files that a client needs."""

    port: int
    user: str
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def client_key(self) -> Path:
        """A key without passphrase that the server accepts."""
        return self.folder / "client_key"

    @property
    def host_public_key(self) -> str:
        """The server's ed25519 key as "type base64"."""
        return " ".join((self.folder / "host_ed25519.pub").read_text().split()[:2])

    @property
    def known_hosts_line(self) -> str:
        """The line that makes the server known."""
        return f"[127.0.0.1]:{self.port} {self.host_public_key}\n"

    @property
    def logins(self) -> int:
        """How often somebody was let in by a key."""
        return (self.folder / "sshd.log").read_text().count("Accepted publickey ")

    def authorize(self, public_key: str) -> None:
        """Let one more key in."""
        with (self.folder / "authorized_keys").open("a") as file:
            file.write(public_key.strip() + "\n")

    def write_client_config(self, name: str, *extra: str, known: bool = True) -> Path:
        """Write an ssh_config with one `Host name` that reaches this server, and nothing of the person's own."""
        known_hosts = self.folder / f"known_hosts_{name}"
        known_hosts.write_text(self.known_hosts_line if known else "")
        config = self.folder / f"config_{name}"
        lines = [
            f"Host {name}",
            "HostName 127.0.0.1",
            f"Port {self.port}",
            f"User {self.user}",
            f"IdentityFile {self.client_key}",
            "IdentitiesOnly yes",
            "IdentityAgent none",
            f"UserKnownHostsFile {known_hosts}",
            "GlobalKnownHostsFile /dev/null",
            *extra,
        ]
        config.write_text("\n".join(lines) + "\n")
        config.chmod(0o600)
        return config


def make_key(path: Path, *, kind: str = "ed25519", passphrase: str = "") -> None:
    """Make a key pair with ssh-keygen."""
    program = require_program("ssh-keygen")
    subprocess.run([program, "-q", "-t", kind, "-N", passphrase, "-C", path.name, "-f", str(path)], check=True)


def free_port() -> int:
    """A TCP port on loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_sshd(folder: Path, *options: str, attempts: int = 5) -> Iterator[SshServer]:
    """Start sshd on a free port with `options` as further lines of its sshd_config; end it by its pid.

    sshd takes the first value of a keyword, and `options` come first, so they win.
    """
    program = require_program("sshd")
    folder.mkdir(parents=True, exist_ok=True)
    make_key(folder / "host_ed25519")
    make_key(folder / "client_key")
    (folder / "authorized_keys").write_text((folder / "client_key.pub").read_text())
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    for _attempt in range(attempts):
        port = free_port()
        _write_config(folder, port, options)
        log = (folder / "sshd.log").open("wb")
        process = subprocess.Popen(
            [program, "-D", "-e", "-f", str(folder / "sshd_config")], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        log.close()
        if _listens(process, port):
            break
    else:
        raise RuntimeError(f"sshd did not start: {(folder / 'sshd.log').read_text()}")
    try:
        yield SshServer(port=port, user=getpass.getuser(), folder=folder, process=process)
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.wait(timeout=10)


def _write_config(folder: Path, port: int, options: Sequence[str]) -> None:
    # A home of its own for every session: the start-up files of whoever runs the tests may print, wait for a lock
    # (pyenv's does, for a minute) or change the prompt.
    home = folder / "home"
    home.mkdir(exist_ok=True)
    lines = [
        *options,
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {folder / 'host_ed25519'}",
        f"PidFile {folder / 'sshd.pid'}",
        f"AuthorizedKeysFile {folder / 'authorized_keys'}",
        "StrictModes no",
        "UsePAM no",
        "PermitRootLogin yes",
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
        "PrintMotd no",
        "PrintLastLog no",
        "MaxStartups 100",
        "AcceptEnv LANG LC_* COLORTERM",
        "Subsystem sftp internal-sftp",
        f"SetEnv HOME={home}",
        "LogLevel VERBOSE",
    ]
    (folder / "sshd_config").write_text("\n".join(lines) + "\n")


def _listens(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the port answers; False when sshd ended first (the port was taken meanwhile)."""
    while process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                return connection.recv(4) == b"SSH-"
        except OSError:
            continue
    return False
