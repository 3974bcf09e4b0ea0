"""XTPUSHSGR, XTPOPSGR and XTREPORTSGR: renditions that programs put aside, and ask for by rectangle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mooring_widgets.emulator.sgr import DEFAULT_ATTRIBUTES, Attributes, Field, format_sgr

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

_STACK_LIMIT = 10
_DEEPEST = 1000
_FIELDS = {
    1: Field.BOLD,
    2: Field.DIM,
    3: Field.ITALIC,
    4: Field.UNDERLINE,
    5: Field.BLINK,
    7: Field.INVERSE,
    8: Field.CONCEAL,
    9: Field.STRIKE,
    21: Field.UNDERLINE,
    30: Field.FOREGROUND,
    31: Field.BACKGROUND,
}
"""What the parameters of XTPUSHSGR name."""
_RENDITION = frozenset(Field) - {Field.PROTECTED, Field.LINK, Field.LINK_ID}


class SavedRendition(NamedTuple):
    """The attributes in force at a push, and which of them come back."""

    attributes: Attributes
    fields: frozenset[Field]


class RenditionStack:
    """At most ten renditions are kept, as in xterm; pushes beyond are counted, so that as many pops do nothing."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._kept: list[SavedRendition] = []
        self._beyond = 0

    def push(self, *which: int) -> None:
        """XTPUSHSGR: all of the rendition, or what is named."""
        if len(self._kept) >= _STACK_LIMIT:
            self._beyond = min(self._beyond + 1, _DEEPEST)
            return
        fields = frozenset(_FIELDS[name] for name in which if name in _FIELDS) if which else _RENDITION
        self._kept.append(SavedRendition(self._screen.pen.attributes, fields))

    def pop(self) -> None:
        """XTPOPSGR."""
        if self._beyond:
            self._beyond -= 1
        elif self._kept:
            saved = self._kept.pop()
            screen = self._screen
            attributes: list[object] = list(screen.pen.attributes)
            for field in saved.fields:
                attributes[field] = saved.attributes[field]
            screen.pen = screen.pens.get(Attributes._make(attributes))

    def report(self, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0) -> None:
        """XTREPORTSGR: the SGR that gives what all cells of a rectangle have in common."""
        screen = self._screen
        area = screen.rectangles.area(top, left, bottom, right)
        if area is None:
            return
        seen = {pen for line in screen.rows[area.top : area.bottom] for pen in line.take(area.left, area.right)[1]}
        first, *others = (pen.attributes for pen in seen)
        common = [
            value if all(other[field] == value for other in others) else DEFAULT_ATTRIBUTES[field]
            for field, value in enumerate(first)
        ]
        screen.replies.csi(f"{format_sgr(Attributes._make(common))}m")

    def redraw(self) -> str:
        """What brings the stack about; the pen is the default one before and behind."""
        parts: list[str] = []
        for saved in self._kept:
            names = [str(name) for name, field in _FIELDS.items() if field in saved.fields]
            which = "" if saved.fields == _RENDITION else ";".join(names) or "0"
            parts.append(f"\x1b[{format_sgr(saved.attributes)}m\x1b[{which}#{{")
        parts.extend(["\x1b[#{"] * self._beyond)
        return "".join([*parts, "\x1b[m"]) if parts else ""

    def reset(self) -> None:
        """RIS."""
        self._kept.clear()
        self._beyond = 0
