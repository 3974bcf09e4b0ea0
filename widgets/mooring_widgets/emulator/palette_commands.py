"""What programs do to colours: OSC 4, 5, 10 to 19, 104, 105, 110 to 119, and the stack of palettes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from mooring_widgets.emulator.colours import SPECIAL_COLOURS, format_color, parse_color
from mooring_widgets.emulator.events import PaletteChanged
from mooring_widgets.emulator.rgb import Rgb
from mooring_widgets.emulator.sgr import to_int

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

DYNAMIC = MappingProxyType(
    {
        10: "foreground",
        11: "background",
        12: "cursor",
        13: "pointer foreground",
        14: "pointer background",
        17: "selection background",
        19: "selection foreground",
    }
)
"""The colours that have an OSC of their own, by its number."""
_LAST_DYNAMIC = max(DYNAMIC)
SPECIAL = 256
"""Where the special colours (bold, underline, ...) follow the palette, for OSC 4; OSC 5 counts them from 0."""
_COLOURS_KNOWN = SPECIAL + SPECIAL_COLOURS
_STACK_LIMIT = 10


class PaletteCommands:
    """Sets, tells and puts back colours; each change is an event, and every row looks different then."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._kept: dict[int, dict[int | str, Rgb]] = {}
        self._used = 0
        self._most = 0

    def palette(self, text: str, terminator: str, number: int, offset: int) -> None:
        """OSC 4 and 5, by `number`: pairs of an index, counted from `offset`, and a colour or "?"."""
        parts = text.split(";", 2 * _COLOURS_KNOWN)
        for index_text, value in zip(parts[::2], parts[1::2], strict=False):
            index = to_int(index_text) + offset if index_text.isdecimal() else _COLOURS_KNOWN
            if index >= _COLOURS_KNOWN:
                continue
            if value == "?":
                color = format_color(self._screen.colours.get(index))
                self._screen.replies.osc(f"{number};{index - offset};{color}", terminator)
            else:
                self._set_text(index, value)

    def restore_palette(self, text: str) -> None:
        """OSC 104: the colours that are named, or all of the palette."""
        self._restore_each(text, 0, range(SPECIAL))

    def restore_special(self, text: str) -> None:
        """OSC 105: the same with the special colours."""
        self._restore_each(text, SPECIAL, range(SPECIAL, _COLOURS_KNOWN))

    def dynamic(self, number: int, text: str, terminator: str) -> None:
        """OSC 10 to 19: a colour or "?" for `number` and for each number that follows."""
        for value in text.split(";", _LAST_DYNAMIC):
            name = DYNAMIC.get(number)
            if name is not None and value == "?":
                self._screen.replies.osc(f"{number};{format_color(self._screen.colours.get(name))}", terminator)
            elif name is not None:
                self._set_text(name, value)
            number += 1

    def restore(self, index: int | str) -> None:
        """Take the owner's colour again."""
        self._change(index, None)

    def push(self, *places: int) -> None:
        """XTPUSHCOLORS: keep all colours on top of the stack, or in places from 1 to 10; the last is the top."""
        for place in places or (0,):
            at = place or self._used + 1
            if at <= _STACK_LIMIT:
                self._kept[at] = dict(self._screen.colours.changed)
                self._used = at
                self._most = max(self._most, at)

    def pop(self, *places: int) -> None:
        """XTPOPCOLORS: put back what was kept on top of the stack, or in a place."""
        for place in places or (0,):
            at = place or self._used
            kept = self._kept.get(at)
            if kept is not None:
                for index in self._screen.colours.changed.keys() | kept.keys():
                    self._change(index, kept.get(index))
                self._used = at - 1

    def report_stack(self) -> None:
        """XTREPORTCOLORS: the top of the stack, and the most that it ever held."""
        self._screen.replies.csi(f"?{self._used};{self._most}#Q")

    def redraw(self) -> str:
        """What brings the colours and their stack about, all others being the owner's."""
        parts: list[str] = []
        # A push or a pop came last, and decided on where the top is.
        for place in sorted(self._kept, key=lambda place: place == self._used):
            parts.append(_PUT_BACK + _colours(self._kept[place]) + f"\x1b[{place}#P")
        if self._used not in self._kept and self._used + 1 in self._kept:
            parts.append(f"\x1b[{self._used + 1}#Q")
        return "".join([*parts, _PUT_BACK if parts else "", _colours(self._screen.colours.changed)])

    def reset(self) -> None:
        """RIS."""
        self._kept.clear()
        self._used = self._most = 0

    def _restore_each(self, text: str, offset: int, everything: Iterable[int]) -> None:
        named = [to_int(part) + offset for part in text.split(";", SPECIAL) if part.isdecimal()]
        for index in named if text else everything:
            self._change(index, None)

    def _set_text(self, index: int | str, text: str) -> None:
        color = parse_color(text)
        if color is not None:
            self._change(index, color)

    def _change(self, index: int | str, color: Rgb | None) -> None:
        screen = self._screen
        if screen.colours.change(index, color):
            screen.events.put(PaletteChanged(index, color))
            screen.damage.mark_everything()


_PUT_BACK = "\x1b]104\x1b\\\x1b]105\x1b\\" + "".join(f"\x1b]{100 + number}\x1b\\" for number in DYNAMIC)


def _colours(changed: Mapping[int | str, Rgb]) -> str:
    """What sets these colours."""
    numbers = {name: number for number, name in DYNAMIC.items()}
    parts: list[str] = []
    for index, color in changed.items():
        if isinstance(index, str):
            which = str(numbers[index])
        else:
            which = f"4;{index}" if index < SPECIAL else f"5;{index - SPECIAL}"
        parts.append(f"\x1b]{which};{format_color(color)}\x1b\\")
    return "".join(parts)
