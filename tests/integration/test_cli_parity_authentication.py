"""Logging in: the native client and ssh, given the same words and the same typed answers."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.agents import running_agent
from support.asking_server import CODE, PASSWORD, AskingServer, running_asking_server
from support.parity import Call, Outcome, through_native, through_ssh
from support.programs import require_program
from support.sshd import SshServer, make_key, running_sshd

PASSPHRASE = "correct horse"


@dataclass(frozen=True)
class Case:
    """One call against a server of that kind, with lines for the host's block and what is typed."""

    name: str
    server: str
    answers: tuple[str, ...] = ()
    config: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    terminal: bool = True
    same_errors: bool = True


ASKING = [
    Case("password", "password", (PASSWORD,)),
    Case("password at the second try", "password", ("wrong", PASSWORD)),
    Case("password wrong three times", "password", ("a", "b", "c")),
    Case("an empty password", "password", ("", "", "")),
    Case("one password prompt", "password", ("wrong",), ("NumberOfPasswordPrompts 1",)),
    Case("five password prompts", "password", ("a", "b", "c", "d", PASSWORD), ("NumberOfPasswordPrompts 5",)),
    Case("no password in batch mode", "password", (), ("BatchMode yes",)),
    Case("no terminal to ask at", "password", terminal=False),
    Case("passwords switched off", "password", (), ("PasswordAuthentication no",)),
    Case("only keys preferred", "password", (), ("PreferredAuthentications publickey",)),
    Case("a quiet failure", "password", ("a", "b", "c"), words=("-q",)),
    Case("^C at the prompt", "password", ()),
    Case("a banner", "banner", (PASSWORD,)),
    Case("a banner in quiet", "banner", (PASSWORD,), words=("-q",)),
    Case("two factors", "keyboard", (PASSWORD, CODE)),
    Case("a banner beside a log of its own", "banner", (PASSWORD,), words=("-E", "/dev/null")),
    Case("two factors in quiet", "keyboard", (PASSWORD, CODE), words=("-q",)),
    Case("two factors beside a log of its own", "keyboard", (PASSWORD, CODE), words=("-E", "/dev/null")),
    Case("two factors, the second wrong", "keyboard", (PASSWORD, "0", PASSWORD, CODE)),
    Case("two factors, the first wrong", "keyboard", ("x", "y", "z")),
    Case("keyboard-interactive switched off", "keyboard", (), ("KbdInteractiveAuthentication no",)),
    Case("another user by option", "password", (PASSWORD,), words=("-l", "other")),
]


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, AskingServer]]:
    """One server of each kind."""
    with ExitStack() as stack:
        yield {
            kind: stack.enter_context(running_asking_server(tmp_path_factory.mktemp(kind), kind))
            for kind in ("password", "keyboard", "banner")
        }


@pytest.mark.parametrize("case", ASKING, ids=lambda case: case.name)
def test_questions_are_those_of_ssh(case: Case, asking: dict[str, AskingServer], tmp_path: Path) -> None:
    server = asking[case.server]
    call = Call(
        config=server.write_client_config(tmp_path, *case.config),
        words=(*case.words, "asking", "hello"),
        known_hosts_file=tmp_path / "known_hosts",
        known_hosts=server.known_hosts_line,
        answers=case.answers,
        stdin=b"",
        terminal=case.terminal,
    )
    assert_same(through_ssh(call, tmp_path), through_native(call, tmp_path), errors=case.same_errors)


@pytest.mark.parametrize("answers", [("yes", "wrong", PASSWORD), ("no",), ("yes", "a", "b", "c"), ("yes",)])
def test_what_goes_to_the_background_asks_in_the_foreground_first(
    answers: tuple[str, ...], asking: dict[str, AskingServer], tmp_path: Path
) -> None:
    """`-f`: the prompts, the status of what was called, and a forward that listens when it has ended."""
    server = asking["password"]
    forward = tmp_path / "forward"
    for through in (through_ssh, through_native):
        forward.unlink(missing_ok=True)
        call = Call(
            config=server.write_client_config(tmp_path, f"LocalForward {forward} 127.0.0.1:1"),
            words=("-f", "asking", "linger"),
            known_hosts_file=tmp_path / "known_hosts",
            answers=answers,
        )
        outcome = through(call, tmp_path)
        seen = (outcome.status, outcome.prompts, outcome.terminal, outcome.known_hosts, outcome.stderr.splitlines())
        listens = forward.is_socket()
        if through is through_ssh:
            expected, expected_to_listen = seen, listens
        else:
            assert (seen, listens) == (expected, expected_to_listen)


def test_a_banner_cannot_steer_the_terminal(tmp_path: Path) -> None:
    with running_asking_server(tmp_path, "hostile") as server:
        call = Call(
            server.write_client_config(tmp_path),
            ("asking", "hello"),
            tmp_path / "known_hosts",
            server.known_hosts_line,
            (PASSWORD,),
        )
        outcome = through_native(call, tmp_path)
    assert (outcome.status, outcome.stdout) == (0, b"welcome hello\n")
    assert b"Cleared" in outcome.stderr
    assert not set(outcome.stderr.replace(b"\r\n", b"").decode()) & set("\x1b\x9b\r")


