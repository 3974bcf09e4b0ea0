"""Sizes, rates and times in few characters, as people read them."""

from __future__ import annotations

_UNITS = ("B", "KB", "MB", "GB", "TB", "PB")


def size_text(count: float) -> str:
    """Bytes with the unit that suits them, of 1024 each as scp and ls -h count: "512 B", "1.4 MB", "23 GB"."""
    value, index = float(count), 0
    while value >= 999.5 and index < len(_UNITS) - 1:
        value /= 1024
        index += 1
    return f"{value:.0f} {_UNITS[index]}" if index == 0 or value >= 9.95 else f"{value:.1f} {_UNITS[index]}"


def rate_text(bytes_a_second: float) -> str:
    """A rate: "5.1 MB/s"."""
    return f"{size_text(bytes_a_second)}/s"


def time_text(seconds: float) -> str:
    """A length of time: "0:04", "12:30", "1:02:03"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
