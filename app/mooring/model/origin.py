"""Where a value was written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The place a value comes from, so that a person can go there and change it.

    `path` is a file's path, or the name of what is no file ("command line", "environment").
    `line` counts from 1, and is None where lines mean nothing (JSON, the command line).
    """

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


COMMAND_LINE = Origin("command line")
