"""The engine of one UI, and which part of the UI each of its sessions belongs to."""

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
    CopyTold,
    GrantInput,
    Kept,
    News,
    RecordingChanged,
    SessionEnded,
    SessionFailed,
    SessionForwards,
    SessionNotice,
    SessionOpened,
    SessionProgress,
    SessionReconnecting,
    SessionSilent,
)
from mooring.model.connection import ConnectionFacts, Step
from mooring.model.errors import EngineError, MooringError
from mooring.model.files import CopyProgress
from mooring.model.prompts import Answer, Question
from mooring.model.recording import RecordingState
from mooring.model.terminal import ExitResult

StartEngine = Callable[[EngineListener], Awaitable[EngineClient]]


class SessionOwner(Protocol):
    """Whoever is told what becomes of one session of the engine. Called in the event loop, in order."""

    def progressed(self, step: Step, hop: str) -> None:
        """The way there has come as far as `step`, with `hop`."""
        ...

    def opened(self, facts: ConnectionFacts) -> None:
        """The program runs."""
        ...

    def reconnecting(self, failure: MooringError, attempt: int, seconds: float) -> None:
        """Its connection is gone; attempt number `attempt` to make it again follows in so many seconds."""
        ...

    def forwards_changed(self, standing: int, failed: int) -> None:
        """So many forwards of its machine stand, and so many could not be opened."""
        ...

    def fell_silent(self, silent: bool) -> None:
        """The other side owes an answer, or has given it."""
        ...

    def output(self, data: bytes) -> None:
        """It wrote something; as much credit has to be given back once it is dealt with."""
        ...

    def error_output(self, data: bytes) -> None:
        """It wrote something to standard error, where that comes apart; on the same credit."""
        ...

    def input_granted(self, count: int) -> None:
        """So many more bytes may be fed to it."""
        ...

    def noticed(self, text: str) -> None:
        """Something to show that the program did not write."""
        ...

    def recorded(self, state: RecordingState | None) -> None:
        """It is recorded, the recording failed, or there is none."""
        ...

    def copy_told(self, progress: CopyProgress) -> None:
        """How far copying has come."""
        ...

    def asked(self, question_id: int, question: Question) -> None:
        """Ask the person; `EngineLink.answer` has to follow, unless the question lapses."""
        ...

    def lapsed(self, question_id: int) -> None:
        """Nobody waits for this answer any more."""
        ...

    def ended(self, outcome: ExitResult | MooringError) -> None:
        """It is over: how the program ended, or why there is none. Called once, last."""
        ...


