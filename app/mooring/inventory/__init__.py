"""Where machines come from: one source a file, and the merge into one list."""

from __future__ import annotations

from mooring.inventory.inventory import Inventory, InventorySources, load, load_from, usual_machine_store
from mooring.inventory.natural_order import natural_key
from mooring.inventory.nearest import nearest
from mooring.inventory.selection import select
from mooring.inventory.source import Source, SourceResult

__all__ = [
    "Inventory",
    "InventorySources",
    "Source",
    "SourceResult",
    "load",
    "load_from",
    "natural_key",
    "nearest",
    "select",
    "usual_machine_store",
]
