"""Copying: through the terminal that Mooring runs in, and to the desktop's clipboard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from mooring.desktop import ClipboardProgram
from mooring.model.errors import DesktopError
from mooring.ui.notice import Notice, Say
from mooring.ui.settings.in_force import SettingsInForce

TERMINAL_LIMIT = 1024 * 1024
"""Bytes that are copied through the terminal at most: terminals drop a longer OSC 52, and some show it."""

_SHOWN = 80
"""Characters of a copied line that are told."""


class Copier:
    """Puts text on the clipboard. The desktop's programs run beside the screen, and only their failures are told.

    Where it goes is a setting. `find` looks at the disk, so a thread calls it.
    """

    def __init__(
        self,
        screen: Screen[Any],
        settings: SettingsInForce,
        say: Say,
        find: Callable[[], ClipboardProgram | None],
    ) -> None:
        self._screen = screen
        self._settings = settings
        self._say = say
        self._find = find

    def copy(self, text: str) -> None:
        """Copy, and say so: the next paste would else surprise."""
        copy_to = self._settings.now.copy_to
        by_terminal = copy_to != "desktop" and len(text.encode("utf-8", "replace")) <= TERMINAL_LIMIT
        if by_terminal:
            self._screen.app.copy_to_clipboard(text)
            self._say(Notice(copied(text)))
        if copy_to != "terminal":
            copying = self._copy_to_desktop(text, is_copied=by_terminal)
            self._screen.run_worker(copying, group="clipboard", name="copy")
        elif not by_terminal:
            self._say(Notice("not copied: it is too long for the terminal", is_warning=True))

    async def _copy_to_desktop(self, text: str, *, is_copied: bool) -> None:
        program = await asyncio.to_thread(self._find)
        if program is None:
            if not is_copied:
                self._say(Notice("not copied: there is no program for the desktop's clipboard", is_warning=True))
            return
        try:
            await program.copy(text)
        except DesktopError as error:
            so_far = "copied through the terminal alone" if is_copied else "not copied"
            self._say(Notice(f"{so_far}: {error.message}", is_warning=True))
        else:
            if not is_copied:
                self._say(Notice(copied(text)))


def copied(text: str) -> str:
    """What was copied, in few words: one line as it is, more by their number."""
    lines = text.rstrip("\n").split("\n")
    if len(lines) > 1:
        return f"copied {len(lines)} lines"
    return f"copied: {lines[0] if len(lines[0]) <= _SHOWN else lines[0][:_SHOWN] + ' …'}"
