"""The keys of each area, by preset. Footer, help, palette and dispatch are all made from these tables.

The most wanted come first: the footer shows as many as fit.
"""

from __future__ import annotations

from collections.abc import Mapping

from mooring.ui.actions.catalogue import TAB_NUMBERS
from mooring.ui.keys.areas import Area
from mooring.ui.keys.commands import ANSWER_KEYS, ANSWER_SEARCH_KEYS, COMMAND_FILTER_KEYS, COMMAND_KEYS, RUN_KEYS
from mooring.ui.keys.files import FILES_KEYS
from mooring.ui.keys.key import Key
from mooring.ui.keys.looking_back import COPY_KEYS, SEARCH_KEYS
from mooring.ui.keys.player import PLAYER_KEYS

Tables = Mapping[Area, tuple[Key, ...]]

_LIST = (
    Key("enter", "open-session", "open", own=True),
    Key("o", "hand-over", "ssh"),
    Key("slash", "filter", "filter", own=True),
    Key("space", "mark", "mark", own=True),
    Key("tab,shift+tab", "focus-details", "details"),
    Key("question_mark,f1", "help", "help"),
    Key("q", "quit", "quit"),
    Key("r", "run-here", "run"),
    Key("c", "commands", "commands"),
    Key("y", "copy-ssh-line", "copy ssh line"),
    Key("ctrl+p", "palette", "palette"),
    Key("left,h", "fold", "fold", own=True, shown="← →"),
    Key("right,l", "unfold", own=True),
    Key("shift+left,H", "fold-all", own=True),
    Key("shift+right,L", "unfold-all", own=True),
    Key("t", "toggle-groups", "groups", own=True),
    Key("s", "next-order", "sort", own=True),
    Key("shift+down,J", "mark-down", own=True),
    Key("shift+up,K", "mark-up", own=True),
    Key("a", "mark-all", "mark all", own=True),
    Key("i", "invert-marks", own=True),
    Key("u", "unmark-all", own=True),
    Key("n", "new-machine", "new"),
    Key("e", "edit-machine", "edit"),
    Key("delete,D", "delete-machine", "delete"),
    Key("f", "favourite", "favourite"),
    Key("p", "probe", "probe"),
    Key("P", "probe-listed", "probe all"),
    Key("ctrl+z", "undo-edit", "undo"),
    Key("ctrl+r", "reload", "read again"),
    Key("S", "sources", "sources"),
    Key("comma", "settings", "settings"),
    Key("escape", "back", "back"),
)
_FILTER = (
    Key("enter", "open-session", "open", own=True),
    Key("down,tab,escape", "leave-filter", "to the list", own=True),
    Key("ctrl+u", "clear-filter", "clear", own=True),
)
_DETAIL = (
    Key("enter", "open-session", "open"),
    Key("o", "hand-over", "ssh"),
    Key("r", "run-here"),
    Key("c", "commands", "commands"),
    Key("y", "copy-ssh-line", "copy ssh line"),
    Key("tab,shift+tab,escape", "focus-machines", "machines"),
    Key("e", "edit-machine", "edit"),
    Key("f", "favourite", "favourite"),
    Key("p", "probe", "probe"),
    Key("slash", "filter"),
    Key("question_mark,f1", "help", "help"),
    Key("q", "quit", "quit"),
    Key("ctrl+p", "palette", "palette"),
)
_QUESTION = (
    Key("enter", "answer", "answer", own=True),
    Key("escape", "leave-question", "leave it", own=True),
)
_LEADER = (
    Key("n", "next-tab", "next"),
    Key("p", "previous-tab", "previous"),
    *(Key(str(number), f"tab-{number}", "tab" if number == 1 else "", shown="1-9") for number in TAB_NUMBERS),
    Key("g", "go-to-tab", "go to"),
    Key("m", "machines", "machines"),
    Key("c", "commands", "commands"),
    Key("C", "save-selection"),
    Key("x", "close-pane", "close"),
    Key("X", "close-tab", "close tab"),
    Key("r", "reconnect", "reconnect"),
    Key("d", "duplicate", "duplicate"),
    Key("u", "reopen-tab", "reopen"),
    Key("e,comma", "rename-tab", "rename"),
    Key("less_than_sign", "move-tab-left", "move tab", shown="< >", again=True),
    Key("greater_than_sign", "move-tab-right", again=True),
    Key("vertical_line,v", "split-beside", "beside"),
    Key("minus", "split-below", "below"),
    Key("left", "pane-left", "pane", shown="← →"),
    Key("right", "pane-right"),
    Key("up", "pane-up"),
    Key("down", "pane-down"),
    Key("shift+left", "resize-left", "size", shown="⇧←→", again=True),
    Key("shift+right", "resize-right", again=True),
    Key("shift+up", "resize-up", again=True),
    Key("shift+down", "resize-down", again=True),
    Key("z", "zoom-pane", "zoom"),
    Key("exclamation_mark", "move-pane", "own tab"),
    Key("f", "forwards", "forwards"),
    Key("t", "files", "files"),
    Key("w", "workspaces", "workspace"),
    Key("b", "broadcast", "broadcast"),
    Key("B", "broadcast-here", "in or out"),
    Key("l", "record", "record"),
    Key("slash", "search", "search"),
    Key("left_square_bracket", "copy-mode", "copy mode"),
    Key("s", "hand-over", "ssh"),
    Key("question_mark", "help", "help"),
    Key("escape", "never-mind", "leave"),
)


