"""Lines out of a terminal's output: what `script` would leave, without the escapes and as it stood in the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mooring.recording.logical_line import LogicalLine

_TOKENS = re.compile(
    r"(?P<lines>(?:[^\x00-\x1f\x7f-\x9f]*\r\n){2,})"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<tail>(?:(?:\x1b\[|\x9b)[0-?]*[ -/]*|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x18\x1a\x9c]*\x1b?"
    r"|\x1b[ -/]*)\Z)"
    r"|(?:\x1b\[|\x9b)(?P<private>[<-?]?)(?P<numbers>[0-;]*)(?P<rest>[0-?]*[ -/]*)(?P<final>[@-~])"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x18\x1a\x9c]*(?:\x07|\x1b\\|[\x18\x1a\x9c])?"
    r"|\x1b(?P<escape>[ -/]*[0-~])"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f])"
)
"""Whole lines (most of what comes at speed), text, a sequence that is not all there, CSI, strings (OSC, DCS and
others), other escapes, controls (ECMA-48)."""

_LONGEST_TAIL = 64 * 1024
"""Characters of a sequence whose end is waited for."""

_LARGEST = 10_000
"""A number in a sequence; no terminal is wider."""

_ALTERNATE = frozenset({47, 1047, 1049})


class LineReader:
    """Is fed output, and gives back the lines that are finished: left by a line feed, or for another place.

    `columns` is the terminal's width, which says where lines wrap; one that wraps stays one line. What stands on the
    alternate screen is passed over.
    """

    def __init__(self, columns: int = 80) -> None:
        self._line = LogicalLine(columns)
        self._finished: list[str] = []
        self._tail = ""
        self._is_alternate = False
        self._saved: tuple[LogicalLine, int] | None = None
        self._last = ""

    @property
    def columns(self) -> int:
        """The terminal's width."""
        return self._line.columns

    @columns.setter
    def columns(self, columns: int) -> None:
        self._line.columns = max(columns, 1)

    def feed(self, text: str) -> list[str]:
        """Take output; return the lines that it finishes."""
        for match in _TOKENS.finditer(self._tail + text):
            if match.lastgroup == "tail":
                self._tail = match[0] if match.end() - match.start() <= _LONGEST_TAIL else ""
                break
            self._take(match)
        else:
            self._tail = ""
        finished, self._finished = self._finished, []
        return finished

    def rest(self) -> list[str]:
        """The line that is not finished, if there is something in it."""
        self._leave()
        finished, self._finished = self._finished, []
        return finished

    def _take(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind == "final":
            self._sequence(match["private"], match["numbers"], match["rest"], match["final"])
        elif self._is_alternate:
            return
        elif kind == "lines":
            self._take_lines(match[0])
        elif kind == "text":
            self._print(match[0])
        elif kind == "control":
            self._control(match[0])
        elif kind == "escape":
            self._escape(match["escape"])

    def _take_lines(self, block: str) -> None:
        """Lines that nothing is edited in are finished as they are, once the one that was begun before is left."""
        lines = block.split("\r\n")[:-1]
        for index, line in enumerate(lines):
            if self._line.is_untouched:
                self._finished += map(str.rstrip, lines[index:])
                self._last = lines[-1][-1:] or self._last
                return
            if line:
                self._print(line)
            self._control("\r")
            self._down()

    def _print(self, text: str) -> None:
        self._line.print(text)
        self._last = text[-1]
        if self._line.is_too_long:
            self._finish()

    def _control(self, control: str) -> None:
        line = self._line
        match control:
            case "\n" | "\v" | "\f" | "\x84":
                self._down()
            case "\r":
                line.to_column(0)
            case "\b":
                line.to_column(line.column - 1)
            case "\t":
                line.tab()
            case "\x85":
                line.to_column(0)
                self._down()

    def _escape(self, escape: str) -> None:
        match escape:
            case "D":
                self._down()
            case "E":
                self._control("\x85")
            case "M":
                self._up(1)
            case "7":
                self._saved = (self._line, self._line.place)
            case "8":
                self._restore()
            case "c":
                self._leave()

    def _sequence(self, private: str, numbers: str, rest: str, final: str) -> None:
        if private == "?" and final in "hl" and not _ALTERNATE.isdisjoint(_numbers(numbers)):
            self._is_alternate = final == "h"
        if private or rest or self._is_alternate or (act := _SEQUENCES.get(final)) is None:
            return
        act(self, next(_numbers(numbers), 0))

    # What moves to another line.

    def _down(self, rows: int = 1) -> None:
        if not self._line.down(rows):
            self._finish(self._line.column)

    def _up(self, rows: int) -> None:
        if not self._line.up(rows):
            self._leave(self._line.column)

    def _leave(self, column: int = 0) -> None:
        """Go elsewhere on the screen; what is written there is another line."""
        if str(self._line):
            self._finish(column)
        else:
            self._line.to_place(column)

    def _finish(self, column: int = 0) -> None:
        self._finished.append(str(self._line))
        inserts = self._line.inserts
        self._line = LogicalLine(self._line.columns, column)
        self._line.inserts = inserts

    def _restore(self) -> None:
        if self._saved is not None and self._saved[0] is self._line:
            self._line.to_place(self._saved[1])

    # Sequences with the number that they begin with, 0 for none.

    def _to_first_column(self, number: int, move: Callable[[int], None]) -> None:
        move(max(number, 1))
        self._line.to_column(0)

    def _erase_in_line(self, what: int) -> None:
        self._line.erase_in_row(before=what in (1, 2), behind=what in (0, 2))

    def _erase_in_display(self, what: int) -> None:
        if what == 0:
            self._line.erase(self._line.place)
        elif what == 2:
            self._leave(self._line.column)

    def _set_mode(self, mode: int, *, on: bool) -> None:
        if mode == 4:
            self._line.inserts = on


def _numbers(text: str) -> Iterator[int]:
    """The numbers of a sequence; a missing one is 0."""
    return (min(int(part[:6] or 0), _LARGEST) for part in text.replace(":", ";").split(";"))


_SEQUENCES: dict[str, Callable[[LineReader, int], None]] = {
    "A": lambda reader, number: reader._up(max(number, 1)),
    "B": lambda reader, number: reader._down(max(number, 1)),
    "C": lambda reader, number: reader._line.to_column(reader._line.column + max(number, 1)),
    "D": lambda reader, number: reader._line.to_column(reader._line.column - max(number, 1)),
    "E": lambda reader, number: reader._to_first_column(number, reader._down),
    "F": lambda reader, number: reader._to_first_column(number, reader._up),
    "G": lambda reader, number: reader._line.to_column(number - 1),
    "H": lambda reader, _number: reader._leave(),
    "J": lambda reader, number: reader._erase_in_display(number),
    "K": lambda reader, number: reader._erase_in_line(number),
    "P": lambda reader, number: reader._line.delete(max(number, 1)),
    "X": lambda reader, number: reader._line.erase_cells(max(number, 1)),
    "@": lambda reader, number: reader._line.insert(max(number, 1)),
    "`": lambda reader, number: reader._line.to_column(number - 1),
    "a": lambda reader, number: reader._line.to_column(reader._line.column + max(number, 1)),
    "b": lambda reader, number: reader._print(reader._last * max(number, 1)),
    "d": lambda reader, _number: reader._leave(reader._line.column),
    "f": lambda reader, _number: reader._leave(),
    "h": lambda reader, number: reader._set_mode(number, on=True),
    "l": lambda reader, number: reader._set_mode(number, on=False),
    "s": lambda reader, _number: reader._escape("7"),
    "u": lambda reader, _number: reader._escape("8"),
}
"""By their final byte: cursor movement, erasing and editing within a line (ECMA-48), and what leaves it."""
