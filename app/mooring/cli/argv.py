"""Cutting the command line in two before click sees it: what is Mooring's, and what is ssh's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SSH = "ssh"
EXPLAIN = "explain"

_GLOBAL_WITH_ARGUMENT = ("-F", "--config")


@dataclass(frozen=True, slots=True)
class CutArguments:
    """`own` are the words for click, the subcommand among them; `ssh` those behind it that are ssh's, None for none.

    click would read ssh's options as its own, and drops a leading `--` that ssh has to see.
    """

    own: tuple[str, ...]
    ssh: tuple[str, ...] | None = None


def cut(arguments: Sequence[str]) -> CutArguments:
    """Find the subcommand; behind `ssh` and `explain` all is ssh's, but a lone `--help`, and `--json` at either end.

    ssh itself has no long options, so these words can't be meant for it.
    """
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
    if index >= len(arguments) or arguments[index] not in (SSH, EXPLAIN):
        return CutArguments(tuple(arguments))
    own, rest = tuple(arguments[: index + 1]), tuple(arguments[index + 1 :])
    if rest == ("--help",):
        return CutArguments((*own, *rest))
    if own[-1] == EXPLAIN and rest[:1] == ("--json",):
        return CutArguments((*own, "--json"), rest[1:])
    if own[-1] == EXPLAIN and rest[-1:] == ("--json",):
        return CutArguments((*own, "--json"), rest[:-1])
    return CutArguments(own, rest)
