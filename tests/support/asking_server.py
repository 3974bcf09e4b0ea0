"""An SSH server that asks: for a password, or for a password and a code, as servers with PAM do.

OpenSSH's sshd wants real accounts and PAM for that, which no test may make on a newcomer's machine; asyncssh's server
knows the protocol too, and both clients are asked the same. Run as `python -m support.asking_server FOLDER KIND`.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncssh
from asyncssh.auth import KbdIntChallenge, KbdIntResponse

PASSWORD = "open sesame"
CODE = "314159"
LINGER = "linger"
"""The command that ends with its connection, and not before."""
BANNERS = {"banner": "Authorised people only.\nAll the others go away.\n", "hostile": "Cleared\x1b[2J\x9b2J\rit.\n"}


@dataclass(frozen=True)
class AskingServer:
    """Where it listens, and how its key is written into known_hosts."""

    port: int
    known_hosts_line: str

    def write_client_config(self, folder: Path, *extra: str) -> Path:
        """Write an ssh_config with one host, `asking`, and nothing of the person's own."""
        config = folder / "config_asking"
        lines = [
            "Host asking",
            "HostName 127.0.0.1",
            f"Port {self.port}",
            "User somebody",
            "IdentityFile none",
            "IdentityAgent none",
            f"UserKnownHostsFile {folder / 'known_hosts'}",
            "GlobalKnownHostsFile /dev/null",
            *extra,
        ]
        config.write_text("\n".join(lines) + "\n")
        config.chmod(0o600)
        return config


@contextmanager
def running_asking_server(folder: Path, kind: str) -> Iterator[AskingServer]:
    """Start one.

    `kind` is "password", "keyboard", "keys" (a password, where keys may be tried in vain before), or one of BANNERS (a
    password, with a banner before it).
    """
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    process = subprocess.Popen(
        [sys.executable, "-m", "support.asking_server", kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=folder,
    )
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        key = process.stdout.readline().strip()
        yield AskingServer(port, f"[127.0.0.1]:{port} {key}\n")
    finally:
        process.communicate(timeout=20)


class _Server(asyncssh.SSHServer):
    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._connection: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn

    def begin_auth(self, username: str) -> bool:
        if self._kind in BANNERS and self._connection is not None:
            self._connection.send_auth_banner(BANNERS[self._kind])
        return True

    def public_key_auth_supported(self) -> bool:
        return self._kind == "keys"

    def password_auth_supported(self) -> bool:
        return self._kind != "keyboard"

    def validate_password(self, username: str, password: str) -> bool:
        return password == PASSWORD

    def kbdint_auth_supported(self) -> bool:
        return self._kind == "keyboard"

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> KbdIntChallenge:
        return "", "", "", [("Password: ", False)]

    def validate_kbdint_response(self, username: str, responses: KbdIntResponse) -> KbdIntChallenge:
        if list(responses) == [PASSWORD]:
            return "Second factor", "Look at your token.", "", [("Code: ", True)]
        return list(responses) == [CODE]


async def _serve(kind: str) -> None:
    async def run(process: asyncssh.SSHServerProcess[str]) -> None:
        process.stdout.write(f"welcome {process.command}\n")
        if process.command == LINGER:
            await process.wait_closed()
        process.exit(0)

    key = asyncssh.generate_private_key("ssh-ed25519")
    server = await asyncssh.listen(
        "127.0.0.1", 0, server_factory=lambda: _Server(kind), server_host_keys=[key], process_factory=run
    )
    public_key = " ".join(key.export_public_key().decode().split()[:2])
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n{public_key}\n")
    sys.stdout.flush()
    # The end of the parent's pipe is the end of this server.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
