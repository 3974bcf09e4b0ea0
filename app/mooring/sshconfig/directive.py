"""A line of configuration on its way to a value, and the complaints that OpenSSH has about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mooring.model.origin import COMMAND_LINE, Origin

Values = tuple[str, ...]
"""What a keyword is set to, in the words that `ssh -G` prints."""


class BadDirectiveError(Exception):
    """A line that ssh refuses: every message that it prints about it, in order.

    `fatal` is what ends ssh at once; the others are counted, and end it at the end of the file.
    """

    def __init__(self, *messages: str, fatal: bool = False) -> None:
        super().__init__(*messages)
        self.messages = messages
        self.fatal = fatal

    def after(self, *messages: str) -> BadDirectiveError:
        """The same, with what was said before it."""
        return BadDirectiveError(*messages, *self.messages, fatal=self.fatal)


class Arguments:
    """The words of a line, taken one by one; what is left in the end is "extra arguments"."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._position = 0

    def __len__(self) -> int:
        return len(self._words) - self._position

    def next(self) -> str | None:
        """Take the next word; None when there is none."""
        if self._position >= len(self._words):
            return None
        self._position += 1
        return self._words[self._position - 1]

    def drop(self) -> None:
        """Take all that is left, unread."""
        self._position = len(self._words)


@dataclass(frozen=True, slots=True)
class Directive:
    """One line: `keyword` as `ssh -G` spells it, `written` as the file has it in lower case, `text` behind it unsplit.

    `environment` is where `${NAME}` is looked up.
    """

    keyword: str
    written: str
    arguments: Arguments
    text: str
    origin: Origin
    environment: Mapping[str, str]

    @property
    def place(self) -> str:
        """The place as ssh names it in messages."""
        return place(self.origin)

    def bad(self, *complaints: str) -> BadDirectiveError:
        """The complaints, each with the place in front."""
        return BadDirectiveError(*(f"{self.place}: {complaint}" for complaint in complaints))

    def fatal(self, complaint: str) -> BadDirectiveError:
        """A complaint that ends ssh at once."""
        return BadDirectiveError(f"{self.place}: {complaint}", fatal=True)

    def argument(self, missing: str = "Missing argument.") -> str:
        """Take one word that may not be empty."""
        word = self.arguments.next()
        if not word:
            raise self.bad(missing)
        return word


Parser = Callable[[Directive], Values | None]
"""Reads the arguments of a line; None means "as if the line were not there". Raises `BadDirectiveError`."""


def place(origin: Origin) -> str:
    """`FILE line N`, as OpenSSH's readconf.c writes it; options of the command line are line 0."""
    if origin == COMMAND_LINE:
        return "command-line line 0"
    return f"{origin.path[:200]} line {origin.line or 0}"
