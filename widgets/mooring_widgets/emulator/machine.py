"""The state machine for what the token expression leaves: broken, interrupted and divided sequences.

It follows P. Williams' "A parser for DEC's ANSI-compatible video terminals", as xterm does where they differ: controls
inside a sequence are carried out and the sequence goes on, CAN and SUB end it, ESC begins another.
"""

from __future__ import annotations

import re

from mooring_widgets.emulator.dispatch import SEQUENCE_LIMIT, Dispatcher

_STRING_END = re.compile(r"[\x07\x18\x1a\x1b\x9c]")
_IGNORED_IN_STRING = re.compile(r"[\x00-\x06\x08-\x17\x19\x1c-\x1f\x7f-\x9b\x9d-\x9f]")
_STRING_KINDS = frozenset("]PX^_")
_STRINGS_OF_C1 = {"\x9d": "]", "\x90": "P", "\x98": "X", "\x9e": "^", "\x9f": "_"}


class Machine:
    """Takes characters from the start of a sequence until the sequence is over, across chunks.

    `active` says that a sequence is under way, so that the next text is to be given here first.
    """

    def __init__(self, dispatcher: Dispatcher, string_limit: int) -> None:
        self._dispatcher = dispatcher
        self._string_limit = string_limit
        self._sequence = ""
        self._kind = ""
        self._content: list[str] = []
        self._length = 0
        self._escape_in_string = False
        self.active = False

    @property
    def unfinished(self) -> str:
        """What came of the sequence that is under way, from its start; a string that is too long is cut."""
        if not self.active:
            return ""
        if self._kind:
            return f"\x1b{self._kind}{''.join(self._content)}" + ("\x1b" if self._escape_in_string else "")
        return self._sequence

    def start(self) -> None:
        """Expect the first character of a sequence."""
        self._sequence = ""
        self._kind = ""
        self.active = True

    def run(self, text: str, position: int) -> int:
        """Take characters from `position` on until the sequence is over; return where it ended."""
        while self.active and position < len(text):
            position = self._string(text, position) if self._kind else self._step(text, position)
        return position

    def _step(self, text: str, position: int) -> int:
        character = text[position]
        if character == "\x1b":
            self._sequence = "\x1b"
        elif character in "\x18\x1a":
            self.active = False
        elif character < " ":
            self._dispatcher.execute(character)
        elif character in _STRINGS_OF_C1:
            self._begin_string(_STRINGS_OF_C1[character])
        elif character == "\x9b":
            self._sequence = "\x1b["
        elif character == "\x7f":
            pass
        elif "\x80" <= character <= "\x9f":
            self.active = False
            self._dispatcher.execute(character)
        elif character >= "\xa0":
            self.active = False
            return position
        else:
            self._take(character)
        return position + 1

    def _take(self, character: str) -> None:
        """Add a printable ASCII character to the sequence; carry the sequence out if that ends it."""
        if self._sequence == "\x1b" and character in _STRING_KINDS:
            self._begin_string(character)
            return
        if len(self._sequence) <= SEQUENCE_LIMIT:
            self._sequence += character
        is_control_sequence = self._sequence.startswith("\x1b[")
        if self._sequence != "\x1b[" and character >= ("@" if is_control_sequence else "0"):
            self.active = False
            self._dispatcher.execute(self._sequence)

    def _begin_string(self, kind: str) -> None:
        self._kind = kind
        self._content = []
        self._length = 0
        self._escape_in_string = False

    def _string(self, text: str, position: int) -> int:
        if self._escape_in_string:
            if text[position] == "\\":
                self._end_string("\x1b\\")
                return position + 1
            self._kind = ""
            self._sequence = "\x1b"
            return position
        match = _STRING_END.search(text, position)
        end = match.start() if match else len(text)
        self._collect(text[position:end])
        if match is None:
            return end
        terminator = match.group()
        if terminator == "\x1b":
            self._escape_in_string = True
        elif terminator in "\x18\x1a":
            self.active = False
        elif terminator == "\x07" and self._kind != "]":
            self._collect(terminator)
        else:
            self._end_string(terminator)
        return end + 1

    def _collect(self, piece: str) -> None:
        self._length += len(piece)
        if self._length <= self._string_limit:
            self._content.append(piece)
        else:
            self._content.clear()

    def _end_string(self, terminator: str) -> None:
        self.active = False
        if self._length <= self._string_limit:
            content = _IGNORED_IN_STRING.sub("", "".join(self._content))
            self._dispatcher.string(self._kind, content, terminator)
        self._content = []
