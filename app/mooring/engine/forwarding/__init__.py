"""Forwards of machines with open sessions: those of the configuration, and those that a person adds and removes."""

from __future__ import annotations

from mooring.engine.forwarding.machine_forwards import MachineForwards
from mooring.engine.forwarding.table import ForwardTable

__all__ = ["ForwardTable", "MachineForwards"]
