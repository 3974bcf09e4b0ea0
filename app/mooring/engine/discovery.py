"""Finding engines that keep sessions: by their doors in the runtime directory."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mooring.engine.door import peer_user, reachable
from mooring.engine.framing import FrameDecoder, FrameKind, encode_message
from mooring.engine.protocol import PROTOCOL_VERSION, Hello, Look, Message, Report
from mooring.model.errors import EngineError
from mooring.model.kept_sessions import EngineReport

PATIENCE = 2.0
"""Seconds that an engine gets to say what it keeps."""

_DOOR = re.compile(r"engine-(\d+)\.sock")


@dataclass(frozen=True, slots=True)
class FoundEngine:
    """An engine's process, and what it says; where it says nothing that we understand, `problem` tells why."""

    process_id: int
    report: EngineReport | None = None
    problem: str = ""

    @property
    def waits(self) -> bool:
        """Whether it has sessions and no UI."""
        return self.report is not None and self.report.ui is None and bool(self.report.sessions)


def find_engines(runtime: Path) -> tuple[FoundEngine, ...]:
    """Ask every engine of this person, the one that was left last first. Doors that nobody answers are taken away.

    Blocks, for PATIENCE at most with each that does not answer.
    """
    found = [engine for path in _doors(runtime) if (engine := _ask(path)) is not None]
    return tuple(sorted(found, key=lambda engine: -(engine.report.detached or 0) if engine.report else 0))


def _doors(runtime: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in runtime.iterdir() if _DOOR.fullmatch(path.name))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return


def _ask(path: Path) -> FoundEngine | None:
    """What one engine says; None where there is none."""
    match = _DOOR.fullmatch(path.name)
    process_id = int(match[1]) if match else 0
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel:
        channel.settimeout(PATIENCE)
        try:
            with reachable(path) as address:
                channel.connect(address)
            if peer_user(channel) != os.getuid():
                return None
            return FoundEngine(process_id, _conversation(channel))
        except (ConnectionRefusedError, FileNotFoundError):
            path.unlink(missing_ok=True)
            return None
        except TimeoutError:
            return FoundEngine(process_id, problem=f"does not answer within {PATIENCE:.0f} seconds")
        except (OSError, EngineError, msgspec.MsgspecError) as error:
            return FoundEngine(process_id, problem=str(error))


def _conversation(channel: socket.socket) -> EngineReport:
    for message in (Hello(PROTOCOL_VERSION, os.getpid()), Look()):
        channel.sendall(encode_message(msgspec.msgpack.encode(message)))
    frames = FrameDecoder()
    while chunk := channel.recv(65536):
        for frame in frames.feed(chunk):
            if frame.kind is FrameKind.MESSAGE and (report := _read(frame.body)) is not None:
                return report
    raise EngineError("hung up without an answer")


def _read(body: bytes) -> EngineReport | None:
    """A report, or None for the greeting before it. An engine of another version greets with its number."""
    try:
        message: Message = msgspec.msgpack.decode(body, type=Hello | Report)
    except msgspec.ValidationError:
        greeting = msgspec.msgpack.decode(body)
        version = greeting.get("version") if isinstance(greeting, dict) else None
        raise EngineError(f"speaks version {version} of the protocol, not {PROTOCOL_VERSION}") from None
    if isinstance(message, Hello) and message.version != PROTOCOL_VERSION:
        raise EngineError(f"speaks version {message.version} of the protocol, not {PROTOCOL_VERSION}")
    return message.report if isinstance(message, Report) else None
