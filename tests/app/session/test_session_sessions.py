"""Sessions as the screen sees them, through a real engine to a real sshd."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mooring.engine.client import EngineClient, EngineListener
from mooring.model.errors import EngineError
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.model.prompts import HostKeyQuestion, Question
from mooring.model.terminal import TerminalSize
from mooring.session import CREDIT, Session, Sessions, SessionState
from support.engine import process_is_gone, until_gone
from support.sshd import SshServer

SIZE = TerminalSize(80, 24)


class Screen:
    """A `SessionListener` that takes all output at once, and remembers it."""

    def __init__(self) -> None:
        self.output: dict[int, bytearray] = {}
        self.states: list[tuple[int, SessionState]] = []
        self.questions: dict[int, Question] = {}
        self.takes_output = True
        self._news = asyncio.Event()

    def session_changed(self, session: Session) -> None:
        self.states.append((session.id, session.state))
        self._news.set()

    def session_output(self, session: Session, data: bytes) -> None:
        self.output.setdefault(session.id, bytearray()).extend(data)
        if self.takes_output:
            session.consumed(len(data))
        self._news.set()

    def question_asked(self, session: Session, question_id: int, question: Question) -> None:
        self.questions[question_id] = question
        self._news.set()

    def question_lapsed(self, question_id: int) -> None:
        del self.questions[question_id]
        self._news.set()

    async def until(self, ready: Callable[[], bool], *, limit: float = 20) -> None:
        """Wait until `ready`, which is looked at after each call."""
        async with asyncio.timeout(limit):
            while not ready():
                self._news.clear()
                await self._news.wait()


class Engines:
    """Starts real engines, and knows them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[EngineClient] = []

    async def start(self, listener: EngineListener) -> EngineClient:
        client = await EngineClient.start(listener, log_file=self.folder / "engine.log")
        self.started.append(client)
        return client


@pytest.fixture
async def screen() -> Screen:
    """Whoever looks."""
    return Screen()


@pytest.fixture
def engines(tmp_path: Path) -> Engines:
    """Whoever starts engines."""
    return Engines(tmp_path)


@pytest.fixture
async def sessions(screen: Screen, engines: Engines) -> AsyncIterator[Sessions]:
    """Sessions whose engine is gone at the end."""
    made = Sessions(screen, start_engine=engines.start)
    yield made
    await made.close_all()
    assert all(process_is_gone(client.process_id) for client in engines.started)


@pytest.fixture
def machine(sshd: SshServer) -> Machine:
    """A machine that lets us in at once."""
    target = Target("box", config_file=str(sshd.write_client_config("box")))
    return Machine("box", ("ssh_config",), Origin("config", 1), target)


async def test_a_session_from_wish_to_end(sessions: Sessions, screen: Screen, machine: Machine) -> None:
    session = sessions.open(machine, SIZE)
    assert session.state is SessionState.CONNECTING
    assert list(sessions.open_sessions) == [session]
    session.send(b"stty size; exit 4\r")
    await screen.until(lambda: session.state is SessionState.ENDED)
    assert session.result is not None
    assert session.result.status == 4
    assert session.facts is not None
    assert session.ended is not None and session.ended > session.started
    assert b"24 80" in screen.output[session.id]
    assert not sessions.open_sessions
    session.send(b"too late")
    session.resize(TerminalSize(1, 1))
    session.close()


async def test_lines_to_type_on_connecting_come_before_what_the_person_types(
    sessions: Sessions, screen: Screen, machine: Machine
) -> None:
    session = sessions.open(replace(machine, on_connect=("PLACE=here", "cd /usr/bin")), SIZE)
    session.send(b"echo $PLACE-$PWD; exit 4\r")
    await screen.until(lambda: session.state is SessionState.ENDED)
    assert b"here-/usr/bin" in screen.output[session.id]


async def test_a_machine_with_a_problem_fails_with_it(sessions: Sessions, machine: Machine, engines: Engines) -> None:
    session = sessions.open(replace(machine, problem="config.json can't be read"), SIZE)
    assert session.state is SessionState.FAILED
    assert session.failure is not None
    assert session.failure.message == "config.json can't be read"
    assert engines.started == []


