"""User certificates: which of the keys and certificates at hand the native client and ssh log in with.

Each has a forced command of its own, so that the output tells.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.agents import running_agent
from support.parity import Call, through_native, through_ssh
from support.programs import require_program
from support.sshd import SshServer, make_key, running_sshd


@dataclass(frozen=True)
class Case:
    """Lines for the host's block; `{folder}` has the keys. `agent_has` are the keys that the agent was given."""

    name: str
    config: tuple[str, ...]
    expected: bytes
    agent_has: tuple[str, ...] = ()


CASES = [
    Case("a key with its certificate beside it", ("IdentityFile {folder}/ed25519",), b"key ed25519\n"),
    Case(
        "CertificateFile goes first",
        ("IdentityFile {folder}/ed25519", "CertificateFile {folder}/ed25519-cert.pub"),
        b"certificate ed25519\n",
    ),
    Case(
        "a certificate of RSA",
        ("IdentityFile {folder}/rsa", "CertificateFile {folder}/rsa-cert.pub"),
        b"certificate rsa\n",
    ),
    Case(
        "a certificate of RSA beside a key that is not authorized", ("IdentityFile {folder}/rsa",), b"certificate rsa\n"
    ),
    Case("a certificate in the place of the public key", ("IdentityFile {folder}/instead",), b"certificate instead\n"),
    Case(
        "only certificates are accepted",
        ("IdentityFile {folder}/ed25519", "PubkeyAcceptedAlgorithms *-cert-v01@openssh.com"),
        b"certificate ed25519\n",
    ),
    Case(
        "no certificates are accepted",
        (
            "IdentityFile {folder}/ed25519",
            "CertificateFile {folder}/ed25519-cert.pub",
            "PubkeyAcceptedAlgorithms ssh-ed25519",
        ),
        b"key ed25519\n",
    ),
    Case(
        "a certificate for hosts",
        ("IdentityFile {folder}/ed25519", "CertificateFile {folder}/host-cert.pub"),
        b"key ed25519\n",
    ),
    Case(
        "the agent signs for a certificate",
        ("IdentityFile {folder}/absent", "CertificateFile {folder}/rsa-cert.pub"),
        b"certificate rsa\n",
        ("alone",),
    ),
    Case("the agent has the certificate", ("IdentityFile {folder}/absent",), b"certificate rsa\n", ("rsa",)),
    Case(
        "of the agent counts the certificate that is named",
        ("IdentitiesOnly yes", "IdentityFile {folder}/rsa"),
        b"certificate rsa\n",
        ("ed25519", "rsa"),
    ),
    Case(
        "two methods by two keys of one identity",
        ("User {user}", "IdentityFile {folder}/instead", "IdentityFile {folder}/ed25519"),
        b"certificate instead\n",
    ),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """It knows one plain key, and trusts the authority that signed the certificates."""
    with running_sshd(tmp_path_factory.mktemp("certificates")) as server:
        folder = server.folder
        make_key(folder / "authority")
        for name, kind in (("ed25519", "ed25519"), ("rsa", "rsa"), ("instead", "ed25519"), ("host", "ed25519")):
            make_key(folder / name, kind=kind)
            options = ["-h"] if name == "host" else ["-O", f"force-command=echo certificate {name}"]
            subprocess.run(
                [require_program("ssh-keygen"), "-q", "-s", "authority", "-I", "x", "-n", server.user, *options, name],
                cwd=folder,
                check=True,
            )
        (folder / "instead-cert.pub").replace(folder / "instead.pub")
        (folder / "alone").touch(mode=0o600)
        (folder / "alone").write_bytes((folder / "rsa").read_bytes())
        server.authorize(f'command="echo key ed25519" {(folder / "ed25519.pub").read_text()}')
        server.authorize(f"cert-authority {(folder / 'authority.pub').read_text()}")
        yield server


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_same_key_logs_in(case: Case, server: SshServer, tmp_path: Path) -> None:
    with running_agent(tmp_path) as agent:
        for name in case.agent_has:
            agent.add(server.folder / name)
        config = tmp_path / "config"
        lines = (
            "Host dev",
            "HostName 127.0.0.1",
            f"Port {server.port}",
            f"UserKnownHostsFile {tmp_path / 'known_hosts'}",
            "GlobalKnownHostsFile /dev/null",
            f"HostKeyAlias [127.0.0.1]:{server.port}",
            f"IdentityAgent {agent.socket}",
            *(line.format(folder=server.folder, user=server.user) for line in case.config),
        )
        config.write_text("\n".join(lines) + "\n")
        config.chmod(0o600)
        call = Call(config, ("dev", "true"), tmp_path / "known_hosts", server.known_hosts_line)
        expected = through_ssh(call, tmp_path)
        outcome = through_native(call, tmp_path)
    assert outcome == expected
    assert outcome.stderr.splitlines() == expected.stderr.splitlines()
    assert outcome.stdout == case.expected
