"""Every action by its name, with the words that palette and help have for it.

The names are what settings.toml rebinds keys by, so they stay as they are once a version has gone out.
"""

from __future__ import annotations

from mooring.ui.actions.action import Action
from mooring.ui.actions.commands import COMMANDS, FLEET
from mooring.ui.actions.files import FILES
from mooring.ui.actions.looking_back import LOOKING_BACK
from mooring.ui.actions.player import PLAYER

TAB_NUMBERS = range(1, 10)
"""Tabs that can be gone to by their number."""


_WAYS = {"left": "to the left", "right": "to the right", "up": "above", "down": "below"}

_BROWSING = (
    Action("open-session", "Open a native session in a tab"),
    Action("hand-over", "Hand the terminal over to the system's ssh"),
    Action("copy-ssh-line", "Copy the equal ssh command line"),
    Action("filter", "Filter the machines as you type"),
    Action("clear-filter", "Clear the filter"),
    Action("leave-filter", "Go to the list and keep the filter", in_palette=False),
    Action("mark", "Mark a machine, or a whole group", in_palette=False),
    Action("mark-down", "Draw a range of marks out, or back, downwards", in_palette=False),
    Action("mark-up", "Draw a range of marks out, or back, upwards", in_palette=False),
    Action("mark-all", "Mark all that are listed, or unmark them"),
    Action("invert-marks", "Mark the others that are listed instead"),
    Action("unmark-all", "Unmark all machines"),
    Action("fold", "Fold a group", in_palette=False),
    Action("unfold", "Unfold a group", in_palette=False),
    Action("fold-all", "Fold all groups"),
    Action("unfold-all", "Unfold all groups"),
    Action("toggle-groups", "List machines under their groups, or all in one"),
    Action("next-order", "Sort by recency, by name, by state"),
    Action("back", "Clear the filter; beside a session, go back to it", in_palette=False),
    Action("machines", "Go to the machines, or fold them away"),
    Action("focus-machines", "Go back to the list", in_palette=False),
    Action("focus-details", "Go to the details", in_palette=False),
    Action("new-machine", "Add a machine of your own"),
    Action("edit-machine", "Edit the machine, or what you say of it"),
    Action("delete-machine", "Delete a machine of your own"),
    Action("favourite", "Make machines favourites, or end that"),
    Action("probe", "Look whether machines can be reached"),
    Action("probe-listed", "Look so for all that are listed, or stop that"),
    Action("undo-edit", "Take the last change to the machines back"),
    Action("reload", "Read the machines again"),
    Action("sources", "Show the sources of machines and their problems"),
)
_SESSIONS = (
    Action("reconnect", "Connect again in this tab"),
    Action("duplicate", "Open the same machine once more"),
    Action("close-pane", "Close this session, and with the last one its tab"),
    Action("close-tab", "Close this tab with all its sessions"),
    Action("reopen-tab", "Open again the tab that was closed last"),
    Action("rename-tab", "Give this tab a name of your own"),
    Action("go-to-tab", "Go to a tab or a machine by its name"),
    Action("move-tab-left", "Put this tab further to the left"),
    Action("move-tab-right", "Put this tab further to the right"),
    Action("split-beside", "Open the same machine beside this session"),
    Action("split-below", "Open the same machine below this session"),
    Action("move-pane", "Move this session to a tab of its own, or back"),
    Action("zoom-pane", "Have this session fill its tab, or show all again"),
    *(Action(f"pane-{way}", f"Go to the session {where}") for way, where in _WAYS.items()),
    *(Action(f"resize-{way}", f"Move an edge of this session {way}", in_palette=False) for way in _WAYS),
    Action("forwards", "Show, add and remove the forwards of this session"),
    Action("workspaces", "Open, save or delete a workspace"),
    Action("broadcast", "Type into several sessions at once, or end that"),
    Action("broadcast-here", "Take this session out of the broadcast, or in"),
    Action("record", "Record this session to a file, or end that"),
    Action("record-asciicast", "Record this session as an asciicast, which can be played"),
    Action("record-text", "Record this session as plain text"),
    Action("next-tab", "Go to the next tab"),
    Action("previous-tab", "Go to the previous tab"),
    *(Action(f"tab-{number}", f"Go to tab {number}", in_palette=False) for number in TAB_NUMBERS),
    Action("scroll-page-up", "Look back by a page", in_palette=False),
    Action("scroll-page-down", "Look forward by a page", in_palette=False),
    Action("scroll-oldest", "Look at the oldest line", in_palette=False),
    Action("scroll-live", "Look at what goes on now", in_palette=False),
    Action("answer", "Give the answer that has the focus", in_palette=False),
    Action("leave-question", "Answer nothing; the connection ends", in_palette=False),
)
_PROGRAM = (
    Action("leader", "The next key is for Mooring; all others are the remote's", in_palette=False),
    Action("send-leader", "Send this key itself to the remote program", in_palette=False),
    Action("never-mind", "Go on as before, as any other key does", in_palette=False),
    Action("palette", "Find every action by its name", in_palette=False),
    Action("help", "Show the keys"),
    Action("theme", "Choose a theme for this run"),
    Action("settings", "Change the settings, and keep them"),
    Action("change-keys", "Give actions other keys, and keep them"),
    Action("quit", "Quit"),
)

ACTIONS: tuple[Action, ...] = (*_BROWSING, *_SESSIONS, *COMMANDS, *FLEET, *FILES, *LOOKING_BACK, *PLAYER, *_PROGRAM)
"""In the order of the palette."""

BY_NAME = {action.name: action for action in ACTIONS}
