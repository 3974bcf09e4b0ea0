"""The engine's side of the conversation: takes requests, runs sessions, and ends when nobody needs it."""

from __future__ import annotations

import asyncio
import logging
import os
import socket

import msgspec

from mooring.engine.command_run import CommandRun
from mooring.engine.framing import FrameKind
from mooring.engine.protocol import (
    PROTOCOL_VERSION,
    AnswerQuestion,
    CancelRequest,
    CloseInput,
    CloseSession,
    GrantCredit,
    Hello,
    OpenSession,
    Probe,
    ResizeSession,
    RunCommand,
    Shutdown,
    ToEngine,
)
from mooring.engine.questions import Questions
from mooring.engine.requests import Requests
from mooring.engine.session import EngineSession, Surroundings
from mooring.engine.shell_session import ShellSession
from mooring.engine.stream import MessageStream
from mooring.model.errors import EngineError
from mooring.ssh import ConnectionPool

CLOSE_LIMIT = 3.0
"""Seconds for all connections to close at the end; a peer that does not answer holds nobody up."""

LINGER = 3.0
"""Seconds that a connection stays open without a user: a command that is run again, a tab that is opened just after
another was closed and a list of files need no further login then."""

_logger = logging.getLogger(__name__)


class EngineServer:
    """Serves one UI on one connected socket."""

    def __init__(self) -> None:
        decoder: msgspec.msgpack.Decoder[ToEngine] = msgspec.msgpack.Decoder(ToEngine)
        self._stream = MessageStream(self, decoder)
        self._questions = Questions(self._stream.send_message)
        self._pool = ConnectionPool(tells_programs=True, linger=LINGER)
        self._surroundings = Surroundings(
            self._stream.send_message, self._stream.send_data, self._questions, self._pool
        )
        self._requests = Requests(self._stream.send_message, self._pool)
        self._sessions: dict[int, EngineSession] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._ending = asyncio.Event()

    async def serve(self, channel: socket.socket) -> None:
        """Serve until the UI is gone or says Shutdown, or `end` is called; then close every session."""
        await asyncio.get_running_loop().create_connection(lambda: self._stream, sock=channel)
        self._stream.send_message(Hello(PROTOCOL_VERSION, os.getpid()))
        await self._ending.wait()
        self._requests.cancel_all()
        for task in self._tasks.values():
            task.cancel()
        if self._tasks:
            _done, late = await asyncio.wait(self._tasks.values(), timeout=CLOSE_LIMIT)
            if late:
                _logger.warning("%d sessions did not close within %.0f seconds", len(late), CLOSE_LIMIT)
        await self._pool.close()
        self._stream.close()

    def end(self) -> None:
        """Stop serving."""
        self._ending.set()

    def message_received(self, message: ToEngine) -> None:
        """Called by the stream."""
        try:
            self._take(message)
        except EngineError:
            raise
        except Exception:
            # One session's fault must not end the others with the stream.
            _logger.exception("while acting on %s", type(message).__name__)

    def data_received(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Called by the stream."""
        if kind is FrameKind.INPUT and session in self._sessions:
            self._sessions[session].type(data)

    def stream_closed(self, error: Exception | None) -> None:
        """Called by the stream. That the UI is gone is no fault, whatever the socket calls it."""
        if isinstance(error, EngineError):
            _logger.error("the UI's stream ended: %s", error)
        self.end()

    def _take(self, message: ToEngine) -> None:
        """Act on one message. One for a session that has just ended is no fault: it crossed the end's on its way."""
        match message:
            case Hello(version=version):
                if version != PROTOCOL_VERSION:
                    raise EngineError(f"the UI speaks version {version} of the protocol, not {PROTOCOL_VERSION}")
            case OpenSession():
                self._start(ShellSession(message, self._surroundings))
            case RunCommand():
                self._start(CommandRun(message, self._surroundings))
            case ResizeSession(session=number, size=size):
                if session := self._sessions.get(number):
                    session.resize(size)
            case GrantCredit(session=number, count=count):
                if session := self._sessions.get(number):
                    session.grant(count)
            case CloseInput(session=number):
                if session := self._sessions.get(number):
                    session.close_input()
            case CloseSession(session=number):
                if task := self._tasks.get(number):
                    task.cancel()
            case AnswerQuestion(question=number, answer=answer):
                self._questions.answer(number, answer)
            case Probe():
                self._requests.probe(message)
            case CancelRequest(request=number):
                self._requests.cancel(number)
            case Shutdown():
                self.end()

    def _start(self, session: EngineSession) -> None:
        number = session.number
        if number in self._sessions:
            raise EngineError(f"the UI opened session {number} twice")
        self._sessions[number] = session
        self._tasks[number] = task = asyncio.create_task(session.run(), name=f"session {number}")
        task.add_done_callback(lambda _task: self._forget(number))

    def _forget(self, number: int) -> None:
        del self._sessions[number]
        del self._tasks[number]
