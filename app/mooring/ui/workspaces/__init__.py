"""Workspaces: the tabs that are open, saved under a name and opened again."""
