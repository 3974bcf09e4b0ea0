"""Sessions on the screen: their tabs, and what is shown before, between and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.facade import parts_of

if TYPE_CHECKING:
    from mooring.ui.sessions.bridge import Bridge
    from mooring.ui.sessions.making import make_sessions, terminal_choices
    from mooring.ui.sessions.questions.question import QuestionCard
    from mooring.ui.sessions.session_deck import SessionDeck
    from mooring.ui.sessions.session_pane import SessionPane
    from mooring.ui.sessions.session_tab import SessionTab

__all__ = ["Bridge", "QuestionCard", "SessionDeck", "SessionPane", "SessionTab", "make_sessions", "terminal_choices"]

_HOMES = {
    "Bridge": "bridge",
    "QuestionCard": "questions.question",
    "SessionDeck": "session_deck",
    "SessionPane": "session_pane",
    "SessionTab": "session_tab",
    "make_sessions": "making",
    "terminal_choices": "making",
}
"""The module of each of them."""

if not TYPE_CHECKING:
    __getattr__ = parts_of(__name__, _HOMES)
