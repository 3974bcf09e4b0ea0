"""What a person can have Mooring do: each action by a name, whichever key, menu or click asks for it."""

from __future__ import annotations

from mooring.ui.actions.actions import Actions

__all__ = ["Actions"]