class EngineLink:
    """Starts the engine when somebody wants it, and hands on what it says.

    An engine that is lost ends every session with that error; the next call of `engine` starts another. `take_kept` is
    told what an engine has kept, as soon as there is one. Numbers of sessions count from `first_number`, which has to
    lie apart from those of an earlier UI where its sessions may have been kept.
    """

    def __init__(
        self, start_engine: StartEngine, take_kept: Callable[[Kept], None] | None = None, *, first_number: int = 1
    ) -> None:
        self._start_engine = start_engine
        self._take_kept = take_kept
        self._numbers = itertools.count(first_number)
        self._owners: dict[int, SessionOwner] = {}
        self._questions: dict[int, int] = {}
        self._engine: EngineClient | None = None
        self._starting = asyncio.Lock()
        self._openings: set[asyncio.Task[None]] = set()
        self._keep_seconds: float | None = None

    def keep_for(self, seconds: float) -> None:
        """Have this engine, and each that follows it, keep sessions for so long where the UI goes without a word."""
        self._keep_seconds = seconds
        if self._engine is not None:
            self._engine.keep_for(seconds)

    @property
    def can_keep(self) -> bool:
        """Whether sessions can go on without this UI, as far as is known by now."""
        return self._engine is None or self._engine.kept.can_keep

    async def engine(self) -> EngineClient:
        """The running engine. Raises EngineError when it can't be started."""
        async with self._starting:
            if self._engine is None:
                self._engine = await self._start_engine(self)
                if self._keep_seconds is not None:
                    self._engine.keep_for(self._keep_seconds)
                if self._take_kept is not None:
                    self._take_kept(self._engine.kept)
            return self._engine

    def open(self, session: int, begin: Callable[[EngineClient], None]) -> None:
        """Call `begin` as soon as the engine runs, unless the session is over by then; returns at once.

        Where the engine can't be started, and after a fault of ours, the session ends with that.
        """
        opening = asyncio.create_task(self._open(session, begin), name=f"open session {session}")
        self._openings.add(opening)
        opening.add_done_callback(partial(self._opening_done, session))

    def next_number(self) -> int:
        """A number for a new session."""
        return next(self._numbers)

    def own(self, session: int, owner: SessionOwner) -> None:
        """Tell `owner` everything about a session from now until its end."""
        self._owners[session] = owner

    def close(self, session: int) -> None:
        """Hang up on a session that need not be open yet; its owner hears of its end."""
        if self._engine is not None:
            self._engine.close_session(session)
        self.finish(session, ExitResult(message="closed"))

    def finish(self, session: int, outcome: ExitResult | MooringError) -> None:
        """Tell the owner of a session that it is over; its questions lapse before that."""
        for question in [question for question, asker in self._questions.items() if asker == session]:
            self._lapse(question)
        owner = self._owners.pop(session, None)
        if owner is not None:
            owner.ended(outcome)

    def answer(self, question_id: int, answer: Answer) -> None:
        """Answer a question; None is "leave it". One that has lapsed is ignored."""
        if self._questions.pop(question_id, None) is not None and self._engine is not None:
            self._engine.answer(question_id, answer)

    async def stop(self) -> None:
        """End the engine and with it every session; its process is gone when this returns."""
        for opening in self._openings:
            opening.cancel()
        await asyncio.gather(*self._openings, return_exceptions=True)
        async with self._starting:
            engine, self._engine = self._engine, None
            if engine is not None:
                await engine.stop()
        for session in tuple(self._owners):
            self.finish(session, ExitResult(message="closed"))

    async def detach(self) -> None:
        """Leave the engine to itself with its shells; nobody here is told of them any more."""
        if (engine := await self._let_go()) is not None:
            await engine.detach()

    async def leave(self) -> None:
        """The same, but shells are kept only for as long as the settings say: the screens end, and nobody was asked."""
        if (engine := await self._let_go()) is not None:
            await engine.leave()

    def message_received(self, message: News) -> None:
        """Called by the engine's client."""
        if isinstance(message, CancelQuestion):
            self._lapse(message.question)
            return
        owner = self._owners.get(message.session)
        if owner is None:
            return
        match message:
            case SessionProgress(step=step, hop=hop):
                owner.progressed(step, hop)
            case SessionOpened(facts=facts):
                owner.opened(facts)
            case SessionReconnecting(failure=failure, attempt=attempt, seconds=seconds):
                owner.reconnecting(error_of(failure), attempt, seconds)
            case SessionForwards(standing=standing, failed=failed):
                owner.forwards_changed(standing, failed)
            case SessionSilent(silent=silent):
                owner.fell_silent(silent)
            case SessionEnded(session=session, result=result):
                self.finish(session, result)
            case SessionFailed(session=session, failure=failure):
                self.finish(session, error_of(failure))
            case SessionNotice(text=text):
                owner.noticed(text)
            case RecordingChanged(state=state):
                owner.recorded(state)
            case CopyTold(progress=progress):
                owner.copy_told(progress)
            case GrantInput(count=count):
                owner.input_granted(count)
            case AskQuestion():
                self._ask(owner, message)
            case _:
                assert_never(message)

    def output_received(self, session: int, data: bytes) -> None:
        """Called by the engine's client."""
        if owner := self._owners.get(session):
            owner.output(data)

    def error_output_received(self, session: int, data: bytes) -> None:
        """Called by the engine's client."""
        if owner := self._owners.get(session):
            owner.error_output(data)

    def engine_lost(self, error: EngineError) -> None:
        """Called by the engine's client."""
        self._engine = None
        for session in tuple(self._owners):
            self.finish(session, error)

    async def _let_go(self) -> EngineClient | None:
        self._owners.clear()
        self._questions.clear()
        async with self._starting:
            engine, self._engine = self._engine, None
            return engine

    async def _open(self, session: int, begin: Callable[[EngineClient], None]) -> None:
        try:
            engine = await self.engine()
        except EngineError as error:
            self.finish(session, error)
            return
        if session in self._owners:
            begin(engine)

    def _opening_done(self, session: int, opening: asyncio.Task[None]) -> None:
        """Let a fault of our own be seen twice: in the session, and by whoever watches the event loop."""
        self._openings.discard(opening)
        fault = None if opening.cancelled() else opening.exception()
        if fault is not None:
            self.finish(session, EngineError(f"the session could not be opened: {fault}"))
            opening.get_loop().call_exception_handler({"message": f"{opening.get_name()} failed", "exception": fault})

    def _ask(self, owner: SessionOwner, message: AskQuestion) -> None:
        question = message.asked
        if question is None:
            raise EngineError("the engine asked a question of a kind that we don't know")
        self._questions[message.question] = message.session
        owner.asked(message.question, question)

    def _lapse(self, question: int) -> None:
        session = self._questions.pop(question, None)
        if session is not None and session in self._owners:
            self._owners[session].lapsed(question)
