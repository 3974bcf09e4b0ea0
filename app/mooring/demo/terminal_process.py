"""Programs on a demo machine, in a real pseudo-terminal or on pipes, wired to an SSH channel.

Every copy waits until the channel has taken what it got (`drain`), so a program that floods is stopped by the kernel's
own buffers when nobody reads, and memory stays as it was.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import pty
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import asyncssh

from mooring.demo.processes import hang_up

_CHUNK = 64 * 1024
_LAST_OUTPUT = 1024 * 1024
"""How many bytes are still taken from a terminal after its program ended; a job left behind could write for ever."""

_GRACE = 2.0
"""Seconds that a program has after the hangup."""


async def run_in_terminal(
    process: asyncssh.SSHServerProcess[bytes], arguments: Sequence[str], environment: Mapping[str, str], home: Path
) -> None:
    """Run a program in a new session with a pseudo-terminal as its controlling terminal, until it or the client ends.

    `arguments` are the program's path and then its argv.
    """
    master, slave = pty.openpty()
    _set_size(master, process.term_size)
    _expect_utf8(slave)
    try:
        child = await asyncio.create_subprocess_exec(
            *arguments[1:],
            executable=arguments[0],
            cwd=home,
            env={**environment, "TERM": process.term_type or "dumb", "SSH_TTY": os.ttyname(slave)},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            preexec_fn=partial(os.login_tty, slave),
        )
    except BaseException:
        os.close(master)
        raise
    finally:
        os.close(slave)
    terminal = _Terminal(master)
    output = asyncio.create_task(_show(terminal, process))
    typed = asyncio.create_task(_type(terminal, process, child))
    try:
        await _until_either_ends(process, child)
        await _stop(output, typed)
        await _show_rest(terminal, process)
    finally:
        terminal.close()
        await _reap(child)
    _tell_end(process, child)


async def run_on_pipes(
    process: asyncssh.SSHServerProcess[bytes], arguments: Sequence[str], environment: Mapping[str, str], home: Path
) -> None:
    """Run a program as sshd runs `ssh host command`: stdin, stdout and stderr apart, and no terminal."""
    child = await asyncio.create_subprocess_exec(
        *arguments[1:],
        executable=arguments[0],
        cwd=home,
        env=dict(environment),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    if child.stdin is None or child.stdout is None or child.stderr is None:
        raise RuntimeError("a program was started without its pipes")
    typed = asyncio.create_task(_feed(process, child.stdin, child))
    outputs = (
        asyncio.create_task(_copy(child.stdout, process.stdout)),
        asyncio.create_task(_copy(child.stderr, process.stderr)),
    )
    ended = asyncio.create_task(child.wait())
    closed = asyncio.create_task(process.channel.wait_closed())
    try:
        # As with sshd, the session lasts until the program is gone and nobody holds its output any more.
        while not closed.done() and not all(task.done() for task in (ended, *outputs)):
            pending = {task for task in (ended, closed, *outputs) if not task.done()}
            await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _stop(typed, ended, closed, *outputs)
        await _reap(child)
    _tell_end(process, child)


class _Terminal:
    """The master side of a pseudo-terminal, read and written without blocking the loop."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor

    def read_now(self) -> bytes | None:
        """What is there: None for nothing yet, b"" once no program has the terminal open."""
        try:
            return os.read(self.descriptor, _CHUNK)
        except BlockingIOError:
            return None
        except OSError:
            # Linux says EIO where the last user of the other side is gone; others say end of file.
            return b""

    async def read(self) -> bytes:
        loop = asyncio.get_running_loop()
        while (data := self.read_now()) is None:
            ready = loop.create_future()
            loop.add_reader(self.descriptor, _set_once, ready)
            try:
                await ready
            finally:
                loop.remove_reader(self.descriptor)
        return data

    async def write(self, data: bytes) -> None:
        loop = asyncio.get_running_loop()
        while data:
            try:
                data = data[os.write(self.descriptor, data) :]
            except BlockingIOError:
                ready = loop.create_future()
                loop.add_writer(self.descriptor, _set_once, ready)
                try:
                    await ready
                finally:
                    loop.remove_writer(self.descriptor)

    def close(self) -> None:
        os.close(self.descriptor)


