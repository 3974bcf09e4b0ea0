"""The middle of the screen: tabs of every kind, one of them shown."""

from __future__ import annotations

from mooring.ui.tabs.deck import FIRST_TAB, Deck
from mooring.ui.tabs.tab_pane import TabPane

__all__ = ["FIRST_TAB", "Deck", "TabPane"]
