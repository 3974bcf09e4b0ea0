"""A Textual key event that still knows what the terminal sent."""

from __future__ import annotations

from textual.events import Key
from textual.keys import Keys, _character_to_key

from mooring_widgets.terminal.function_keys import CONTROL_KEYS, KEYPAD_FUNCTIONS, KEYPAD_TEXT
from mooring_widgets.terminal.key_press import KeyAction, KeyPress, Modifiers
from mooring_widgets.terminal.key_sequences import parse

_NAMED_MODIFIERS = (
    (Modifiers.ALT, "alt"),
    (Modifiers.CTRL, "ctrl"),
    (Modifiers.HYPER, "hyper"),
    (Modifiers.META, "meta"),
    (Modifiers.SHIFT, "shift"),
    (Modifiers.SUPER, "super"),
)


class RawKey(Key):
    """Any key event that `TerminalDriver` makes: for ordinary widgets a `Key` like another.

    `sequence` is what the terminal sent, `press` what that means (None for a sequence that nobody knows). Key releases,
    lone modifiers under the kitty protocol and unknown sequences have the key "<ignore>" and no character, so that
    ordinary widgets do nothing with them.
    """

    __slots__ = ["press", "sequence"]

    def __init__(self, sequence: str, press: KeyPress | None) -> None:
        super().__init__(*_name_and_character(sequence, press))
        self.sequence = sequence
        self.press = press

    @classmethod
    def from_sequence(cls, sequence: str) -> RawKey:
        """The event for one whole sequence."""
        return cls(sequence, parse(sequence))

    def copy(self) -> RawKey:
        """Another event for the same key, as Textual's own events have it."""
        return RawKey(self.sequence, self.press)


RawKey.handler_name = Key.handler_name
"""Textual names handlers after the event's class; these events are for `on_key`."""


def press_of(event: Key) -> KeyPress | None:
    """What was pressed, for any key event: those of other drivers, and of Textual's test pilot, carry names alone."""
    if isinstance(event, RawKey):
        return event.press
    *modifier_names, name = event.key.split("+") if event.key != "+" else ["+"]
    modifiers = Modifiers.NONE
    for modifier, modifier_name in _NAMED_MODIFIERS:
        if modifier_name in modifier_names:
            modifiers |= modifier
    text = event.character or ""
    if text and text.isprintable() and not modifiers & ~Modifiers.SHIFT:
        press = parse(text) if len(text) == 1 else None
        return press if press is not None else KeyPress("", modifiers, text)
    if len(name) == 1:
        return KeyPress(name.lower(), modifiers | (Modifiers.SHIFT if name != name.lower() else Modifiers.NONE))
    if name == "space":
        return KeyPress(" ", modifiers)
    if name in _CHARACTERS:
        return KeyPress(_CHARACTERS[name], modifiers)
    return None if name == Keys.Ignore.value else KeyPress(name, modifiers)


_CHARACTERS = {_character_to_key(chr(code)): chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()}


def _name_and_character(sequence: str, press: KeyPress | None) -> tuple[str, str | None]:
    if press is None or press.action is KeyAction.RELEASE or press.is_modifier:
        return Keys.Ignore.value, None
    if sequence == "\x08":  # many terminals send it for backspace, and Textual takes it so
        return "backspace", sequence
    text = press.text or ("" if press.modifiers else KEYPAD_TEXT.get(press.name, ""))
    tokens = [
        name
        for modifier, name in _NAMED_MODIFIERS
        if press.modifiers & modifier and (modifier is not Modifiers.SHIFT or not text or text.isspace())
    ]
    tokens.append(_base_name(press, text))
    key = "+".join(tokens)
    if text:
        return key, text
    if len(sequence) == 1:
        return key, sequence
    return key, None if press.modifiers else CONTROL_KEYS.get(press.name)


def _base_name(press: KeyPress, text: str) -> str:
    if press.name in KEYPAD_TEXT and text:
        return "enter" if text == "\r" else _character_to_key(text)
    if press.name in KEYPAD_FUNCTIONS and press.name != "kp_begin":
        return KEYPAD_FUNCTIONS[press.name]
    if press.name == "begin":
        return "kp_begin"
    if press.is_character or text:
        shown = text or press.name
        return _character_to_key(shown) if len(shown) == 1 else shown
    return press.name
