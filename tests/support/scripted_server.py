"""An SSH server by asyncssh that asks for passwords and codes: OpenSSH's needs PAM and accounts for that."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh

Challenge = bool | tuple[str, str, str, Sequence[tuple[str, bool]]]


@dataclass
class Script:
    """What the server wants. `rounds` are keyboard-interactive questions (prompt, echo) with the right answers."""

    password: str | None = None
    rounds: Sequence[tuple[str, str, Sequence[tuple[str, bool]], Sequence[str]]] = ()
    banner: str = ""
    status: int = 0
    attempts: list[str] = field(default_factory=list)


class _Server(asyncssh.SSHServer):
    def __init__(self, script: Script) -> None:
        self._script = script
        self._round = 0
        self._connection: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn

    def begin_auth(self, username: str) -> bool:
        if self._script.banner and self._connection is not None:
            self._connection.send_auth_banner(self._script.banner)
        return True

    def password_auth_supported(self) -> bool:
        return self._script.password is not None

    def validate_password(self, username: str, password: str) -> bool:
        self._script.attempts.append(password)
        return password == self._script.password

    def kbdint_auth_supported(self) -> bool:
        return bool(self._script.rounds)

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Challenge:
        self._round = 0
        name, text, prompts, _answers = self._script.rounds[0]
        return (name, text, "", prompts)

    def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> Challenge:
        self._script.attempts.append("|".join(responses))
        _name, _text, _prompts, answers = self._script.rounds[self._round]
        if list(responses) != list(answers):
            return False
        self._round += 1
        if self._round == len(self._script.rounds):
            return True
        name, text, prompts, _answers = self._script.rounds[self._round]
        return (name, text, "", prompts)


@asynccontextmanager
async def scripted_server(folder: Path, script: Script) -> AsyncIterator[Path]:
    """Serve on loopback, each session printing "in" and ending; yields an ssh_config with `Host here`."""
    key = asyncssh.generate_private_key("ssh-ed25519")

    async def session(process: asyncssh.SSHServerProcess[bytes]) -> None:
        process.stdout.write(b"in\n")
        process.exit(script.status)

    server = await asyncssh.listen(
        "127.0.0.1", 0, server_host_keys=[key], server_factory=lambda: _Server(script), process_factory=session,
        encoding=None, gss_host=None,
    )  # fmt: skip
    port = server.get_port()
    folder.mkdir(parents=True, exist_ok=True)
    public = key.export_public_key("openssh").decode().strip()
    (folder / "known_hosts_scripted").write_text(f"[127.0.0.1]:{port} {public}\n")
    config = folder / "config_scripted"
    config.write_text(
        f"Host here\nHostName 127.0.0.1\nPort {port}\nUser someone\nIdentityFile none\nIdentityAgent none\n"
        f"UserKnownHostsFile {folder / 'known_hosts_scripted'}\nGlobalKnownHostsFile /dev/null\n"
    )
    config.chmod(0o600)
    try:
        yield config
    finally:
        server.close()
        await server.wait_closed()
