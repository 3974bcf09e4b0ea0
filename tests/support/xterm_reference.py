"""xterm as a reference: the bytes that we were fed, shown by it where nobody looks, and read back cell by cell.

It is asked by its own reports: DECRQCRA with the extension that makes a checksum of one cell its character, XTREPORTSGR
for how the cell looks, DECRQPSR for the cursor. They need a VT420, so what DECSCL made a lesser one can't be read.
"""

from __future__ import annotations

import os
import re
import socket
import struct
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from rich.cells import cell_len

from mooring_widgets.emulator import Emulator, Row, Style
from support.programs import require_program
from support.waiting import wait_until

DEADLINE = 25.0
TESTS = str(Path(__file__).resolve().parents[1])
RESOURCES = {
    "allowWindowOps": "true",
    "disallowedWindowOps": "20,21,SetXprop",
    "boldColors": "false",
    "checksumExtension": "23",
    "cursorBlink": "false",
    "decTerminalID": "525",
    "titeInhibit": "false",
    "utf8": "2",
}
"""Checksums without attributes, blanks counted, characters whole: so that a cell's checksum is its character."""

_CHARACTER = re.compile(rb"\x1bP1!~([0-9A-F]{4})\x1b\\")
_LOOK = re.compile(rb"\x1b\[([0-9;:]*)m")
_SIZE = re.compile(rb"\x1b\[8;(\d+);(\d+)t")
_CURSOR = re.compile(rb"\x1bP1\$u(\d+);(\d+);1;.;.;(.);")
_SECOND_HALVES = ("\0", "\uffff")
"""What xterm has in the second cell of a wide character, by its version; NUL is also what shows nothing."""
_OTHERWISE = {"\u2e2e": "\u2426"}
"""What older versions of xterm show for codes that a character set does not have."""

Cells = list[list[tuple[str, Style]]]


class XtermReference:
    """One xterm window; a program that is shown in it may give it another size."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def feed(self, data: bytes) -> bytes:
        """Show bytes that end between two sequences; return what xterm answered to them."""
        return self._exchange(data)

    def reset(self) -> None:
        """A new screen: RIS, and the modes that it leaves as they are."""
        self._exchange(b"\x18\x1b\\\x1b[?1046h\x1b[?1049l\x1b[?41;45;67;95;1045l\x1bc\x1b[3J")

    def resize(self, columns: int, lines: int) -> None:
        """Another size, where a program has changed it."""
        if self.size != (columns, lines):
            self._exchange(f"\x1b[8;{lines};{columns}t".encode())
            wait_until(lambda: self.size == (columns, lines), what="xterm's other size")

    @property
    def cursor(self) -> tuple[int, int, bool]:
        """Its column and row, and whether a wrap is pending."""
        line, column, flags = self._cursor_information[1]
        return column - 1, line - 1, bool(flags & 8)

    @property
    def _cursor_information(self) -> tuple[bytes, tuple[int, int, int]]:
        """The report, and what it says: line, column, flags."""
        report = self._exchange(b"\x1b[1$w")
        match = _CURSOR.search(report)
        assert match is not None, f"xterm does not tell of its cursor, but {report!r}"
        return report, (int(match[1]), int(match[2]), match[3][0])

    @property
    def cells(self) -> Cells:
        """Its rows: characters composed (NFC), "" in the second cell of a wide one, and what SGR says of them."""
        columns, lines = self.size
        places = [(y, x) for y in range(1, lines + 1) for x in range(1, columns + 1)]
        asked = "".join(f"\x1b[1;1;{y};{x};{y};{x}*y\x1b[{y};{x};{y};{x}#|" for y, x in places).encode()
        report, (_line, _column, flags) = self._cursor_information
        if flags & 1:  # In origin mode rectangles are counted from the margins; DECRSPS puts it back.
            asked = b"\x1b[?6l" + asked + report.replace(b"$u", b"$t")
        answer = self._exchange(asked)
        characters = [chr(int(code, 16)) for code in _CHARACTER.findall(answer)]
        looks = _LOOK.findall(answer)
        assert len(characters) == len(looks) == len(places), "xterm did not tell every cell"
        styles = {look: _style_of(look) for look in set(looks)}
        cells: list[tuple[str, Style]] = []
        for character, look in zip(characters, looks, strict=True):
            if character in _SECOND_HALVES:
                character = "" if cells and cell_len(cells[-1][0]) == 2 else " "
            cells.append(_told(_OTHERWISE.get(character, character), styles[look]))
        return [cells[start : start + columns] for start in range(0, len(cells), columns)]

    @property
    def size(self) -> tuple[int, int]:
        """Its columns and lines."""
        match = _SIZE.search(self._exchange(b"\x1b[18t"))
        assert match is not None, "xterm does not tell its size"
        return int(match[2]), int(match[1])

    def _exchange(self, data: bytes) -> bytes:
        self._connection.sendall(struct.pack(">I", len(data)) + data)
        (length,) = struct.unpack(">I", self._receive(4))
        return self._receive(length)

    def _receive(self, length: int) -> bytes:
        received = b""
        while len(received) < length:
            piece = self._connection.recv(length - len(received))
            assert piece, "xterm has ended"
            received += piece
        return received


def cells_of(emulator: Emulator) -> Cells:
    """The screen of an emulator, as far as xterm tells of its own: no mark that does not compose, for example."""
    return [[_told(_composed(cell), style) for cell, style in _styled(row)] for row in emulator.rows]


def _styled(row: Row) -> Iterator[tuple[str, Style]]:
    """The cells of a row with the style of each."""
    ends = [*(start for start, _style in row.runs[1:]), len(row.cells)]
    for (start, style), end in zip(row.runs, ends, strict=True):
        yield from ((cell, style) for cell in row.cells[start:end])


@lru_cache(maxsize=4096)
def _composed(cell: str) -> str:
    """A cell's first character, with the marks that compose with it."""
    return unicodedata.normalize("NFC", cell)[:1]


