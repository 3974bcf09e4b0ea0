"""The engine's side of the conversation: takes requests, runs sessions, and ends when nobody needs it."""

from __future__ import annotations

import asyncio
import logging
import os
import socket

import msgspec

from mooring.engine.framing import Frame, FrameKind
from mooring.engine.protocol import (
    PROTOCOL_VERSION,
    AnswerQuestion,
    CloseSession,
    GrantCredit,
    Hello,
    OpenSession,
    ResizeSession,
    Shutdown,
    ToEngine,
)
from mooring.engine.questions import Questions
from mooring.engine.session import EngineSession
from mooring.engine.stream import FrameStream
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
        self._decoder: msgspec.msgpack.Decoder[ToEngine] = msgspec.msgpack.Decoder(ToEngine)
        self._stream = FrameStream(self)
        self._questions = Questions(self._stream.send_message)
        self._pool = ConnectionPool(tells_programs=True, linger=LINGER)
        self._sessions: dict[int, EngineSession] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._ending = asyncio.Event()

    async def serve(self, channel: socket.socket) -> None:
        """Serve until the UI is gone or says Shutdown, or `end` is called; then close every session."""
        await asyncio.get_running_loop().create_connection(lambda: self._stream, sock=channel)
        self._stream.send_message(Hello(PROTOCOL_VERSION, os.getpid()))
        await self._ending.wait()
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

    def frame_received(self, frame: Frame) -> None:
        """Called by the stream."""
        if frame.kind is FrameKind.INPUT:
            if session := self._sessions.get(frame.session):
                session.type(frame.body)
            return
        try:
            message = self._decoder.decode(frame.body)
        except msgspec.MsgspecError as error:
            raise EngineError(f"the UI said something that we don't understand: {error}") from error
        try:
            self._take(message)
        except EngineError:
            raise
        except Exception:
            # One session's fault must not end the others with the stream.
            _logger.exception("while acting on %s", type(message).__name__)

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
                self._open(message)
            case ResizeSession(session=number, size=size):
                if session := self._sessions.get(number):
                    session.resize(size)
            case GrantCredit(session=number, count=count):
                if session := self._sessions.get(number):
                    session.grant(count)
            case CloseSession(session=number):
                if task := self._tasks.get(number):
                    task.cancel()
            case AnswerQuestion(question=number, answer=answer):
                self._questions.answer(number, answer)
            case Shutdown():
                self.end()

    def _open(self, request: OpenSession) -> None:
        number = request.session
        if number in self._sessions:
            raise EngineError(f"the UI opened session {number} twice")
        session = EngineSession(request, self._stream, self._questions, self._pool)
        self._sessions[number] = session
        self._tasks[number] = task = asyncio.create_task(session.run(), name=f"session {number}")
        task.add_done_callback(lambda _task: self._forget(number))

    def _forget(self, number: int) -> None:
        del self._sessions[number]
        del self._tasks[number]
