"""Programs that print machines: run without a shell, for a limited time, with limited output, and ended as a whole."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

MOST_OUTPUT = 128 * 1024 * 1024
"""Bytes of output that are taken; whoever prints more is ended."""

_MOST_COMPLAINT = 16 * 1024
_COMPLAINT_SHOWN = 300
_CHUNK = 256 * 1024
_POLL = 0.1
_AFTER_END = 0.5
"""Seconds without output after which a program that has ended is done, though a child of its holds the pipe open."""


class ProgramError(Exception):
    """A program gave no usable output; the message says why, in words that follow its name."""


class Programs:
    """Runs programs, from any number of threads, until `cancel`.

    Each has a session of its own: no terminal that it could ask something on, and a process group that is killed with
    all its children where the program takes too long or prints too much.
    """

    def __init__(self, folder: Path, *, most_output: int = MOST_OUTPUT) -> None:
        """`folder` is where the programs run."""
        self._folder = folder
        self._most_output = most_output
        self._cancelled = threading.Event()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()

    def run(self, words: Sequence[str], deadline: float) -> bytes:
        """Return what the program prints. `deadline` is a time of time.monotonic(). Raises ProgramError."""
        started = time.monotonic()
        process = self._start(words)
        try:
            output, complaint = self._listen(process, started, deadline)
        finally:
            with self._lock:
                self._running.discard(process)
                _kill(process)
            process.wait()
        if process.returncode != 0:
            how = f"status {process.returncode}" if process.returncode > 0 else f"signal {-process.returncode}"
            said = _last_line(complaint)
            raise ProgramError(f"ended with {how}{f': {said}' if said else ''}")
        return output

    def cancel(self) -> None:
        """End all programs that run, and run none any more. They are killed when this returns."""
        self._cancelled.set()
        with self._lock:
            for process in self._running:
                _kill(process)

    def _start(self, words: Sequence[str]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._cancelled.is_set():
                raise ProgramError("was not run: somebody gave up before")
            try:
                process = subprocess.Popen(
                    words,
                    cwd=self._folder,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    start_new_session=True,
                )
            except (OSError, ValueError) as error:
                reason = error.strerror if isinstance(error, OSError) else str(error)
                raise ProgramError(f"can't be run: {reason}") from error
            self._running.add(process)
            return process

    def _listen(self, process: subprocess.Popen[bytes], started: float, deadline: float) -> tuple[bytes, bytes]:
        """Read until the end of both outputs, or of the program; what is too much of the complaint is left out."""
        output, complaint = bytearray(), bytearray()
        assert process.stdout is not None
        assert process.stderr is not None
        with process.stdout, process.stderr, selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ, output)
            selector.register(process.stderr, selectors.EVENT_READ, complaint)
            heard = time.monotonic()
            while selector.get_map():
                ready = selector.select(_POLL)
                now = time.monotonic()
                if self._cancelled.is_set():
                    raise ProgramError("was ended before it had answered")
                if now > deadline:
                    raise ProgramError(f"gave no answer within {round(deadline - started, 1):g} s, and was ended")
                if not ready and process.poll() is not None and now - heard > _AFTER_END:
                    break
                for key, _events in ready:
                    heard = now
                    _read(selector, key.fileobj, key.data)  # type: ignore[arg-type]  # the two pipes from above
                if len(output) > self._most_output:
                    raise ProgramError(f"printed more than {self._most_output >> 20} MB, and was ended")
                del complaint[:-_MOST_COMPLAINT]
            self._wait(process, deadline)
        return bytes(output), bytes(complaint)

    def _wait(self, process: subprocess.Popen[bytes], deadline: float) -> None:
        """Wait for a program that has closed its outputs."""
        while not self._cancelled.is_set() and time.monotonic() < deadline:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_POLL)
                return
        raise ProgramError("closed its output and did not end")


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a program that runs, with all in its group; the group's number is nobody else's until it is waited for."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _read(selector: selectors.BaseSelector, pipe: IO[bytes], into: bytearray) -> None:
    chunk = os.read(pipe.fileno(), _CHUNK)
    if chunk:
        into += chunk
    else:
        selector.unregister(pipe)


def _last_line(complaint: bytes) -> str:
    lines = complaint.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip()[:_COMPLAINT_SHOWN] if lines else ""
