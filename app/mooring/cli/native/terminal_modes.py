"""The local terminal's modes in the numbers of RFC 4254, section 8, so that the remote one starts with the same."""

from __future__ import annotations

import termios

_CHARACTERS = {
    1: "VINTR",
    2: "VQUIT",
    3: "VERASE",
    4: "VKILL",
    5: "VEOF",
    6: "VEOL",
    7: "VEOL2",
    8: "VSTART",
    9: "VSTOP",
    10: "VSUSP",
    12: "VREPRINT",
    13: "VWERASE",
    14: "VLNEXT",
    18: "VDISCARD",
}
_FLAGS = {
    0: {
        30: "IGNPAR",
        31: "PARMRK",
        32: "INPCK",
        33: "ISTRIP",
        34: "INLCR",
        35: "IGNCR",
        36: "ICRNL",
        37: "IUCLC",
        38: "IXON",
        39: "IXANY",
        40: "IXOFF",
        41: "IMAXBEL",
        42: "IUTF8",
    },
    1: {70: "OPOST", 71: "OLCUC", 72: "ONLCR", 73: "OCRNL", 74: "ONOCR", 75: "ONLRET"},
    2: {90: "CS7", 91: "CS8", 92: "PARENB", 93: "PARODD"},
    3: {
        50: "ISIG",
        51: "ICANON",
        52: "XCASE",
        53: "ECHO",
        54: "ECHOE",
        55: "ECHOK",
        56: "ECHONL",
        57: "NOFLSH",
        58: "TOSTOP",
        59: "IEXTEN",
        60: "ECHOCTL",
        61: "ECHOKE",
        62: "PENDIN",
    },
}
"""Opcode and name of each flag, by the index of its word in what tcgetattr returns."""

_INPUT_SPEED = 128
_OUTPUT_SPEED = 129
_DISABLED = 255
"""The opcode's value for a character that is switched off (_POSIX_VDISABLE is 0 on Linux)."""

_IUTF8_ON_LINUX = 0x4000
"""Python's termios module does not name it (until 3.14), and it decides how a remote line editor rubs out."""


def local_terminal_modes(descriptor: int) -> dict[int, int]:
    """Read the modes of a terminal as ssh sends them (ssh_tty_make_modes in ttymodes.c); empty where there is none."""
    try:
        attributes = termios.tcgetattr(descriptor)
    except termios.error:
        return {}
    modes = {_INPUT_SPEED: _speed(attributes[4]), _OUTPUT_SPEED: _speed(attributes[5])}
    characters = attributes[6]
    for opcode, name in _CHARACTERS.items():
        index = getattr(termios, name, None)
        if index is not None:
            value = characters[index]
            number = value[0] if isinstance(value, bytes) else value
            modes[opcode] = number or _DISABLED
    for word, flags in _FLAGS.items():
        for opcode, name in flags.items():
            mask = getattr(termios, name, _IUTF8_ON_LINUX if name == "IUTF8" else None)
            if mask is not None:
                # CS7 and CS8 share bits, so the whole mask has to be there.
                modes[opcode] = int(attributes[word] & mask == mask)
    return modes


def _speed(constant: int) -> int:
    """The speed in bits a second that a termios constant stands for."""
    names = (name for name in dir(termios) if name[0] == "B" and name[1:].isdigit())
    return next((int(name[1:]) for name in names if getattr(termios, name) == constant), 38400)
