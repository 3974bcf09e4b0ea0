"""What the person's terminal sends, cut into Textual's messages.

Textual's own parser (8.2.8) loses what a remote program needs: it turns alt+1 into "¡" and alt+backspace into ctrl+w,
drops the alt of alt+enter, waits 100 ms for what may follow ESC, and raises ValueError on the kitty protocol's event
types and alternate keys. So keys and pastes are read here, and what is neither (mouse, focus, reports) is given to
Textual's parser as whole sequences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from time import monotonic

from textual._xterm_parser import XTermParser
from textual.events import MouseDown, MouseUp, Paste
from textual.message import Message

from mooring_widgets.emulator.rgb import Rgb
from mooring_widgets.terminal.extra_buttons import as_extra
from mooring_widgets.terminal.key_sequences import parse
from mooring_widgets.terminal.raw_key import RawKey

ESCAPE_DELAY = 0.02
"""Seconds after which a lone ESC is the escape key; with the way to the remote it stays under 30 ms."""

SEQUENCE_DELAY = 0.05
"""Seconds after which the beginning of a longer sequence is taken as the keys it might be (alt+[)."""

_PASTE_START = "\x1b[200~"
_PASTE_END = "\x1b[201~"
_LONGEST = 128

_COMPLETE = re.compile(
    r"\x1b\[\[[A-E]"  # Linux console
    r"|\x1b\[[0-9]{1,2}\$(?![ -/]*[@-~])"  # rxvt
    r"|\x1b\[[0-?]{0,100}[ -/]{0,4}[@-~]"
    r"|\x1bO[0-9]{0,2}[A-Za-z ]"
    r"|\x1b\]1[01];[^\x07\x1b]{0,64}(?:\x07|\x1b\\)"  # the answer to a question of the driver's
)
_INCOMPLETE = re.compile(
    r"\x1b{1,2}(?:\[\[?|\[[0-?]{0,100}[ -/]{0,4}|O[0-9]{0,2}|\](?:1(?:[01](?:;[^\x07\x1b]{0,64}\x1b?)?)?)?)?"
)
_ORDINARY = re.compile(r"[^\x1b]+")

_MOUSE = re.compile(r"\x1b\[<(?P<buttons>\d+)(?P<rest>;-?\d+;-?\d+[Mm])")
_FOR_TEXTUAL = re.compile(r"\x1b\[(?:[IO]|\?\d+;\d\$y|48;[0-9:;]+t)")
_KITTY_FLAGS = re.compile(r"\x1b\[\?(?P<flags>\d{1,4})u")
_REPORT = re.compile(r"\x1b\[(?:[<=>?].*|[0-9;]+[cnRty])", re.DOTALL)
_MODIFIED_F3 = re.compile(r"\x1b\[1;(?:[2-9]|1[0-6])R")
_COLOUR = re.compile(
    r"\x1b\]1(?P<which>[01]);rgba?:(?P<red>[0-9a-fA-F]{1,4})/(?P<green>[0-9a-fA-F]{1,4})/(?P<blue>[0-9a-fA-F]{1,4})"
)
_EXTRA_BUTTONS = 128
_MOTION = 32
_MODIFIER_BITS = 28
_FIRST_EXTRA = 8


class KittyFlagsReported(Message):
    """The person's terminal has told which flags of the kitty keyboard protocol are on."""

    def __init__(self, flags: int) -> None:
        super().__init__()
        self.flags = flags


class ColourReported(Message):
    """The person's terminal has told its default foreground or background (OSC 10, 11)."""

    def __init__(self, which: str, color: Rgb) -> None:
        super().__init__()
        self.which = which
        self.color = color


class InputParser:
    """Fed with decoded input as it arrives, yields messages; ask `deadline` when to call `expire`."""

    def __init__(self, debug: bool = False) -> None:
        self._textual = XTermParser(debug)
        self._pending = ""
        self._pasted: list[str] | None = None
        self._deadline: float | None = None

    @property
    def deadline(self) -> float | None:
        """The time (of `time.monotonic`) when what is held back has to be taken as it stands; None when nothing is."""
        return self._deadline

    def feed(self, text: str) -> Iterator[Message]:
        """Take input, yield what is complete."""
        text = self._pending + text
        self._pending = ""
        self._deadline = None
        position = 0
        while position < len(text):
            if self._pasted is not None:
                position, paste = self._take_paste(self._pasted, text, position)
                if paste is not None:
                    yield paste
            elif ordinary := _ORDINARY.match(text, position):
                for character in ordinary.group():
                    yield RawKey.from_sequence(character)
                position = ordinary.end()
            elif complete := _COMPLETE.match(text, position):
                position = complete.end()
                yield from self._sequence(complete.group())
            elif behind := _COMPLETE.match(text, position + 1):
                if press := parse("\x1b" + behind.group()):  # alt, as rxvt and PuTTY write it
                    position = behind.end()
                    yield RawKey("\x1b" + behind.group(), press)
                else:
                    position += 1
                    yield RawKey.from_sequence("\x1b")
            elif _INCOMPLETE.fullmatch(text, position) and len(text) - position < _LONGEST:
                self._hold(text[position:])
                return
            else:  # alt and a key
                yield RawKey.from_sequence(text[position : position + 2])
                position += 2

    def expire(self) -> Iterator[Message]:
        """Give out what was held back: the rest of the sequence did not come, so it was keys."""
        held, self._pending, self._deadline = self._pending, "", None
        if held == "\x1b" or not held.startswith("\x1b"):
            yield from map(RawKey.from_sequence, held)
        else:
            yield RawKey.from_sequence(held[:2])
            yield from map(RawKey.from_sequence, held[2:])

    def _hold(self, text: str) -> None:
        self._pending = text
        self._deadline = monotonic() + (ESCAPE_DELAY if text.strip("\x1b") == "" else SEQUENCE_DELAY)

    def _take_paste(self, pasted: list[str], text: str, position: int) -> tuple[int, Paste | None]:
        """Collect pasted text up to the end marker; return where input goes on, and the paste when it is whole."""
        end = text.find(_PASTE_END, position)
        if end >= 0:
            pasted.append(text[position:end])
            self._pasted = None
            return end + len(_PASTE_END), Paste("".join(pasted).replace("\x00", ""))
        rest = text[position:]
        held = next((size for size in range(len(_PASTE_END) - 1, 0, -1) if rest.endswith(_PASTE_END[:size])), 0)
        pasted.append(rest[: len(rest) - held])
        self._pending = rest[len(rest) - held :]
        return len(text), None

    def _sequence(self, sequence: str) -> Iterator[Message]:
        if sequence == _PASTE_START:
            self._pasted = []
        elif sequence == _PASTE_END:
            return
        elif mouse := _MOUSE.fullmatch(sequence):
            yield from self._mouse(int(mouse["buttons"]), mouse["rest"])
        elif _FOR_TEXTUAL.fullmatch(sequence):
            yield from self._textual.feed(sequence)
        elif flags := _KITTY_FLAGS.fullmatch(sequence):
            yield KittyFlagsReported(int(flags["flags"]))
        elif sequence.startswith("\x1b]"):
            if colour := _COLOUR.match(sequence):
                which = "foreground" if colour["which"] == "0" else "background"
                yield ColourReported(which, Rgb(*(_eight_bits(colour[part]) for part in ("red", "green", "blue"))))
        elif not _REPORT.fullmatch(sequence) or _MODIFIED_F3.fullmatch(sequence):
            yield RawKey.from_sequence(sequence)

    def _mouse(self, buttons: int, rest: str) -> Iterator[Message]:
        """Read a mouse report; Textual would take the buttons 8 to 11 for the first three."""
        if buttons < _EXTRA_BUTTONS:
            yield from self._textual.feed(f"\x1b[<{buttons}{rest}")
        elif not buttons & _MOTION:
            for event in self._textual.feed(f"\x1b[<{buttons & _MODIFIER_BITS}{rest}"):
                if isinstance(event, MouseDown | MouseUp):
                    yield as_extra(event, _FIRST_EXTRA + (buttons & 3))


def _eight_bits(digits: str) -> int:
    """One part of an X colour, whose hexadecimal digits are a fraction of all ones (XParseColor(3))."""
    return round(int(digits, 16) * 255 / ((1 << 4 * len(digits)) - 1))
