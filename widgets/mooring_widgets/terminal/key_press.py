"""One key event, apart from how any terminal writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntFlag


class Modifiers(IntFlag):
    """Modifier keys, with the bits of the kitty keyboard protocol.

    The four lowest are xterm's too (xterm calls 8 "Meta"): in a sequence the parameter is one more than the bits.
    """

    NONE = 0
    SHIFT = 1
    ALT = 2
    CTRL = 4
    SUPER = 8
    HYPER = 16
    META = 32
    CAPS_LOCK = 64
    NUM_LOCK = 128


LOCKS = Modifiers.CAPS_LOCK | Modifiers.NUM_LOCK


class KeyAction(Enum):
    """What happened to the key; the values are those of the kitty keyboard protocol."""

    PRESS = 1
    REPEAT = 2
    RELEASE = 3


@dataclass(frozen=True, slots=True)
class KeyPress:
    """What was pressed.

    `name` is the character that the key types without modifiers where that is known ("a", "1", "é"), and otherwise a
    name from `function_keys` ("up", "f5", "kp_enter"). A terminal that does not report keys apart from text sends only
    the character: then `name` is its lower case and SHIFT says that it was a capital.
    `text` is what the press types, "" where it types nothing. `shifted` and `base_layout` are the alternate keys of the
    kitty protocol, "" where they were not told. `after_escape` says that alt is a guess: the terminal sent an ESC and
    then the key, which escape and the key typed quickly behind it would have sent too.
    """

    name: str
    modifiers: Modifiers = Modifiers.NONE
    text: str = ""
    shifted: str = ""
    base_layout: str = ""
    action: KeyAction = KeyAction.PRESS
    after_escape: bool = False

    @property
    def is_character(self) -> bool:
        """Whether the key stands for a character, and not for a function."""
        return len(self.name) == 1

    @property
    def is_modifier(self) -> bool:
        """Whether the key is itself a modifier: left shift, right control, ..."""
        return self.name.startswith(("left_", "right_", "iso_level"))

    @property
    def character(self) -> str:
        """The character that the key types with its shift, whatever the other modifiers are; "" for function keys."""
        if not self.is_character:
            return ""
        if self.text and not self.modifiers & (Modifiers.CTRL | Modifiers.ALT):
            return self.text
        if not self.modifiers & Modifiers.SHIFT:
            return self.name
        return self.shifted or self.name.upper()