def standard() -> Tables:
    """The usual keys: F12 leads, and sessions keep all but that, ctrl and shift with the paging keys."""
    return _tables(
        Key("f12", "leader", "leader"),
        (
            Key("ctrl+pageup", "previous-tab", "tabs", shown="ctrl+pgup/pgdn"),
            Key("ctrl+pagedown", "next-tab"),
        ),
        (
            Key("shift+pageup", "scroll-page-up", "scroll", own=True),
            Key("shift+pagedown", "scroll-page-down", own=True),
            Key("shift+home", "scroll-oldest", own=True),
            Key("shift+end", "scroll-live", own=True),
        ),
    )


def compact() -> Tables:
    """For keyboards without PageUp, or whose function keys are taken."""
    return _tables(
        Key("ctrl+g", "leader", "leader"),
        (
            Key("alt+left", "previous-tab", "tabs", shown="alt+← →"),
            Key("alt+right", "next-tab"),
        ),
        (
            Key("alt+up", "scroll-page-up", "scroll", own=True),
            Key("alt+down", "scroll-page-down", own=True),
            Key("alt+shift+up", "scroll-oldest", own=True),
            Key("alt+shift+down", "scroll-live", own=True),
        ),
    )


PRESETS = {"standard": standard, "compact": compact}


def _tables(leader: Key, tabs: tuple[Key, ...], scroll: tuple[Key, ...]) -> Tables:
    return {
        Area.ANYWHERE: (leader, *tabs),
        Area.LEADER: _LEADER,
        Area.LIST: _LIST,
        Area.FILTER: _FILTER,
        Area.DETAIL: _DETAIL,
        Area.SESSION: scroll,
        Area.OVER: (
            Key("r", "reconnect", "reconnect", own=True),
            Key("o", "hand-over", "system ssh", own=True),
            Key("x", "close-pane", "close", own=True),
            *(
                Key(f"{key.keys},{plain}", key.action, key.label)
                for key, plain in zip(scroll, ("pageup", "pagedown", "home", "end"), strict=True)
            ),
            Key("slash", "search"),
            Key("left_square_bracket", "copy-mode"),
            Key("question_mark", "help"),
            Key("ctrl+p", "palette"),
        ),
        Area.SEARCH: SEARCH_KEYS,
        Area.COPY: COPY_KEYS,
        Area.PLAYER: PLAYER_KEYS,
        Area.COMMANDS: COMMAND_KEYS,
        Area.COMMAND_FILTER: COMMAND_FILTER_KEYS,
        Area.RUN: RUN_KEYS,
        Area.ANSWERS: ANSWER_KEYS,
        Area.ANSWER_SEARCH: ANSWER_SEARCH_KEYS,
        Area.FILES: FILES_KEYS,
        Area.QUESTION: _QUESTION,
    }
