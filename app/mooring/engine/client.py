"""The UI's side of the engine: starts the process, speaks to it, and says when it is lost."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from mooring.engine.failures import error_of, failure_of
from mooring.engine.framing import FrameKind
from mooring.engine.process import end_engine_process, signal_engine_group, start_engine_process
from mooring.engine.protocol import (
    PROTOCOL_VERSION,
    AnswerQuestion,
    CancelRequest,
    CloseInput,
    CloseSession,
    GrantCredit,
    Hello,
    News,
    OpenSession,
    Probe,
    Probed,
    Reply,
    Request,
    RequestFailed,
    ResizeSession,
    RunCommand,
    Shutdown,
    ToUI,
)
from mooring.engine.stream import MessageStream
from mooring.model.errors import EngineError
from mooring.model.machine import Target
from mooring.model.prompts import Answer
from mooring.model.reachability import Reachability
from mooring.model.terminal import TerminalSize
from mooring.store.paths import Paths

START_LIMIT = 20.0
"""Seconds that a new engine may take to say hello."""

STOP_PATIENCE = 5.0
"""Seconds that the engine may take to close its connections before it is ended."""


class EngineListener(Protocol):
    """Whoever is told what the engine says. Called in the event loop, in the order in which things happened."""

    def message_received(self, message: News) -> None:
        """Take one message."""
        ...

    def output_received(self, session: int, data: bytes) -> None:
        """Take output of a session; it has been booked off that session's credit."""
        ...

    def error_output_received(self, session: int, data: bytes) -> None:
        """Take standard error of a command without a terminal, on the same credit."""
        ...

    def engine_lost(self, error: EngineError) -> None:
        """The engine ended without being asked to; every session is gone. Called once, last."""
        ...


