"""Stepping aside for the system's `ssh`, and coming back."""

from __future__ import annotations

import os
import select
import sys
import termios
import tty
from collections.abc import Sequence
from typing import Any

from textual.app import App, SuspendNotSupported

from mooring.model.errors import MooringError
from mooring.system_ssh import HandoverResult, run_in_foreground

SSH_FAILED = 255
READING_SECONDS = 4.0
"""How long ssh's own words stay when it failed, unless a key is pressed: they would be gone at once otherwise."""


def hand_over(app: App[Any], words: Sequence[str]) -> HandoverResult:
    """Give the terminal to a program until it ends. Raises MooringError when it can't be started.

    The whole event loop stands still meanwhile, on purpose: whatever repaints would paint over the program. Sessions
    live in the engine process. Nothing may be raised inside `suspend`, for Textual 8.2.8 would skip the resume.
    """
    outcome: HandoverResult | MooringError
    try:
        with app.suspend():
            try:
                outcome = run_in_foreground(words)
                if outcome.exit_code == SSH_FAILED:
                    _let_read()
            except MooringError as error:
                outcome = error
    except SuspendNotSupported:
        raise MooringError("there is no terminal here that could be handed over") from None
    if isinstance(outcome, MooringError):
        raise outcome
    return outcome


def ending_words(name: str, result: HandoverResult) -> str:
    """How the program ended, for the status line."""
    if result.signal is not None:
        return f"ssh to {name} was ended by signal {result.signal}"
    return f"ssh to {name} ended with status {result.status}"


def _let_read() -> None:
    """Leave the words of a failed ssh on the screen until a key is pressed or some seconds are over."""
    terminal = sys.__stdin__
    if terminal is None or not terminal.isatty():
        return
    descriptor = terminal.fileno()
    try:
        modes = termios.tcgetattr(descriptor)
        os.write(descriptor, b"(any key goes back to Mooring)\r\n")
        tty.setcbreak(descriptor)
        if select.select([descriptor], [], [], READING_SECONDS)[0]:
            os.read(descriptor, 1024)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, modes)
    except (OSError, termios.error):
        # The terminal hung up: nobody reads, and the driver finds out by itself on resuming.
        return
