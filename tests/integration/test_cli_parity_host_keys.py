"""Trust in host keys: the native client and ssh, given the same known_hosts and the same typed answers."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.parity import Call, through_native, through_ssh
from support.programs import require_program
from support.sshd import SshServer, make_key, running_sshd


@dataclass(frozen=True)
class Case:
    """One call. `known` is known_hosts before it: {key} is the server's key, {other} another one, {port} its port."""

    name: str
    known: str | None = ""
    answers: tuple[str, ...] = ()
    config: tuple[str, ...] = ()
    terminal: bool = True
    salted: bool = False


NAMED = "[127.0.0.1]:{port}"
CASES = [
    Case("known", f"{NAMED} {{key}}\n"),
    Case("unknown, yes", "", ("yes",)),
    Case("unknown, no file yet", None, ("yes",)),
    Case("unknown, YES", "", ("YES",)),
    Case("unknown, no", "", ("no",)),
    Case("unknown, nothing typed", "", ("",)),
    Case("unknown, then yes", "", ("perhaps", "y", "yes")),
    Case("unknown, the fingerprint", "", ("{fingerprint}",)),
    Case("unknown, a wrong fingerprint", "", ("SHA256:nonsense", "no")),
    Case("unknown, ^C", "", ()),
    Case("unknown and strict", "", config=("StrictHostKeyChecking yes",)),
    Case("unknown and accept-new", "", config=("StrictHostKeyChecking accept-new",)),
    Case("unknown and unchecked", "", config=("StrictHostKeyChecking no",)),
    Case("unknown and off", "", config=("StrictHostKeyChecking off",)),
    Case("unknown in batch mode", "", config=("BatchMode yes",)),
    Case("unknown without a terminal", "", terminal=False),
    Case("unknown with a picture", "", ("yes",), ("VisualHostKey yes",)),
    Case("known with a picture", f"{NAMED} {{key}}\n", config=("VisualHostKey yes",)),
    Case("known without the port, with a picture", "127.0.0.1 {key}\n", config=("VisualHostKey yes",)),
    Case("a key that is too short to be one", f"{NAMED} ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAAwEAAQ==\n", ("no",)),
    Case("known in a line with blanks and a comment", f"\t {NAMED},x  {{key}}  # trailing\r\n"),
    Case("known by a line that another one negates", f"!{NAMED},* {{other}}\n{NAMED} {{key}}\n"),
    Case("an authority, and no certificate", f"@cert-authority {NAMED} {{key}}\n", ("no",)),
    Case("unknown with an MD5 fingerprint", "", ("yes",), ("FingerprintHash md5",)),
    Case("unknown and hashed", "", ("yes",), ("HashKnownHosts yes",), salted=True),
    Case("unknown under an alias", "", ("yes",), ("HostKeyAlias alias.example",)),
    Case("known under an alias", "alias.example {key}\n", config=("HostKeyAlias alias.example",)),
    Case("unknown with the address checked", "", ("yes",), ("HostName localhost", "CheckHostIP yes")),
    Case("known under another name", "elsewhere {key}\n", ("yes",)),
    Case("known without the port", "127.0.0.1 {key}\n"),
    Case("changed", f"{NAMED} {{other}}\n"),
    Case("changed and unchecked", f"{NAMED} {{other}}\n", config=("StrictHostKeyChecking no",)),
    Case("changed and accept-new", f"{NAMED} {{other}}\n", config=("StrictHostKeyChecking accept-new",)),
    Case("changed and strict", f"{NAMED} {{other}}\n", config=("StrictHostKeyChecking yes",)),
    Case("changed, behind a comment", f"# a comment\n\nnonsense\n{NAMED} {{other}}\n"),
    Case("both keys on record", f"{NAMED} {{other}}\n{NAMED} {{key}}\n"),
    Case("revoked", f"@revoked {NAMED} {{key}}\n{NAMED} {{key}}\n"),
    Case("revoked and unchecked", f"@revoked {NAMED} {{key}}\n", config=("StrictHostKeyChecking no",)),
    Case("a pattern", "[127.0.0.*]:{port} {key}\n"),
    Case("a pattern for every port", "*.example,127.0.0.* {key}\n"),
    Case("a pattern that is negated", f"*,!{NAMED} {{key}}\n", ("no",)),
    Case("malformed lines", f"short\n@odd {NAMED} {{key}}\n{NAMED} {{key}}\n"),
    Case("no file to write to", "", ("yes",), ("UserKnownHostsFile /dev/null",)),
    Case("known to the system", "", config=("GlobalKnownHostsFile {global}",)),
    Case("known in the second of two files", "", config=("UserKnownHostsFile {missing} {global}",)),
    Case("unknown to both files", "", ("yes",), ("UserKnownHostsFile {file} {missing}",)),
    Case("a folder in the place of the file", "", ("yes",), ("UserKnownHostsFile {folder}",)),
    Case("known to a command", "", config=("KnownHostsCommand /bin/cat {global}",)),
    Case("unknown to a command", "", ("no",), config=("KnownHostsCommand /bin/true",)),
    Case("changed, says a command", "", config=('KnownHostsCommand /bin/echo "%H" {other}',)),
    Case("a command with tokens", "", config=(
        'KnownHostsCommand /bin/sh -c "echo $1 $2 $3; echo $4 >&2" x %H %t %K %I',)),
    Case("a command that sees the fingerprint", "", ("no",), config=(
        "FingerprintHash md5", 'KnownHostsCommand /bin/sh -c "echo $1 >&2" x %f')),
    Case("a command that fails", "", config=("KnownHostsCommand /bin/sh -c 'echo no >&2; exit 3'",)),
    Case("a command that is killed", "", config=("KnownHostsCommand /bin/sh -c 'kill -9 $$'",)),
    Case("a command that is not there", "", ("no",), config=("KnownHostsCommand /no/such/program %H",)),
    Case("a command that is no path", "", ("no",), config=("KnownHostsCommand cat {global}",)),
    Case("a command with a quote", "", ("no",), config=("KnownHostsCommand /bin/echo 'x",)),
    Case("a command with a comment", "", ("no",), config=("KnownHostsCommand /bin/echo # no comment",)),
    Case("a command with an unknown token", "", config=("KnownHostsCommand /bin/echo %q",)),
    Case("a command asked for the address", "", ("no",), config=(
        "HostName localhost", "CheckHostIP yes",
        'KnownHostsCommand /bin/sh -c "test $1 = ORDER || echo $1 $2 >&2" x %I %H')),
    Case("no file at all", "", ("yes",), ("UserKnownHostsFile none",)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_host_keys_are_judged_as_by_ssh(case: Case, sshd: SshServer, tmp_path: Path) -> None:
    make_key(tmp_path / "other")
    named = {
        "port": str(sshd.port),
        "key": sshd.host_public_key,
        "other": " ".join((tmp_path / "other.pub").read_text().split()[:2]),
        "fingerprint": _fingerprint(sshd.folder / "host_ed25519.pub"),
        "global": str(tmp_path / "global"),
        "missing": str(tmp_path / "missing"),
        "file": str(tmp_path / "known_hosts"),
        "folder": str(tmp_path),
    }
    (tmp_path / "global").write_text(sshd.known_hosts_line)
    file = tmp_path / "known_hosts"
    config = tmp_path / "config"
    lines = [line.format(**named) for line in case.config]
    usual = [
        "HostName 127.0.0.1",
        f"Port {sshd.port}",
        f"IdentityFile {sshd.client_key}",
        "IdentityAgent none",
        f"UserKnownHostsFile {file}",
        "GlobalKnownHostsFile /dev/null",
        "UpdateHostKeys no",
    ]
    config.write_text("\n".join(("Host dev", *lines, *usual)) + "\n")
    config.chmod(0o600)
    call = Call(
        config=config,
        words=("dev", "echo in"),
        known_hosts_file=file,
        known_hosts=None if case.known is None else case.known.format(**named),
        answers=[answer.format(**named) for answer in case.answers],
        terminal=case.terminal,
    )
    expected = through_ssh(call, tmp_path)
    found_by_ssh = _find(file, sshd.port)
    outcome = through_native(call, tmp_path)
    if case.salted:
        assert _find(file, sshd.port) == found_by_ssh
        assert len(outcome.known_hosts) == len(expected.known_hosts)
    else:
        assert outcome.known_hosts == expected.known_hosts
    assert (outcome.status, outcome.stdout) == (expected.status, expected.stdout)
    assert (outcome.prompts, outcome.terminal) == (expected.prompts, expected.terminal)
    assert outcome.stderr.splitlines() == _without_debian(expected.stderr)


@pytest.mark.parametrize("known", [True, False])
def test_an_rsa_key_that_is_too_short_is_refused(known: bool, tmp_path: Path) -> None:
    """RequiredRSASize is for the host's key too, on record or not."""
    folder = tmp_path / "sshd"
    make_key(tmp_path / "rsa", kind="rsa")
    rsa = " ".join((tmp_path / "rsa.pub").read_text().split()[:2])
    with running_sshd(folder, f"HostKey {tmp_path / 'rsa'}") as server:
        config = server.write_client_config("dev", "HostKeyAlgorithms rsa-sha2-512", "RequiredRSASize 4096")
        call = Call(
            config=config,
            words=("dev", "echo in"),
            known_hosts_file=folder / "known_hosts_dev",
            known_hosts=f"[127.0.0.1]:{server.port} {rsa}\n" if known else "",
            answers=("yes",),
        )
        expected, outcome = through_ssh(call, tmp_path), through_native(call, tmp_path)
    assert outcome == expected
    assert outcome.stderr.splitlines() == expected.stderr.splitlines() == [b"Bad server host key: Invalid key length"]


def test_a_last_line_without_an_end_is_ended_first(sshd: SshServer, tmp_path: Path) -> None:
    """The installed ssh may be older than 9.4, which began to do so (hostfile.c), and writes both on one line."""
    config = sshd.write_client_config("endless", known=False)
    file = sshd.folder / "known_hosts_endless"
    call = Call(config, ("endless", "true"), file, f"elsewhere {sshd.host_public_key}", ("yes",))
    outcome = through_native(call, tmp_path)
    assert outcome.status == 0
    assert outcome.known_hosts.decode() == f"elsewhere {sshd.host_public_key}\n{sshd.known_hosts_line}"


def _without_debian(stderr: bytes) -> list[bytes]:
    """What OpenSSH itself prints: Debian adds two lines with a command that removes the offending key."""
    return [
        line
        for line in stderr.splitlines()
        if line.strip() != b"remove with:" and not line.startswith(b"  ssh-keygen ")
    ]


def _find(file: Path, port: int) -> list[str]:
    """The keys that ssh-keygen finds for the server, without the name, which may be hashed with a salt."""
    words = [require_program("ssh-keygen"), "-F", f"[127.0.0.1]:{port}", "-f", str(file)]
    run = subprocess.run(words, capture_output=True, text=True, check=False)
    return [line.partition(" ")[2] for line in run.stdout.splitlines() if not line.startswith("#")]


def _fingerprint(file: Path) -> str:
    run = subprocess.run([require_program("ssh-keygen"), "-lf", str(file)], capture_output=True, text=True, check=True)
    return run.stdout.split()[1]
