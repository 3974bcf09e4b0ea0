"""One session's life inside the engine: connect, a shell, its output on credit, its end."""

from __future__ import annotations

import asyncio
import logging

from mooring.engine.credit import CreditedOutput
from mooring.engine.failures import failure_of
from mooring.engine.framing import FrameKind
from mooring.engine.protocol import OpenSession, SessionEnded, SessionFailed, SessionOpened, SessionProgress
from mooring.engine.questions import Questions, SessionPrompter
from mooring.engine.stream import FrameStream
from mooring.engine.window import channel_window
from mooring.model.connection import Step
from mooring.model.errors import EngineError, MooringError
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.ssh import Connection, ConnectionPool, PtyRequest, Shell

LARGEST_TYPE_AHEAD = 64 * 1024
"""Bytes typed before the shell runs that are kept for it, as a terminal keeps them for `ssh`."""

_logger = logging.getLogger(__name__)


class EngineSession:
    """Runs one session from its request to its last message; also the receiver of its shell's output."""

    def __init__(self, request: OpenSession, stream: FrameStream, questions: Questions, pool: ConnectionPool) -> None:
        self._request = request
        self._pool = pool
        self._stream = stream
        self._prompter = SessionPrompter(request.session, questions, stream.send_message)
        self._size = request.size
        self._typed_ahead = bytearray()
        self._shell: Shell | None = None
        self._output = CreditedOutput(request.credit)
        self._paused = False
        self._flush_scheduled = False
        self._drained = asyncio.Event()
        self._drained.set()

    async def run(self) -> None:
        """Live; the last message, SessionEnded or SessionFailed, has been sent when this returns or is cancelled."""
        number = self._request.session
        try:
            result = await self._connect_and_run()
        except MooringError as error:
            self._stream.send_message(SessionFailed(number, failure_of(error)))
        except asyncio.CancelledError:
            self._stream.send_message(SessionEnded(number, ExitResult(message="closed")))
            raise
        except Exception as error:
            _logger.exception("session %d", number)
            fault = EngineError(f"a fault in the engine: {type(error).__name__}", hint="Its log says more.")
            self._stream.send_message(SessionFailed(number, failure_of(fault)))
        else:
            self._stream.send_message(SessionEnded(number, result))

    def type(self, data: bytes) -> None:
        """Send what the person typed."""
        if self._shell is not None:
            self._shell.write(data)
        elif len(self._typed_ahead) + len(data) <= LARGEST_TYPE_AHEAD:
            self._typed_ahead += data

    def resize(self, size: TerminalSize) -> None:
        """Give the remote terminal a new size."""
        self._size = size
        if self._shell is not None:
            self._shell.resize(size)

    def grant(self, count: int) -> None:
        """Take more credit, send what waited for it, and let the channel go on."""
        self._output.grant(count)
        self._flush()

    def data_received(self, data: bytes) -> None:
        """Take output from the shell. What one turn of the loop brings goes out as one run."""
        self._output.add(data)
        self._drained.clear()
        self._pause_or_resume()
        if not self._flush_scheduled:
            self._flush_scheduled = True
            asyncio.get_running_loop().call_soon(self._flush)

    def error_received(self, data: bytes) -> None:
        """Show standard error with the rest, as a terminal does."""
        self.data_received(data)

    def eof_received(self) -> None:
        """Nothing to do: the end comes with the shell's result."""

    async def _connect_and_run(self) -> ExitResult:
        target = self._request.target
        leased = self._pool.lease(target, self._prompter, progress=self._progress, in_tab=True, for_session=True)
        async with leased as connection:
            try:
                self._progress(Step.STARTING, target.host)
                size = self._size
                request = PtyRequest(self._request.terminal_type, size, self._request.environment)
                shell = await connection.open_shell(request, self, window=channel_window(connection.round_trip))
                self._start(connection, shell, size)
                return await self._end_of(shell)
            finally:
                self._shell = None

    async def _end_of(self, shell: Shell) -> ExitResult:
        """Wait until the shell has ended and the UI has taken all of its output, however it ended."""
        try:
            result = await shell.wait()
        except MooringError:
            await self._drained.wait()
            raise
        await self._drained.wait()
        return result

    def _start(self, connection: Connection, shell: Shell, size: TerminalSize) -> None:
        self._shell = shell
        self._stream.send_message(SessionOpened(self._request.session, connection.facts))
        if self._size != size:
            shell.resize(self._size)
        if self._typed_ahead:
            shell.write(bytes(self._typed_ahead))
            self._typed_ahead.clear()
        self._flush()

    def _progress(self, step: Step, hop: str) -> None:
        self._stream.send_message(SessionProgress(self._request.session, step, hop))

    def _flush(self) -> None:
        self._flush_scheduled = False
        if self._shell is None:
            return
        data = self._output.take()
        if data:
            self._stream.send_data(FrameKind.OUTPUT, self._request.session, data)
        if not self._output.waiting:
            self._drained.set()
        self._pause_or_resume()

    def _pause_or_resume(self) -> None:
        if self._shell is None or self._paused == self._output.blocked:
            return
        self._paused = self._output.blocked
        if self._paused:
            self._shell.pause_reading()
        else:
            self._shell.resume_reading()
