"""The actions of looking back over a session's text: the search bar's, and copy mode's."""

from __future__ import annotations

from mooring.ui.actions.action import Action
from mooring_widgets.terminal.copy_mode import Command

_SEARCHING = (
    Action("search", "Search what the session has shown"),
    Action("search-older", "Go to the match above", in_palette=False),
    Action("search-newer", "Go to the match below", in_palette=False),
    Action("search-keep", "Stay at this match", in_palette=False),
    Action("search-leave", "Go back to where you were", in_palette=False),
    Action("search-kind", "Search for a text, or by a regular expression", in_palette=False),
)

_COPYING = {
    Command.LEFT: "Go left",
    Command.DOWN: "Go down",
    Command.UP: "Go up",
    Command.RIGHT: "Go right",
    Command.NEXT_WORD: "Go to the next word",
    Command.PREVIOUS_WORD: "Go to the word before",
    Command.WORD_END: "Go to the end of the word",
    Command.LINE_START: "Go to the start of the line",
    Command.LINE_TEXT: "Go to the first letter of the line",
    Command.LINE_END: "Go to the end of the line",
    Command.OLDEST: "Go to the oldest line",
    Command.NEWEST: "Go to the newest line",
    Command.HALF_PAGE_UP: "Go up by half a page",
    Command.HALF_PAGE_DOWN: "Go down by half a page",
    Command.PAGE_UP: "Go up by a page",
    Command.PAGE_DOWN: "Go down by a page",
    Command.VIEW_TOP: "Go to the top of what is shown",
    Command.VIEW_MIDDLE: "Go to the middle of what is shown",
    Command.VIEW_BOTTOM: "Go to the bottom of what is shown",
    Command.BLOCK_UP: "Go to the blank line above",
    Command.BLOCK_DOWN: "Go to the blank line below",
    Command.FIND: "Go to the next such letter of the line",
    Command.FIND_BACK: "Go to the last such letter before",
    Command.TILL: "Go up to the next such letter of the line",
    Command.TILL_BACK: "Go back up to such a letter",
    Command.FIND_AGAIN: "Go to such a letter again",
    Command.FIND_REVERSED: "The same the other way",
    Command.PREVIOUS_LINK: "Go to the link above",
    Command.NEXT_LINK: "Go to the link below",
    Command.SELECT: "Select from here by letters",
    Command.SELECT_LINES: "Select from here by lines",
    Command.SELECT_BLOCK: "Select from here as a block",
    Command.OTHER_END: "Go to the selection's other end; open a link",
    Command.COPY: "Copy the selection, the link or the line, and leave",
    Command.SEARCH_DOWN: "Search downwards",
    Command.SEARCH_UP: "Search upwards",
    Command.SEARCH_AGAIN: "Go to the next match",
    Command.SEARCH_REVERSED: "Go to the match before",
    Command.LEAVE: "Leave copy mode",
}

LOOKING_BACK: tuple[Action, ...] = (
    *_SEARCHING,
    Action("copy-mode", "Walk over the text by keys, select and copy"),
    *(Action(f"copy-{command}", title, in_palette=False) for command, title in _COPYING.items()),
)
