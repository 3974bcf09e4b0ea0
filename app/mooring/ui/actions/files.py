"""The actions of the files of two sides."""

from __future__ import annotations

from mooring.ui.actions.action import Action

FILES: tuple[Action, ...] = (
    Action("files", "Show the files of this machine beside those here"),
    Action("files-open", "Go into the folder", in_palette=False),
    Action("files-up", "Go to the folder above", in_palette=False),
    Action("files-side", "Go to the other side", in_palette=False),
    Action("files-go", "Go to a folder by its path", in_palette=False),
    Action("files-mark", "Mark the file, or take its mark away", in_palette=False),
    Action("files-mark-all", "Mark all files, or none", in_palette=False),
    Action("files-copy", "Copy what is marked into the folder of the other side"),
    Action("files-stop", "Stop copying; what is copied stays"),
    Action("files-new-folder", "Make a folder"),
    Action("files-rename", "Give the file another name"),
    Action("files-remove", "Remove what is marked"),
    Action("files-hidden", "Show names with a dot before, or hide them"),
    Action("files-order", "Sort by name, by size, by time"),
    Action("files-read-again", "Read both folders again, or connect again"),
    Action("files-back", "Go to the tab that was left for this one", in_palette=False),
)
