"""How sessions end: the native client and ssh, given the same words, against a real sshd."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.command_line import MOORING
from support.parity import Call, through_native, through_ssh
from support.programs import require_program
from support.sshd import SshServer


@dataclass(frozen=True)
class Case:
    """One call; `config` are further lines of the host's block, `same_errors` compares standard error as well."""

    name: str
    words: tuple[str, ...]
    config: tuple[str, ...] = ()
    stdin: bytes | None = b""
    same_errors: bool = True


TOKENS = "%C %d %h %i %k %L %l %n %p %r %u %%"
"""All that stand for something of the connection."""

CASES = [
    Case("success", ("dev", "true")),
    Case("status", ("dev", "exit", "7")),
    Case("status of 255", ("dev", "exit 255")),
    Case("no such command", ("dev", "no-such-command-here")),
    Case("killed", ("dev", "kill -9 $$")),
    Case("terminated", ("dev", "kill -TERM $$")),
    Case("words are joined by blanks", ("dev", "printf", "'<%s>'", "a  b", "c")),
    Case("quotes reach the remote shell", ("dev", "echo \"two  blanks\" 'and $HOME'")),
    Case("options of the command", ("dev", "echo", "-n", "-p", "99")),
    Case("options after the host", ("dev", "-T", "-o", "LogLevel=ERROR", "echo", "here")),
    Case("double dash", ("dev", "--", "echo", "-x")),
    Case("double dash before the host", ("--", "dev", "echo", "-x")),
    Case("both outputs", ("dev", "echo out; echo err >&2; exit 3")),
    Case("input through cat", ("dev", "cat"), stdin=b"one\ntwo\n\0\xff\r\n~.\n"),
    Case("no input wanted", ("-n", "dev", "cat"), stdin=b"never read"),
    Case("input that nobody reads", ("dev", "true"), stdin=b"x" * 300_000),
    Case("output of a megabyte", ("dev", "head -c 1000000 /dev/zero | tr '\\0' x")),
    Case("a shell that reads a script", ("-T", "dev"), stdin=b"echo from the script\nexit 4\n"),
    Case("a shell without a terminal", ("dev",), stdin=b"exit 6\n"),
    Case("-T has no terminal", ("-T", "dev", "tty; true")),
    Case("-t without a terminal here", ("-t", "dev", "tty; true")),
    Case("-tt forces one", ("-tt", "dev", "test -t 0 && test -t 1 && echo terminal"), stdin=b""),
    Case("-tt and a status", ("-tt", "dev", "exit 5")),
    Case("RequestTTY force", ("dev", "test -t 1 && echo terminal"), config=("RequestTTY force",)),
    Case("RequestTTY no", ("dev", "test -t 1 || echo none"), config=("RequestTTY no",)),
    Case("RemoteCommand", ("dev",), config=("RemoteCommand echo configured; exit 8", "RequestTTY no")),
    Case("two commands", ("dev", "echo"), config=("RemoteCommand echo configured",)),
    Case("a subsystem", ("-s", "dev", "sftp")),
    Case("a subsystem that is not there", ("-s", "dev", "no-such-subsystem")),
    Case("a subsystem without a name", ("-s", "dev"), same_errors=False),
    Case("to the background without a command", ("-f", "dev")),
    Case("quiet", ("-q", "dev", "echo out; echo err >&2")),
    Case("a log of its own", ("-E", "log", "-p", "1", "dev")),
    Case("SetEnv", ("dev", "echo $COLORTERM"), config=("SetEnv COLORTERM=truecolor",)),
    Case("SetEnv that the server refuses", ("dev", "echo x$NOBODY"), config=("SetEnv NOBODY=home",)),
    Case("SendEnv", ("dev", "echo $LC_PARITY"), config=("SendEnv LC_*",)),
    Case("LocalCommand", ("dev", "true"), config=("PermitLocalCommand yes", "LocalCommand echo local %h >&2")),
    Case("LocalCommand that is not permitted", ("dev", "true"), config=("LocalCommand echo local >&2",)),
    Case(
        "a token for LocalCommand alone", ("dev", "true"), config=("PermitLocalCommand yes", "LocalCommand echo %T >&2")
    ),
    Case("a wrong token in a LocalCommand that is not permitted", ("dev", "true"), config=("LocalCommand echo %q",)),
    Case(
        "the tokens of a LocalCommand",
        ("dev", "true"),
        config=("PermitLocalCommand yes", f"LocalCommand echo {TOKENS} %T >&2", "HostKeyAlias Alias"),
    ),
    Case("the tokens of a RemoteCommand", ("dev",), config=(f"RemoteCommand echo {TOKENS}", "RequestTTY no")),
    Case("compressed", ("-C", "dev", "head -c 100000 /dev/zero | cksum")),
    Case("another cipher and mac", ("-c", "aes128-ctr", "-m", "hmac-sha2-512", "dev", "echo through")),
    Case("stdio to the server itself", ("-W", "127.0.0.1:{port}", "dev"), stdin=b"SSH-2.0-nobody\r\nnonsense\r\n"),
    Case("stdio to a closed port", ("-W", "127.0.0.1:1", "dev")),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_sessions_end_as_with_ssh(case: Case, sshd: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = sshd.write_client_config("dev", *case.config)
    call = Call(
        config=config,
        words=[word.format(port=sshd.port) if word.startswith("127.0.0.1:{") else word for word in case.words],
        known_hosts_file=sshd.folder / "known_hosts_dev",
        known_hosts=sshd.known_hosts_line,
        stdin=case.stdin,
        environment={"LC_PARITY": "sent"},
    )
    expected = through_ssh(call, tmp_path)
    outcome = through_native(call, tmp_path)
    if case.name == "stdio to the server itself":
        # The banner names the server; what follows it is a key exchange with random bytes in it.
        assert outcome.stdout.splitlines()[0] == expected.stdout.splitlines()[0]
        assert outcome.status == expected.status
        return
    assert outcome == expected
    if case.same_errors:
        assert outcome.stderr.splitlines() == expected.stderr.splitlines()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&-", "<&- >&- 2>&-"])
def test_closed_descriptors_end_as_with_ssh(closed: str, sshd: SshServer) -> None:
    command = "cat; head -c 300000 /dev/zero; echo err >&2; exit 3"
    config = sshd.write_client_config("dev", "UpdateHostKeys no")
    ends = []
    for client in ([require_program("ssh"), "-F", str(config)], [*MOORING, "--native-ssh", "-F", str(config), "ssh"]):
        run = subprocess.run(
            ["/bin/sh", "-c", f'"$@" {closed}', "sh", *client, "dev", command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        ends.append((run.returncode, run.stdout, run.stderr.splitlines()))
    assert ends[1] == ends[0]
