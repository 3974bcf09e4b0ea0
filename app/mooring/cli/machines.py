"""Machines as the command line needs them: by name, or the names that come near."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from mooring.cli.options import GlobalOptions
from mooring.inventory import Inventory, InventorySources, load

_SUGGESTIONS = 3


def load_machines(options: GlobalOptions, *, config_file: str | None = None) -> Inventory:
    """Read all sources; `config_file` (what ssh's own `-F` names) goes before that of the whole program."""
    return load(
        InventorySources(
            config_file=config_file or options.config_file,
            machine_store=options.machine_store,
            machines_file=options.machines_file,
        )
    )


def nearest(word: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the few names that `word` may be a slip of, nearest first; upper and lower case count as equal."""
    by_folded: dict[str, str] = {}
    for name in names:
        by_folded.setdefault(name.casefold(), name)
    return tuple(by_folded[match] for match in difflib.get_close_matches(word.casefold(), by_folded, n=_SUGGESTIONS))


def suggestion(word: str, names: Iterable[str]) -> str | None:
    """Return a line to print when `word` leads nowhere, None when no name comes near."""
    near = nearest(word, names)
    if not near:
        return None
    return f"No machine is called {word}. Did you mean {' or '.join(near)}?"
