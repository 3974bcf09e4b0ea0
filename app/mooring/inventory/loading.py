"""Every source read to its end, for whoever needs all machines before going on."""

from __future__ import annotations

from collections.abc import Sequence

from mooring.inventory.inventory import Inventory
from mooring.inventory.reader import InventoryReader
from mooring.inventory.source import Source
from mooring.inventory.sources import InventorySources


def load(sources: InventorySources) -> Inventory:
    """Read every source and merge what they give. Blocks while it reads; raises nothing for bad input."""
    return load_from(sources.in_order())


def load_from(sources: Sequence[Source]) -> Inventory:
    """Read `sources`, which are in order of precedence, and merge what they give."""
    reader = InventoryReader(sources)
    try:
        *_parts, whole = reader.read()
    except BaseException:
        # ^C, most likely: programs that sources wait for end with us.
        reader.close()
        raise
    return whole
