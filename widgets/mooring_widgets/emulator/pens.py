"""Pens: interned drawing styles that remember where each SGR sequence leads."""

from __future__ import annotations

import re

from mooring_widgets.emulator.sgr import DEFAULT_ATTRIBUTES, Attributes, Field, Rendition, parse_sgr
from mooring_widgets.emulator.style import Style

SGR_PATTERN = r"\x1b\[[0-9;:]{0,200}+m"
"""An SGR of ordinary length; what is longer goes the long way."""
SGR_SEQUENCE = re.compile(SGR_PATTERN)
RESETS = ("\x1b[0m", "\x1b[m")
PENS_KEPT = 16384
RENDITIONS_KEPT = 16384
STEPS_KEPT = 32768


class Pen:
    """A drawing style; two cells look alike if their pens are the same object, so nothing compares attributes.

    `following` maps an SGR sequence, as it was sent, to the pen it leads to: a full screen repaint does no style work.
    What readers need, and erasing, is made when it is first asked for.
    """

    __slots__ = ("_blank", "_style", "attributes", "following", "protected", "table")

    def __init__(self, attributes: Attributes, table: Pens) -> None:
        self.attributes = attributes
        self.table = table
        self.protected = attributes.protected
        self.following: dict[str, Pen] = {}
        self._style: Style | None = None
        self._blank: Pen | None = None

    @property
    def style(self) -> Style:
        """The style as readers get it."""
        if self._style is None:
            self._style = Style(*self.attributes)
        return self._style

    @property
    def blank(self) -> Pen:
        """The pen of cells that are erased while this one draws (background colour erase)."""
        if self._blank is None:
            blank = DEFAULT_ATTRIBUTES._replace(background=self.attributes.background)
            self._blank = self if blank == self.attributes else self.table.get(blank)
        return self._blank

    def step(self, token: str) -> Pen:
        """Return the pen that the SGR sequence `token` ("ESC [ ... m") leads to."""
        following = self.following.get(token)
        if following is None:
            following = self.table.step(self, token)
        return following

    def after(self, text: str) -> Pen:
        """Return the pen after text in which every escape sequence is an SGR."""
        if "\x1b" not in text:
            return self
        reset = max(text.rfind(RESETS[0]), text.rfind(RESETS[1]))
        pen = self
        for token in SGR_SEQUENCE.findall(text, max(reset, 0)):
            pen = pen.following.get(token) or pen.step(token)
        return pen

    def replace(self, field: Field, value: object) -> Pen:
        """Return this pen with one attribute changed."""
        attributes: list[object] = list(self.attributes)
        attributes[field] = value
        return self.table.get(Attributes._make(attributes))


class Pens:
    """The pens of one emulator.

    A remote can send every colour there is, and every sequence after every other, so all that is remembered is bounded.
    """

    def __init__(self) -> None:
        self.default = Pen(DEFAULT_ATTRIBUTES, self)
        self._pens: dict[Attributes, Pen] = {DEFAULT_ATTRIBUTES: self.default}
        self._renditions: dict[str, Rendition] = {}
        self._steps = 0

    def get(self, attributes: Attributes) -> Pen:
        """Return the pen for `attributes`."""
        pen = self._pens.get(attributes)
        if pen is None:
            if len(self._pens) >= PENS_KEPT:
                self._forget_steps()
                self._pens = {DEFAULT_ATTRIBUTES: self.default}
            pen = self._pens[attributes] = Pen(attributes, self)
        return pen

    def step(self, pen: Pen, token: str) -> Pen:
        """Find out where `token` leads from `pen`, and let the pen remember it."""
        rendition = self._renditions.get(token)
        if rendition is None:
            if len(self._renditions) >= RENDITIONS_KEPT:
                self._renditions.clear()
            rendition = self._renditions[token] = parse_sgr(token[2:-1])
        following = self.get(rendition.apply(pen.attributes))
        if self._steps >= STEPS_KEPT:
            self._forget_steps()
        self._steps += 1
        pen.following[token] = following
        return following

    def _forget_steps(self) -> None:
        """Let every pen forget where it led; the pens that lines use stay what they are."""
        for pen in self._pens.values():
            pen.following.clear()
        self._steps = 0
