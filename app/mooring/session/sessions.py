"""All sessions of one UI, and the engine that runs them."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol, assert_never

from mooring.engine.client import EngineClient, EngineListener
from mooring.engine.failures import error_of
from mooring.engine.protocol import (
    AskQuestion,
    CancelQuestion,
    Hello,
    SessionEnded,
    SessionFailed,
    SessionNotice,
    SessionOpened,
    SessionProgress,
    ToUI,
)
from mooring.model.errors import EngineError, MooringError
from mooring.model.machine import Machine
from mooring.model.prompts import Answer, Question
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.session.session import CREDIT, Session

TERMINAL_TYPE = "xterm-256color"
"""What our terminal widget is to remote programs."""

ENVIRONMENT = (("COLORTERM", "truecolor"),)
"""Variables offered to the remote side; a server takes those that its AcceptEnv names."""


class SessionListener(Protocol):
    """Whoever shows sessions. Called in the event loop, in the order in which things happened."""

    def session_changed(self, session: Session) -> None:
        """State, step or title are new."""
        ...

    def session_output(self, session: Session, data: bytes) -> None:
        """Output of the remote program; `session.consumed(len(data))` has to follow once it is dealt with."""
        ...

    def session_notice(self, session: Session, text: str) -> None:
        """Text to show that is not the remote program's: a banner, a warning."""
        ...

    def question_asked(self, session: Session, question_id: int, question: Question) -> None:
        """Ask the person; `Sessions.answer` has to follow, unless the question lapses."""
        ...

    def question_lapsed(self, question_id: int) -> None:
        """Nobody waits for this answer any more."""
        ...


StartEngine = Callable[[EngineListener], Awaitable[EngineClient]]


class Sessions:
    """Opens sessions and keeps them up to date. The engine starts with the first session, or with `start`.

    An engine that is lost fails every live session; the next `open` starts another.
    """

    def __init__(self, listener: SessionListener, *, start_engine: StartEngine = EngineClient.start) -> None:
        self._listener = listener
        self._start_engine = start_engine
        self._numbers = itertools.count(1)
        self._sessions: dict[int, Session] = {}
        self._questions: dict[int, Session] = {}
        self._engine: EngineClient | None = None
        self._starting = asyncio.Lock()
        self._openings: set[asyncio.Task[None]] = set()

    @property
    def open_sessions(self) -> tuple[Session, ...]:
        """The sessions that are connecting or open, oldest first."""
        return tuple(self._sessions.values())

    async def start(self) -> None:
        """Start the engine ahead of the first session. Raises EngineError when it can't be started."""
        await self._running_engine()

    def open(self, machine: Machine, size: TerminalSize) -> Session:
        """Begin a session on `machine` for a terminal of `size`; returns at once, and tells the listener the rest.

        A machine with a problem gives a session that has already failed with it.
        """
        session = Session(next(self._numbers), machine, size)
        if machine.problem is not None:
            session.fail(MooringError(machine.problem, hint=f"It comes from {machine.origin}."))
            return session
        self._sessions[session.id] = session
        opening = asyncio.create_task(self._open(session), name=f"open session {session.id}")
        self._openings.add(opening)
        opening.add_done_callback(partial(self._opening_done, session))
        return session

    def answer(self, question_id: int, answer: Answer) -> None:
        """Answer a question; None is "leave it". One that has lapsed is ignored."""
        if self._questions.pop(question_id, None) is not None and self._engine is not None:
            self._engine.answer(question_id, answer)

    async def close_all(self) -> None:
        """Hang up everywhere and end the engine; its process is gone when this returns."""
        for opening in self._openings:
            opening.cancel()
        await asyncio.gather(*self._openings, return_exceptions=True)
        async with self._starting:
            engine, self._engine = self._engine, None
            if engine is not None:
                await engine.stop()
        for session in self.open_sessions:
            self._finish(session, ExitResult(message="closed"))

    def message_received(self, message: ToUI) -> None:
        """Called by the engine's client."""
        match message:
            case Hello():
                return
            case CancelQuestion(question=number):
                self._lapse(number)
                return
        session = self._sessions.get(message.session)
        if session is None:
            return
        match message:
            case SessionProgress(step=step, hop=hop):
                session.progress(step, hop)
                self._listener.session_changed(session)
            case SessionOpened(facts=facts):
                session.open(facts)
                self._listener.session_changed(session)
            case SessionEnded(result=result):
                self._finish(session, result)
            case SessionFailed(failure=failure):
                self._finish(session, error_of(failure))
            case SessionNotice(text=text):
                self._listener.session_notice(session, text)
            case AskQuestion():
                self._ask(session, message)
            case _:
                assert_never(message)

    def output_received(self, session: int, data: bytes) -> None:
        """Called by the engine's client."""
        if session in self._sessions:
            self._listener.session_output(self._sessions[session], data)

    def engine_lost(self, error: EngineError) -> None:
        """Called by the engine's client."""
        self._engine = None
        for session in self.open_sessions:
            self._finish(session, error)

    async def _open(self, session: Session) -> None:
        try:
            engine = await self._running_engine()
        except EngineError as error:
            self._finish(session, error)
            return
        if session.close_wanted:
            self._finish(session, ExitResult(message="closed"))
            return
        engine.open(session.id, session.machine.target, session.size, TERMINAL_TYPE, dict(ENVIRONMENT), CREDIT)
        session.attach(engine)

    def _opening_done(self, session: Session, opening: asyncio.Task[None]) -> None:
        """Let a fault of our own be seen twice: in the session, and by whoever watches the event loop."""
        self._openings.discard(opening)
        fault = None if opening.cancelled() else opening.exception()
        if fault is not None:
            self._finish(session, EngineError(f"the session could not be opened: {fault}"))
            opening.get_loop().call_exception_handler({"message": f"{opening.get_name()} failed", "exception": fault})

    async def _running_engine(self) -> EngineClient:
        async with self._starting:
            if self._engine is None:
                self._engine = await self._start_engine(self)
            return self._engine

    def _ask(self, session: Session, message: AskQuestion) -> None:
        question = message.host_key or message.secret or message.keyboard
        if question is None:
            raise EngineError("the engine asked a question of a kind that we don't know")
        self._questions[message.question] = session
        self._listener.question_asked(session, message.question, question)

    def _finish(self, session: Session, outcome: ExitResult | MooringError) -> None:
        for number in [number for number, owner in self._questions.items() if owner is session]:
            self._lapse(number)
        self._sessions.pop(session.id, None)
        if isinstance(outcome, MooringError):
            session.fail(outcome)
        else:
            session.end(outcome)
        self._listener.session_changed(session)

    def _lapse(self, number: int) -> None:
        if self._questions.pop(number, None) is not None:
            self._listener.question_lapsed(number)
