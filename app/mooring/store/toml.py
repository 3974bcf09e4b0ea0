"""TOML files with errors that name the line, which tomllib's values no longer know."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin

KeyPath = tuple[str | int, ...]
"""The way to a value: table names and keys, with the index (from 0) after the name of an array of tables."""

_KEY_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY_PART}(?:\s*\.\s*{_KEY_PART})*"
_HEADER = re.compile(rf"\s*(?P<open>\[\[?)\s*(?P<name>{_DOTTED})\s*\]")
_ASSIGNMENT = re.compile(rf"\s*(?P<name>{_DOTTED})\s*=")
_PART = re.compile(_KEY_PART)
_VALUE_TOKEN = re.compile(r"""\"{3}|'{3}|"(?:\\.|[^"\\])*+(?:"|$)|'[^']*+(?:'|$)|[\[\]{}#]""")
_CLOSING = {'"""': re.compile(r'(?:\\.|[^\\])*?"""'), "'''": re.compile(r".*?'''")}
_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")

_IN_OTHER_WORDS = {"Cannot overwrite a value": "this key stands further up already"}
"""What tomllib says, where a person would not know what to do about it."""


def parse_toml(text: str, path: str) -> dict[str, object]:
    """Parse a whole file. Raises ConfigError with the line where the syntax broke."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        position = _POSITION.search(message)
        line = int(position[1]) if position and position[1] else text.count("\n") + 1
        reason = _POSITION.sub("", message)
        reason = _IN_OTHER_WORDS.get(reason, reason)
        raise ConfigError(f"not valid TOML: {reason[:1].lower()}{reason[1:]}", Origin(path, line)) from error
    except RecursionError as error:
        raise ConfigError("not valid TOML: nested too deeply", Origin(path)) from error
    except ValueError as error:
        # int() refuses thousands of digits with an error that is not tomllib's own.
        raise ConfigError("not valid TOML: a number is too long", Origin(path)) from error


def key_lines(text: str) -> Mapping[KeyPath, int]:
    """Say on which line (from 1) each table begins and each key stands.

    This reads only as much TOML as pointing at a line needs: values over several lines are stepped over, keys inside
    inline tables are not found. Values never come from here.
    """
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    value = _OpenValue()
    for number, line in enumerate(text.split("\n"), start=1):
        if value.is_open:
            value.follow(line)
        elif header := _HEADER.match(line):
            table = _resolve(_parts(header["name"]), counts, appends=header["open"] == "[[")
            lines.setdefault(table, number)
        elif assignment := _ASSIGNMENT.match(line):
            lines.setdefault((*table, *_parts(assignment["name"])), number)
            value.follow(line, assignment.end())
    return lines


def _parts(name: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in _PART.findall(name))


def _resolve(name: KeyPath, counts: dict[KeyPath, int], *, appends: bool) -> KeyPath:
    """Turn a header's name into a path with the indexes of the arrays it runs through."""
    path: KeyPath = ()
    for depth, part in enumerate(name):
        path = (*path, part)
        if depth == len(name) - 1 and appends:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
    return path


class _OpenValue:
    """Follows a value until it ends: through strings in triple quotes, arrays and inline tables."""

    def __init__(self) -> None:
        self._quotes = ""
        self._depth = 0

    @property
    def is_open(self) -> bool:
        """Whether the value goes on in the next line."""
        return bool(self._quotes) or self._depth > 0

    def follow(self, line: str, position: int = 0) -> None:
        """Take the part of the value in this line, from `position` on."""
        while position < len(line):
            if self._quotes:
                end = _CLOSING[self._quotes].match(line, position)
                if end is None:
                    return
                self._quotes, position = "", end.end()
                continue
            token = _VALUE_TOKEN.search(line, position)
            if token is None or token[0] == "#":
                return
            position = token.end()
            if token[0] in _CLOSING:
                self._quotes = token[0]
            elif token[0] in "[{":
                self._depth += 1
            elif token[0] in "]}":
                self._depth = max(0, self._depth - 1)
