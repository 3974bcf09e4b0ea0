"""Keys that `ssh-add -h` bound to destinations: an agent signs where the client proves whom it speaks with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.agents import SshAgent, running_agent
from support.parity import Call, through_native, through_ssh
from support.programs import require_program
from support.sshd import SshServer, make_key, running_sshd


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server that takes one key, and has it nowhere in a file."""
    with running_sshd(tmp_path_factory.mktemp("constrained")) as server:
        make_key(server.folder / "held")
        make_key(server.folder / "stranger")
        server.authorize((server.folder / "held.pub").read_text())
        (server.folder / "names").write_text(
            f"here {server.host_public_key}\nelsewhere {(server.folder / 'stranger.pub').read_text()}"
        )
        yield server


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[SshAgent]:
    """An empty agent that can bind keys (OpenSSH 8.9 and later)."""
    with running_agent(tmp_path) as agent:
        yield agent


@pytest.mark.parametrize(
    ("destinations", "lets_in", "lists"),
    [
        ((), True, True),
        (("here",), True, False),
        (("elsewhere",), False, False),
        (("here", "here>elsewhere"), True, True),
        (("here>elsewhere",), False, False),
    ],
    ids=lambda value: ",".join(value) or "anywhere" if isinstance(value, tuple) else "",
)
def test_a_bound_key_serves_where_it_may(
    destinations: tuple[str, ...], lets_in: bool, lists: bool, server: SshServer, agent: SshAgent, tmp_path: Path
) -> None:
    """`lists`: the key is shown to a program on the host, to which the agent is forwarded."""
    constraints = [word for place in destinations for word in ("-h", place)]
    agent.add(server.folder / "held", "-H", str(server.folder / "names"), *constraints)
    config = tmp_path / "config"
    config.write_text(
        f"Host dev\nHostName 127.0.0.1\nPort {server.port}\nHostKeyAlias dev\nIdentityFile none\n"
        f"IdentityAgent {agent.socket}\nForwardAgent {agent.socket}\n"
        f"UserKnownHostsFile {tmp_path / 'known_hosts'}\nGlobalKnownHostsFile /dev/null\n"
    )
    config.chmod(0o600)
    call = Call(
        config=config,
        words=("dev", f"{require_program('ssh-add')} -L"),
        known_hosts_file=tmp_path / "known_hosts",
        known_hosts=f"dev {server.host_public_key}\n",
    )
    expected = through_ssh(call, tmp_path)
    outcome = through_native(call, tmp_path)
    assert outcome == expected
    assert (outcome.status != 255) is lets_in
    assert (b"ssh-ed25519" in outcome.stdout) is lists
