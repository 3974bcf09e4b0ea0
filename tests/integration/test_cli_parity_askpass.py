"""SSH_ASKPASS, SSH_ASKPASS_REQUIRE and DISPLAY: who asks, the program or the terminal, in both clients.

One login asks all three: about an unknown host key, for the passphrase of a key, and for a password.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.asking_server import PASSWORD, AskingServer, running_asking_server
from support.parity import Call, through_native, through_ssh
from support.programs import require_program

PASSPHRASE = "correct horse"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AskingServer]:
    """A server that takes a password, and has nothing against keys that it does not know."""
    with running_asking_server(tmp_path_factory.mktemp("askpass"), "keys") as server:
        yield server


@pytest.fixture(scope="module")
def locked_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key whose passphrase is asked before any server has seen it: its public half stands nowhere in clear."""
    path = tmp_path_factory.mktemp("locked") / "key"
    words = [require_program("ssh-keygen"), "-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", PASSPHRASE]
    subprocess.run([*words, "-f", str(path)], check=True)
    path.with_suffix(".pub").unlink()
    return path


def askpass_program(folder: Path) -> Path:
    """A program that answers everything, and writes down what it was asked."""
    program = folder / "askpass"
    program.write_text(
        f'#!/bin/sh\necho "$1 <$SSH_ASKPASS_PROMPT>" >> {folder / "asked"}\n'
        f'case "$1" in *passphrase*) echo "{PASSPHRASE}";; *password*) echo "{PASSWORD}";; *) echo yes;; esac\n'
    )
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("display", "terminal"), [("", True), (":9", True), (":9", False)], ids=["terminal", "both", "display"]
)
@pytest.mark.parametrize("require", ["", "never", "prefer", "force"], ids=["unset", "never", "prefer", "force"])
def test_the_program_asks_when_it_does_for_ssh(
    require: str, display: str, terminal: bool, server: AskingServer, locked_key: Path, tmp_path: Path
) -> None:
    config = server.write_client_config(tmp_path)
    config.write_text(config.read_text().replace("IdentityFile none", f"IdentityFile {locked_key}"))
    asked = tmp_path / "asked"
    call = Call(
        config=config,
        words=("asking", "hello"),
        known_hosts_file=tmp_path / "known_hosts",
        answers=("yes", PASSPHRASE, PASSWORD),
        environment={
            "SSH_ASKPASS": str(askpass_program(tmp_path)),
            "SSH_ASKPASS_REQUIRE": require,
            "DISPLAY": display,
        },
        terminal=terminal,
    )
    outcomes = []
    for through in (through_ssh, through_native):
        asked.unlink(missing_ok=True)
        outcome = through(call, tmp_path)
        outcomes.append((outcome, outcome.stderr.splitlines(), asked.exists() and asked.read_text()))
    assert outcomes[1] == outcomes[0]
    questions = len(outcomes[0][0].prompts) + str(outcomes[0][2]).count("<")
    assert questions == (3 if outcomes[0][0].status == 0 else 0)
