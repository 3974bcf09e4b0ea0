"""The keys of the saved commands beside a session, and of runs on many machines."""

from __future__ import annotations

from mooring.ui.keys.key import Key

COMMAND_KEYS = (
    Key("enter", "run-command", "run"),
    Key("t", "type-command", "type"),
    Key("T", "type-and-enter", "type, enter"),
    Key("m", "run-on-marked", "on marked"),
    Key("slash", "filter-commands", "filter"),
    Key("escape,c", "leave-commands", "back"),
    Key("x", "cancel-run", "cancel"),
    Key("R", "run-again", "again"),
    Key("tab,shift+tab", "command-output", "output"),
    Key("left", "older-run", "runs", shown="← →"),
    Key("right", "newer-run"),
    Key("f", "favourite-command", "favourite"),
    Key("question_mark,f1", "help", "help"),
    Key("ctrl+p", "palette", "palette"),
    Key("q", "quit"),
)
COMMAND_FILTER_KEYS = (
    Key("enter", "run-command", "run"),
    Key("down,tab,escape", "leave-command-filter", "to the list", own=True),
    Key("ctrl+u", "clear-command-filter", "clear", own=True),
)
