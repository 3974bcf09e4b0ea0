"""What goes wrong on purpose, one after the other: the reason is shown, nothing hangs, nothing is lost or left."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from mooring.engine.client import EngineClient
from mooring.engine.protocol import SessionReconnecting
from mooring.model.machine import Machine, Target
from mooring.model.terminal import TerminalSize
from support.cut_path import CutPath, cut_path
from support.engine import machine_of
from support.engine_here import EngineHere
from support.leftovers import nothing_left
from support.sshd import SshServer, running_sshd
from support.terminals import Terminals

LINES = 150


@pytest.fixture(scope="module")
def lonely_sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server that allows one session a connection, with a bare shell."""
    shell = "ForceCommand exec env -u ENV PS1='there> ' /bin/sh"
    with running_sshd(tmp_path_factory.mktemp("lonely"), "MaxSessions 1", shell) as server:
        yield server


def machine_through(path: CutPath, server: SshServer) -> Machine:
    """How to reach `server` on a path that can be cut."""
    config = server.write_client_config("box", "HostKeyAlias box", "ServerAliveInterval 1", "ServerAliveCountMax 2")
    config.write_text(config.read_text().replace(f"Port {server.port}", f"Port {path.port}"))
    (server.folder / "known_hosts_box").write_text(f"box {server.host_public_key}\n")
    return machine_of(Target("box", config_file=str(config)))


class Hand:
    """Somebody who types in both sessions and reads what comes."""

    def __init__(self, ui: Terminals) -> None:
        self._ui = ui
        self._words = itertools.count(1)
        self._losses: dict[int, int] = {}

    async def is_answered(self, session: int) -> None:
        """The shell of a session does what it is told."""
        word = next(self._words)
        self._ui.type(session, f"echo wo''rd-{word}\r")
        await self._ui.shows(session, f"word-{word}")

    async def server_of(self, session: int) -> int:
        """The process id of a session's server."""
        word = next(self._words)
        self._ui.type(session, f"echo pid-{word}-$PPID-\r")
        found: re.Match[str] | None = None

        def told() -> bool:
            nonlocal found
            found = re.search(rf"^pid-{word}-(\d+)-", self._ui.screen_text(session), re.MULTILINE)
            return found is not None

        await self._ui.until(told)
        assert found is not None
        return int(found[1])

    async def lost(self, *sessions: int) -> list[str]:
        """Wait until these are lost; take out why."""
        reasons = []
        for session in sessions:
            await self._ui.until(lambda session=session: self._loss(session) is not None)  # type: ignore[misc]
            loss = self._loss(session)
            assert loss is not None
            reasons.append(loss.failure.message)
        self._ui.messages.clear()
        return reasons

    async def back(self, session: int) -> None:
        """Wait until a session that was lost is open again."""
        self._losses[session] = times = self._losses.get(session, 0) + 1
        await self._ui.until(lambda: self._ui.output[session].count(b"connected again") == times)

    def _loss(self, session: int) -> SessionReconnecting | None:
        for message in self._ui.messages:
            if isinstance(message, SessionReconnecting) and message.session == session:
                return message
        return None


def numbered_lines(ui: Terminals, session: int) -> list[int]:
    """The numbers of the lines that a session once wrote, as they stand in its text now."""
    emulator = ui.emulators[session]
    rows = (emulator.row_at(number) for number in range(emulator.first_line, emulator.scrolled_out + emulator.lines))
    texts = (row.text for row in rows if row is not None)
    return [int(found[1]) for text in texts if (found := re.match(r"line-(\d+)\s*$", text))]


async def test_every_fault_says_why_and_leaves_all_as_it_was(
    lonely_sshd: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mooring.engine.line.start_engine_process", EngineHere.start)
    async with nothing_left(), cut_path(lonely_sshd.port) as path:
        ui = Terminals()
        ui.engine = engine = await EngineClient.start(ui, log_file=tmp_path / "log")
        hand = Hand(ui)
        for session in (1, 2):
            ui.open(session, machine_through(path, lonely_sshd), TerminalSize(80, 24))
            await ui.shows(session, "there>")
        assert lonely_sshd.logins == 2, "MaxSessions 1: the second session has a connection of its own"
        ui.type(1, f"seq -f 'line-%.0f' {LINES}\r")
        await ui.shows(1, f"line-{LINES}")
        ui.type(1, "printf '\\033]2;logs of the day\\007'\r")
        await ui.same(1, lambda state: state.title == "logs of the day")
        # A window that is resized fifty times a second while a program writes.
        ui.type(1, "for i in 1 2 3 4 5; do ls -l /; sleep 0.2; done; stty size\r")
        for number in range(50):
            ui.resize(1, TerminalSize(60 + number % 17, 20 + number % 9))
            await asyncio.sleep(0.02)
        ui.resize(1, TerminalSize(100, 30))
        await ui.until(lambda: re.search(r"^\d+ \d+ *$", ui.screen_text(1), re.MULTILINE) is not None)
        ui.type(1, "stty size\r")
        await ui.shows(1, "30 100")
        assert numbered_lines(ui, 1) == list(range(1, LINES + 1))

        ui.messages.clear()
        os.kill(await hand.server_of(2), signal.SIGKILL)
        [reason] = await hand.lost(2)
        assert "closed by remote host" in reason
        await hand.is_answered(1)
        await hand.back(2)
        await hand.is_answered(2)

        stopped = await hand.server_of(1)
        os.kill(stopped, signal.SIGSTOP)
        try:
            [reason] = await hand.lost(1)
            assert "not responding" in reason
            await hand.is_answered(2)
            await hand.back(1)
        finally:
            os.kill(stopped, signal.SIGKILL)
        await hand.is_answered(1)

        await path.cut()
        for reason in await hand.lost(1, 2):
            assert "closed by remote host" in reason or "reset" in reason
        await path.restore()
        for session in (1, 2):
            engine.reconnect(session)
            await hand.back(session)
            await hand.is_answered(session)
        assert numbered_lines(ui, 1) == list(range(1, LINES + 1))
        assert ui.state(1).title == "logs of the day"
        await engine.stop()
