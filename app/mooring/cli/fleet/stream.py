"""Answers line by line as they come, each with its machine's name before it."""

from __future__ import annotations

from mooring.cli.errors import printable
from mooring.cli.fleet.output import RunOutput
from mooring.fleet.remote_text import terminal_line

_LONGEST_LINE = 64 * 1024
"""Bytes without a line feed after which a line is cut."""


class LineStream:
    """Collects the bytes of all machines into lines. To a file or pipe every byte goes as it came."""

    def __init__(self, output: RunOutput) -> None:
        self._output = output
        self._open: dict[tuple[str, bool], bytes] = {}

    def take(self, machine: str, data: bytes, *, error: bool) -> None:
        """Write the lines that are complete now."""
        *lines, rest = (self._open.pop((machine, error), b"") + data).split(b"\n")
        if len(rest) > _LONGEST_LINE:
            lines.append(rest)
            rest = b""
        if rest:
            self._open[machine, error] = rest
        self._write(machine, lines, error)

    def finish(self, machine: str) -> None:
        """Write what a machine left without a line feed."""
        for error in (False, True):
            if rest := self._open.pop((machine, error), b""):
                self._write(machine, [rest], error)

    def _write(self, machine: str, lines: list[bytes], error: bool) -> None:
        if not lines:
            return
        name = f"{self._output.named(printable(machine), error=error)}: ".encode("utf-8", "replace")
        if self._output.is_terminal:
            lines = [terminal_line(line).encode("utf-8", "replace") for line in lines]
        data = b"".join(b"%b%b\n" % (name, line) for line in lines)
        if error:
            self._output.write_error(data)
        else:
            self._output.write(data)
