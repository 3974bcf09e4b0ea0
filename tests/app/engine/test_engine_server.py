"""What an engine does with a UI that is not ours: it says so in its log, and ends."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

import msgspec
import pytest

from mooring.engine.framing import FrameDecoder, encode_message
from mooring.engine.process import LARGEST_LOG, start_engine_process
from mooring.engine.protocol import PROTOCOL_VERSION, Attach, Detach, Hello, Kept, Message, OpenSession
from mooring.model.machine import Machine, Target
from mooring.model.origin import COMMAND_LINE
from mooring.model.terminal import TerminalSize


def framed(message: Message) -> bytes:
    """A message as it goes over the socket."""
    return encode_message(msgspec.msgpack.encode(message))


GREETING = framed(Hello(PROTOCOL_VERSION, 1)) + framed(Attach(1))
HERE = Machine("here", ("mooring",), COMMAND_LINE, Target("host.invalid", config_file="none"))
OPEN = framed(OpenSession(1, HERE, TerminalSize(80, 24), "xterm", {}, 0))


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        (framed(Hello(PROTOCOL_VERSION + 1, 1)), f"speaks version {PROTOCOL_VERSION + 1}"),
        (GREETING + OPEN + OPEN, "opened session 1 twice"),
        (OPEN, "without a greeting"),
        (encode_message(b"\xc1"), "don't understand"),
        (struct.pack(">IB", 5, 77), "unknown kind 77"),
    ],
    ids=["another version", "a session twice", "no greeting", "no msgpack", "no frame"],
)
def test_nonsense_ends_the_engine(tmp_path: Path, said: bytes, logged: str) -> None:
    log_file = tmp_path / "engine.log"
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            process = start_engine_process(theirs, log_file)
        ours.sendall(said)
        assert os.waitpid(process.process_id, 0)[1] == 0
    assert logged in log_file.read_text()


def test_a_large_log_is_put_aside(tmp_path: Path) -> None:
    log_file = tmp_path / "engine.log"
    log_file.write_bytes(bytes(LARGEST_LOG + 1))
    ours, theirs = socket.socketpair()
    with theirs:
        process = start_engine_process(theirs, log_file)
    ours.close()
    assert os.waitpid(process.process_id, 0)[1] == 0
    assert log_file.stat().st_size == 0
    assert (tmp_path / "engine.old.log").stat().st_size == LARGEST_LOG + 1


def test_where_nothing_can_be_written_it_serves_all_the_same_and_says_that_it_keeps_nothing(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            process = start_engine_process(theirs, in_the_way / "engine.log", in_the_way / "run")
        ours.sendall(GREETING + framed(Detach()))
        frames = FrameDecoder()
        told: list[Hello | Kept] = []
        while data := ours.recv(65536):
            told += [msgspec.msgpack.decode(frame.body, type=Hello | Kept) for frame in frames.feed(data)]
        # Its stream has ended, and so does it: nobody would find it.
        assert os.waitpid(process.process_id, 0)[1] == 0
    assert told[-1] == Kept(can_keep=False)
