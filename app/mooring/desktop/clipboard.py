"""Writing to the desktop's clipboard, by whichever program does so here."""

from __future__ import annotations

import asyncio
import shutil
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from mooring.model.errors import DesktopError

PATIENCE = 5.0
"""Seconds that a program may take to accept a text."""


@dataclass(frozen=True, slots=True)
class ClipboardProgram:
    """A program that takes a text on its standard input; what it is called with, and how the text is encoded."""

    argv: tuple[str, ...]
    encoding: str = "utf-8"

    async def copy(self, text: str) -> None:
        """Hand over a text. Raises DesktopError when the program fails or does not take it in time.

        xclip and wl-copy leave a child behind that gives the text to whoever pastes: it must not hold a pipe of ours.
        """
        name = self.argv[0].rpartition("/")[2]
        try:
            process = await asyncio.create_subprocess_exec(
                *self.argv, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
            )
        except OSError as error:
            raise DesktopError(f"{name} can't be run: {error.strerror}") from error
        try:
            async with asyncio.timeout(PATIENCE):
                await process.communicate(text.encode(self.encoding, "replace"))
        except TimeoutError:
            raise DesktopError(f"{name} did not take the text within {PATIENCE:.0f} s") from None
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode:
            raise DesktopError(f"{name} failed with status {process.returncode}")


_PBCOPY = ClipboardProgram(("pbcopy",))
_WAYLAND = ClipboardProgram(("wl-copy",))
_X11 = (
    ClipboardProgram(("xclip", "-selection", "clipboard", "-in")),
    ClipboardProgram(("xsel", "--clipboard", "--input")),
)
_WINDOWS = ClipboardProgram(("clip.exe",), "utf-16")


def find_clipboard(
    environment: Mapping[str, str],
    *,
    platform: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> ClipboardProgram | None:
    """The program that reaches this desktop's clipboard, None where there is no desktop or no such program.

    It looks at the disk.
    """
    wanted: list[ClipboardProgram] = []
    if platform == "darwin":
        wanted.append(_PBCOPY)
    if environment.get("WAYLAND_DISPLAY"):
        wanted.append(_WAYLAND)
    if environment.get("DISPLAY"):
        wanted += _X11
    if environment.get("WSL_DISTRO_NAME"):
        wanted.append(_WINDOWS)
    return next((program for program in wanted if which(program.argv[0])), None)
