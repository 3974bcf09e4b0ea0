"""The window title and the icon name, and the stack that programs push them to while they set their own."""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING, NamedTuple

from mooring_widgets.emulator.events import IconNameChanged, TitleChanged
from mooring_widgets.emulator.untrusted_text import clean

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

_STACK_LIMIT = 10
"""As many as xterm keeps; one more takes the place of the oldest."""
_SET_AS_HEX = 0
_BOTH, _ICON_NAME, _TITLE = range(3)


class SavedTitles(NamedTuple):
    """What one push kept; None for what it left out."""

    icon_name: str | None = None
    title: str | None = None


class Titles:
    """Sets `Screen.title` and `Screen.icon_name` (pyte's names); neither is ever told to the remote.

    The stack is a ring of places that can be named from 1 on, as in xterm: what a place lacks is taken from one below.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._places = [SavedTitles()] * _STACK_LIMIT
        self._used = 0
        self._as_hex = False

    def set_title(self, text: str) -> None:
        """OSC 2."""
        screen = self._screen
        title = self._decoded(text)
        if title is not None:
            screen.title = clean(title, screen.settings.title_limit)
            screen.events.put(TitleChanged(screen.title))

    def set_icon_name(self, text: str) -> None:
        """OSC 1."""
        screen = self._screen
        name = self._decoded(text)
        if name is not None:
            screen.icon_name = clean(name, screen.settings.title_limit)
            screen.events.put(IconNameChanged(screen.icon_name))

    def push(self, what: int = _BOTH, place: int = 0) -> None:
        """XTWINOPS 22: keep the titles, on top of the stack or in a place of it."""
        screen = self._screen
        saved = SavedTitles(
            screen.icon_name if what in (_BOTH, _ICON_NAME) else None, screen.title if what in (_BOTH, _TITLE) else None
        )
        if not place:
            self._used += 1
            place = self._used
        self._places[(place - 1) % _STACK_LIMIT] = saved

    def pop(self, what: int = _BOTH, place: int = 0) -> None:
        """XTWINOPS 23: put titles back, from the top of the stack or from a place of it, which keeps them."""
        if not place and not self._used:
            return
        index = (place or self._used) - 1
        below = [self._places[(index - depth) % _STACK_LIMIT] for depth in range(_STACK_LIMIT)]
        icon_name = next((saved.icon_name for saved in below if saved.icon_name is not None), None)
        title = next((saved.title for saved in below if saved.title is not None), None)
        if not place:
            self._used -= 1
            self._places[index % _STACK_LIMIT] = SavedTitles()
        screen = self._screen
        if icon_name is not None and what in (_BOTH, _ICON_NAME):
            screen.icon_name = icon_name
            screen.events.put(IconNameChanged(icon_name))
        if title is not None and what in (_BOTH, _TITLE):
            screen.title = title
            screen.events.put(TitleChanged(title))

    def report_stack(self) -> None:
        """XTTITLEPOS: how many titles are on the stack, and how many have room."""
        self._screen.replies.csi(f"{self._used};{_STACK_LIMIT}#S")

    def set_modes(self, *modes: int) -> None:
        """XTSMTITLE: 0 has titles come as hex digits; the others are about titles that are told, or not UTF-8."""
        if not modes or _SET_AS_HEX in modes:
            self._as_hex = bool(modes)

    def reset_modes(self, *modes: int) -> None:
        """XTRMTITLE."""
        if not modes or _SET_AS_HEX in modes:
            self._as_hex = False

    def describe_modes(self) -> str:
        """The parameters by which XTSMTITLE would switch the title modes as they are, for DECRQSS."""
        return ">0" if self._as_hex else ">"

    def redraw(self) -> str:
        """What brings the titles and their stack about."""
        parts: list[str] = []
        for place in range(max(self._used - _STACK_LIMIT, 0), self._used):
            icon_name, title = self._places[place % _STACK_LIMIT]
            what = _BOTH if icon_name is not None and title is not None else _TITLE if icon_name is None else _ICON_NAME
            parts.append(_titles(icon_name or "", title or "") + f"\x1b[22;{what}t")
        parts.append(_titles(self._screen.icon_name, self._screen.title))
        if self._as_hex:
            parts.append("\x1b[>0t")
        return "".join(parts)

    def reset(self) -> None:
        """RIS."""
        self._screen.title = ""
        self._screen.icon_name = ""
        self._as_hex = False

    def _decoded(self, text: str) -> str | None:
        if not self._as_hex:
            return text
        try:
            return binascii.unhexlify(text[: 8 * self._screen.settings.title_limit]).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return None


def _titles(icon_name: str, title: str) -> str:
    return f"\x1b]1;{icon_name}\x1b\\\x1b]2;{title}\x1b\\"
