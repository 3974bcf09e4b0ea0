"""Times past in few letters, as a column has room for."""

from __future__ import annotations

_UNITS = ((7 * 86_400, "w"), (86_400, "d"), (3600, "h"), (60, "min"))


def ago(seconds: float) -> str:
    """How long ago something was ("now", "5 min", "3 h", "2 d", "40 w"); a time to come counts as now."""
    for size, unit in _UNITS:
        if seconds >= size:
            return f"{int(seconds // size)} {unit}"
    return "now"
