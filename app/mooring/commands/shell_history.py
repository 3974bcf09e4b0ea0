"""Where saved commands come from: a shell's history, and lines on the screen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

_ZSH_EXTENDED = re.compile(r": ?\d+:\d+;")
_BASH_TIME = re.compile(r"#\d{9,}$")
_FISH = "- cmd: "
_FISH_ESCAPES = re.compile(r"\\(n|\\)")

_LARGEST = 8 * 1024 * 1024
"""Bytes at the end of a history file that are read."""

_SIGN = r"[$#%>❯➜›»λ]"
_PROMPTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:\([^()]*\) )?\[[^\[\]]*\] ?{_SIGN}+ +",  # [root@db ~]#
        rf"(?:\([^()]*\) )?\S*@\S+ \S+ ?{_SIGN} +",  # ann@mac ~ %
        rf"(?:\([^()]*\) )?\S*{_SIGN} +",  # ops@web-1:~$
        rf"[~/]\S* {_SIGN} +",  # / #
        rf"{_SIGN} +\S+ +(?:git:\(\S*\) +(?:✗ +)?)?",  # ➜  project git:(main)
    )
)


def command_of_history(line: str) -> str:
    """The command in one line of a history: bash's, zsh's (extended too) or fish's; "" where there is none in it."""
    text = line.rstrip("\n")
    if _BASH_TIME.match(text) or text.startswith("  when: "):
        return ""
    if text.startswith(_FISH):
        return _FISH_ESCAPES.sub(lambda match: "\n" if match[1] == "n" else "\\", text[len(_FISH) :]).strip()
    if extended := _ZSH_EXTENDED.match(text):
        text = text[extended.end() :]
    return text.strip()


def command_on_screen(line: str) -> str:
    """The command that was typed in a line of the screen: the line without what looks like a prompt."""
    text = line.strip()
    for prompt in _PROMPTS:
        if (match := prompt.match(text)) and match.end() < len(text):
            return text[match.end() :]
    return text


def recent_commands(*, home: Path | None = None, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The commands in the histories of bash, zsh and fish, each once, the newest first. Blocks while it reads.

    What can't be read is left out: there may be no such shell.
    """
    home = home or Path.home()
    data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    files = [home / ".bash_history", home / ".zsh_history", data / "fish" / "fish_history"]
    if named := environment.get("HISTFILE"):
        files.append(Path(named))
    found: dict[str, None] = {}
    for path in dict.fromkeys(files):
        data_of_file = _tail(path)
        for command in _commands(_unmetafied(data_of_file) if "zsh" in path.name else data_of_file):
            found.pop(command, None)
            found[command] = None
    return tuple(reversed(found))


def _commands(data: bytes) -> Iterator[str]:
    """The commands of a file; in zsh's one may go on in the next line, behind a backslash."""
    for line in _joined(data.decode("utf-8", "replace").splitlines()):
        if command := command_of_history(line):
            yield command


def _joined(lines: Iterable[str]) -> Iterator[str]:
    held = ""
    for line in lines:
        if (held or _ZSH_EXTENDED.match(line)) and line.endswith("\\"):
            held += line[:-1] + "\n"
        else:
            yield held + line
            held = ""
    if held:
        yield held


def _unmetafied(data: bytes) -> bytes:
    """zsh writes some bytes as 0x83 and the byte xor 32 (`metafy` in its utils.c)."""
    return re.sub(rb"\x83(.)", lambda match: bytes([match[1][0] ^ 32]), data, flags=re.DOTALL)


def _tail(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _LARGEST, 0))
            return file.read(_LARGEST)
    except OSError:
        return b""
