"""The options in words: the settings.toml that `mooring settings --init` writes, and README's table."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from mooring.store.settings.options import Option, as_toml, options

_WIDTH = 100
_INTRODUCTION = (
    "Mooring's settings. Every option stands here with its default, commented out: take the `# ` in front of one away "
    "and change its value. What is wrong is said with its line when Mooring starts, and the rest is used."
)


def settings_template() -> str:
    """A whole settings.toml with every option explained and none of them set."""
    return "\n\n".join([_comment(_INTRODUCTION), *map(_block, options())]) + "\n"


def settings_table() -> str:
    """The options as the table of README, in Markdown."""
    return "\n".join(_table())


def _table() -> Iterator[str]:
    yield "| key | default | what it decides |"
    yield "|---|---|---|"
    for option in options():
        default = option.default_words or f"`{_value(option)}`"
        yield f"| `{option.heading}` | {default} | {option.description} |"


def _block(option: Option) -> str:
    words = option.description.replace("`", "")
    if option.choices:
        words = f"{words} ({option.takes})"
    elif option.limits:
        words = f"{words} (from {option.limits[0]} to {option.limits[1]})"
    elif option.default_words and not option.is_table:
        words = f"{words} (left out: {option.default_words})"
    if option.holds:
        words = f"{words}; a change holds {option.holds}"
    example = option.example if option.is_table else f"{option.name} = {_value(option)}"
    return f"{_comment(words)}\n" + "\n".join(f"# {line}" for line in example.splitlines())


def _value(option: Option) -> str:
    return as_toml(option.example if option.default is None else option.default)


def _comment(text: str) -> str:
    text = f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
    return "\n".join(f"# {line}" for line in textwrap.wrap(text, _WIDTH, break_long_words=False))
