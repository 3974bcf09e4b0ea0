"""Changing settings.toml from the screens."""
