"""Where machines come from: one source a file, and the merge into one list."""

from __future__ import annotations

from mooring.inventory.further import further_sources
from mooring.inventory.inventory import Inventory, SourceStatus
from mooring.inventory.loading import load, load_from
from mooring.inventory.natural_order import natural_key
from mooring.inventory.nearest import did_you_mean, nearest, one_of
from mooring.inventory.reader import InventoryReader
from mooring.inventory.selection import select
from mooring.inventory.source import PatientSource, Source, SourceResult
from mooring.inventory.sources import InventorySources, usual_machine_store

__all__ = [
    "Inventory",
    "InventoryReader",
    "InventorySources",
    "PatientSource",
    "Source",
    "SourceResult",
    "SourceStatus",
    "did_you_mean",
    "further_sources",
    "load",
    "load_from",
    "natural_key",
    "nearest",
    "one_of",
    "select",
    "usual_machine_store",
]
