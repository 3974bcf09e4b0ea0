"""A terminal widget for any Textual application."""
