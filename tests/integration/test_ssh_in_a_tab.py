"""Connections of a process without a terminal, beside many others: key exchanges in turn, programs that are heard."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from mooring.model.errors import ConnectionFailedError, HostKeyError
from mooring.model.machine import Target
from mooring.model.prompts import Answer, Question
from mooring.ssh import Connection, Handshakes, connect
from support.prompting import ScriptedPerson
from support.sshd import SshServer

LIMIT = 20


async def test_more_hosts_than_turns_are_connected_to_one_after_the_other(tmp_path: Path) -> None:
    arrived = asyncio.Queue[None]()
    server = await asyncio.start_server(lambda _reader, _writer: arrived.put_nowait(None), "127.0.0.1", 0)
    config = tmp_path / "config"
    config.write_text(f"Host silent\nHostName 127.0.0.1\nPort {server.sockets[0].getsockname()[1]}\n")
    target = Target("silent", config_file=str(config))
    handshakes = Handshakes(limit=2, patience=60)
    attempts: list[asyncio.Task[Connection]] = []

    def begin(count: int) -> None:
        for _each in range(count):
            attempts.append(asyncio.create_task(connect(target, ScriptedPerson(), handshakes=handshakes)))

    async with server:
        try:
            # The first has its turn before the others come, whichever of those is the quickest.
            begin(1)
            await asyncio.wait_for(arrived.get(), LIMIT)
            begin(3)
            await asyncio.wait_for(arrived.get(), LIMIT)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(arrived.get(), 0.5)
            # One gives up, and the next comes at once.
            attempts[0].cancel()
            await asyncio.wait_for(arrived.get(), LIMIT)
        finally:
            for attempt in attempts:
                attempt.cancel()
            await asyncio.gather(*attempts, return_exceptions=True)


class _Undecided(ScriptedPerson):
    """Never answers."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()

    async def ask(self, question: Question) -> Answer:
        self.asked.set()
        await asyncio.Event().wait()
        return None


async def test_who_is_being_asked_holds_no_turn(sshd: SshServer) -> None:
    handshakes = Handshakes(limit=1, patience=60)
    unknown = sshd.write_client_config("unknown", known=False)
    known = sshd.write_client_config("known")
    undecided = _Undecided()
    first = asyncio.create_task(connect(Target("unknown", config_file=str(unknown)), undecided, handshakes=handshakes))
    try:
        await asyncio.wait_for(undecided.asked.wait(), LIMIT)
        second = await asyncio.wait_for(
            connect(Target("known", config_file=str(known)), ScriptedPerson(), handshakes=handshakes), LIMIT
        )
        await second.close()
    finally:
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)


async def test_a_proxy_command_is_heard_in_a_tab(sshd: SshServer) -> None:
    command = f"sh -c 'printf \"one\\ntwo\\033[2J\" >&2; exec nc 127.0.0.1 {sshd.port}'"
    config = sshd.write_client_config("here", f"ProxyCommand {command}")
    person = ScriptedPerson()
    connection = await connect(Target("here", config_file=str(config)), person, in_tab=True)
    await connection.close()
    assert [notice.text for notice in person.notices] == ["one", "two[2J"]
    assert {notice.hop for notice in person.notices} == {"here"}


async def test_the_last_words_of_a_proxy_command_come_before_the_error(sshd: SshServer) -> None:
    config = sshd.write_client_config("here", "ProxyCommand sh -c 'echo no way through >&2; exit 1'")
    person = ScriptedPerson()
    with pytest.raises(ConnectionFailedError):
        await connect(Target("here", config_file=str(config)), person, in_tab=True)
    assert person.told == "no way through"


async def test_a_proxy_command_that_never_stops_complaining_fills_no_memory(sshd: SshServer) -> None:
    command = f"sh -c 'yes complaint | head -c 5000000 >&2; exec nc 127.0.0.1 {sshd.port}'"
    config = sshd.write_client_config("here", f"ProxyCommand {command}")
    person = ScriptedPerson()
    connection = await connect(Target("here", config_file=str(config)), person, in_tab=True)
    await connection.close()
    assert person.notices[-1].text == "(The rest of what it prints is left out.)"
    assert len(person.told) < 80_000


async def test_a_local_command_is_heard_in_a_tab(sshd: SshServer) -> None:
    config = sshd.write_client_config(
        "here", "PermitLocalCommand yes", "LocalCommand echo out; echo err >&2; cat; exit 3"
    )
    person = ScriptedPerson()
    connection = await connect(Target("here", config_file=str(config)), person, in_tab=True)
    await connection.close()
    assert [notice.text for notice in person.notices] == ["out", "err"]


async def test_a_known_hosts_command_is_heard_in_a_tab(sshd: SshServer) -> None:
    command = f"/bin/sh -c 'printf \"looking\\033[2J\" >&2; echo $1 {sshd.host_public_key}' sh %H"
    config = sshd.write_client_config("here", f"KnownHostsCommand {command}", known=False)
    person = ScriptedPerson()
    connection = await connect(Target("here", config_file=str(config)), person, in_tab=True)
    await connection.close()
    # Once for the order of the key types, once about the key.
    assert [notice.text for notice in person.notices] == ["looking[2J", "looking[2J"]


async def test_a_known_hosts_command_that_fails_ends_the_attempt(sshd: SshServer) -> None:
    config = sshd.write_client_config("here", "KnownHostsCommand /bin/sh -c 'echo no list today >&2; exit 1'")
    person = ScriptedPerson()
    with pytest.raises(HostKeyError, match="failed, status 1\nKnownHostsCommand failed"):
        await connect(Target("here", config_file=str(config)), person, in_tab=True)
    assert person.told == "no list today"


async def test_elsewhere_they_print_for_themselves(sshd: SshServer, capfd: pytest.CaptureFixture[str]) -> None:
    config = sshd.write_client_config("here", "PermitLocalCommand yes", "LocalCommand echo out")
    person = ScriptedPerson()
    connection = await connect(Target("here", config_file=str(config)), person)
    await connection.close()
    assert (person.notices, capfd.readouterr().out) == ([], "out\n")
