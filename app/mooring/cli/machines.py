"""Machines as the command line needs them: by name, or the names that come near."""

from __future__ import annotations

from collections.abc import Iterable

from mooring.cli.options import GlobalOptions
from mooring.inventory import Inventory, InventorySources, load, nearest


def load_machines(options: GlobalOptions, *, config_file: str | None = None) -> Inventory:
    """Read all sources; `config_file` (what ssh's own `-F` names) goes before that of the whole program."""
    return load(
        InventorySources(
            config_file=config_file or options.config_file,
            machine_store=options.machine_store,
            machines_file=options.machines_file,
        )
    )


def suggestion(word: str, names: Iterable[str]) -> str | None:
    """Return a line to print when `word` leads nowhere, None when no name comes near."""
    near = nearest(word, names)
    if not near:
        return None
    return f"No machine is called {word}. Did you mean {' or '.join(near)}?"
