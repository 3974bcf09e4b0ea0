"""Machines to try Mooring on: SSH servers on loopback that end with their parent."""

from __future__ import annotations

from mooring.demo.fleet import DemoError, DemoFleet, start_demo

__all__ = ["DemoError", "DemoFleet", "start_demo"]
