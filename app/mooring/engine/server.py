"""The engine: runs sessions for one UI at a time, keeps them where it goes, and ends when nobody needs it."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import time
from collections.abc import Mapping
from pathlib import Path

from mooring.engine.command_run import CommandRun
from mooring.engine.door import Door
from mooring.engine.failures import failure_of
from mooring.engine.filing import FileSession
from mooring.engine.forwarding import ForwardTable
from mooring.engine.forwarding.requests import answer
from mooring.engine.framing import FrameKind
from mooring.engine.protocol import (
    ENVIRONMENT,
    LONGEST_NOTE,
    AddForward,
    AnswerQuestion,
    Attach,
    CancelRequest,
    CloseInput,
    CloseSession,
    CopyFiles,
    Detach,
    ForwardList,
    GrantCredit,
    KeepFor,
    Kept,
    ListFolder,
    ListForwards,
    MakeFolder,
    OpenFiles,
    OpenSession,
    Probe,
    ReconnectSession,
    RecordSession,
    Refused,
    Remember,
    RemoveFiles,
    RemoveForward,
    RenameFile,
    Reply,
    ResizeSession,
    RunCommand,
    Shutdown,
    TakenOver,
    TakeUpSession,
    ToEngine,
)
from mooring.engine.protocol.files import FilesRequest
from mooring.engine.questions import Questions
from mooring.engine.reconnecting import Outages, SleepWatch
from mooring.engine.reconnecting.peer_watch import AFTER_SLEEP
from mooring.engine.requests import Requests
from mooring.engine.session import Surroundings
from mooring.engine.session_table import SessionTable
from mooring.engine.shell_session import ShellSession
from mooring.engine.ui_link import UiLink
from mooring.engine.visitor import Visitor
from mooring.model.errors import EngineBusyError, EngineError, MooringError
from mooring.model.kept_sessions import EngineReport
from mooring.ssh import ConnectionPool

LINGER = 3.0
"""Seconds that a connection stays open without a user: a command that is run again, a tab that is opened just after
another was closed and a list of files need no further login then."""

_logger = logging.getLogger(__name__)


class EngineServer:
    """Serves the UI on the inherited socket, and later ones at the door."""

    def __init__(self) -> None:
        self._link = UiLink()
        self._questions = Questions(self._link.send_message)
        self._pool = ConnectionPool(tells_programs=True, linger=LINGER)
        self._requests = Requests(self._link.send_message, self._pool)
        self._outages = Outages()
        self._sleep = SleepWatch(self._woken)
        self._surroundings = Surroundings(
            self._link, self._questions, self._pool, self._outages, ForwardTable(), self._sleep
        )
        self._sessions = SessionTable(self._session_over)
        self._ui: Visitor | None = None
        self._note = ""
        self._has_door = False
        self._keep_seconds = 0.0
        self._detached: float | None = None
        self._expiry: asyncio.TimerHandle | None = None
        self._ending = asyncio.Event()

    async def serve(self, channel: socket.socket, runtime: Path | None) -> None:
        """Serve until nobody needs the engine, it is told to end, or `end` is called; then close every session.

        The first UI is at the other end of `channel`; the door for others is in `runtime` (None: there is none, and
        nothing is kept).
        """
        door = self._open_door(runtime)
        self._has_door = door is not None
        await Visitor(self).serve(channel)
        self._sleep.start()
        await self._ending.wait()
        self._sleep.stop()
        if door is not None:
            await door.close()
        self._requests.cancel_all()
        await self._sessions.close_all()
        await self._pool.close()
        if self._ui is not None:
            self._ui.stream.close()

    def end(self) -> None:
        """Stop serving."""
        self._ending.set()

    # Who comes and goes.

    def report(self) -> EngineReport:
        """What `mooring sessions` tells of this engine."""
        ends = self._detached + self._keep_seconds if self._detached and self._keep_seconds else None
        return EngineReport(
            process_id=os.getpid(),
            sessions=tuple(shell.report() for shell in self._sessions.kept_shells),
            ui=self._ui.process_id if self._ui is not None else None,
            detached=self._detached,
            ends=ends,
        )

    def attach(self, visitor: Visitor, request: Attach) -> None:
        """Let a visitor be the UI; where there is one already, only if that one is to be sent away."""
        before = self._ui
        if before is not None and not request.take_over:
            text = f"another mooring (process {before.process_id}) is showing these sessions"
            hint = "`mooring attach --take-over` sends it away; its sessions go on here."
            visitor.send_away(Refused(failure_of(EngineBusyError(text, hint=hint))))
            return
        if before is not None:
            self._leave()
            before.send_away(TakenOver(visitor.process_id))
        if request.environment is not None:
            _adopt(request.environment)
        self._keep_seconds = request.keep_seconds
        self._detached = None
        if self._expiry is not None:
            self._expiry.cancel()
        self._ui = visitor
        visitor.is_ui = True
        self._link.stream = visitor.stream
        self._sessions.seen()
        kept = tuple(shell.kept() for shell in self._sessions.kept_shells)
        self._link.send_message(Kept(kept, self._note, can_keep=self._has_door))

    def visitor_left(self, visitor: Visitor, error: Exception | None) -> None:
        """A stream has ended. That a UI is gone is no fault, whatever the socket calls it."""
        if isinstance(error, EngineError):
            _logger.error("a stream ended: %s", error)
        if visitor is self._ui:
            self._leave()
            self._stay_or_end()
        elif self._ui is None and self._detached is None:
            # The UI that started this engine went before it was attached.
            self.end()

    def message_received(self, message: ToEngine) -> None:
        """Take a message of the UI's."""
        try:
            self._take(message)
        except EngineError:
            raise
        except Exception:
            # One session's fault must not end the others with the stream.
            _logger.exception("while acting on %s", type(message).__name__)

    def data_received(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Take bytes of the UI's."""
        if kind is FrameKind.INPUT and (known := self._sessions.get(session)):
            known.type(data)

    def _open_door(self, runtime: Path | None) -> Door | None:
        if runtime is None:
            return None
        try:
            return Door.open(runtime, self)
        except (MooringError, OSError) as error:
            # Sessions are worth more than keeping them.
            _logger.error("sessions can't be kept: %s", error)
            return None

    def _leave(self) -> None:
        """The UI is gone: what it alone waited for ends, shells go on."""
        self._ui = None
        self._link.stream = None
        self._requests.cancel_all()
        self._sessions.leave()

    def _stay_or_end(self, *, for_ever: bool = False) -> None:
        """Keep what is open, if that is wanted; else end."""
        if not (self._has_door and self._sessions.live_shells and (for_ever or self._keep_seconds)):
            self.end()
            return
        self._detached = time.time()
        if for_ever:
            self._keep_seconds = 0.0
        else:
            self._expiry = asyncio.get_running_loop().call_later(self._keep_seconds, self.end)

    def _session_over(self) -> None:
        if self._ui is None and not self._sessions.live_shells:
            self.end()

    def _woken(self) -> None:
        """The computer has slept: see who is still there, and who is again."""
        for shell in self._sessions.live_shells:
            shell.check_peer(AFTER_SLEEP)
        self._outages.hurry()

    # What the UI says.

    def _take(self, message: ToEngine) -> None:
        """Act on one message. One for a session that has just ended is no fault: it crossed the end's on its way."""
        match message:
            case OpenSession():
                self._sessions.start(ShellSession(message, self._surroundings))
            case RunCommand():
                self._sessions.start(CommandRun(message, self._surroundings))
            case TakeUpSession():
                self._sessions.take_up(message)
            case ResizeSession(session=number, size=size, after=after):
                if session := self._sessions.get(number):
                    session.resize(size, after)
            case GrantCredit(session=number, count=count):
                if session := self._sessions.get(number):
                    session.grant(count)
            case RecordSession(session=number, plan=plan):
                if isinstance(session := self._sessions.get(number), ShellSession):
                    session.record(plan)
            case CloseInput(session=number):
                if session := self._sessions.get(number):
                    session.close_input()
            case CloseSession(session=number):
                self._sessions.close(number)
            case ReconnectSession(session=number):
                if isinstance(session := self._sessions.get(number), ShellSession):
                    session.reconnect_now()
            case AnswerQuestion(question=number, answer=answer):
                self._questions.answer(number, answer)
            case Probe():
                self._requests.probe(message)
            case ListForwards() | AddForward() | RemoveForward():
                self._requests.start(message.request, self._answer_about_forwards(message))
            case OpenFiles():
                self._sessions.start(FileSession(message, self._surroundings))
            case ListFolder() | MakeFolder() | RenameFile() | RemoveFiles() | CopyFiles():
                self._requests.start(message.request, self._answer_about_files(message))
            case CancelRequest(request=number):
                self._requests.cancel(number)
            case Remember(note=note):
                self._note = note[:LONGEST_NOTE]
            case KeepFor(seconds=seconds):
                self._keep_seconds = seconds
            case Detach():
                self._detach()
            case Shutdown():
                self.end()

    async def _answer_about_forwards(self, request: ListForwards | AddForward | RemoveForward) -> ForwardList:
        session = self._sessions.get(request.session)
        if not isinstance(session, ShellSession):
            raise EngineError("the session is over, and its forwards with it")
        return await answer(session.forwards, request)

    async def _answer_about_files(self, request: FilesRequest) -> Reply:
        session = self._sessions.get(request.session)
        if not isinstance(session, FileSession):
            raise EngineError("there is no connection to the machine's files any more")
        return await session.answer(request)

    def _detach(self) -> None:
        ui = self._ui
        self._leave()
        self._stay_or_end(for_ever=True)
        if ui is not None:
            ui.is_ui = False
            ui.stream.close()


def _adopt(environment: Mapping[str, str]) -> None:
    """Take over what belongs to a login session."""
    for name in ENVIRONMENT:
        if name in environment:
            os.environ[name] = environment[name]
        else:
            os.environ.pop(name, None)
