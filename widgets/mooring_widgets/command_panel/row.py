"""What the list shows of one saved command, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommandRow:
    """One command. Its texts may hold anything: they are made fit to be painted where they are.

    `section` is the heading that it stands below; rows of one section come together. `detail` is found by its letters
    too, and is not shown. `asks_first` says that nobody runs it unasked, `is_foreign` that a project brought it along.
    """

    key: str
    title: str
    section: str = ""
    detail: str = ""
    favourite: bool = False
    asks_first: bool = False
    is_foreign: bool = False
