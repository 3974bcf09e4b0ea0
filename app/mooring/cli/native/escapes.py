"""The escape characters of an interactive session (ssh(1), ESCAPE CHARACTERS): what is typed, and what is meant.

Pure: bytes in, and out come the bytes to send and the commands between them, in order.
"""

from __future__ import annotations

from enum import Enum


class EscapeCommand(Enum):
    """What the person asked of the client, by the key behind the escape character."""

    DISCONNECT = b"."
    SUSPEND = b"\x1a"
    BACKGROUND = b"&"
    BREAK = b"B"
    COMMAND_LINE = b"C"
    REKEY = b"R"
    LESS_VERBOSE = b"V"
    MORE_VERBOSE = b"v"
    HELP = b"?"
    LIST_CONNECTIONS = b"#"


_COMMANDS = {command.value[0]: command for command in EscapeCommand}
_LINE_ENDS = frozenset(b"\r\n")


class EscapeFilter:
    """Watches what is typed. The escape character counts at the start of a line, also of the very first one."""

    def __init__(self, character: int) -> None:
        """`character` is the byte that escapes (126, `~`, unless EscapeChar says otherwise)."""
        self._character = character
        self._at_line_start = True
        self._pending = False

    def feed(self, data: bytes) -> list[bytes | EscapeCommand]:
        """Return what is to be sent and done, in order; an escape may be split over two calls."""
        result: list[bytes | EscapeCommand] = []
        send = bytearray()
        for byte in data:
            if self._pending:
                self._pending = False
                command = _COMMANDS.get(byte)
                if command is not None and byte != self._character:
                    if send:
                        result.append(bytes(send))
                        send.clear()
                    result.append(command)
                    continue
                if byte != self._character:
                    send.append(self._character)
            elif byte == self._character and self._at_line_start:
                self._pending = True
                continue
            self._at_line_start = byte in _LINE_ENDS
            send.append(byte)
        if send:
            result.append(bytes(send))
        return result


def parse_escape_character(text: str) -> int | None:
    """Read EscapeChar: one character, `^` and a letter, or `none` (then None is returned: there are no escapes)."""
    if text == "none":
        return None
    data = text.encode("utf-8", "surrogateescape")
    if len(data) == 2 and data[0] == ord("^"):
        return data[1] & 31
    return data[0] if data else None


def shown(character: int) -> str:
    """The escape character as a person reads it."""
    return f"^{chr(character ^ 64)}" if character < 32 else chr(character)


_HELP = (
    (".", "terminate connection (and any multiplexed sessions)"),
    ("B", "send a BREAK to the remote system"),
    ("C", "open a command line"),
    ("R", "request rekey"),
    ("V/v", "decrease/increase verbosity (LogLevel)"),
    ("^Z", "suspend ssh"),
    ("#", "list forwarded connections"),
    ("?", "this message"),
)
"""ssh's own words, less `&`: an event loop does not survive the fork that it takes."""


def help_text(sign: str, *, command_line: bool) -> str:
    """The list for `~?`; `command_line` says whether EnableEscapeCommandline allows `~C`."""
    lines = [f"{sign}?", "Supported escape sequences:"]
    lines += [f" {sign}{key:<3} - {text}" for key, text in _HELP if key != "C" or command_line]
    lines.append(f" {sign}{sign}   - send the escape character by typing it twice")
    lines.append("(Note that escapes are only recognized immediately after newline.)")
    return "\n".join(lines)
