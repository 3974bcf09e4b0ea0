"""What goes back to the remote: gathered during one feed, built only from numbers and our own tables."""

from __future__ import annotations

from collections.abc import Callable


class Replies:
    """Gathers answers and hands them over in one call, in order.

    No method takes text that the remote chose: a host could otherwise make the terminal type a command.
    """

    def __init__(self, callback: Callable[[bytes], None] | None) -> None:
        self._callback = callback
        self._pending: list[str] = []
        self.eight_bit = False

    def use_eight_bit(self, on: bool) -> None:
        """S8C1T and S7C1T: whether C1 controls are sent as one byte or as two."""
        self.eight_bit = on

    def csi(self, body: str) -> None:
        """Answer with a control sequence."""
        self._pending.append(("\x9b" if self.eight_bit else "\x1b[") + body)

    def dcs(self, body: str) -> None:
        """Answer with a device control string."""
        self._pending.append(f"\x90{body}\x9c" if self.eight_bit else f"\x1bP{body}\x1b\\")

    def apc(self, body: str) -> None:
        """Answer with an application program command."""
        self._pending.append(f"\x9f{body}\x9c" if self.eight_bit else f"\x1b_{body}\x1b\\")

    def osc(self, body: str, terminator: str) -> None:
        """Answer with an operating system command, ended as the request was (BEL or ST)."""
        start, end = ("\x9d", "\x9c") if self.eight_bit else ("\x1b]", "\x1b\\")
        self._pending.append(start + body + ("\x07" if terminator == "\x07" else end))

    def flush(self) -> None:
        """Hand over what was gathered."""
        if self._pending:
            # xterm writes C1 controls as single bytes in UTF-8 mode too; all else is ASCII.
            data = "".join(self._pending).encode("latin-1")
            self._pending.clear()
            if self._callback is not None:
                self._callback(data)
