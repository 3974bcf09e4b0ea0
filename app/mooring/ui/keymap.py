"""The keys of each part of the screen, in one place: the footer and the help are made from these tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Hint:
    """A key as a person calls it, a word or two on what it does, and a whole sentence for the help."""

    key: str
    label: str
    help: str = ""


class Area(StrEnum):
    """The parts of the screen that have keys of their own."""

    LIST = "In the list of machines"
    FILTER = "In the filter"
    DETAIL = "In the details of a machine"
    TERMINAL = "In a session"
    OVER = "In a session that is over"
    QUESTION = "When a session asks"
    LEADER = "After the leader"


LEADER_KEY = "f12"
PREVIOUS_TAB_KEY = "ctrl+pageup"
NEXT_TAB_KEY = "ctrl+pagedown"

HINTS: dict[Area, tuple[Hint, ...]] = {
    Area.LIST: (
        Hint("enter", "open", "Open a native session in a tab"),
        Hint("o", "ssh", "Hand the terminal over to the system's ssh"),
        Hint("/", "filter", "Filter as you type"),
        Hint("space", "mark", "Mark a machine, or a whole group"),
        Hint("tab", "details", "Go to the details"),
        Hint("?", "help", "Show the keys"),
        Hint("q", "quit", "Quit"),
        Hint("y", "copy ssh line", "Copy the equal ssh command line"),
        Hint("ctrl+p", "palette", "Find every action by its name"),
        Hint("← →", "fold", "Fold and unfold a group"),
        Hint("esc", "clear filter", "Clear the filter; beside a session, go back to it"),
    ),
    Area.FILTER: (
        Hint("enter", "open", "Open the machine under the cursor at once"),
        Hint("↓", "to the list", "Go to the list and keep the filter, as tab and esc do"),
        Hint("ctrl+u", "clear", "Clear the filter"),
    ),
    Area.DETAIL: (
        Hint("enter", "open", "Open a native session in a tab"),
        Hint("o", "ssh", "Hand the terminal over to the system's ssh"),
        Hint("y", "copy ssh line", "Copy the equal ssh command line"),
        Hint("tab", "machines", "Go back to the list"),
        Hint("?", "help", "Show the keys"),
        Hint("q", "quit", "Quit"),
    ),
    Area.TERMINAL: (
        Hint("f12", "leader", "The next key is for Mooring; all others are the remote's"),
        Hint("ctrl+pgup/pgdn", "tabs", "Go to the tab on the left or right"),
        Hint("shift+pgup", "scroll", "Look back; shift+home, end, pgup, pgdn move there"),
    ),
    Area.OVER: (
        Hint("r", "reconnect", "Connect again in this tab"),
        Hint("o", "system ssh", "Try the system's ssh"),
        Hint("x", "close", "Close the tab"),
        Hint("shift+pgup", "scroll", "Look back"),
        Hint("f12", "leader", "The key before a command to Mooring"),
    ),
    Area.QUESTION: (
        Hint("enter", "answer", "Give the answer that has the focus"),
        Hint("esc", "leave it", "Answer nothing; the connection ends"),
        Hint("f12", "leader", "The key before a command to Mooring"),
    ),
    Area.LEADER: (
        Hint("1-9 n p", "tab", "Go to a tab by its number, to the next, to the previous; 1 is the machines"),
        Hint("m", "list", "Go to the machines, or fold them away"),
        Hint("x", "close", "Close this tab"),
        Hint("r", "retry", "Connect again in this tab"),
        Hint("d", "again", "Open the same machine once more"),
        Hint("s", "ssh", "Hand the terminal over to the system's ssh"),
        Hint("?", "help", "Show the keys"),
        Hint("f12", "send", "Send F12 itself to the remote program"),
        Hint("esc", "never mind", "Go on as before, as any other key does"),
    ),
}
