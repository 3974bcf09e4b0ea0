"""From a complete sequence to the function it calls, remembered by its characters."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from mooring_widgets.emulator.commands import Function, control_functions, csi_functions, escape_functions
from mooring_widgets.emulator.device_control import DeviceControl
from mooring_widgets.emulator.sgr import to_int

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

COMPILED_KEPT = 16384
PARAMETERS_READ = 32
SEQUENCE_LIMIT = 1024
"""A longer control sequence is ignored."""
UNKNOWN_KINDS_KEPT = 256

_CSI = re.compile(r"\x1b\[([<-?]?)([0-?]*)([ -/]*)([@-~])")
_OSC = re.compile(r"\x1b\]([^\x00-\x1f\x7f-\x9f]*)(\x07|\x1b\\)")
_ESCAPE = re.compile(r"\x1b([ -/]*)([0-OQ-WYZ\\`-~])")
_PLACES_FOR_94 = {"(": 0, ")": 1, "*": 2, "+": 3}
_PLACES_FOR_96 = {"-": 1, ".": 2, "/": 3}
_REPEAT = "b"
_STRING_STARTS = frozenset("\x1b\x90\x98\x9b\x9d\x9e\x9f")

Call = tuple[Function, tuple[int, ...]]


class Dispatcher:
    """Carries out sequences; those that are unknown are counted and ignored.

    `compiled` maps a sequence, as it was sent, to a function and its arguments. Parameters are clamped before they
    become numbers and cut to what the function takes. SGR is not in it: pens remember where it leads. Nor is REP, which
    needs to know that text came right before it: `Printer.last` is right only while `execute` runs.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._device_control = DeviceControl(screen)
        self._csi = {key: (function, _most_arguments(function)) for key, function in csi_functions(screen).items()}
        fixed: dict[str, Call] = {control: (call, ()) for control, call in control_functions(screen).items()}
        for final, call in escape_functions(screen).items():
            fixed["\x1b" + final] = (call, ())
            if len(final) == 1 and "@" <= final <= "_":
                fixed[chr(ord(final) + 0x40)] = (call, ())
        self._fixed = fixed
        self.compiled: dict[str, Call] = dict(fixed)
        self.unknown: Counter[str] = Counter()

    def execute(self, token: str) -> bool:
        """Carry out a complete control, escape sequence, control sequence or OSC; return False if it is none."""
        call = self.compiled.get(token)
        if call is not None:
            call[0](*call[1])
        elif match := _CSI.fullmatch(token):
            self._control_sequence(token, *match.groups())
        elif match := _ESCAPE.fullmatch(token):
            self._escape(*match.groups())
        elif match := _OSC.fullmatch(token):
            self.string("]", *match.groups())
        elif len(token) == 1 and token not in _STRING_STARTS:
            pass
        else:
            return False
        self._screen.printer.last = ""
        return True

    def string(self, kind: str, content: str, terminator: str) -> None:
        """Carry out what stood between the start of a string (`kind` is the character after its ESC) and its end."""
        if kind == "]":
            if not self._screen.osc.run(content, terminator):
                self._count("OSC")
        elif kind == "P":
            if not self._device_control.run(content):
                self._count("DCS")
        elif not (kind == "_" and self._device_control.graphics_query(content)):
            self._count("string")

    def _control_sequence(self, token: str, prefix: str, parameters: str, intermediates: str, final: str) -> None:
        screen = self._screen
        key = prefix + intermediates + final
        if len(token) > SEQUENCE_LIMIT or not parameters.isascii() or any(mark in parameters for mark in "<=>?"):
            self._count("malformed")
            return
        if key == "m":
            screen.pen = screen.pen.step(token)
            return
        entry = self._csi.get(key)
        if entry is None or ":" in parameters:
            self._count(f"CSI {key}")
            return
        function, most = entry
        arguments = tuple(to_int(part) for part in parameters.split(";", PARAMETERS_READ)[:most]) if parameters else ()
        if key != _REPEAT:
            self._compile(token, (function, arguments))
        function(*arguments)

    def _compile(self, token: str, call: Call) -> None:
        if len(self.compiled) >= COMPILED_KEPT:
            self.compiled.clear()
            self.compiled.update(self._fixed)
        self.compiled[token] = call

    def _escape(self, intermediates: str, final: str) -> None:
        screen = self._screen
        first, code = intermediates[:1], intermediates[1:] + final
        if first in _PLACES_FOR_94:
            screen.charsets.designate(_PLACES_FOR_94[first], code)
        elif first in _PLACES_FOR_96:
            screen.charsets.designate(_PLACES_FOR_96[first], code, has_96=True)
        else:
            self._count(f"ESC {intermediates}{final}")

    def _count(self, kind: str) -> None:
        if kind in self.unknown or len(self.unknown) < UNKNOWN_KINDS_KEPT:
            self.unknown[kind] += 1


def _most_arguments(function: Function) -> int:
    """How many parameters a bound method takes; one with `*` takes as many as are read."""
    code = function.__code__
    takes_any = bool(code.co_flags & 0x04)
    return PARAMETERS_READ if takes_any else code.co_argcount - 1
