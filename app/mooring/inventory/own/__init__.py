"""The person's own machines: machines.toml, read and edited."""

from __future__ import annotations

from mooring.inventory.own.source import OwnMachinesSource

__all__ = ["OwnMachinesSource"]
