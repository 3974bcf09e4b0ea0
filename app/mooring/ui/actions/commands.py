"""The actions of the saved commands beside a session, and of runs on many machines."""

from __future__ import annotations

from mooring.ui.actions.action import Action

COMMANDS: tuple[Action, ...] = (
    Action("commands", "Go to the saved commands, or fold them away"),
    Action("run-here", "Run a command on the marked machines, or this one"),
    Action("run-command", "Run it apart, on the connection of this session", in_palette=False),
    Action("run-on-marked", "Run it on the marked machines", in_palette=False),
    Action("type-command", "Type it into the session, without enter", in_palette=False),
    Action("type-and-enter", "Type it into the session, with enter", in_palette=False),
    Action("filter-commands", "Filter the commands as you type", in_palette=False),
    Action("clear-command-filter", "Clear the filter of the commands", in_palette=False),
    Action("leave-command-filter", "Go to the commands and keep the filter", in_palette=False),
    Action("favourite-command", "Make it a favourite, or none any more", in_palette=False),
    Action("new-command", "Write a new saved command"),
    Action("edit-command", "Edit a saved command", in_palette=False),
    Action("delete-command", "Delete a saved command", in_palette=False),
    Action("import-command", "Make a saved command of a line of your shell's history"),
    Action("save-selection", "Make a saved command of the selected text, or of this line"),
    Action("move-command-up", "Put it further up", in_palette=False),
    Action("move-command-down", "Put it further down", in_palette=False),
    Action("command-output", "Go to the output of what ran, and back", in_palette=False),
    Action("older-run", "Show what ran before", in_palette=False),
    Action("newer-run", "Show what ran after it", in_palette=False),
    Action("cancel-run", "Cancel the run that is shown; what has come is kept"),
    Action("run-again", "Run the same once more", in_palette=False),
    Action("save-output", "Write the output of what ran to a file", in_palette=False),
    Action("leave-commands", "Go back to where you were", in_palette=False),
)

_MASKS = ("numbers", "times", "addresses")

FLEET: tuple[Action, ...] = (
    Action("run-history", "Look at the answers of a run that was"),
    Action("stop-run", "Cancel the run in this tab; what has come is kept"),
    Action("answers-diff", "Show how it differs from the largest group, or not"),
    Action("answers-by-machine", "Show the answers by machine, or by group"),
    *(Action(f"mask-{mask}", f"Have {mask} count in answers, or not") for mask in _MASKS),
    Action("answers-search", "Find a text in all answers"),
    Action("answers-focus", "Go to the text of an answer, and back", in_palette=False),
    Action("answers-back", "Go back to the groups", in_palette=False),
    Action("rerun", "Run the same on the same machines again"),
    Action("rerun-failed", "Run it again where it failed"),
    Action("export-answers", "Write the answers to a file or a folder"),
    Action("open-answered", "Open a session on the first of these machines", in_palette=False),
    Action("find-answer", "Find it", in_palette=False),
)
