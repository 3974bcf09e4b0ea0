"""Finding keys by what was typed, and the order in which the parts of the screen are told. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mooring.ui.actions.catalogue import BY_NAME
from mooring.ui.keys.areas import Area


def areas_from(first: Area) -> tuple[Area, ...]:
    """All parts of the screen: the one that has the focus, then what holds everywhere, then the others."""
    return tuple(dict.fromkeys((first, Area.ANYWHERE, *Area)))


def fits(words: Sequence[str], area: Area, action: str, keys: Iterable[str]) -> bool:
    """Whether all `words`, in small letters, are the name of a key or a piece of title, action or heading."""
    text = f"{BY_NAME[action].title} {action} {area.heading}".casefold()
    names = {key.casefold() for key in keys}
    return all(word in text or word in names for word in words)
