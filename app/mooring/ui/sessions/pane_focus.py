"""Where the keys go in a session's pane, when what is shown in it changes."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget

from mooring.ui.sessions.questions.question import QuestionCard


class PaneFocus:
    """Focus follows what is shown, but is never taken from another part of the screen.

    `take` gives the keys to the part that wants them; `resting` is the part that never goes.
    """

    def __init__(self, pane: Widget, resting: Widget, take: Callable[[], None]) -> None:
        self._pane = pane
        self._resting = resting
        self._take = take
        self.is_active = False
        """Whether the pane is one that is looked at."""
        self.has_keys = False
        """Whether it is the one of its tab that keys are for."""

    def settle(self) -> None:
        """Give the keys to what is shown now, if they are for this pane; a card that has them keeps them."""
        if not (self.is_active and self.has_keys and self._pane.is_attached):
            return
        focused = self._pane.screen.focused
        if focused is None or self._pane in focused.ancestors:
            in_card = focused is not None and any(isinstance(node, QuestionCard) for node in focused.ancestors)
            if not in_card:
                self._take()

    def keep_inside(self) -> None:
        """Before a part that has the focus goes: Textual would give it to the next best one, the list for instance."""
        focused = self._pane.screen.focused
        if focused is not None and self._pane in focused.ancestors:
            self._pane.screen.set_focus(self._resting)
