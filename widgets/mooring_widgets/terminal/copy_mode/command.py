"""What can be asked for in copy mode, and the keys that ask for it."""

from __future__ import annotations

from enum import StrEnum


class Command(StrEnum):
    """A motion, or something to do at the cursor."""

    LEFT = "left"
    DOWN = "down"
    UP = "up"
    RIGHT = "right"
    NEXT_WORD = "next-word"
    PREVIOUS_WORD = "previous-word"
    WORD_END = "word-end"
    LINE_START = "line-start"
    LINE_TEXT = "line-text"
    LINE_END = "line-end"
    OLDEST = "oldest"
    NEWEST = "newest"
    HALF_PAGE_UP = "half-page-up"
    HALF_PAGE_DOWN = "half-page-down"
    PAGE_UP = "page-up"
    PAGE_DOWN = "page-down"
    VIEW_TOP = "view-top"
    VIEW_MIDDLE = "view-middle"
    VIEW_BOTTOM = "view-bottom"
    BLOCK_UP = "block-up"
    BLOCK_DOWN = "block-down"
    FIND = "find"
    FIND_BACK = "find-back"
    TILL = "till"
    TILL_BACK = "till-back"
    FIND_AGAIN = "find-again"
    FIND_REVERSED = "find-reversed"
    PREVIOUS_LINK = "previous-link"
    NEXT_LINK = "next-link"
    SELECT = "select"
    SELECT_LINES = "select-lines"
    SELECT_BLOCK = "select-block"
    OTHER_END = "other-end"
    COPY = "copy"
    SEARCH_DOWN = "search-down"
    SEARCH_UP = "search-up"
    SEARCH_AGAIN = "search-again"
    SEARCH_REVERSED = "search-reversed"
    LEAVE = "leave"


COPY_MODE_KEYS: tuple[tuple[str, Command], ...] = (
    ("h,left,backspace", Command.LEFT),
    ("j,down", Command.DOWN),
    ("k,up", Command.UP),
    ("l,right,space", Command.RIGHT),
    ("w", Command.NEXT_WORD),
    ("b", Command.PREVIOUS_WORD),
    ("e", Command.WORD_END),
    ("0,home", Command.LINE_START),
    ("circumflex_accent", Command.LINE_TEXT),
    ("dollar_sign,end", Command.LINE_END),
    ("g", Command.OLDEST),
    ("G", Command.NEWEST),
    ("ctrl+u", Command.HALF_PAGE_UP),
    ("ctrl+d", Command.HALF_PAGE_DOWN),
    ("ctrl+b,pageup", Command.PAGE_UP),
    ("ctrl+f,pagedown", Command.PAGE_DOWN),
    ("H", Command.VIEW_TOP),
    ("M", Command.VIEW_MIDDLE),
    ("L", Command.VIEW_BOTTOM),
    ("left_curly_bracket", Command.BLOCK_UP),
    ("right_curly_bracket", Command.BLOCK_DOWN),
    ("f", Command.FIND),
    ("F", Command.FIND_BACK),
    ("t", Command.TILL),
    ("T", Command.TILL_BACK),
    ("semicolon", Command.FIND_AGAIN),
    ("comma", Command.FIND_REVERSED),
    ("u", Command.PREVIOUS_LINK),
    ("U", Command.NEXT_LINK),
    ("v", Command.SELECT),
    ("V", Command.SELECT_LINES),
    ("ctrl+v", Command.SELECT_BLOCK),
    ("o", Command.OTHER_END),
    ("y,enter", Command.COPY),
    ("slash", Command.SEARCH_DOWN),
    ("question_mark", Command.SEARCH_UP),
    ("n", Command.SEARCH_AGAIN),
    ("N", Command.SEARCH_REVERSED),
    ("escape,q", Command.LEAVE),
)
"""Names of keys, as in bindings, and what they ask for; digits in front repeat it."""
