"""Whether a tab has room for one more session."""

from __future__ import annotations

from textual.geometry import Size

from mooring.ui.notice import Notice
from mooring.ui.sessions.session_tab import MOST_PANES, SessionTab
from mooring.ui.sessions.split.nodes import Axis


def no_room(tab: SessionTab, axis: Axis, size: Size) -> Notice | None:
    """Why the active session's room can't be halved in a tab of this size; None where it can."""
    if len(tab.panes) >= MOST_PANES:
        return Notice(f"a tab holds {MOST_PANES} sessions at most", is_warning=True)
    if not tab.has_room(axis, size):
        return Notice("there is no room for another session here", is_warning=True)
    return None
