"""A key that was chosen with the mouse."""

from __future__ import annotations

from textual.message import Message


class KeyChosen(Message):
    """Somebody clicked where a key is named; it is to do what pressing it does. `key` is Textual's name for it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
