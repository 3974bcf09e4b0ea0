"""The keys of the search bar and of copy mode; both read them by themselves."""

from __future__ import annotations

from mooring.ui.keys.key import Key
from mooring_widgets.terminal.copy_mode import COPY_MODE_KEYS, Command

SEARCH_KEYS = (
    Key("enter", "search-keep", "stay here", own=True),
    Key("escape", "search-leave", "go back", own=True),
    Key("up", "search-older", "matches", own=True, shown="↑ ↓"),
    Key("down", "search-newer", own=True),
    Key("alt+r,ctrl+r", "search-kind", "text or regex", own=True),
)

_LABELS = {
    Command.COPY: "copy",
    Command.SELECT: "select",
    Command.SELECT_LINES: "lines",
    Command.SELECT_BLOCK: "block",
    Command.SEARCH_UP: "search up",
    Command.PREVIOUS_LINK: "link",
    Command.OTHER_END: "other end, open link",
    Command.LEAVE: "leave",
}
"""What the footer tells, in this order."""

COPY_KEYS = tuple(
    Key(keys, f"copy-{command}", _LABELS.get(command, ""), own=True)
    for keys, command in sorted(
        COPY_MODE_KEYS, key=lambda line: list(_LABELS).index(line[1]) if line[1] in _LABELS else len(_LABELS)
    )
)
