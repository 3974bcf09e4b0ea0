"""Errors in words: what went wrong, where it was written, in lines of plain text."""

from __future__ import annotations

from pathlib import Path

from mooring.model.errors import ConfigError, MooringError
from mooring_widgets.plain_text import plain_text

MOST_TOLD = 2000
"""Characters of an error that are told: sources of machines put into them what programs and plugins say."""


def problem_lines(problem: MooringError) -> tuple[str, ...]:
    """The lines of an error's message; the first begins with the place to mend, unless the message names it."""
    message = problem.message if len(problem.message) <= MOST_TOLD else f"{problem.message[:MOST_TOLD]} …"
    if isinstance(problem, ConfigError) and problem.origin.path not in message:
        message = f"{problem.origin}: {message}"
    return tuple(plain_text(shorten_home(line)) for line in message.splitlines() if line.strip())


def shorten_home(text: str) -> str:
    """Write the home folder as `~` wherever a path in it is named, as people do."""
    home = str(Path.home())
    return "~" if text == home else text.replace(f"{home}/", "~/")
