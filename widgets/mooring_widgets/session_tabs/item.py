"""What the row of tabs shows of one tab, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TabState(StrEnum):
    """What a tab is about at the moment."""

    PLAIN = "plain"
    CONNECTING = "connecting"
    QUESTION = "question"
    OPEN = "open"
    SILENT = "silent"
    RECONNECTING = "reconnecting"
    ENDED = "ended"
    FAILED = "failed"


TAB_SIGNS = {
    TabState.PLAIN: "",
    TabState.CONNECTING: "◌",
    TabState.QUESTION: "?",
    TabState.OPEN: "●",
    TabState.SILENT: "◌",
    TabState.RECONNECTING: "↻",
    TabState.ENDED: "■",
    TabState.FAILED: "✕",
}
UNSEEN_SIGN = "*"
BELL_SIGN = "!"
GUARD_SIGN = "⚠"
RECEIVES_SIGN = "»"
RECORDED_SIGN = "◉"


@dataclass(frozen=True, slots=True)
class TabItem:
    """One tab. Title and detail may hold anything: they are made fit to be painted where they are.

    `detail` is what goes on in it, in the words of whoever is there (a remote program's window title); it is shown of
    the active tab, as far as there is room. `colour` is the machine's own, by any name or number that Textual takes.
    `unseen` says that something was written, or that it ended, since it was last looked at, `bell` that it rang.
    `receives` says that what is typed elsewhere is typed there too, `recorded` that what
    is written in it goes to a file.
    `more` is how many further sessions it shows. `closable` tabs have a sign for that, and can be dragged elsewhere.
    """

    key: str
    title: str
    detail: str = ""
    state: TabState = TabState.PLAIN
    colour: str = ""
    guard: bool = False
    unseen: bool = False
    bell: bool = False
    receives: bool = False
    recorded: bool = False
    more: int = 0
    closable: bool = False
