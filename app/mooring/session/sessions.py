"""All sessions of one UI that are tabs."""

from __future__ import annotations

from typing import Protocol

from mooring.engine.client import EngineClient
from mooring.model.connection import ConnectionFacts, Step
from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.model.prompts import Answer, Question
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.session.credit import CREDIT
from mooring.session.engine_link import EngineLink, StartEngine
from mooring.session.session import Session

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


class Sessions:
    """Opens sessions and keeps them up to date. The engine starts with the first session, or with `start`.

    An engine that is lost fails every live session; the next `open` starts another. What else is done by the same
    engine (`Runs`, probes) shares `link`.
    """

    def __init__(self, listener: SessionListener, *, start_engine: StartEngine = EngineClient.start) -> None:
        self.link = EngineLink(start_engine)
        self._listener = listener
        self._open: dict[int, Session] = {}

    @property
    def open_sessions(self) -> tuple[Session, ...]:
        """The sessions that are connecting or open, oldest first."""
        return tuple(self._open.values())

    async def start(self) -> None:
        """Start the engine ahead of the first session. Raises EngineError when it can't be started."""
        await self.link.engine()

    def open(self, machine: Machine, size: TerminalSize) -> Session:
        """Begin a session on `machine` for a terminal of `size`; returns at once, and tells the listener the rest.

        A machine with a problem gives a session that has already failed with it.
        """
        session = Session(self.link.next_number(), machine, size)
        if machine.problem is not None:
            session.fail(MooringError(machine.problem, hint=f"It comes from {machine.origin}."))
            return session
        self._open[session.id] = session
        self.link.own(session.id, _Tab(session, self._listener, self._open))

        def begin(engine: EngineClient) -> None:
            if session.close_wanted:
                self.link.finish(session.id, ExitResult(message="closed"))
                return
            engine.open(session.id, machine.target, session.size, TERMINAL_TYPE, dict(ENVIRONMENT), CREDIT)
            session.attach(engine)

        self.link.open(session.id, begin)
        return session

    def answer(self, question_id: int, answer: Answer) -> None:
        """Answer a question; None is "leave it". One that has lapsed is ignored."""
        self.link.answer(question_id, answer)

    async def close_all(self) -> None:
        """Hang up everywhere and end the engine; its process is gone when this returns."""
        await self.link.stop()


class _Tab:
    """The `SessionOwner` of a tab's session: moves it on, and tells the listener."""

    def __init__(self, session: Session, listener: SessionListener, open_sessions: dict[int, Session]) -> None:
        self._session = session
        self._listener = listener
        self._open = open_sessions

    def progressed(self, step: Step, hop: str) -> None:
        self._session.progress(step, hop)
        self._listener.session_changed(self._session)

    def opened(self, facts: ConnectionFacts) -> None:
        self._session.open(facts)
        self._listener.session_changed(self._session)

    def output(self, data: bytes) -> None:
        self._listener.session_output(self._session, data)

    def error_output(self, data: bytes) -> None:
        """A terminal has one output."""
        self.output(data)

    def input_granted(self, count: int) -> None:
        """What is typed goes without credit."""

    def noticed(self, text: str) -> None:
        self._listener.session_notice(self._session, text)

    def asked(self, question_id: int, question: Question) -> None:
        self._listener.question_asked(self._session, question_id, question)

    def lapsed(self, question_id: int) -> None:
        self._listener.question_lapsed(question_id)

    def ended(self, outcome: ExitResult | MooringError) -> None:
        del self._open[self._session.id]
        if isinstance(outcome, MooringError):
            self._session.fail(outcome)
        else:
            self._session.end(outcome)
        self._listener.session_changed(self._session)
