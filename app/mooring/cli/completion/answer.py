"""What may stand at the cursor, given the words before it. Pure, and free of imports that take time."""

from __future__ import annotations

FILES = ":files"
"""In place of words: the shell itself is to complete the names of files."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    Table = Mapping[str, Any]
    Kind = str | list[str] | None
    Words = list[tuple[str, str]]
    NamesOf = Callable[[str], Iterable[tuple[str, str]]]


def answer(before: list[str], current: str, table: Table, names_of: NamesOf) -> Words:
    """Say what `current`, the word at the cursor, may become: words and what they are about; [] for nothing.

    `before` are the words from the program's name on. `table` is what `gather.command_table` makes; `names_of` gives
    the words of a kind ("machine", "saved", ...).
    """
    return _Answer(before, current, table, names_of).words()


class _Answer:
    """One answer in the making."""

    def __init__(self, before: list[str], current: str, table: Table, names_of: NamesOf) -> None:
        self._before = before
        self._current = current
        self._table = table
        self._names_of = names_of

    def words(self) -> Words:
        """Find the place that the cursor is at."""
        options, position = self._table["options"], 1
        takes = None
        while position < len(self._before):
            word = self._before[position]
            position += 1
            takes = None
            if word.startswith("-"):
                takes = self._takes(options, word)
                if takes is not None:
                    position += 1
                continue
            return self._in_command(word, self._before[position:])
        if takes is not None and position > len(self._before):
            return self._of(takes)
        if self._current.startswith("-"):
            return self._options(options)
        return self._fitting([(name, each["about"]) for name, each in self._table["commands"].items()])

    def _in_command(self, name: str, words: list[str]) -> Words:
        command = self._table["commands"].get(name)
        if command is None:
            return []
        options, given = command["options"], 0
        position = 0
        while position < len(words):
            word = words[position]
            position += 1
            if word == "--":
                # What follows is another program's.
                return []
            if word.startswith("-") and len(word) > 1:
                takes = self._takes(options, word)
                if takes is not None:
                    if position == len(words):
                        return self._of(takes)
                    position += 1
            else:
                given += 1
        if self._current.startswith("-") and not (given and command["rest"] == "remote"):
            return self._options(options)
        if given and command["rest"] != "more":
            return []
        return self._of(command["words"])

    def _takes(self, options: Mapping[str, Any], word: str) -> Kind:
        """The kind of value that is the next word; None where there is none, or where it is in the same word."""
        option = options.get(word)
        if option is None and len(word) > 2 and word[1] != "-":
            # Letters in one word: the last may want the next word (`-vp`).
            *flags, last = [options.get(f"-{letter}", {"takes": ""}) for letter in word[1:]]
            option = last if all(each["takes"] is None for each in flags) else None
        takes: Kind = None if option is None else option["takes"]
        return takes

    def _of(self, kind: Kind) -> Words:
        if kind == "files":
            return [(FILES, "")]
        if kind == "place":
            places = [(f"{name}:", about) for name, about in self._names_of("machine")]
            return ([] if "/" in self._current else self._fitting(places)) or [(FILES, "")]
        if kind == "machine" and "@" in self._current:
            user = self._current[: self._current.rfind("@") + 1]
            return self._fitting([(user + name, about) for name, about in self._names_of(kind)])
        if isinstance(kind, list):
            return self._fitting([(word, "") for word in kind])
        return self._fitting(list(self._names_of(kind))) if kind else []

    def _options(self, options: Mapping[str, Any]) -> Words:
        name, equals, value = self._current.partition("=")
        if equals and name.startswith("--") and name in options:
            self._current = value
            found = self._of(options[name]["takes"])
            return [(word if word == FILES else f"{name}={word}", about) for word, about in found]
        return self._fitting([(name, each["about"]) for name, each in options.items()])

    def _fitting(self, words: Words) -> Words:
        """Those that begin as the current word does; without regard to case where none does as it is written."""
        exact = [pair for pair in words if pair[0].startswith(self._current)]
        folded = self._current.casefold()
        return exact or [pair for pair in words if pair[0].casefold().startswith(folded)]
