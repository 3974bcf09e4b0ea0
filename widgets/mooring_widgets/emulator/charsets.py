"""Character sets: G0 to G3, which of them is in use, and what they make of ASCII."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from mooring_widgets.emulator.charset_tables import NATIONAL, SETS_OF_94, SETS_OF_96


class CharacterSet(NamedTuple):
    """A designated set, by the final characters of its sequence."""

    code: str
    has_96: bool = False


ASCII = CharacterSet("B")


@dataclass(frozen=True, slots=True)
class CharsetState:
    """What DECSC saves: the four sets and which one is in GL and in GR."""

    sets: tuple[CharacterSet, CharacterSet, CharacterSet, CharacterSet] = (ASCII, ASCII, ASCII, ASCII)
    left: int = 0
    right: int = 2


class Charsets:
    """The sets in use; `changed` is called whenever text may look different from now on.

    In UTF-8 only GL matters: it serves the line drawing of programs that know no Unicode. In ISO 8859-1 (`ESC % @`)
    what is in GR is shown for the codes from 0xA0 on.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self.state = CharsetState()
        self.national = False
        self.single: int | None = None
        self.plain = True
        self.is_utf8 = True
        self._shown: dict[int, str] = {}

    def designate(self, place: int, code: str, *, has_96: bool = False) -> None:
        """SCS: put the set `code` (its final characters) into G`place`; an unknown one is ASCII."""
        known = code in SETS_OF_96 if has_96 else code in SETS_OF_94 or code in NATIONAL
        sets = list(self.state.sets)
        sets[place] = CharacterSet(code, has_96) if known else ASCII
        self.restore(replace(self.state, sets=(sets[0], sets[1], sets[2], sets[3])))

    def lock(self, place: int) -> None:
        """SI, SO, LS2, LS3: G`place` into GL."""
        self.restore(replace(self.state, left=place))

    def lock_right(self, place: int) -> None:
        """LS1R, LS2R, LS3R: G`place` into GR."""
        self.restore(replace(self.state, right=place))

    def shift_once(self, place: int) -> None:
        """SS2, SS3: G`place` for the next character."""
        self.single = place
        self.refresh()

    def use_utf8(self, on: bool) -> None:
        """The encoding has changed."""
        self.is_utf8 = on
        self.refresh()

    def restore(self, state: CharsetState) -> None:
        """Take over a saved state."""
        self.state = state
        self.refresh()

    def refresh(self) -> None:
        """Find out anew what text shows, and whether it is to be translated at all."""
        self._shown = self._table(self.state.left)
        if not self.is_utf8:
            right = {code | 0x80: character for code, character in self._table(self.state.right).items()}
            self._shown = right | self._shown
        self.plain = self.single is None and not self._shown
        self._changed()

    def reset(self) -> None:
        """ASCII everywhere; the encoding stays."""
        self.single = None
        self.national = False
        self.restore(CharsetState())

    @property
    def shows_delete(self) -> bool:
        """Whether DEL is a character of the set that comes next."""
        return self.state.sets[self.state.left if self.single is None else self.single].has_96

    def translate(self, text: str) -> str:
        """What `text` shows; uses up a single shift."""
        first = ""
        if self.single is not None:
            first = text[0].translate(self._table(self.single))
            text = text[1:]
            self.single = None
            self.refresh()
        return first + (text.translate(self._shown) if self._shown else text)

    def _table(self, place: int) -> dict[int, str]:
        code, has_96 = self.state.sets[place]
        if has_96:
            return SETS_OF_96[code]
        return SETS_OF_94.get(code) or (NATIONAL.get(code, {}) if self.national else {})
