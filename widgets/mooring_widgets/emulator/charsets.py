"""Character sets: G0 to G3, which of them is in use, and what they make of ASCII."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pyte.charsets

ASCII = "B"
_GRAPHICS = {code: character for code, character in enumerate(pyte.charsets.VT100_MAP) if 0x5F <= code <= 0x7E}
_GRAPHICS |= {0x5F: " ", 0x68: "\u2424"}
"""pyte's table is the Linux console's, which has a shade where VT100 and xterm have the sign for a new line."""


def _national(changes: str) -> dict[int, str]:
    """A national replacement set: pairs of an ASCII character and what stands in its place."""
    return {ord(changes[index]): changes[index + 1] for index in range(0, len(changes), 2)}


_TABLES: dict[str, dict[int, str]] = {
    "0": _GRAPHICS,
    "2": _GRAPHICS,
    "A": _national("#£"),
    "4": _national("#£@¾[ĳ\\½]|{¨|f}¼~´"),
    "5": _national("[Ä\\Ö]Å^Ü`é{ä|ö}å~ü"),
    "C": _national("[Ä\\Ö]Å^Ü`é{ä|ö}å~ü"),
    "R": _national("#£@à[°\\ç]§{é|ù}è~¨"),
    "f": _national("#£@à[°\\ç]§{é|ù}è~¨"),
    "Q": _national("@à[â\\ç]ê^î`ô{é|ù}è~û"),
    "9": _national("@à[â\\ç]ê^î`ô{é|ù}è~û"),
    "K": _national("@§[Ä\\Ö]Ü{ä|ö}ü~ß"),
    "Y": _national("#£@§[°\\ç]é`ù{à|ò}è~ì"),
    "E": _national("@Ä[Æ\\Ø]Å^Ü`ä{æ|ø}å~ü"),
    "6": _national("@Ä[Æ\\Ø]Å^Ü`ä{æ|ø}å~ü"),
    "`": _national("@Ä[Æ\\Ø]Å^Ü`ä{æ|ø}å~ü"),
    "Z": _national("#£@§[¡\\Ñ]¿{°|ñ}ç"),
    "7": _national("@É[Ä\\Ö]Å^Ü`é{ä|ö}å~ü"),
    "H": _national("@É[Ä\\Ö]Å^Ü`é{ä|ö}å~ü"),
    "=": _national("#ù@à[é\\ç]ê^î_è`ô{ä|ö}ü~û"),
}
_ALWAYS = frozenset("02A")
"""Sets that are in force without DECNRCM (mode 42)."""


@dataclass(frozen=True, slots=True)
class CharsetState:
    """What DECSC saves: the four sets and which one is in GL."""

    sets: tuple[str, str, str, str] = (ASCII, ASCII, ASCII, ASCII)
    left: int = 0
    right: int = 2


class Charsets:
    """The sets in use; `changed` is called whenever text may look different from now on.

    In UTF-8 only GL matters: it serves the line drawing of programs that know no Unicode.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self.state = CharsetState()
        self.national = False
        self.single: int | None = None
        self.plain = True

    def designate(self, place: int, code: str) -> None:
        """SCS: put the set `code` (its final characters) into G`place`; an unknown one is ASCII."""
        sets = list(self.state.sets)
        sets[place] = code if code in _TABLES else ASCII
        self.restore(replace(self.state, sets=(sets[0], sets[1], sets[2], sets[3])))

    def lock(self, place: int) -> None:
        """SI, SO, LS2, LS3: G`place` into GL."""
        self.restore(replace(self.state, left=place))

    def lock_right(self, place: int) -> None:
        """LS1R, LS2R, LS3R: G`place` into GR; kept for reports alone, since UTF-8 has no GR."""
        self.restore(replace(self.state, right=place))

    def shift_once(self, place: int) -> None:
        """SS2, SS3: G`place` for the next character."""
        self.single = place
        self.refresh()

    def restore(self, state: CharsetState) -> None:
        """Take over a saved state."""
        self.state = state
        self.refresh()

    def refresh(self) -> None:
        """Find out anew whether text is to be translated at all."""
        self.plain = self.single is None and self._table(self.state.left) is None
        self._changed()

    def reset(self) -> None:
        """ASCII everywhere."""
        self.single = None
        self.national = False
        self.restore(CharsetState())

    def translate(self, text: str) -> str:
        """What `text` shows; uses up a single shift."""
        first = ""
        if self.single is not None:
            table = self._table(self.single)
            first = text[0].translate(table) if table else text[0]
            text = text[1:]
            self.single = None
            self.refresh()
        table = self._table(self.state.left)
        return first + (text.translate(table) if table else text)

    def _table(self, place: int) -> dict[int, str] | None:
        code = self.state.sets[place]
        if code == ASCII or not (self.national or code in _ALWAYS):
            return None
        return _TABLES[code]
