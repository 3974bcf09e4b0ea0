"""The Textual application: it wires the parts together and decides nothing else."""

from __future__ import annotations

from mooring.ui.app import MooringApp
from mooring.ui.options import UiOptions
from mooring.ui.services import Services
from mooring.ui.start import run

__all__ = ["MooringApp", "Services", "UiOptions", "run"]
