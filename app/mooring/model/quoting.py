"""Values as ssh_config(5)'s lexer reads them."""

from __future__ import annotations

import re

_NEEDS_QUOTES = re.compile(r"[\s\"'\\#]|^$")


def quote(value: str) -> str:
    """Write one value so that ssh_config(5)'s lexer reads it back as it is."""
    if not _NEEDS_QUOTES.search(value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def quote_user(name: str) -> str:
    """A user who is no setting but named outright: `%` stands for itself in it."""
    return quote(name.replace("%", "%%"))
