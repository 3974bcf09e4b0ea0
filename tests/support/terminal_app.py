"""A local program under a real PTY in a terminal view: `python -m support.terminal_app [OPTION ...] PROGRAM ...`.

Small on purpose: what it shows of the widget it shows without SSH.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import os
import pty
import signal
import struct
import sys
import termios
from collections.abc import Sequence

from textual.app import ComposeResult

from mooring_widgets.terminal import PalettePolicy, RawKeyApp, TerminalDriver, TerminalView

_READ_SIZE = 64 * 1024
_CREDIT = 256 * 1024
FLOOD = b"".join(b"\x1b[3%dmflood %06d\x1b[0m and so on and so forth\r\n" % (n % 8, n) for n in range(4000))


class TerminalApp(RawKeyApp[int]):
    """One program in one view; the app ends with the program's status."""

    CSS = "TerminalView { width: 1fr; height: 1fr; }"
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self, argv: Sequence[str], *, reserved: Sequence[str] = (), palette: str = "terminal", flood: bool = False
    ) -> None:
        super().__init__(driver_class=TerminalDriver)
        self._argv = list(argv)
        self._reserved = list(reserved)
        self._policy = PalettePolicy(palette)
        self._flood = flood
        self._pid = 0
        self._master = -1
        self._credit = _CREDIT
        self._to_write = bytearray()

    def compose(self) -> ComposeResult:
        """The view alone, or with a hidden one beside it that is flooded."""
        yield TerminalView(id="program", reserved_keys=self._reserved, palette=self._policy)
        if self._flood:
            yield TerminalView(id="flooded")

    @property
    def view(self) -> TerminalView:
        """The view."""
        return self.query_one("#program", TerminalView)

    def on_mount(self) -> None:
        """The view has the focus."""
        self.view.focus()
        for hidden in self.query("#flooded").results(TerminalView):
            hidden.display = False
            hidden.feed(FLOOD)

    def on_terminal_view_resized(self, message: TerminalView.Resized) -> None:
        """Start the program at the first size, tell it of the others."""
        if message.view is not self.view:
            return
        if self._master < 0:
            self._start()
        size = struct.pack("HHHH", message.lines, message.columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def on_terminal_view_input(self, message: TerminalView.Input) -> None:
        """Type into the program."""
        self._to_write += message.data
        self._write()

    def on_terminal_view_consumed(self, message: TerminalView.Consumed) -> None:
        """Read on when there is credit again; keep the flood up."""
        if message.view is not self.view:
            if message.view.pending < len(FLOOD):
                message.view.feed(FLOOD)
            return
        if self._credit <= 0 < self._credit + message.count:
            asyncio.get_running_loop().add_reader(self._master, self._read)
        self._credit += message.count

    def _start(self) -> None:
        self._pid, self._master = pty.fork()
        if self._pid == 0:
            environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            for name in ("TMUX", "TMUX_PANE"):
                environment.pop(name, None)
            os.execvpe(self._argv[0], self._argv, environment)
        os.set_blocking(self._master, False)
        asyncio.get_running_loop().add_reader(self._master, self._read)

    def _read(self) -> None:
        """Read what is there: Linux gives at most 4 KiB a call."""
        data = bytearray()
        ended = False
        while len(data) < _READ_SIZE:
            try:
                chunk = os.read(self._master, _READ_SIZE)
            except BlockingIOError:
                break
            except OSError:  # EIO: the program and all its children are gone
                chunk = b""
            if not chunk:
                ended = True
                break
            data += chunk
        self.view.feed(bytes(data))
        if ended:
            asyncio.get_running_loop().remove_reader(self._master)
            _pid, status = os.waitpid(self._pid, 0)
            self.exit(os.waitstatus_to_exitcode(status))
            return
        self._credit -= len(data)
        if self._credit <= 0:
            asyncio.get_running_loop().remove_reader(self._master)

    def _write(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            del self._to_write[: os.write(self._master, self._to_write)]
        except BlockingIOError:
            pass
        except OSError:  # the program is gone; _read ends the app
            self._to_write.clear()
        if self._to_write:
            loop.add_writer(self._master, self._write)
        else:
            loop.remove_writer(self._master)

    def hang_up(self) -> None:
        """End the program."""
        if self._pid > 0:
            os.kill(self._pid, signal.SIGHUP)


def main() -> int:
    """Run the program named on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reserve", action="append", default=[])
    parser.add_argument("--palette", default="terminal")
    parser.add_argument("--flood", action="store_true")
    parser.add_argument("program", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    app = TerminalApp(arguments.program, reserved=arguments.reserve, palette=arguments.palette, flood=arguments.flood)
    status = app.run()
    return (app.return_code or 0) if status is None else status


if __name__ == "__main__":
    sys.exit(main())
