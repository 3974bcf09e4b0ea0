"""`mooring play`: a recording on the screen."""

from __future__ import annotations

from mooring.ui.player.app import PlayOptions, run_player

__all__ = ["PlayOptions", "run_player"]
