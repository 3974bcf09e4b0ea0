"""A host key as a person compares it: randomart beside type and fingerprint."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static


class KeyPicture(Horizontal):
    """The picture, and at its side the key's type, its fingerprint and some advice."""

    def __init__(self, *, randomart: str, key_type: str, fingerprint: str, advice: str) -> None:
        super().__init__(classes="card--key")
        self._randomart = randomart
        self._key_type = key_type
        self._fingerprint = fingerprint
        self._advice = advice

    def compose(self) -> ComposeResult:
        """The picture and the words."""
        if self._randomart:
            yield Static(self._randomart, classes="card--randomart", markup=False)
        with Vertical(classes="card--fingerprint"):
            yield Static(self._key_type.upper(), classes="card--quiet", markup=False)
            yield Static(self._fingerprint, classes="card--strong", markup=False)
            yield Static(self._advice, classes="card--advice", markup=False)


def known_elsewhere(names: tuple[str, ...]) -> str:
    """Where else a key is known, a line each; "" for nowhere."""
    lines = "\n".join(f"  {name}" for name in names)
    return f"This key is already known as\n{lines}" if names else ""