def assert_same(expected: Outcome, outcome: Outcome, *, errors: bool = True) -> None:
    """Both did the same, and said the same where `errors` is set."""
    assert outcome == expected
    if errors:
        assert outcome.stderr.splitlines() == expected.stderr.splitlines()


KEYS = [
    Case("the right key", "sshd"),
    Case("a key that the server does not know", "sshd", config=("IdentityFile {stranger}",)),
    Case("two keys, the second right", "sshd", config=("IdentityFile {stranger}", "IdentityFile {right}")),
    Case("a passphrase", "sshd", (PASSPHRASE,), ("IdentityFile {locked}",)),
    Case("a passphrase at the second try", "sshd", ("wrong", PASSPHRASE), ("IdentityFile {locked}",)),
    Case("a passphrase wrong three times", "sshd", ("a", "b", "c"), ("IdentityFile {locked}",)),
    Case("an empty passphrase", "sshd", ("",), ("IdentityFile {locked}",)),
    Case("a passphrase in batch mode", "sshd", (), ("IdentityFile {locked}", "BatchMode yes")),
    Case("a key file that is not there", "sshd", config=("IdentityFile {missing}",)),
    Case("a key file named by tokens", "sshd", config=("IdentityFile {by_tokens}",)),
    Case("-i and a file that is not there", "sshd", words=("-i", "{missing}")),
    Case("-i and the right key", "sshd", config=("IdentityFile {stranger}",), words=("-i", "{right}")),
    Case("-i without a name", "sshd", words=("-i", "", "-i", "{right}")),
    Case("a certificate without its key", "sshd", config=("IdentityFile {stranger}", "CertificateFile {certificate}")),
    Case("a key of other lines", "sshd", config=("IdentityFile {windows}", "IdentityFile {unended}")),
    Case("a key with the public half of another", "sshd", config=("IdentityFile {crossed}",)),
    Case("a file that is no key", "sshd", config=("IdentityFile {text}",)),
    Case("a private half of another key", "sshd", config=("IdentityFile {mismatch}",)),
    Case("a key that is too short", "sshd", config=("IdentityFile {rsa}", "RequiredRSASize 4096")),
    Case("keys switched off", "sshd", config=("IdentityFile {right}", "PubkeyAuthentication no")),
    Case("a user who is not there", "sshd", config=("IdentityFile {right}",), words=("-l", "no-such-user")),
    # What uses up the attempts is said, where ssh has no word about it. A file is tried after the whole agent.
    Case("eight keys in the agent, none of them right", "agent", config=("IdentityFile {right}",), same_errors=False),
    Case(
        "eight keys in the agent, of which none is tried",
        "agent",
        config=("IdentityFile {right}", "IdentitiesOnly yes"),
    ),
    Case("the key is only in the agent", "agent-right", config=("IdentityFile {right}.pub",)),
    # A vanished agent is said, where ssh is silent without -v.
    Case("no agent behind the socket", "dead-agent", config=("IdentityFile {right}",), same_errors=False),
]


@pytest.fixture(scope="module")
def key_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server with two accepted keys, one of them locked; no key is in any usual place."""
    with running_sshd(tmp_path_factory.mktemp("keys")) as server:
        make_key(server.folder / "locked", passphrase=PASSPHRASE)
        server.authorize((server.folder / "locked.pub").read_text())
        make_key(server.folder / "stranger")
        _make_odd_keys(server)
        yield server


def _make_odd_keys(server: SshServer) -> None:
    """Key files that ssh won't use, as good as they look; all of the right key but for `rsa`."""
    folder, right = server.folder, server.client_key.read_bytes()
    make_key(folder / "rsa", kind="rsa")
    server.authorize((folder / "rsa.pub").read_text())
    for name, content in {
        "windows": right.replace(b"\n", b"\r\n"),
        "unended": right.rstrip(b"\n"),
        "text": b"no key\n",
        "crossed": _with_public_half(right, folder / "stranger.pub"),
        "mismatch": right,
        "certified": right,
        f"key-dev-127.0.0.1-{server.port}": right,
    }.items():
        (folder / name).touch(mode=0o600)
        (folder / name).write_bytes(content)
    (folder / "mismatch.pub").write_text((folder / "rsa.pub").read_text())
    (folder / "certified.pub").write_text((folder / "client_key.pub").read_text())
    subprocess.run(
        [require_program("ssh-keygen"), "-q", "-s", "host_ed25519", "-I", "x", "-n", server.user, "certified.pub"],
        cwd=folder,
        check=True,
    )
    server.authorize(f"cert-authority {server.host_public_key}")


