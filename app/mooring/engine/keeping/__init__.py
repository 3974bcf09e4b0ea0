"""What the engine keeps of a session's terminal, so that the next UI can show it as it was."""

from __future__ import annotations

from mooring.engine.keeping.history import ScreenHistory
from mooring.engine.keeping.screen import Screen, ScreenSettings

__all__ = ["Screen", "ScreenHistory", "ScreenSettings"]