class EngineClient:
    """A running engine. Made by `start`, ended by `stop`; every other method returns at once."""

    def __init__(self, listener: EngineListener, log_file: Path) -> None:
        self._listener = listener
        self._log_file = log_file
        decoder: msgspec.msgpack.Decoder[ToUI] = msgspec.msgpack.Decoder(ToUI)
        self._stream = MessageStream(self, decoder)
        self._requests = itertools.count(1)
        self._unanswered: dict[int, asyncio.Future[Reply]] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lost: EngineError | None = None
        self._stopping = False
        self._reaper: asyncio.Task[int] | None = None

    @classmethod
    async def start(cls, listener: EngineListener, *, log_file: Path | None = None) -> EngineClient:
        """Start an engine process and wait until it answers. Raises EngineError when it doesn't."""
        client = cls(listener, log_file or Paths.of_this_person().engine_log)
        await client._start()
        return client

    @property
    def process_id(self) -> int:
        """The engine's process."""
        assert self._process is not None
        return self._process.pid

    def open(
        self,
        session: int,
        target: Target,
        size: TerminalSize,
        terminal_type: str,
        environment: Mapping[str, str],
        credit: int,
    ) -> None:
        """Connect to `target` and start a shell there, as session number `session`, which must be new."""
        self._stream.send_message(OpenSession(session, target, size, terminal_type, dict(environment), credit))

    def run(
        self,
        session: int,
        target: Target,
        command: str,
        credit: int,
        *,
        size: TerminalSize | None = None,
        terminal_type: str = "",
        environment: Mapping[str, str] | None = None,
        takes_input: bool = False,
    ) -> None:
        """Run a command beside what else is on the machine's connection, as session number `session`.

        It has a terminal where there is a `size`; else standard error comes apart, on the same credit. With
        `takes_input` it may be sent as many bytes as `GrantInput` messages say, and `close_input` ends them.
        """
        self._stream.send_message(
            RunCommand(session, target, command, credit, size, terminal_type, dict(environment or {}), takes_input)
        )

    def send(self, session: int, data: bytes) -> None:
        """Type `data` in a session."""
        self._stream.send_data(FrameKind.INPUT, session, data)

    def resize(self, session: int, size: TerminalSize) -> None:
        """Tell a session its terminal's new size."""
        self._stream.send_message(ResizeSession(session, size))

    def grant(self, session: int, count: int) -> None:
        """Let `count` more bytes of a session's output come."""
        self._stream.send_message(GrantCredit(session, count))

    def close_input(self, session: int) -> None:
        """Say that a command's standard input is at its end."""
        self._stream.send_message(CloseInput(session))

    def close_session(self, session: int) -> None:
        """Hang up. SessionEnded or SessionFailed follows if it has not been sent yet."""
        self._stream.send_message(CloseSession(session))

    def answer(self, question: int, answer: Answer) -> None:
        """Answer a question of the engine's; None is "leave it"."""
        self._stream.send_message(AnswerQuestion(question, answer))

    async def probe(self, target: Target, *, limit: float) -> Reachability:
        """Find out within `limit` seconds whether a machine can be reached; its user is not told. Nobody is asked.

        What keeps it from being reached is in the answer. Raises EngineError when the engine is lost. Cancelling gives
        the probe up.
        """
        answer = await self._ask(Probe(next(self._requests), target, limit))
        if not isinstance(answer, Probed):
            raise EngineError(f"the engine answered a probe by {type(answer).__name__}")
        return answer.found

    async def stop(self) -> None:
        """End every session and the engine, and wait until its process is gone."""
        self._stopping = True
        self._stream.send_message(Shutdown())
        await self._reap()
        self._stream.close()
        await self._stream.wait_closed()

    def message_received(self, message: ToUI) -> None:
        """Called by the stream."""
        match message:
            case Hello():
                self._greet(message)
            case Reply(request=number):
                if (answer := self._unanswered.get(number)) is not None and not answer.done():
                    answer.set_result(message)
            case _:
                self._listener.message_received(message)

    def data_received(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Called by the stream."""
        if kind is FrameKind.ERROR:
            self._listener.error_output_received(session, data)
        else:
            self._listener.output_received(session, data)

    def stream_closed(self, error: Exception | None) -> None:
        """Called by the stream."""
        ended = failure_of(EngineError("the engine ended before it answered"))
        for number, answer in self._unanswered.items():
            if not answer.done():
                answer.set_result(RequestFailed(number, ended))
        if self._stopping:
            return
        reason = f"was given up: {error}" if isinstance(error, EngineError) else "ended unexpectedly"
        lost = EngineError(f"the engine {reason}", hint=f"Its log is {self._log_file}.")
        lost.__cause__ = error
        self._lost = lost
        if not self._greeted.done():
            self._greeted.set_exception(lost)
            return
        if self._process is not None:
            signal_engine_group(self._process, signal.SIGTERM)
        self._reaper = asyncio.create_task(self._reap(), name="reap the engine")
        self._listener.engine_lost(lost)

    async def _ask(self, request: Request) -> Reply:
        """Send a request and wait for its answer. Raises what the engine says went wrong."""
        if self._lost is not None:
            raise self._lost
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._unanswered[request.request] = answer
        self._stream.send_message(request)
        try:
            answered = await answer
        except asyncio.CancelledError:
            self._stream.send_message(CancelRequest(request.request))
            raise
        finally:
            del self._unanswered[request.request]
        if isinstance(answered, RequestFailed):
            raise error_of(answered.failure)
        return answered

    async def _start(self) -> None:
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise EngineError(f"the engine could not be started: {error}") from error
        with theirs:
            try:
                self._process = start_engine_process(theirs, self._log_file)
            except EngineError:
                ours.close()
                raise
        greeted = False
        try:
            await asyncio.get_running_loop().create_connection(lambda: self._stream, sock=ours)
            self._stream.send_message(Hello(PROTOCOL_VERSION, os.getpid()))
            async with asyncio.timeout(START_LIMIT):
                await self._greeted
            if self._lost is not None:
                raise self._lost
            greeted = True
        except TimeoutError:
            message = f"the engine did not answer within {START_LIMIT:.0f} seconds"
            raise EngineError(message, hint=f"Its log is {self._log_file}.") from None
        finally:
            if not greeted:
                await self.stop()

    def _greet(self, hello: Hello) -> None:
        if hello.version != PROTOCOL_VERSION:
            raise EngineError(f"the engine speaks version {hello.version} of the protocol, not {PROTOCOL_VERSION}")
        if not self._greeted.done():
            self._greeted.set_result(None)

    async def _reap(self) -> int:
        assert self._process is not None
        return await end_engine_process(self._process, patience=STOP_PATIENCE)