@lru_cache(maxsize=1024)
def _style_of(look: bytes) -> Style:
    """What an SGR makes of a cell."""
    reader = Emulator(2, 1)
    reader.feed(b"\x1b[" + look + b"mx")
    return reader.row(0).style_at(0)


@lru_cache(maxsize=4096)
def _told(cell: str, style: Style) -> tuple[str, Style]:
    """What both can tell of a cell.

    The foreground of a blank is not seen, and xterm keeps one where we do not; its older versions tell neither a
    concealed character nor that it is one.
    """
    if style.conceal and cell:
        cell = " "
    told = replace(style, link=None, link_id=None, protected=False, underline_color=None, conceal=False)
    return cell, replace(told, foreground=None) if cell == " " and not told.inverse else told


@contextmanager
def xterm_reference(*, columns: int = 80, lines: int = 24) -> Iterator[XtermReference]:
    """Start an X server without a screen and an xterm in it; both end with the block."""
    server, xterm = require_program("Xvfb"), require_program("xterm")
    with tempfile.TemporaryDirectory(prefix="mooring-xterm-") as folder, _x_display(server) as display:
        path = str(Path(folder) / "socket")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path)
            listening.listen()
            listening.settimeout(DEADLINE)
            resources = [word for name, value in RESOURCES.items() for word in ("-xrm", f"XTerm*{name}: {value}")]
            feeder = [sys.executable, "-m", "support.xterm_feeder", path]
            words = [xterm, "-geometry", f"{columns}x{lines}", *resources, "-e", *feeder]
            environment = {**os.environ, "DISPLAY": display, "LC_ALL": "C.UTF-8", "PYTHONPATH": TESTS}
            with _running(words, environment):
                connection, _address = listening.accept()
                with connection:
                    connection.settimeout(DEADLINE)
                    yield XtermReference(connection)


@contextmanager
def _x_display(server: str) -> Iterator[str]:
    """The name of a display of our own."""
    reader, writer = os.pipe()
    words = [server, "-displayfd", str(writer), "-screen", "0", "1600x2400x24", "-nolisten", "tcp", "-fp", "built-ins"]
    with _running(words, dict(os.environ), keep=[writer]), os.fdopen(reader, "rb") as told:
        os.close(writer)
        number = told.readline().decode().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"


@contextmanager
def _running(words: Sequence[str], environment: dict[str, str], keep: Sequence[int] = ()) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(words, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, pass_fds=keep)
    try:
        yield
    finally:
        process.kill()
        process.wait()
