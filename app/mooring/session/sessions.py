"""All sessions of one UI that are tabs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from mooring.engine.client import EngineClient
from mooring.engine.protocol import Kept
from mooring.model.connection import ConnectionFacts, Step
from mooring.model.errors import MooringError
from mooring.model.files import CopyProgress
from mooring.model.forward_report import ForwardReport
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.machine import Machine
from mooring.model.prompts import Answer, Question
from mooring.model.recording import RecordingFormat, RecordingPlan, RecordingState
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.session.credit import CREDIT
from mooring.session.engine_link import EngineLink, StartEngine
from mooring.session.session import ForwardCount, Session

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
        """What is to be fed to the terminal: output of the remote program, and lines of ours (a banner, a splash).

        `session.consumed(len(data))` has to follow once it is dealt with.
        """
        ...

    def question_asked(self, session: Session, question_id: int, question: Question) -> None:
        """Ask the person; `Sessions.answer` has to follow, unless the question lapses."""
        ...

    def question_lapsed(self, question_id: int) -> None:
        """Nobody waits for this answer any more."""
        ...


@dataclass(frozen=True, slots=True)
class TerminalChoices:
    """What the person has chosen about terminals; one that is kept has as much scrollback as one that is shown.

    `records` has every session recorded from its start, as `recording` says.
    """

    scrollback_lines: int = 10_000
    scrollback_bytes: int = 64 * 1024 * 1024
    splash: bool = False
    reconnect: bool = True
    recording: RecordingPlan = field(default_factory=lambda: RecordingPlan("~"))
    records: bool = False


class Sessions:
    """Opens sessions and keeps them up to date. The engine starts with the first session, or with `start`.

    An engine that is lost fails every live session; the next `open` starts another. What else is done by the same
    engine (`Runs`, probes) shares `link`. Where `start_engine` attaches to an engine that has kept sessions, those are
    in `kept`, and `note` is what the last UI had it remember; `first_number` then has to be this UI's own. `choices`
    may be replaced by others, which sessions then have that are opened, and recordings that are begun.
    """

    def __init__(
        self,
        listener: SessionListener,
        *,
        start_engine: StartEngine = EngineClient.start,
        choices: TerminalChoices | None = None,
        first_number: int = 1,
    ) -> None:
        self.link = EngineLink(start_engine, self._take_kept, first_number=first_number)
        self.note = ""
        self._listener = listener
        self.choices = choices or TerminalChoices()
        self._open: dict[int, Session] = {}

    @property
    def open_sessions(self) -> tuple[Session, ...]:
        """The sessions that are connecting or open, oldest first."""
        return tuple(self._open.values())

    @property
    def kept(self) -> tuple[Session, ...]:
        """Those that an engine has kept and nobody has taken up or closed yet."""
        return tuple(session for session in self._open.values() if session.is_kept)

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
        self._own(session)

        def begin(engine: EngineClient) -> None:
            if session.close_wanted:
                self.link.finish(session.id, ExitResult(message="closed"))
                return
            choices = self.choices
            engine.open(
                session.id,
                machine,
                session.size,
                TERMINAL_TYPE,
                dict(ENVIRONMENT),
                CREDIT,
                scrollback_lines=choices.scrollback_lines,
                scrollback_bytes=choices.scrollback_bytes,
                splash=choices.splash,
                reconnect=choices.reconnect,
                recording=self._recording_of(machine),
            )
            session.attach(engine)

        self.link.open(session.id, begin)
        return session

    def take_up(self, session: Session, size: TerminalSize) -> None:
        """Show a kept session on an empty terminal of `size`: its screen and scrollback come as output, then the rest.

        One that has ended meanwhile ends once more behind that.
        """
        session.is_kept = False
        session.size = size

        def begin(engine: EngineClient) -> None:
            engine.take_up(session.id, session.size, CREDIT)
            session.attach(engine)

        self.link.open(session.id, begin)

    def record(self, session: Session, format: RecordingFormat | None = None) -> None:
        """Record a session from now on; where no format is given, in the one of the settings."""
        session.record(self._plan(format))

    async def forwards(self, session: Session) -> tuple[ForwardReport, ...]:
        """How the forwards of a session's machine stand. Raises EngineError."""
        return await (await self.link.engine()).forwards(session.id)

    async def add_forward(
        self, session: Session, specification: ForwardSpecification, *, remote: bool
    ) -> tuple[ForwardReport, ...]:
        """Open one more. Raises ConnectionFailedError, UsageError for one twice, and EngineError."""
        return await (await self.link.engine()).add_forward(session.id, specification, remote=remote)

    async def remove_forward(
        self, session: Session, specification: ForwardSpecification, *, remote: bool
    ) -> tuple[ForwardReport, ...]:
        """Stop forwarding; connections on it go on. Raises EngineError."""
        return await (await self.link.engine()).remove_forward(session.id, specification, remote=remote)

    async def remember(self, note: str) -> None:
        """Have the engine keep a note for the next UI (how the tabs are called and arranged); the last one counts."""
        (await self.link.engine()).remember(note)

    def answer(self, question_id: int, answer: Answer) -> None:
        """Answer a question; None is "leave it". One that has lapsed is ignored."""
        self.link.answer(question_id, answer)

    async def detach(self) -> None:
        """Leave, and let the engine keep all sessions until they end; the listener hears no more of them."""
        await self.link.detach()

    async def leave(self) -> None:
        """The same for as long as the settings say: the screens end, and nobody was asked."""
        await self.link.leave()

    async def close_all(self) -> None:
        """Hang up everywhere and end the engine; its process is gone when this returns."""
        await self.link.stop()

    def _own(self, session: Session) -> None:
        self._open[session.id] = session
        self.link.own(session.id, _Tab(session, self._listener, self._open))

    def _recording_of(self, machine: Machine) -> RecordingPlan | None:
        """How a session is recorded from its start on: as its machine wants it, or as all are; None for not at all."""
        if machine.record is not None:
            return self._plan(machine.record)
        return self._plan(None) if self.choices.records else None

    def _plan(self, format: RecordingFormat | None) -> RecordingPlan:
        plan = self.choices.recording
        return plan if format is None else replace(plan, format=format)

    def _take_kept(self, kept: Kept) -> None:
        self.note = kept.note
        for each in kept.sessions:
            session = Session(each.session, each.machine, each.size, started=datetime.fromtimestamp(each.started, UTC))
            session.is_kept = True
            if each.facts is not None:
                session.open(each.facts)
            self._own(session)


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

    def reconnecting(self, failure: MooringError, attempt: int, seconds: float) -> None:
        self._session.lose(failure, attempt, seconds)
        self._listener.session_changed(self._session)

    def forwards_changed(self, standing: int, failed: int) -> None:
        self._session.forwards = ForwardCount(standing, failed)
        self._listener.session_changed(self._session)

    def fell_silent(self, silent: bool) -> None:
        self._session.is_silent = silent
        self._listener.session_changed(self._session)

    def output(self, data: bytes) -> None:
        self._listener.session_output(self._session, data)

    def error_output(self, data: bytes) -> None:
        """A terminal has one output."""
        self.output(data)

    def input_granted(self, count: int) -> None:
        """What is typed goes without credit."""

    def noticed(self, text: str) -> None:
        """What is told in a tab comes as output."""

    def recorded(self, state: RecordingState | None) -> None:
        self._session.recording = state
        self._listener.session_changed(self._session)

    def copy_told(self, progress: CopyProgress) -> None:
        """It copies nothing."""

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
