"""What is typed before several machines are touched at once that must not be touched unawares."""

from __future__ import annotations

from collections.abc import Sequence

from mooring_widgets.plain_text import plain_text


def confirmation(guarded: Sequence[str]) -> str:
    """What has to be typed before it starts: the machine's name, or how many there are."""
    return plain_text(guarded[0]) if len(set(guarded)) == 1 else f"{len(guarded)} guarded"
