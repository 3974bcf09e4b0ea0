"""Agents: a FIDO key in one, and those that are locked, gone, silent or rude, through the native client and ssh."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from support.agents import running_agent
from support.parity import Call, Outcome, through_native, through_ssh
from support.programs import require_program
from support.scripted_agent import EcdsaToken, Ed25519Token, ScriptedAgent, running_scripted_agent
from support.sshd import SshServer, make_key, running_sshd


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server to which tests add keys."""
    with running_sshd(tmp_path_factory.mktemp("agents")) as server:
        yield server


def call_of(server: SshServer, folder: Path, *lines: str) -> Call:
    """A call with an agent at folder/agent and these further lines; no other key is there."""
    config = server.write_client_config("dev")
    text = config.read_text().replace("IdentityAgent none", f"IdentityAgent {folder / 'agent'}")
    text = text.replace(f"IdentityFile {server.client_key}\nIdentitiesOnly yes\n", "")
    config.write_text(text + "\n".join(lines) + "\n")
    return Call(
        config=config,
        words=("dev", "echo in"),
        known_hosts_file=server.folder / "known_hosts_dev",
        known_hosts=server.known_hosts_line,
    )


def both(call: Call, folder: Path) -> tuple[Outcome, Outcome]:
    """What ssh and what the native client make of it."""
    return through_ssh(call, folder), through_native(call, folder)


@pytest.mark.parametrize("kind", [Ed25519Token, EcdsaToken])
@pytest.mark.parametrize("named", [False, True], ids=["offered", "named"])
def test_a_fido_key_logs_in_through_the_agent(
    kind: type[Ed25519Token | EcdsaToken], named: bool, server: SshServer, tmp_path: Path
) -> None:
    token = kind()
    public = f"{token.algorithm.decode()} {base64.b64encode(token.public).decode()}"
    server.authorize(public)
    lines = ["IdentityFile none"]
    if named:
        # The handle is not there, only the public half: it is the agent's to sign.
        (tmp_path / "token.pub").write_text(f"{public} a token\n")
        lines = [f"IdentityFile {tmp_path / 'token'}", "IdentitiesOnly yes"]
    with running_scripted_agent(tmp_path / "agent", ScriptedAgent(token)):
        expected, ours = both(call_of(server, tmp_path, *lines), tmp_path)
    assert ours == expected
    assert (ours.status, ours.stdout, ours.stderr) == (0, b"in\n", expected.stderr)


@pytest.mark.parametrize("mood", ["refusing", "rude"])
def test_a_fido_key_that_nobody_touches_is_passed_over(mood: str, server: SshServer, tmp_path: Path) -> None:
    """The agent says no when it is to sign; the next key is tried."""
    token = Ed25519Token()
    server.authorize(f"{token.algorithm.decode()} {base64.b64encode(token.public).decode()}")
    call = call_of(server, tmp_path, f"IdentityFile {server.client_key}")
    with running_scripted_agent(tmp_path / "agent", ScriptedAgent(token, signs=mood)):
        expected, ours = both(call, tmp_path)
    assert ours == expected
    assert ours.status == 0


@pytest.mark.parametrize("mood", ["refusing", "rude", "gone", "no socket"])
def test_an_agent_that_lists_nothing_is_said_and_the_files_are_tried(
    mood: str, server: SshServer, tmp_path: Path
) -> None:
    call = call_of(server, tmp_path, f"IdentityFile {server.client_key}")
    if mood == "no socket":
        (tmp_path / "agent").write_text("")
    with running_scripted_agent(tmp_path / "spare" if mood in ("gone", "no socket") else tmp_path / "agent",
                                ScriptedAgent(mood=mood)):  # fmt: skip
        expected, ours = both(call, tmp_path)
    assert ours == expected
    assert (ours.status, ours.stdout) == (0, b"in\n")
    # ssh is silent without -v; a login that takes another way than it usually does should say why.
    assert f"The agent at {tmp_path / 'agent'}".encode() in ours.stderr


