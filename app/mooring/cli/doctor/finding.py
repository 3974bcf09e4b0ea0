"""One thing that the doctor found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mooring.model.errors import ConfigError, MooringError
from mooring.model.origin import Origin


class Level(StrEnum):
    """How bad it is: a problem keeps something from working, a warning makes it worse, a note is worth knowing."""

    FINE = "fine"
    NOTE = "note"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and what to do about it; `origin` is the place to mend, where there is one."""

    level: Level
    what: str
    remedy: str = ""
    origin: Origin | None = None


def fine(what: str) -> Finding:
    """All is well with this."""
    return Finding(Level.FINE, what)


def note(what: str, remedy: str = "") -> Finding:
    """Nothing is wrong, and yet it may be news."""
    return Finding(Level.NOTE, what, remedy)


def warning(what: str, remedy: str) -> Finding:
    """Something is less than it could be."""
    return Finding(Level.WARNING, what, remedy)


def problem(what: str, remedy: str) -> Finding:
    """Something does not work like this."""
    return Finding(Level.PROBLEM, what, remedy)


def of_error(error: MooringError, *, level: Level = Level.PROBLEM) -> Finding:
    """What an error of ours says, with its place and its hint."""
    origin = error.origin if isinstance(error, ConfigError) else None
    remedy = error.hint or ("mend that line" if origin is not None and origin.line is not None else "")
    return Finding(level, error.message, remedy, origin)
