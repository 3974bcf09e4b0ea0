"""Saved commands: where they are read from (`library`), how they are edited (`editor`), what was last given to them
(`usage`), and what they come from (`shell_history`)."""