def test_a_silent_agent_is_not_waited_for(server: SshServer, tmp_path: Path) -> None:
    """ssh waits for ever; so it is not asked."""
    call = call_of(server, tmp_path, f"IdentityFile {server.client_key}")
    with running_scripted_agent(tmp_path / "agent", ScriptedAgent(mood="silent")):
        ours = through_native(call, tmp_path)
    assert (ours.status, ours.stdout) == (0, b"in\n")
    assert b"does not answer; its keys are left out." in ours.stderr


def test_a_locked_agent_shows_no_keys(server: SshServer, tmp_path: Path) -> None:
    """It says that it is empty; ssh fails without a word about it, and we tell what may be the matter."""
    with running_agent(tmp_path) as agent:
        make_key(tmp_path / "held")
        server.authorize((tmp_path / "held.pub").read_text())
        agent.add(tmp_path / "held")
        call = call_of(server, tmp_path, "IdentityFile none")
        assert both(call, tmp_path)[1].status == 0
        _lock(agent.socket)
        expected, ours = both(call, tmp_path)
    assert ours == expected
    assert ours.status == 255
    *lines, told = ours.stderr.splitlines()
    assert lines == expected.stderr.splitlines()
    assert told.startswith(b"The agent offered no key: it is empty, or locked")


@pytest.mark.parametrize("value", ["yes", "no", "confirm", "2h", "confirm 5m"])
def test_a_key_is_added_with_the_constraints_of_ssh(value: str, server: SshServer, tmp_path: Path) -> None:
    """AddKeysToAgent: the very request of ssh, with the key, its comment, the time and whether to confirm."""
    call = call_of(server, tmp_path, f"IdentityFile {server.client_key}", f"AddKeysToAgent {value}")
    added = []
    for through in (through_ssh, through_native):
        with running_scripted_agent(tmp_path / "agent", ScriptedAgent()) as agent:
            assert through(call, tmp_path).stdout == b"in\n"
        added.append(agent.added)
    assert added[1] == added[0]
    assert len(added[0]) == (value != "no")


def _lock(socket: Path) -> None:
    child = pexpect.spawn(
        "env", [f"SSH_AUTH_SOCK={socket}", require_program("ssh-add"), "-x"], encoding="utf-8", timeout=20
    )
    for prompt in ("password: ", "Again: "):
        child.expect_exact(prompt)
        child.sendline("let me out")
    child.expect_exact("Agent locked.")
    child.close()


def test_keys_that_the_agent_asks_about_are_left_when_nobody_answers(server: SshServer, tmp_path: Path) -> None:
    """`ssh-add -c`: ssh-agent asks its own askpass, which says no."""
    with running_agent(tmp_path) as agent:
        make_key(tmp_path / "held")
        server.authorize((tmp_path / "held.pub").read_text())
        agent.add(tmp_path / "held", "-c")
        expected, ours = both(call_of(server, tmp_path, "IdentityFile none"), tmp_path)
    assert ours == expected
    assert ours.status == 255


def test_the_agent_is_lent_to_the_other_side(server: SshServer, tmp_path: Path) -> None:
    """ForwardAgent: the token signs for a connection that is made from there."""
    token = Ed25519Token()
    server.authorize(f"{token.algorithm.decode()} {base64.b64encode(token.public).decode()}")
    call = call_of(server, tmp_path, "IdentityFile none", "ForwardAgent yes")
    listed = subprocess.list2cmdline([require_program("ssh-add"), "-L"])
    call = Call(call.config, ("dev", listed), call.known_hosts_file, call.known_hosts)
    with running_scripted_agent(tmp_path / "agent", ScriptedAgent(token)):
        expected, ours = both(call, tmp_path)
    assert ours == expected
    assert ours.stdout.startswith(token.algorithm)
