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
    ENDED = "ended"
    FAILED = "failed"


TAB_SIGNS = {
    TabState.PLAIN: "",
    TabState.CONNECTING: "◌",
    TabState.QUESTION: "?",
    TabState.OPEN: "●",
    TabState.ENDED: "■",
    TabState.FAILED: "✕",
}
UNSEEN_SIGN = "*"
BELL_SIGN = "!"
GUARD_SIGN = "⚠"


@dataclass(frozen=True, slots=True)
class TabItem:
    """One tab. `unseen` says that something was written since it was last looked at, `bell` that it rang."""

    key: str
    title: str
    state: TabState = TabState.PLAIN
    guard: bool = False
    unseen: bool = False
    bell: bool = False
