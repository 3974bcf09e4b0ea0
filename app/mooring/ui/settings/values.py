"""A setting's value as it is shown, changed step by step, and read from what somebody typed. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from mooring.store.settings.options import Option

Value = str | int | None


def shown(option: Option, value: Value) -> str:
    """The value in words: on and off, and what holds where there is none."""
    if value is None or value == "":
        return option.default_words or ("none" if value == "" else "")
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def choices_of(option: Option, themes: Sequence[str]) -> tuple[Value, ...]:
    """All values that can be stepped through; () for what has to be typed."""
    if option.kind is bool:
        return (True, False)
    return tuple(themes) if option.name == "theme" else option.choices


def stepped(option: Option, value: Value, step: int, themes: Sequence[str]) -> Value:
    """The next value, or the one before; the same where there is nothing to step through."""
    choices = choices_of(option, themes)
    if not choices:
        return value
    place = choices.index(value) if value in choices else -1 if step > 0 else 0
    return choices[(place + step) % len(choices)]


def read(option: Option, text: str) -> Value:
    """What was typed, as the option's value. Raises ValueError in words; nothing typed means the default (None)."""
    text = text.strip()
    if not text:
        return None
    if option.kind is not int:
        return text
    low, high = option.limits or (0, 0)
    if not (text.isascii() and text.isdigit() and low <= int(text[:12]) <= high):
        raise ValueError(f"it takes {option.takes}")
    return int(text)
