"""The engine's door asks who is there, and so does whoever comes to it."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest

from mooring.engine.client import EngineClient
from mooring.engine.discovery import find_engines
from mooring.engine.door import door_of, reachable
from mooring.model.terminal import TerminalSize
from support.engine import machine_of, target_on
from support.engine_here import EngineHere
from support.leftovers import nothing_left
from support.sshd import SshServer
from support.terminals import Terminals


async def test_another_user_is_not_let_in_and_the_sessions_live_on(
    plain_sshd: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The modes of the socket and of its folder keep others out already; this is the lock behind that door."""
    monkeypatch.setattr("mooring.engine.line.start_engine_process", EngineHere.start)
    door = door_of(tmp_path / "run", os.getpid())

    async def heard() -> bytes:
        with reachable(door) as address:
            reader, writer = await asyncio.open_unix_connection(address)
        first = await asyncio.wait_for(reader.read(1), 20)
        writer.close()
        await writer.wait_closed()
        return first

    async with nothing_left():
        ui = Terminals()
        ui.engine = await EngineClient.start(ui, log_file=tmp_path / "log", runtime=tmp_path / "run")
        ui.open(1, machine_of(target_on(plain_sshd)), TerminalSize(80, 24))
        await ui.shows(1, "there>")
        with monkeypatch.context() as patched:
            patched.setattr("mooring.engine.door.peer_user", lambda _channel: os.getuid() + 1)
            assert await heard() == b""
        assert await heard() != b"", "the greeting"
        ui.type(1, "echo still-''here\r")
        await ui.shows(1, "still-here")
        await ui.engine.stop()


async def test_a_door_of_another_user_is_not_spoken_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    door = door_of(tmp_path, 4242)
    with socket.socket(socket.AF_UNIX) as foreign:
        with reachable(door) as address:
            foreign.bind(address)
        foreign.listen()
        foreign.settimeout(20)
        monkeypatch.setattr("mooring.engine.discovery.peer_user", lambda _channel: os.getuid() + 1)
        assert await asyncio.to_thread(find_engines, tmp_path) == ()
        visitor, _address = foreign.accept()
        with visitor:
            visitor.settimeout(20)
            assert visitor.recv(1) == b""
    assert door.exists(), "it is not ours to take away"
