"""Operating system commands: titles, colours, links, clipboard, directory, prompt marks.

Sources: xterm's ctlseqs ("Operating System Commands"), the page "Hyperlinks in terminal emulators" for OSC 8 and
FinalTerm's semantic prompts for OSC 133. Text in a command loses its control characters and is cut to a limit before it
is seen.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from mooring_widgets.emulator.colours import format_color, parse_color
from mooring_widgets.emulator.events import (
    ClipboardWritten,
    DirectoryChanged,
    IconNameChanged,
    NotificationSent,
    PaletteChanged,
    PromptMark,
    PromptMarked,
    TitleChanged,
)
from mooring_widgets.emulator.sgr import Field, to_int

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""C0, DEL, C1, and the marks that turn the direction of writing, by which a title or link could lie."""
LINK_LIMIT = 2083
LINK_ID_LIMIT = 250
DYNAMIC = {
    10: "foreground",
    11: "background",
    12: "cursor",
    13: "pointer foreground",
    14: "pointer background",
    17: "selection background",
    19: "selection foreground",
}
_LAST_DYNAMIC = max(DYNAMIC)
SPECIAL = 256
"""Where the special colours (bold, underline, ...) follow the palette, for OSC 4; OSC 5 counts them from 0."""
COLOURS_KNOWN = SPECIAL + 5


def clean(text: str, limit: int) -> str:
    """Return `text` without control characters and not longer than `limit`."""
    return _CONTROLS.sub("", text[: 4 * limit])[:limit]


class OscCommands:
    """Carries out one command at a time; what is unknown or malformed does nothing."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._actions: dict[int, Callable[[str, str], None]] = {
            0: self._title_and_icon,
            1: self._icon_name,
            2: self._title,
            4: lambda text, end: self._palette(text, end, 4, 0),
            5: lambda text, end: self._palette(text, end, 5, SPECIAL),
            7: self._directory,
            8: self._link,
            9: self._notification,
            52: self._clipboard,
            104: lambda text, _end: self._restore_palette(text, 0, range(SPECIAL)),
            105: lambda text, _end: self._restore_palette(text, SPECIAL, range(SPECIAL, COLOURS_KNOWN)),
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
            self._dynamic(number, text, terminator)
        elif number - 100 in DYNAMIC:
            self._restore(DYNAMIC[number - 100])
        elif number in self._actions:
            self._actions[number](text, terminator)
        else:
            return False
        return True

    def _title_and_icon(self, text: str, terminator: str) -> None:
        self._icon_name(text, terminator)
        self._title(text, terminator)

    def _icon_name(self, text: str, _terminator: str) -> None:
        screen = self._screen
        screen.icon_name = clean(text, screen.settings.title_limit)
        screen.events.put(IconNameChanged(screen.icon_name))

    def _title(self, text: str, _terminator: str) -> None:
        screen = self._screen
        screen.title = clean(text, screen.settings.title_limit)
        screen.events.put(TitleChanged(screen.title))

    def _palette(self, text: str, terminator: str, number: int, offset: int) -> None:
        parts = text.split(";", 2 * COLOURS_KNOWN)
        for index_text, value in zip(parts[::2], parts[1::2], strict=False):
            index = to_int(index_text) + offset if index_text.isdecimal() else COLOURS_KNOWN
            if index >= COLOURS_KNOWN:
                continue
            if value == "?":
                color = format_color(self._screen.colours.get(index))
                self._screen.replies.osc(f"{number};{index - offset};{color}", terminator)
            else:
                self._set(index, value)

    def _restore_palette(self, text: str, offset: int, everything: Iterable[int]) -> None:
        indices = [to_int(part) + offset for part in text.split(";", SPECIAL) if part.isdecimal()]
        for index in indices if text else everything:
            self._restore(index)

    def _dynamic(self, number: int, text: str, terminator: str) -> None:
        for value in text.split(";", _LAST_DYNAMIC):
            name = DYNAMIC.get(number)
            if name is not None and value == "?":
                self._screen.replies.osc(f"{number};{format_color(self._screen.colours.get(name))}", terminator)
            elif name is not None:
                self._set(name, value)
            number += 1

    def _set(self, index: int | str, value: str) -> None:
        color = parse_color(value)
        if color is not None:
            self._screen.colours.set(index, color)
            self._screen.events.put(PaletteChanged(index, color))
            self._screen.damage.mark_everything()

    def _restore(self, index: int | str) -> None:
        if self._screen.colours.restore(index):
            self._screen.events.put(PaletteChanged(index, None))
            self._screen.damage.mark_everything()

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
        except binascii.Error:
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
