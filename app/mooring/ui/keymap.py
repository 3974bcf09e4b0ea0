"""The keys of each part of the screen, in one place: the footer and the help are made from these tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from mooring.store import Settings
from mooring_widgets.terminal import ScrollKeys


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


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a session leaves to Mooring, as Textual names them, and what the footer calls them.

    `leader` is called by its name.
    """

    leader: str
    previous_tab: str
    next_tab: str
    tabs_label: str
    scroll: ScrollKeys
    scroll_label: str
    scroll_help: str

    @property
    def reserved(self) -> tuple[str, ...]:
        """Those that a terminal passes on."""
        return self.leader, self.previous_tab, self.next_tab

    @property
    def bindings(self) -> dict[str, str]:
        """The keys of the bindings that have a name, as `App.set_keymap` takes them."""
        return {
            "previous-tab": self.previous_tab,
            "next-tab": self.next_tab,
            "scroll-page-up": f"{self.scroll.page_up},pageup",
            "scroll-page-down": f"{self.scroll.page_down},pagedown",
            "scroll-oldest": f"{self.scroll.oldest},home",
            "scroll-live": f"{self.scroll.live},end",
        }

    @property
    def hints(self) -> Mapping[Area, tuple[Hint, ...]]:
        """What the footer and the help show, by area; the most wanted come first."""
        return _hints(self)


STANDARD = Keys(
    leader="f12",
    previous_tab="ctrl+pageup",
    next_tab="ctrl+pagedown",
    tabs_label="ctrl+pgup/pgdn",
    scroll=ScrollKeys(),
    scroll_label="shift+pgup",
    scroll_help="Look back; shift+home, end, pgup, pgdn move there",
)
COMPACT = Keys(
    leader="ctrl+g",
    previous_tab="alt+left",
    next_tab="alt+right",
    tabs_label="alt+← →",
    scroll=ScrollKeys("alt+up", "alt+down", "alt+shift+up", "alt+shift+down"),
    scroll_label="alt+↑",
    scroll_help="Look back; alt+↑ ↓ move by pages, with shift to either end",
)


def keys_of(settings: Settings) -> Keys:
    """The keys of the preset, with the person's own leader where one is set."""
    preset = COMPACT if settings.key_preset == "compact" else STANDARD
    return preset if settings.leader is None else replace(preset, leader=settings.leader)


def _hints(keys: Keys) -> dict[Area, tuple[Hint, ...]]:
    leader = keys.leader
    return {
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
            Hint(leader, "leader", "The next key is for Mooring; all others are the remote's"),
            Hint(keys.tabs_label, "tabs", "Go to the tab on the left or right"),
            Hint(keys.scroll_label, "scroll", keys.scroll_help),
        ),
        Area.OVER: (
            Hint("r", "reconnect", "Connect again in this tab"),
            Hint("o", "system ssh", "Try the system's ssh"),
            Hint("x", "close", "Close the tab"),
            Hint(keys.scroll_label, "scroll", "Look back"),
            Hint(leader, "leader", "The key before a command to Mooring"),
        ),
        Area.QUESTION: (
            Hint("enter", "answer", "Give the answer that has the focus"),
            Hint("esc", "leave it", "Answer nothing; the connection ends"),
            Hint(leader, "leader", "The key before a command to Mooring"),
        ),
        Area.LEADER: (
            Hint("1-9 n p", "tab", "Go to a tab by its number, to the next, to the previous; 1 is the machines"),
            Hint("m", "list", "Go to the machines, or fold them away"),
            Hint("x", "close", "Close this tab"),
            Hint("r", "retry", "Connect again in this tab"),
            Hint("d", "again", "Open the same machine once more"),
            Hint("s", "ssh", "Hand the terminal over to the system's ssh"),
            Hint("?", "help", "Show the keys"),
            Hint(leader.replace("ctrl+", "^"), "send", "Send this key itself to the remote program"),
            Hint("esc", "never mind", "Go on as before, as any other key does"),
        ),
    }
