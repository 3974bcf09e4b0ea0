"""Which machines are marked, one by one, all at once, or as a range that is drawn out."""

from __future__ import annotations

from collections.abc import Iterable


class Marks:
    """A set of keys. A range is drawn out from its first line and may shrink again: what it gave up goes unmarked."""

    def __init__(self) -> None:
        self._keys: frozenset[str] = frozenset()
        self._before_range: frozenset[str] | None = None

    @property
    def keys(self) -> frozenset[str]:
        """The marked machines."""
        return self._keys

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def set(self, keys: Iterable[str]) -> None:
        """Mark these and no others."""
        self._keys = frozenset(keys)
        self._before_range = None

    def toggle(self, keys: Iterable[str]) -> None:
        """Mark these, or unmark them where all of them are marked."""
        toggled = frozenset(keys)
        self.set(self._keys - toggled if toggled <= self._keys else self._keys | toggled)

    def invert(self, keys: Iterable[str]) -> None:
        """Mark of these what was not marked, and unmark the others of them."""
        self.set(self._keys ^ frozenset(keys))

    def keep(self, keys: Iterable[str]) -> bool:
        """Forget the marks of machines that are gone; True when there were any."""
        kept = self._keys.intersection(keys)
        went = len(kept) < len(self._keys)
        self.set(kept)
        return went

    def draw_range(self, keys: Iterable[str]) -> None:
        """Mark what the range holds now, in place of what it held a moment ago."""
        if self._before_range is None:
            self._before_range = self._keys
        self._keys = self._before_range | frozenset(keys)

    def end_range(self) -> None:
        """The next range is another one."""
        self._before_range = None
