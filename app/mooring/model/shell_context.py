"""Where in a POSIX shell's quoting a piece of a command stands (POSIX.1-2017, Shell Command Language, 2.2).

This follows just enough of the grammar to know how a value has to be quoted, and says where it can't know.
"""

from __future__ import annotations

import re
from enum import Enum

_CASE = re.compile(r"case(?![A-Za-z0-9_-])")
_WORD_BEGINS_AFTER = frozenset(" \t\n;&|(")


class ShellContext(Enum):
    """The quotes that are open at a place."""

    BARE = ""
    SINGLE = "'"
    DOUBLE = '"'

    def quote(self, value: str) -> str:
        """Quote a value so that the shell reads it as one word, or as part of one: these very bytes."""
        quoted = "'" + value.replace("'", "'\"'\"'") + "'"
        return f"{self.value}{quoted}{self.value}"

    def variable(self, name: str) -> str:
        """The value of a shell variable, neither split into words nor expanded further."""
        return f'{self.value}"${{{name}}}"{self.value}'


class _Nest(Enum):
    """What is open besides: the end of each brings the shell back to what was before."""

    COMMAND = ")"
    ARITHMETIC = "))"
    PARAMETER = "}"
    PARENTHESES = "( )"


class ShellText:
    """Reads a command piece by piece, and knows the quoting at its end."""

    def __init__(self) -> None:
        self.context = ShellContext.BARE
        self._stack: list[tuple[_Nest, ShellContext]] = []
        self._lost = ""
        self._escaped = False
        self._dollar_quoted = False
        self._comment = False
        self._previous = "\n"

    @property
    def obstacle(self) -> str:
        """Where the text stands if nothing can be quoted there ("in a here-document"); empty where it can."""
        if self._lost:
            return self._lost
        if self._escaped:
            return "behind a backslash"
        if self._comment:
            return "in a comment"
        if self._dollar_quoted:
            return "in $'...'"
        if any(nest is _Nest.PARAMETER for nest, _context in self._stack):
            return "in ${...}"
        if any(nest is _Nest.ARITHMETIC for nest, _context in self._stack):
            return "in $((...))"
        if self.context is not ShellContext.SINGLE and self._previous == "$":
            return "behind a dollar sign"
        return ""

    def value_passed(self) -> None:
        """A value stands here: whatever follows is no longer at the beginning of a word."""
        self._previous = "x"
        self._escaped = False

    def read(self, text: str) -> None:
        """Go on over a piece of the command."""
        position = 0
        while position < len(text) and not self._lost:
            position = self._step(text, position)

    def _step(self, text: str, position: int) -> int:
        """Read one character, or a sequence that belongs together; return the position behind it."""
        sign = text[position]
        previous, self._previous = self._previous, sign
        if self._escaped:
            self._escaped, self._previous = False, "x"
            if self._dollar_quoted and sign == "'":
                # bash and POSIX.1-2024 read escapes there, older shells do not: here they part.
                self._lost = "behind $'...\\'"
        elif self._comment:
            self._comment = sign != "\n"
        elif self._dollar_quoted:
            self._escaped = sign == "\\"
            self._dollar_quoted = sign != "'"
        elif self.context is ShellContext.SINGLE:
            if sign == "'":
                self.context = ShellContext.BARE
        elif sign == "\\":
            self._escaped = True
        elif sign == "`":
            self._lost = "behind a backquote"
        elif sign == "$":
            return self._dollar(text, position)
        elif sign == '"' and any(nest is _Nest.PARAMETER for nest, _context in self._stack):
            self._lost = "behind quotes in ${...}"
        elif sign == '"':
            self.context = ShellContext.DOUBLE if self.context is ShellContext.BARE else ShellContext.BARE
        elif self._stack and self._stack[-1][0] is _Nest.PARAMETER and sign == "}":
            self._leave()
        elif self.context is ShellContext.BARE:
            return self._bare(text, position, previous)
        return position + 1

    def _bare(self, text: str, position: int, previous: str) -> int:
        sign = text[position]
        if sign == "'":
            self.context = ShellContext.SINGLE
        elif sign == "#" and previous in _WORD_BEGINS_AFTER:
            self._comment = True
        elif text.startswith("<<<", position):
            return position + 3
        elif text.startswith("<<", position):
            self._lost = "behind a here-document"
        elif text.startswith("((", position):
            self._enter(_Nest.ARITHMETIC)
            return position + 2
        elif sign == "(":
            self._enter(_Nest.PARENTHESES)
        elif sign == ")":
            return position + self._close(text, position)
        elif previous in _WORD_BEGINS_AFTER and self._stack and _CASE.match(text, position):
            # Its patterns end in ")" that no "(" has opened.
            self._lost = "behind `case` in parentheses"
        return position + 1

    def _dollar(self, text: str, position: int) -> int:
        if text.startswith("$((", position):
            self._enter(_Nest.ARITHMETIC)
            return position + 3
        if text.startswith("$(", position):
            self._enter(_Nest.COMMAND)
            self._previous = "("
            return position + 2
        if text.startswith("${", position):
            self._enter(_Nest.PARAMETER, keep=True)
            self._previous = "{"
            return position + 2
        if text.startswith("$'", position) and self.context is ShellContext.BARE:
            self._dollar_quoted = True
            return position + 2
        return position + 1

    def _close(self, text: str, position: int) -> int:
        """Leave what a closing parenthesis ends; return how many of them that takes."""
        in_arithmetic = bool(self._stack) and self._stack[-1][0] is _Nest.ARITHMETIC
        if in_arithmetic and not text.startswith("))", position):
            self._lost = "behind ((...) )"
        self._leave()
        return 2 if in_arithmetic else 1

    def _enter(self, nest: _Nest, *, keep: bool = False) -> None:
        self._stack.append((nest, self.context))
        if not keep:
            self.context = ShellContext.BARE

    def _leave(self) -> None:
        if self._stack:
            _nest, self.context = self._stack.pop()
