"""A terminal emulator on pyte, importable without Textual."""