def _with_public_half(private: bytes, public: Path) -> bytes:
    """A key file of OpenSSH's format in which the public half, which stands in clear, is that of another key."""
    first, *body, last = private.splitlines(keepends=True)
    other = base64.b64decode(public.read_text().split()[1])
    decoded = base64.b64decode(b"".join(body))
    # Magic, three strings (cipher, KDF and its options), and a count come before it.
    start = decoded.index(other[:19])
    return first + base64.encodebytes(decoded[:start] + other + decoded[start + len(other) :]) + last


@pytest.fixture
def agents(key_server: SshServer, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Sockets of two agents: one with eight keys that nobody knows, one with the right key alone."""
    pids = []
    sockets = {"sshd": "", "dead-agent": str(tmp_path / "nobody")}
    try:
        for name in ("agent", "agent-right"):
            sockets[name] = str(tmp_path / name)
            started = subprocess.run(
                [require_program("ssh-agent"), "-a", sockets[name]], capture_output=True, text=True, check=True
            )
            pids.append(int(started.stdout.split("SSH_AGENT_PID=")[1].split(";")[0]))
        for number in range(8):
            make_key(tmp_path / f"other{number}")
            _add_key(sockets["agent"], tmp_path / f"other{number}")
        _add_key(sockets["agent-right"], key_server.client_key)
        yield sockets
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGTERM)


def _add_key(socket: str, key: Path) -> None:
    environment = {**os.environ, "SSH_AUTH_SOCK": socket}
    subprocess.run([require_program("ssh-add"), "-q", str(key)], env=environment, check=True)


@pytest.mark.parametrize("case", KEYS, ids=lambda case: case.name)
def test_keys_are_used_as_by_ssh(
    case: Case, key_server: SshServer, agents: dict[str, str], tmp_path: Path, own_home: Path
) -> None:
    folder = key_server.folder
    names = {
        "right": str(folder / "client_key"),
        "locked": str(folder / "locked"),
        "stranger": str(folder / "stranger"),
        "missing": str(tmp_path / "missing"),
        "by_tokens": str(folder / "key-%n-%h-%p"),
        "certificate": str(folder / "certified-cert.pub"),
        **{name: str(folder / name) for name in ("windows", "unended", "text", "mismatch", "crossed", "rsa")},
    }
    if case.server == "agent-right":
        # Only the public half is there: the private one is the agent's.
        (tmp_path / "right.pub").write_text((folder / "client_key.pub").read_text())
        names["right"] = str(tmp_path / "right")
    config = tmp_path / "config"
    lines = case.config or ("IdentityFile {right}",)
    config.write_text(
        "\n".join(
            (
                "Host dev",
                "HostName 127.0.0.1",
                f"Port {key_server.port}",
                f"UserKnownHostsFile {tmp_path / 'known_hosts'}",
                "GlobalKnownHostsFile /dev/null",
                *(line.format(**names) for line in lines),
            )
        )
        + "\n"
    )
    config.chmod(0o600)
    call = Call(
        config=config,
        words=(*(word.format(**names) for word in case.words), "dev", "echo in"),
        known_hosts_file=tmp_path / "known_hosts",
        known_hosts=key_server.known_hosts_line,
        answers=case.answers,
        environment={"SSH_AUTH_SOCK": agents[case.server]},
    )
    assert_same(through_ssh(call, tmp_path), through_native(call, tmp_path), errors=case.same_errors)


@pytest.mark.parametrize(
    ("answer", "display"),
    [("echo YES", ":9"), ("true", ":9"), ("echo no", ":9"), ("exit 1", ":9"), (None, ":9"), ("echo yes", "")],
)
def test_a_key_goes_to_the_agent_when_askpass_says_so(
    answer: str | None, display: str, key_server: SshServer, tmp_path: Path
) -> None:
    """AddKeysToAgent ask: through the program alone, which learns that it is to confirm; never at the terminal."""
    program, asked = tmp_path / "askpass", tmp_path / "asked"
    if answer is not None:
        program.write_text(f'#!/bin/sh\necho "$1 $SSH_ASKPASS_PROMPT" >> {asked}\n{answer}\n')
        program.chmod(0o755)
    outcomes = []
    for through in (through_ssh, through_native):
        asked.unlink(missing_ok=True)
        with running_agent(tmp_path) as agent:
            config = key_server.write_client_config("dev", "AddKeysToAgent ask")
            config.write_text(config.read_text().replace("IdentityAgent none", f"IdentityAgent {agent.socket}"))
            call = Call(
                config=config,
                words=("dev", "echo in"),
                known_hosts_file=key_server.folder / "known_hosts_dev",
                known_hosts=key_server.known_hosts_line,
                environment={"SSH_ASKPASS": str(program), "DISPLAY": display},
            )
            outcome = through(call, tmp_path)
            outcomes.append(
                (
                    outcome.status,
                    outcome.stdout,
                    outcome.prompts,
                    len(agent.listed()),
                    asked.exists() and asked.read_text(),
                )
            )
    assert outcomes[1] == outcomes[0]
