"""A UI without a screen: what an engine says is kept, and can be waited for."""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from mooring.engine.client import EngineClient
from mooring.engine.protocol import News, SessionEnded, SessionFailed
from mooring.model.errors import EngineError
from mooring.model.machine import Machine, Target
from mooring.model.origin import COMMAND_LINE
from mooring.model.terminal import TerminalSize
from support.sshd import SshServer

WAIT_LIMIT = 20.0

SIZE = TerminalSize(80, 24)
PLENTY = 1 << 40
"""Credit that no test uses up."""

T = TypeVar("T")


class EngineRecorder:
    """An `EngineListener` that remembers everything."""

    def __init__(self) -> None:
        self.messages: list[News] = []
        self.output: defaultdict[int, bytearray] = defaultdict(bytearray)
        self.error_output: defaultdict[int, bytearray] = defaultdict(bytearray)
        self.received: Counter[int] = Counter()
        self.lost: EngineError | None = None
        self._news = asyncio.Event()

    def message_received(self, message: News) -> None:
        self.messages.append(message)
        self._news.set()

    def output_received(self, session: int, data: bytes) -> None:
        self.output[session] += data
        self.received[session] += len(data)
        self._news.set()

    def error_output_received(self, session: int, data: bytes) -> None:
        self.error_output[session] += data
        self.received[session] += len(data)
        self._news.set()

    def engine_lost(self, error: EngineError) -> None:
        self.lost = error
        self._news.set()

    async def until(self, ready: Callable[[], bool], *, limit: float = WAIT_LIMIT) -> None:
        """Wait until `ready`, which is looked at whenever something arrived; TimeoutError tells what did arrive."""
        try:
            async with asyncio.timeout(limit):
                while not ready():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            tails = {number: bytes(data[-200:]) for number, data in self.output.items()}
            raise TimeoutError(f"messages: {self.messages}, output: {tails}, lost: {self.lost}") from None

    async def more(self, session: int, *, limit: float = WAIT_LIMIT) -> None:
        """Wait until a session has more output than now, or has had its last message."""
        had = self.received[session]
        await self.until(lambda: self.received[session] > had or self.ended(session) is not None, limit=limit)

    def ended(self, session: int) -> SessionEnded | SessionFailed | None:
        """A session's last message, if it has come."""
        for message in self.messages:
            if isinstance(message, SessionEnded | SessionFailed) and message.session == session:
                return message
        return None

    async def message(self, kind: type[T], *, limit: float = WAIT_LIMIT) -> T:
        """Wait for the first message of a kind, and take it out."""
        await self.until(lambda: any(isinstance(message, kind) for message in self.messages), limit=limit)
        found = next(message for message in self.messages if isinstance(message, kind))
        self.messages.remove(found)
        return found

    async def end_of(self, session: int, *, limit: float = WAIT_LIMIT) -> SessionEnded | SessionFailed:
        """Wait for a session's last message."""
        await self.until(lambda: self.ended(session) is not None, limit=limit)
        last = self.ended(session)
        assert last is not None
        return last

    async def text(self, session: int, wanted: bytes, *, limit: float = WAIT_LIMIT) -> bytes:
        """Wait until a session's output has `wanted` in it; return all of it."""
        await self.until(lambda: wanted in self.output[session], limit=limit)
        return bytes(self.output[session])


def process_is_gone(process_id: int) -> bool:
    """Whether a process has ended; a zombie that nobody reaped has."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


async def until_gone(process_id: int, *, limit: float = WAIT_LIMIT) -> None:
    """Wait until a process, which need not be our child, has ended; TimeoutError when it lives on."""
    if not await asyncio.to_thread(_gone_within, process_id, limit):
        raise TimeoutError(f"process {process_id} is still there")


def _gone_within(process_id: int, limit: float) -> bool:
    deadline = time.monotonic() + limit
    while not process_is_gone(process_id):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def resident_bytes(process_id: int) -> int:
    """How much memory a process really has (Linux)."""
    pages = int(Path(f"/proc/{process_id}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@asynccontextmanager
async def running_engine(recorder: EngineRecorder, folder: Path) -> AsyncIterator[EngineClient]:
    """A running engine, which must have had nothing to write to its log at the end."""
    log_file = folder / "state" / "engine.log"
    client = await EngineClient.start(recorder, log_file=log_file)
    yield client
    await client.stop()
    assert log_file.read_text() == ""


def target_on(server: SshServer, *extra: str, known: bool = True) -> Target:
    """How to reach `server`."""
    return Target("box", config_file=str(server.write_client_config("box", *extra, known=known)))


def machine_of(target: Target) -> Machine:
    """A machine that is reached like this."""
    return Machine(target.host, ("ssh_config",), COMMAND_LINE, target)


async def open_shell(
    engine: EngineClient,
    recorder: EngineRecorder,
    target: Target,
    *,
    session: int = 1,
    credit: int = PLENTY,
    reconnect: bool = True,
) -> None:
    """Open a session and wait for a shell of known habits in it (sh with a prompt of its own, no echo)."""
    engine.open(
        session, machine_of(target), SIZE, "xterm-256color", {"COLORTERM": "truecolor"}, credit, reconnect=reconnect
    )
    # The login shell may read ahead, and what it took is lost when sh takes its place: so sh has to speak first. The
    # words are parted by quotes, so that the echo of the line that is typed can't be taken for what it prints.
    engine.send(session, b"stty -echo; exec env PS2= PS1='sh-is-''here;' sh\r")
    await recorder.text(session, b"sh-is-here;")
    engine.send(session, b"PS1=\r")
    engine.send(session, b"printf '%s-%s\\n' shell ready\r")
    await recorder.text(session, b"shell-ready")
    recorder.output[session].clear()
