"""Machines as the command line needs them: by name, or the names that come near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mooring.cli.options import GlobalOptions
from mooring.inventory import Inventory, InventorySources, did_you_mean, further_sources, load
from mooring.store import Paths, load_settings


def load_machines(options: GlobalOptions, *, config_file: str | None = None) -> Inventory:
    """Read all sources; `config_file` (what ssh's own `-F` names) goes before that of the whole program.

    What is wrong with the settings is among the problems: sources may be missing for it.
    """
    config_file = config_file or options.config_file
    paths = options.paths or Paths.of_this_person()
    loaded = load_settings(paths.settings_file)
    inventory = load(
        InventorySources(
            config_file=config_file,
            machine_store=options.machine_store,
            machines_file=options.machines_file,
            annotations_file=paths.annotations_file,
            further=() if options.demo else further_sources(loaded.settings, paths, config_file),
        )
    )
    return replace(inventory, problems=(*loaded.problems, *inventory.problems))


def suggestion(word: str, names: Iterable[str]) -> str | None:
    """Return a line to print when `word` leads nowhere, None when no name comes near."""
    question = did_you_mean(word, names)
    return f"No machine is called {word}. {question}" if question else None
