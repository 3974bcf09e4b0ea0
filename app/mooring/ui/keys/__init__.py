"""Which key does what in which part of the screen."""

from __future__ import annotations

from mooring.ui.keys.areas import Area
from mooring.ui.keys.keymap import Hint, Keymap
from mooring.ui.keys.rebinding import keymap_of

__all__ = ["Area", "Hint", "Keymap", "keymap_of"]
