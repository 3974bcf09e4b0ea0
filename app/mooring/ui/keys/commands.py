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
    Key("w", "save-output", "write"),
    Key("left", "older-run", "runs", shown="← →"),
    Key("right", "newer-run"),
    Key("f", "favourite-command", "favourite"),
    Key("n", "new-command", "new"),
    Key("e", "edit-command", "edit"),
    Key("i", "import-command", "from history"),
    Key("s", "save-selection", "from the screen"),
    Key("shift+up,K", "move-command-up", "order", shown="K J"),
    Key("shift+down,J", "move-command-down"),
    Key("D,delete", "delete-command", "delete"),
    Key("H", "run-history", "history"),
    Key("question_mark,f1", "help", "help"),
    Key("ctrl+p", "palette", "palette"),
    Key("q", "quit"),
)
COMMAND_FILTER_KEYS = (
    Key("enter", "run-command", "run", own=True),
    Key("down,tab,escape", "leave-command-filter", "to the list", own=True),
    Key("ctrl+u", "clear-command-filter", "clear", own=True),
)
_MASKS = (
    Key("n", "mask-numbers", "mask", shown="n t a"),
    Key("t", "mask-times", shown="n t a"),
    Key("a", "mask-addresses", shown="n t a"),
)
_ALWAYS = (
    Key("o", "open-answered", "open"),
    Key("tab,shift+tab", "answers-focus", "read"),
    Key("escape", "answers-back", "groups"),
    Key("H", "run-history", "history"),
    Key("c", "commands", "commands"),
    Key("question_mark,f1", "help", "help"),
    Key("ctrl+p", "palette", "palette"),
)
_LOOKING = (
    Key("d", "answers-diff", "diff"),
    Key("b", "answers-by-machine", "by machine"),
    Key("slash", "answers-search", "search"),
)
RUN_KEYS = (Key("x", "stop-run", "cancel"), *_LOOKING, *_MASKS, *_ALWAYS)
ANSWER_KEYS = (
    *_LOOKING,
    Key("f", "rerun-failed", "rerun failed"),
    Key("w", "export-answers", "write"),
    *_MASKS,
    Key("r", "rerun", "again"),
    *_ALWAYS,
)
ANSWER_SEARCH_KEYS = (
    Key("enter", "find-answer", "find", own=True),
    Key("escape", "answers-back", "back"),
)
