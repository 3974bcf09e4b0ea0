"""Operating system commands: titles, colours, links, clipboard, directory, prompt marks.

Sources: xterm's ctlseqs ("Operating System Commands"), the page "Hyperlinks in terminal emulators" for OSC 8 and
FinalTerm's semantic prompts for OSC 133. Text in a command loses its control characters and is cut to a limit before it
is seen.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from mooring_widgets.emulator.events import (
    ClipboardWritten,
    DirectoryChanged,
    NotificationSent,
    PromptMark,
    PromptMarked,
)
from mooring_widgets.emulator.palette_commands import DYNAMIC, SPECIAL
from mooring_widgets.emulator.sgr import Field, to_int
from mooring_widgets.emulator.untrusted_text import clean

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

LINK_LIMIT = 2083
LINK_ID_LIMIT = 250


class OscCommands:
    """Carries out one command at a time; what is unknown or malformed does nothing."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        palette = screen.palette_commands
        self._actions: dict[int, Callable[[str, str], None]] = {
            0: self._title_and_icon_name,
            1: lambda text, _end: screen.titles.set_icon_name(text),
            2: lambda text, _end: screen.titles.set_title(text),
            4: lambda text, end: palette.palette(text, end, 4, 0),
            5: lambda text, end: palette.palette(text, end, 5, SPECIAL),
            7: self._directory,
            8: self._link,
            9: self._notification,
            52: self._clipboard,
            104: lambda text, _end: palette.restore_palette(text),
            105: lambda text, _end: palette.restore_special(text),
            133: self._prompt_mark,
            777: self._notification,
        }

    def run(self, content: str, terminator: str) -> bool:
        """Carry out `content` ("number;text"); `terminator` is how it ended. Return whether it is known."""
        number_text, _, text = content.partition(";")
        if not number_text.isdecimal() or len(number_text) > 4:
            return False
        number = int(number_text)
        if number in DYNAMIC:
            self._screen.palette_commands.dynamic(number, text, terminator)
        elif number - 100 in DYNAMIC:
            self._screen.palette_commands.restore(DYNAMIC[number - 100])
        elif number in self._actions:
            self._actions[number](text, terminator)
        else:
            return False
        return True

    def _title_and_icon_name(self, text: str, _terminator: str) -> None:
        self._screen.titles.set_icon_name(text)
        self._screen.titles.set_title(text)

    def _directory(self, text: str, _terminator: str) -> None:
        try:
            address = urlsplit(clean(text, 4096))
        except ValueError:
            return
        if address.scheme == "file":
            path = clean(unquote(address.path), 4096)
            self._screen.events.put(DirectoryChanged(address.netloc, path))

    def _link(self, text: str, _terminator: str) -> None:
        parameters, _, address = text.partition(";")
        screen = self._screen
        link = clean(address, LINK_LIMIT) if len(address) <= LINK_LIMIT else ""
        identity: str | None = None
        for parameter in parameters.split(":"):
            name, _, value = parameter.partition("=")
            if name == "id" and value:
                identity = clean(value, LINK_ID_LIMIT)
        screen.pen = screen.pen.replace(Field.LINK, link or None).replace(Field.LINK_ID, identity if link else None)

    def _clipboard(self, text: str, _terminator: str) -> None:
        selection, _, data = text.partition(";")
        limit = self._screen.settings.clipboard_limit
        if data == "?" or not set(selection) <= set("cpqs01234567") or len(data) > limit * 4 // 3 + 4:
            return
        try:
            decoded = base64.b64decode(data, validate=True)
        except ValueError:  # binascii.Error is one; what is not ASCII is another.
            return
        if len(decoded) <= limit:
            self._screen.events.put(ClipboardWritten(selection or "s0", decoded.decode(errors="replace")))

    def _notification(self, text: str, _terminator: str) -> None:
        title, body = "", text
        if text.startswith("notify;"):
            title, _, body = text[7:].partition(";")
        self._screen.events.put(NotificationSent(clean(title, 256), clean(body, 1024)))

    def _prompt_mark(self, text: str, _terminator: str) -> None:
        letter, *rest = text.split(";", 8)
        if letter not in PromptMark._value2member_map_:
            return
        mark = PromptMark(letter)
        status = to_int(rest[0], 255) if mark is PromptMark.COMMAND_END and rest and rest[0].isdecimal() else None
        screen = self._screen
        screen.events.put(PromptMarked(mark, screen.scrollback.total + screen.cursor.y, status))
