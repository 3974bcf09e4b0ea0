"""Where machines come from: one source a file, and the merge into one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.facade import parts_of

if TYPE_CHECKING:
    from mooring.inventory.further import further_sources
    from mooring.inventory.inventory import Inventory, SourceStatus
    from mooring.inventory.loading import load, load_from
    from mooring.inventory.natural_order import natural_key
    from mooring.inventory.nearest_name import did_you_mean, nearest, one_of
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

_HOMES = {
    "Inventory": "inventory",
    "InventoryReader": "reader",
    "InventorySources": "sources",
    "PatientSource": "source",
    "Source": "source",
    "SourceResult": "source",
    "SourceStatus": "inventory",
    "further_sources": "further",
    "load": "loading",
    "load_from": "loading",
    "natural_key": "natural_order",
    "nearest": "nearest_name",
    "did_you_mean": "nearest_name",
    "one_of": "nearest_name",
    "select": "selection",
    "usual_machine_store": "sources",
}
"""The module of each of them."""

if not TYPE_CHECKING:
    __getattr__ = parts_of(__name__, _HOMES)
