"""What a key press sends, by the modes that the remote program set.

Without any mode it is what xterm sends with its defaults and `metaSendsEscape` (xterm's ctlseqs, "PC-Style Function
Keys"); with modifyOtherKeys what xterm sends then; with kitty flags what `kitty_keys` says.
"""

from __future__ import annotations

from mooring_widgets.emulator.modes import Modes
from mooring_widgets.terminal import kitty_keys
from mooring_widgets.terminal.eight_bit import with_single_bytes
from mooring_widgets.terminal.function_keys import (
    CONTROL_KEYS,
    CURSOR_FINALS,
    KEYPAD_FINALS,
    KEYPAD_FUNCTIONS,
    KEYPAD_TEXT,
    PF_FINALS,
    TILDE_NUMBERS,
)
from mooring_widgets.terminal.key_press import KeyAction, KeyPress, Modifiers
from mooring_widgets.terminal.modify_other_keys import encode_other_key

_REPORTED = Modifiers.SHIFT | Modifiers.ALT | Modifiers.CTRL | Modifiers.SUPER

_CONTROL_ALIASES = {" ": 0, "`": 0, "2": 0, "3": 27, "4": 28, "5": 29, "6": 30, "7": 31, "8": 127, "/": 31, "?": 127}
"""Characters outside the range of the control characters for which X makes one all the same."""


def encode(press: KeyPress, modes: Modes) -> bytes:
    """Return the bytes to send, UTF-8 encoded; b"" for what sends nothing (a release, a lone modifier, KAM)."""
    if modes.keyboard_locked:
        return b""
    sequence = _encode(press, modes).encode("utf-8", "replace")
    return with_single_bytes(sequence) if modes.eight_bit_controls else sequence


def _encode(press: KeyPress, modes: Modes) -> str:
    if kitty_keys.applies(press, modes.kitty_flags):
        return kitty_keys.encode(press, modes.kitty_flags)
    if press.action is KeyAction.RELEASE or press.is_modifier:
        return ""
    # An alt that is only guessed goes on as the ESC and the key that came, or vim would see a meta key for escape and
    # a key typed fast: it reads the two apart by itself, as it does under plain ssh.
    level = 0 if press.after_escape else modes.modify_other_keys
    if level > 0 and (sequence := encode_other_key(press, level, as_csi_u=modes.format_other_keys == 1)):
        return sequence
    return _legacy(press, modes)


def control_character(character: str) -> str:
    """The control character that ctrl makes of `character` on X, or `character` itself where it makes none."""
    if character in _CONTROL_ALIASES:
        return chr(_CONTROL_ALIASES[character])
    if len(character) == 1 and "@" <= character <= "~":
        return chr(ord(character) & 0x1F)
    return character


def _legacy(press: KeyPress, modes: Modes) -> str:
    if press.name in KEYPAD_TEXT:
        return _keypad(press, modes)
    name = KEYPAD_FUNCTIONS.get(press.name, press.name)
    modifiers = press.modifiers & _REPORTED
    if final := CURSOR_FINALS.get(name):
        introducer = "O" if modes.application_cursor else "["
        return _function_key(introducer, None, final, modifiers, modes.modify_cursor_keys)
    if final := PF_FINALS.get(name):
        return _function_key("O", None, final, modifiers, modes.modify_function_keys)
    if number := TILDE_NUMBERS.get(name):
        return _function_key("[", number, "~", modifiers, modes.modify_function_keys)
    prefix = "\x1b" if modifiers & (Modifiers.ALT | Modifiers.SUPER) else ""
    if name in CONTROL_KEYS:
        return prefix + _control_key(name, modifiers, modes)
    if press.is_character:
        character = press.character
        return prefix + (control_character(character) if modifiers & Modifiers.CTRL else character)
    return press.text


def _function_key(introducer: str, number: int | None, final: str, modifiers: Modifiers, resource: int) -> str:
    """One key of the cursor or function kind; `resource` is modifyCursorKeys or modifyFunctionKeys (xterm's manual)."""
    parameters = [] if number is None else [str(number)]
    private = ""
    if modifiers and resource >= 0:
        if resource >= 1:
            introducer = "["
        if resource >= 2 and not parameters:
            parameters.append("1")
        if resource >= 3:
            private = ">"
        parameters.append(str(int(modifiers) + 1))
    return f"\x1b{introducer}{private}{';'.join(parameters)}{final}"


def _control_key(name: str, modifiers: Modifiers, modes: Modes) -> str:
    if name == "tab" and modifiers & Modifiers.SHIFT:
        return "\x1b[Z"
    if name == "backspace":
        return "\x08" if bool(modifiers & Modifiers.CTRL) != modes.backarrow_sends_backspace else "\x7f"
    if name == "enter" and modes.newline:
        return "\r\n"
    return CONTROL_KEYS[name]


def _keypad(press: KeyPress, modes: Modes) -> str:
    modifiers = press.modifiers & _REPORTED
    if modes.application_keypad and not press.modifiers & Modifiers.NUM_LOCK:
        parameter = str(int(modifiers) + 1) if modifiers else ""
        return f"\x1bO{parameter}{KEYPAD_FINALS[press.name]}"
    text = "\r\n" if press.name == "kp_enter" and modes.newline else KEYPAD_TEXT[press.name]
    return "\x1b" + text if modifiers & Modifiers.ALT else text