def _set_once(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


async def _show(terminal: _Terminal, process: asyncssh.SSHServerProcess[bytes]) -> None:
    while data := await terminal.read():
        process.stdout.write(data)
        await process.stdout.drain()


async def _show_rest(terminal: _Terminal, process: asyncssh.SSHServerProcess[bytes]) -> None:
    left = _LAST_OUTPUT
    while left > 0 and not process.is_closing() and (data := terminal.read_now()):
        process.stdout.write(data)
        await process.stdout.drain()
        left -= len(data)


async def _type(
    terminal: _Terminal, process: asyncssh.SSHServerProcess[bytes], child: asyncio.subprocess.Process
) -> None:
    """Pass on keys, new sizes and signals. The client's end of input means nothing to a terminal."""
    while True:
        try:
            data = await process.stdin.read(_CHUNK)
        except asyncssh.TerminalSizeChanged as change:
            _set_size(terminal.descriptor, change.term_size)
        except asyncssh.SignalReceived as received:
            _send_signal(child, received.signal)
        except asyncssh.BreakReceived:
            termios.tcsendbreak(terminal.descriptor, 0)
        else:
            if not data:
                return
            with contextlib.suppress(OSError):  # the program is gone; its end is told elsewhere
                await terminal.write(data)


async def _feed(
    process: asyncssh.SSHServerProcess[bytes], stdin: asyncio.StreamWriter, child: asyncio.subprocess.Process
) -> None:
    while True:
        try:
            data = await process.stdin.read(_CHUNK)
        except asyncssh.SignalReceived as received:
            _send_signal(child, received.signal)
            continue
        except (asyncssh.TerminalSizeChanged, asyncssh.BreakReceived):
            continue
        try:
            stdin.write(data)
            await stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            return
        if not data:
            stdin.close()
            return


async def _copy(source: asyncio.StreamReader, destination: asyncssh.SSHWriter[bytes]) -> None:
    while data := await source.read(_CHUNK):
        destination.write(data)
        await destination.drain()


async def _until_either_ends(process: asyncssh.SSHServerProcess[bytes], child: asyncio.subprocess.Process) -> None:
    ended = asyncio.create_task(child.wait())
    closed = asyncio.create_task(process.channel.wait_closed())
    try:
        await asyncio.wait({ended, closed}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _stop(ended, closed)


async def _stop(*tasks: asyncio.Task[None] | asyncio.Task[int]) -> None:
    for task in tasks:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        # A connection that broke ends the copies too; everything else is a fault of ours.
        if isinstance(result, Exception) and not isinstance(result, (OSError, asyncssh.Error)):
            raise result


async def _reap(child: asyncio.subprocess.Process) -> None:
    if child.returncode is not None:
        return
    hang_up(child.pid)
    try:
        await asyncio.wait_for(child.wait(), _GRACE)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()


def _tell_end(process: asyncssh.SSHServerProcess[bytes], child: asyncio.subprocess.Process) -> None:
    status = child.returncode
    if process.channel.is_closing() or status is None:
        return
    if status < 0:
        process.exit_with_signal(signal.Signals(-status).name.removeprefix("SIG"))
    else:
        process.exit(status)


def _send_signal(child: asyncio.subprocess.Process, name: str) -> None:
    number = getattr(signal, f"SIG{name}", None)
    if isinstance(number, signal.Signals):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, number)


def _set_size(descriptor: int, size: tuple[int, int, int, int]) -> None:
    """Set the window's size: columns, lines, and both in pixels (RFC 4254, section 6.7), in 16 bits each."""
    columns, lines, width, height = (max(0, min(value, 0xFFFF)) for value in size)
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, width, height))


def _expect_utf8(descriptor: int) -> None:
    """Let the line discipline erase whole characters (IUTF8 in termios(3)), where the system knows how."""
    flag = 0x4000 if os.uname().sysname in ("Linux", "Darwin") else 0
    attributes = termios.tcgetattr(descriptor)
    attributes[0] |= flag
    termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
