"""Pens: interned drawing styles that remember where each SGR sequence leads."""

from __future__ import annotations

import re

from mooring_widgets.emulator.sgr import DEFAULT_ATTRIBUTES, Attributes, Field, apply_sgr
from mooring_widgets.emulator.style import Style

SGR_PATTERN = r"\x1b\[[0-9;:]{0,200}+m"
"""An SGR of ordinary length; what is longer goes the long way."""
SGR_SEQUENCE = re.compile(SGR_PATTERN)
RESETS = ("\x1b[0m", "\x1b[m")
PENS_KEPT = 4096
STEPS_KEPT = 1024


class Pen:
    """A drawing style; two cells look alike if their pens are the same object, so nothing compares attributes.

    `following` maps an SGR sequence, as it was sent, to the pen it leads to: a full screen repaint does no
    style work. `blank` is the pen of cells that are erased while this one draws (background colour erase).
    """

    __slots__ = ("attributes", "blank", "following", "protected", "style", "table")

    def __init__(self, attributes: Attributes, table: Pens) -> None:
        self.table = table
        self.attributes = attributes
        self.style = Style(*attributes)
        self.protected = self.style.protected
        self.following: dict[str, Pen] = {}
        self.blank: Pen = self

    def step(self, token: str) -> Pen:
        """Return the pen that the SGR sequence `token` ("ESC [ ... m") leads to."""
        following = self.following.get(token)
        if following is None:
            following = self.table.get(apply_sgr(self.attributes, token[2:-1]))
            if len(self.following) >= STEPS_KEPT:
                self.following.clear()
            self.following[token] = following
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

    @property
    def colours_background(self) -> bool:
        """Whether erasing with this pen leaves a colour."""
        return self.attributes.background is not None


class Pens:
    """The pens of one emulator; bounded, because a remote can send every colour there is."""

    def __init__(self) -> None:
        self.default = Pen(DEFAULT_ATTRIBUTES, self)
        self._pens: dict[Attributes, Pen] = {DEFAULT_ATTRIBUTES: self.default}

    def get(self, attributes: Attributes) -> Pen:
        """Return the pen for `attributes`."""
        pen = self._pens.get(attributes)
        if pen is None:
            if len(self._pens) >= PENS_KEPT:
                self._forget()
            pen = self._pens[attributes] = Pen(attributes, self)
            blank = DEFAULT_ATTRIBUTES._replace(background=attributes.background)
            pen.blank = pen if blank == attributes else self.get(blank)
        return pen

    def _forget(self) -> None:
        """Drop every pen but the default; lines that still use one keep it alive, and equal pens may then be two."""
        for pen in self._pens.values():
            pen.following.clear()
        self._pens = {DEFAULT_ATTRIBUTES: self.default}
