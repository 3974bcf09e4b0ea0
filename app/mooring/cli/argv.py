"""Cutting the command line in two before click sees it: what is Mooring's, and what is ssh's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SSH = "ssh"

_GLOBAL_WITH_ARGUMENT = ("-F", "--config")


@dataclass(frozen=True, slots=True)
class CutArguments:
    """`own` are the words for click, the subcommand among them; `ssh` those behind `ssh`, None without it.

    click would read ssh's options as its own, and drops a leading `--` that ssh has to see.
    """

    own: tuple[str, ...]
    ssh: tuple[str, ...] | None = None


def cut(arguments: Sequence[str]) -> CutArguments:
    """Find the subcommand; if it is `ssh`, all that follows it is ssh's, but for a lone `--help`."""
    index = 0
    while index < len(arguments):
        word = arguments[index]
        if word in _GLOBAL_WITH_ARGUMENT:
            index += 2
            continue
        if word.startswith("-") and word not in ("-", "--"):
            index += 1
            continue
        break
    if index >= len(arguments) or arguments[index] != SSH:
        return CutArguments(tuple(arguments))
    own, rest = tuple(arguments[: index + 1]), tuple(arguments[index + 1 :])
    return CutArguments((*own, "--help")) if rest == ("--help",) else CutArguments(own, rest)