async def test_output_goes_on_as_it_is_consumed(sessions: Sessions, screen: Screen, machine: Machine) -> None:
    screen.takes_output = False
    session = sessions.open(machine, SIZE)
    session.send(b"stty -echo; exec seq 1 200000\r")
    await screen.until(lambda: len(screen.output.get(session.id, b"")) == CREDIT)
    with pytest.raises(TimeoutError):
        await screen.until(lambda: len(screen.output[session.id]) > CREDIT or not session.is_live, limit=0.3)
    screen.takes_output = True
    session.consumed(CREDIT)
    await screen.until(lambda: not session.is_live)
    assert screen.output[session.id].endswith(b"199999\r\n200000\r\n")


async def test_a_question_reaches_the_screen_and_its_answer_the_engine(
    sessions: Sessions, screen: Screen, machine: Machine, sshd: SshServer
) -> None:
    unknown = replace(machine, target=Target("new", config_file=str(sshd.write_client_config("new", known=False))))
    session = sessions.open(unknown, SIZE)
    await screen.until(lambda: bool(screen.questions))
    [(number, question)] = screen.questions.items()
    assert isinstance(question, HostKeyQuestion)
    sessions.answer(number, ("yes",))
    sessions.answer(number, ("yes",))
    await screen.until(lambda: session.state is SessionState.OPEN)


async def test_a_question_lapses_when_its_session_is_closed(
    sessions: Sessions, screen: Screen, machine: Machine, sshd: SshServer
) -> None:
    unknown = replace(machine, target=Target("new", config_file=str(sshd.write_client_config("new", known=False))))
    session = sessions.open(unknown, SIZE)
    await screen.until(lambda: bool(screen.questions))
    session.close()
    await screen.until(lambda: not session.is_live)
    assert screen.questions == {}
    assert session.state is SessionState.ENDED


async def test_closing_before_the_engine_runs_is_an_end(sessions: Sessions, screen: Screen, machine: Machine) -> None:
    session = sessions.open(machine, SIZE)
    session.close()
    await screen.until(lambda: not session.is_live)
    assert screen.states == [(session.id, SessionState.ENDED)]


async def test_an_engine_that_is_lost_fails_its_sessions_and_the_next_one_gets_another(
    sessions: Sessions, screen: Screen, machine: Machine, engines: Engines
) -> None:
    first, second = sessions.open(machine, SIZE), sessions.open(machine, SIZE)
    await screen.until(lambda: first.state is SessionState.OPEN and second.state is SessionState.OPEN)
    assert len(engines.started) == 1
    os.kill(engines.started[0].process_id, signal.SIGKILL)
    await screen.until(lambda: not first.is_live and not second.is_live)
    assert isinstance(first.failure, EngineError)
    assert not sessions.open_sessions
    third = sessions.open(machine, SIZE)
    await screen.until(lambda: third.state is SessionState.OPEN)
    await until_gone(engines.started[0].process_id)


async def test_an_engine_that_does_not_start_fails_the_session(screen: Screen, machine: Machine) -> None:
    async def start(_listener: EngineListener) -> EngineClient:
        raise EngineError("no processes left")

    sessions = Sessions(screen, start_engine=start)
    session = sessions.open(machine, SIZE)
    await screen.until(lambda: not session.is_live)
    assert session.state is SessionState.FAILED
    assert session.failure is not None
    assert session.failure.message == "no processes left"
    await sessions.close_all()


async def test_closing_all_ends_what_is_open_and_what_is_only_opening(
    sessions: Sessions, screen: Screen, machine: Machine, engines: Engines
) -> None:
    first = sessions.open(machine, SIZE)
    await screen.until(lambda: first.state is SessionState.OPEN)
    second = sessions.open(machine, SIZE)
    await sessions.close_all()
    assert [first.state, second.state] == [SessionState.ENDED, SessionState.ENDED]
    assert process_is_gone(engines.started[0].process_id)
