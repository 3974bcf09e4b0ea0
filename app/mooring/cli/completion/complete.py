"""What runs when a shell wants completions: the words that were gathered before, unless something changed since."""

from __future__ import annotations

import json
import os
import sys

from mooring.cli.completion.answer import FILES, answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

LINE_VARIABLE = "_MOORING_LINE"
"""The command line up to the cursor, from bash: its own words are cut at colons and equals signs."""

_BASH_BREAKS = ":="


def complete() -> None:
    """Print a line for each word that may stand at the cursor, a tab and what it is about behind it.

    The command line is in `sys.argv`, with the word at the cursor last. Nothing is said of what goes wrong: whatever is
    printed would land in the line that a person is typing.
    """
    words = sys.argv
    line = os.environ.get(LINE_VARIABLE)
    if line is not None:
        words = split_line(line)
    if len(words) < 2:
        return
    # A program that a source names shall not find itself asked for completions.
    for variable in ("_MOORING_COMPLETE", LINE_VARIABLE):
        os.environ.pop(variable, None)
    try:
        found = _answer(words[:-1], words[-1])
        # bash replaces what stands behind the last sign that it cuts words at.
        cut = max(words[-1].rfind(sign) + 1 for sign in _BASH_BREAKS) if line is not None else 0
        os.write(1, "".join(_lines(found, cut)).encode())
    except Exception:  # noqa: BLE001 (see above: silence is the only answer that does no harm here)
        return


def _lines(found: list[tuple[str, str]], cut: int) -> Iterator[str]:
    for word, about in found:
        text = word if word == FILES else word[cut:]
        # A name of two lines would be two words, and a control character would reach the terminal.
        if text.isprintable() and about.isprintable():
            yield f"{text}\t{about}\n" if about else f"{text}\n"


def split_line(line: str) -> list[str]:
    """Cut a line as a shell does, as far as the words before a cursor need it; an open quote ends with the line."""
    words, word, quote, begun = [], "", "", False
    letters = iter(line)
    for letter in letters:
        if letter == "\\" and quote != "'":
            word += next(letters, "")
        elif quote:
            quote, word = ("", word) if letter == quote else (quote, word + letter)
        elif letter in "'\"":
            quote, begun = letter, True
        elif letter.isspace():
            if word or begun:
                words.append(word)
            word, begun = "", False
        else:
            word += letter
    return [*words, word]


def _answer(before: list[str], current: str) -> list[tuple[str, str]]:
    config_file = _config_file(before)
    kept = None if config_file is not None else _read_kept()
    if kept is None:
        from mooring.cli.completion.gather import gather

        kept = gather(config_file)
    return answer(before, current, kept["table"], _Names(kept))


class _Names:
    """The words of each kind."""

    def __init__(self, kept: dict[str, Any]) -> None:
        self._kept = kept

    def __call__(self, kind: str) -> Iterable[tuple[str, str]]:
        if kind in ("saved", "workspace"):
            from mooring.cli.completion.names import saved_commands, workspaces

            return saved_commands() if kind == "saved" else [*workspaces(), *self("machine")]
        return [(word, about) for word, about in self._kept["names"].get(kind, [])]


def _read_kept() -> dict[str, Any] | None:
    """The words gathered last; None where there are none, or where they may be others now."""
    try:
        with open(kept_file(), encoding="utf-8") as file:  # noqa: PTH123 (pathlib takes longer to load than to read)
            kept: dict[str, Any] = json.load(file)
        if kept["program"] != program_stamp() or any(state(path) != seen for path, seen in kept["looks"].items()):
            return None
        kept["table"], kept["names"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return kept


def kept_file() -> str:
    """The file of words: `completion.json` in Mooring's state folder (`Paths.state`)."""
    if sys.platform != "darwin":
        # platformdirs answers the same, and takes as long as all the rest here.
        folder = os.environ.get("XDG_STATE_HOME", "")
        if folder.strip():
            return os.path.join(folder, "mooring", "completion.json")  # noqa: PTH118
        return os.path.expanduser("~/.local/state/mooring/completion.json")  # noqa: PTH111
    import platformdirs

    return os.path.join(platformdirs.user_state_dir("mooring", appauthor=False), "completion.json")  # noqa: PTH118


def program_stamp() -> list[object]:
    """What tells this version of the program, and this environment, from others."""
    commands = os.path.join(os.path.dirname(os.path.dirname(__file__)), "commands")  # noqa: PTH118, PTH120
    environment = [os.environ.get(name) for name in ("HOME", "XDG_CONFIG_HOME", "MACHINE_STORAGE_PATH")]
    return [1, commands, state(commands), *environment]


def state(path: str) -> list[int] | None:
    """How a file looks from outside, as `mooring.inventory.looks.file_state` has it, in JSON's terms."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return [status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns]


def _config_file(before: list[str]) -> str | None:
    """The file that `-F` names in front of the command."""
    for position, word in enumerate(before[1:-1], start=1):
        if word in ("-F", "--config"):
            return before[position + 1]
        if not word.startswith("-"):
            return None
    return None
