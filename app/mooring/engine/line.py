"""The line to an engine: it is started or found, greeted, watched, and ended."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from pathlib import Path
from typing import Protocol

import msgspec

from mooring.engine.door import door_of, reachable
from mooring.engine.failures import error_of
from mooring.engine.framing import FrameKind
from mooring.engine.process import EngineProcess, FoundProcess, start_engine_process
from mooring.engine.protocol import (
    ENVIRONMENT,
    PROTOCOL_VERSION,
    Attach,
    Detach,
    Hello,
    Kept,
    Message,
    Refused,
    Shutdown,
    TakenOver,
    ToUI,
)
from mooring.engine.stream import MessageStream, connect_stream
from mooring.model.errors import EngineError, EngineTakenOverError, EngineVersionError

START_LIMIT = 20.0
"""Seconds that an engine may take to answer."""

STOP_PATIENCE = 5.0
"""Seconds that the engine may take to close its connections before it is ended."""


class LineOwner(Protocol):
    """Whoever speaks to the engine."""

    def message_received(self, message: ToUI) -> None:
        """Take what is not about the line itself."""
        ...

    def data_received(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Take a session's bytes."""
        ...

    def line_lost(self, error: EngineError) -> None:
        """The engine is gone without being asked to go. Called once, last."""
        ...


class EngineLine:
    """A stream to an engine and the engine's process. `start` or `attach` has to come first."""

    def __init__(self, owner: LineOwner, log_file: Path) -> None:
        self._owner = owner
        self._log_file = log_file
        decoder: msgspec.msgpack.Decoder[ToUI] = msgspec.msgpack.Decoder(ToUI)
        self._stream = MessageStream(self, decoder)
        self._process: EngineProcess | None = None
        self._attached: asyncio.Future[Kept] = asyncio.get_running_loop().create_future()
        self.lost: EngineError | None = None
        self._leaving = False
        self._reaper: asyncio.Task[None] | None = None

    @property
    def process_id(self) -> int:
        """The engine's process."""
        assert self._process is not None
        return self._process.process_id

    async def start(self, runtime: Path | None, keep_seconds: float) -> Kept:
        """Start an engine process and wait until it answers. Raises EngineError when it doesn't."""
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise EngineError(f"the engine could not be started: {error}") from error
        with theirs:
            try:
                self._process = start_engine_process(theirs, self._log_file, runtime)
            except EngineError:
                ours.close()
                raise
        attached = False
        try:
            kept = await self._attach(ours, Attach(os.getpid(), keep_seconds))
            attached = True
            return kept
        finally:
            if not attached:
                await self.stop()

    async def attach(self, runtime: Path, process_id: int, keep_seconds: float, *, take_over: bool) -> Kept:
        """Attach to the engine with that process id. Raises EngineBusyError, EngineVersionError, or EngineError."""
        ours = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.setblocking(False)
        self._process = FoundProcess(process_id)
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        try:
            with reachable(door_of(runtime, process_id)) as address:
                await asyncio.get_running_loop().sock_connect(ours, address)
        except OSError as error:
            ours.close()
            raise EngineError(f"the engine (process {process_id}) can't be reached: {error.strerror}") from error
        try:
            return await self._attach(ours, Attach(os.getpid(), keep_seconds, environment, take_over))
        except BaseException:
            self._leaving = True
            self._stream.close()
            raise

    def send_message(self, message: Message) -> None:
        """Send one message."""
        self._stream.send_message(message)

    def send_data(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Send a session's bytes."""
        self._stream.send_data(kind, session, data)

    async def stop(self) -> None:
        """End every session and the engine, and wait until its process is gone; one that was taken over is let be."""
        self._leaving = True
        self._stream.send_message(Shutdown())
        if self._reaper is not None:
            await self._reaper
        elif self._process is not None and not isinstance(self.lost, EngineTakenOverError):
            await self._process.end(patience=STOP_PATIENCE)
        self._stream.close()
        await self._stream.wait_closed()

    async def leave(self) -> None:
        """Go without a word, as when this process is killed: sessions are kept for as long as was said when it came."""
        self._leaving = True
        self._stream.close()
        await self._stream.wait_closed()

    async def detach(self) -> None:
        """Leave the engine to itself: it keeps its sessions, and ends if it has none."""
        self._leaving = True
        self._stream.send_message(Detach())
        await self._stream.wait_closed()

    def message_received(self, message: ToUI) -> None:
        """Called by the stream."""
        match message:
            case Hello(version=version):
                if version != PROTOCOL_VERSION:
                    raise self._other_version(version)
            case Kept():
                if not self._attached.done():
                    self._attached.set_result(message)
            case Refused(failure=failure):
                error = error_of(failure)
                raise error if isinstance(error, EngineError) else EngineError(error.message)
            case TakenOver(process_id=process_id):
                raise EngineTakenOverError(
                    f"another mooring (process {process_id}) has taken these sessions over",
                    hint="They go on there; `mooring attach --take-over` brings them back.",
                )
            case _:
                self._owner.message_received(message)

    def data_received(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Called by the stream."""
        self._owner.data_received(kind, session, data)

    def stream_closed(self, error: Exception | None) -> None:
        """Called by the stream."""
        if self._leaving:
            return
        self.lost = lost = self._loss(error)
        if not self._attached.done():
            self._attached.set_exception(lost)
            return
        if self._process is not None and not isinstance(lost, EngineTakenOverError):
            self._process.signal_group(signal.SIGTERM)
            self._reaper = asyncio.create_task(self._process.end(patience=STOP_PATIENCE), name="reap the engine")
        self._owner.line_lost(lost)

    async def _attach(self, channel: socket.socket, request: Attach) -> Kept:
        await connect_stream(self._stream, channel)
        self._stream.send_message(Hello(PROTOCOL_VERSION, os.getpid()))
        self._stream.send_message(request)
        try:
            async with asyncio.timeout(START_LIMIT):
                return await self._attached
        except TimeoutError:
            message = f"the engine did not answer within {START_LIMIT:.0f} seconds"
            raise EngineError(message, hint=f"Its log is {self._log_file}.") from None

    def _other_version(self, version: int) -> EngineVersionError:
        return EngineVersionError(
            f"the engine (process {self.process_id}) speaks version {version} of the protocol, not {PROTOCOL_VERSION}",
            hint=f"It was started by another version of Mooring: attach with that one, or end it by kill "
            f"{self.process_id}, and its sessions with it.",
        )

    def _loss(self, error: Exception | None) -> EngineError:
        if isinstance(error, EngineError) and type(error) is not EngineError:
            return error
        reason = f"was given up: {error}" if isinstance(error, EngineError) else "ended unexpectedly"
        lost = EngineError(f"the engine {reason}", hint=f"Its log is {self._log_file}.")
        lost.__cause__ = error
        return lost
