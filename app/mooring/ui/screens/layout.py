"""Where things are on the main screen, and which part of it has the keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.geometry import Size
from textual.screen import Screen

from mooring.ui.browser.machines_panel import MachinesPanel
from mooring.ui.screens.too_small import TooSmall, is_too_small
from mooring.ui.tabs import FIRST_TAB, Deck

NARROW = 100
"""Columns below which the side panel folds by itself and opens over the middle."""


class Layout:
    """Folds and unfolds the panel beside the deck, and moves the focus between both.

    Classes of the screen say how things are laid out: `-browsing` or `-session` (which tab is active), `-narrow`,
    `-folded` (the panel is folded away beside a session), `-over` (it is open over a session), `-details` (narrow,
    details instead of the list), `-too-small`. Only the panel follows them (`-too-small` apart): with fifty
    sessions, looking up the styles of each widget below the screen takes longer than a key may.
    """

    def __init__(self, screen: Screen[Any], deck: Deck) -> None:
        self._screen = screen
        self._deck = deck
        self._shown: str | None = FIRST_TAB

    @property
    def is_browsing(self) -> bool:
        """Whether the first tab, that of the machines, is active."""
        return self._deck.current == FIRST_TAB

    # What the screen follows.

    def follow_size(self, size: Size) -> None:
        """Fold, unfold, or give up below the smallest size."""
        screen = self._screen
        self._mark({"-narrow": size.width < NARROW})
        too_small = is_too_small(size)
        screen.query_one(TooSmall).show(size)
        if screen.has_class("-too-small") and not too_small:
            screen.call_after_refresh(self.focus_active)
        screen.set_class(too_small, "-too-small")

    def follow_deck(self) -> None:
        """Show what the active tab wants; when another is active than before, the keys go to it."""
        browsing = self.is_browsing
        if browsing is not self._screen.has_class("-browsing"):
            self._mark({"-browsing": browsing, "-session": not browsing, "-over": False, "-details": False})
        if self._shown != self._deck.current:
            self._shown = self._deck.current
            # At once, for the next key may come before the next refresh; again for what is laid out by then only.
            self.focus_active()
            self._screen.call_after_refresh(self._focus_if_nowhere)

    # Where the keys go.

    def focus_active(self) -> None:
        """Give the keys to what the active tab is about."""
        if self.is_browsing:
            self._panel.focus_list()
        else:
            self._deck.take_focus()

    def focus_machines(self) -> None:
        """Give the keys to the list, wherever it is."""
        self._mark({"-details": False})
        self.show_panel()
        self._panel.focus_list()

    def focus_details(self) -> None:
        """Give the keys to the details; from the panel beside a session, to the session."""
        if not self.is_browsing:
            self.leave_panel()
            return
        self._mark({"-details": True})
        self._deck.take_focus()  # At once: the next key is meant for what is shown next.

    # The panel beside a session.

    def show_panel(self) -> None:
        """Unfold the panel, over the session where there is no room beside it."""
        if not self.is_browsing:
            self._mark({"-over": self._screen.has_class("-narrow"), "-folded": False})

    def leave_panel(self) -> None:
        """Give the keys back to the active tab; what lay over it goes."""
        self._mark({"-over": False})
        self.focus_active()
        self._screen.call_after_refresh(self.focus_active)

    def toggle_panel(self) -> None:
        """Go to the machines; from there, fold them away and go back."""
        if self.is_browsing or not self._panel.has_focus_within:
            self.focus_machines()
            return
        self._mark({"-folded": True})
        self.leave_panel()

    # Inner parts.

    def _mark(self, marks: Mapping[str, bool]) -> None:
        """Give the screen classes, or take them away, and have the panel and the deck follow."""
        screen = self._screen
        if all(holds is screen.has_class(name) for name, holds in marks.items()):
            return
        for name, holds in marks.items():
            screen.set_class(holds, name, update=False)
        self._panel.update_node_styles()
        self._deck.display = not screen.has_class("-narrow") or not self.is_browsing or screen.has_class("-details")

    @property
    def _panel(self) -> MachinesPanel:
        return self._screen.query_one(MachinesPanel)

    def _focus_if_nowhere(self) -> None:
        if self._screen.focused is None:
            self.focus_active()
