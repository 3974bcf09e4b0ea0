"""What a remote terminal needs to know, and how a remote program ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TerminalSize:
    """A terminal's size in cells, and in pixels where those are known (0 where not)."""

    columns: int
    lines: int
    pixel_width: int = 0
    pixel_height: int = 0


@dataclass(frozen=True, slots=True)
class ExitResult:
    """How a remote program ended: by a status, or by a signal (RFC 4254, section 6.10).

    `status` is None where the connection ended before the remote side told one; `exit_code` is then 255, as with ssh.
    """

    status: int | None = None
    signal: str | None = None
    core_dumped: bool = False
    message: str = ""

    @property
    def exit_code(self) -> int:
        """What a command line ends with."""
        return 255 if self.status is None else self.status
