"""Where things are on the main screen, and which part of it has the keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from mooring.ui.browser.machines_panel import MachinesPanel
from mooring.ui.screens.too_small import TooSmall, is_too_small
from mooring.ui.tabs import FIRST_TAB, Deck

NARROW = 100
"""Columns below which the side panel folds by itself and opens over the middle."""


class Layout:
    """Folds and unfolds the panel beside the deck, and moves the focus between both.

    Classes of the screen say how things are laid out: `-browsing` or `-session` (which tab is active), `-narrow`,
    `-folded` (the panel is folded away beside a session), `-over` (it is open over a session), `-details` (narrow,
    details instead of the list), `-commands` (the saved commands are shown, while browsing in place of the details),
    `-too-small`. Only the panels follow them (`-too-small` apart): with fifty sessions, looking up the styles of each
    widget below the screen takes longer than a key may.
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
        narrow = size.width < NARROW
        # A list that has the keys stays in view, over the session.
        over = narrow and not self.is_browsing and self._panel.has_focus_within
        self._mark({"-narrow": narrow, "-over": over})
        if narrow and self.shows_commands and not self._commands_have_keys:
            self._mark({"-commands": False})
        too_small = is_too_small(size)
        screen.query_one(TooSmall).show(size)
        recovers = screen.has_class("-too-small") and not too_small
        screen.set_class(too_small, "-too-small")
        if recovers:
            self._give_keys()

    def follow_deck(self) -> None:
        """Show what the active tab wants; when another is active than before, the keys go to it."""
        browsing = self.is_browsing
        if browsing is not self._screen.has_class("-browsing"):
            self._mark({"-browsing": browsing, "-session": not browsing, "-over": False, "-details": False})
        if self._shown != self._deck.current:
            self._shown = self._deck.current
            self._give_keys()

    # Where the keys go.

    def focus_active(self) -> None:
        """Give the keys to what the active tab is about."""
        if self.is_browsing:
            self._panel.focus_list()
        else:
            self._deck.take_focus()

    def _give_keys(self) -> None:
        """At once, for the next key may come before the next refresh; again for what is laid out by then only."""
        self.focus_active()
        self._screen.call_after_refresh(self._focus_if_nowhere)

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
        narrow = self._screen.has_class("-narrow")
        self._mark({"-over": False, "-commands": self.shows_commands and not narrow})
        self.focus_active()
        self._screen.call_after_refresh(self.focus_active)

    def toggle_panel(self) -> None:
        """Go to the machines; from there, fold them away and go back."""
        if self.is_browsing or not self._panel.has_focus_within:
            self.focus_machines()
            return
        self._mark({"-folded": True})
        self.leave_panel()

    # The saved commands at the right.

    @property
    def shows_commands(self) -> bool:
        """Whether the saved commands are on the screen."""
        return self._screen.has_class("-commands")

    def show_commands(self) -> None:
        """Unfold the saved commands, over the middle where there is no room beside it."""
        self._mark({"-commands": True, "-over": False, "-details": False})

    def hide_commands(self) -> None:
        """Fold the commands away; the keys are somebody else's already."""
        self._mark({"-commands": False})

    def toggle_commands(self) -> bool:
        """Unfold the commands; when the keys are there, fold them away and go back. Says whether they are shown."""
        if self.shows_commands and self._commands_have_keys:
            self._mark({"-commands": False})
            self.leave_panel()
            return False
        self.show_commands()
        return True

    # Inner parts.

    def _mark(self, marks: Mapping[str, bool]) -> None:
        """Give the screen classes, or take them away, and have the panel and the deck follow."""
        screen = self._screen
        if all(holds is screen.has_class(name) for name, holds in marks.items()):
            return
        for name, holds in marks.items():
            screen.set_class(holds, name, update=False)
        self._panel.update_node_styles()
        for commands in self._commands:
            commands.update_node_styles()
        one_at_a_time = screen.has_class("-narrow") and not screen.has_class("-details")
        self._deck.display = not self.is_browsing or not (one_at_a_time or self.shows_commands)

    @property
    def _panel(self) -> MachinesPanel:
        return self._screen.query_one(MachinesPanel)

    @property
    def _commands(self) -> Iterable[Widget]:
        """The panel of saved commands, once it is there: the first picture can do without it."""
        return self._screen.query("#body > #commands")

    @property
    def _commands_have_keys(self) -> bool:
        return any(panel.has_focus_within for panel in self._commands)

    def _focus_if_nowhere(self) -> None:
        if self._screen.focused is None:
            self.focus_active()
