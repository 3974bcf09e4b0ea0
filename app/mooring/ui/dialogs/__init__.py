"""Dialogs over the whole screen."""
