"""What a recording shows at its markers, and at its end."""

from __future__ import annotations

import msgspec

from mooring_widgets.emulator import Emulator

THE_END = "the last picture"


def chapters(recording: bytes) -> dict[str, str]:
    """The screens of an asciicast v2 as text, by the names of its markers, in their order."""
    first, *lines = recording.splitlines()
    header = msgspec.json.decode(first, type=_Header)
    emulator = Emulator(header.width, header.height)
    shown: dict[str, str] = {}
    for line in lines:
        _seconds, kind, text = msgspec.json.decode(line, type=tuple[float, str, str])
        if kind == "o":
            emulator.feed(text.encode())
        elif kind == "m":
            shown[text] = "\n".join(emulator.display)
    shown[THE_END] = "\n".join(emulator.display)
    return shown


class _Header(msgspec.Struct):
    width: int
    height: int
