"""The fields of an entry as a person types them: checked one by one, and made into values and back. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mooring.inventory.nearest_name import nearest
from mooring.inventory.options import destination_problem, has_control_characters, user_problem
from mooring.inventory.own.entry import OwnEntry, forward_setting, split_command
from mooring.model.colours import COLOURS, is_colour
from mooring.model.errors import ConfigError
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import Origin
from mooring.model.ports import parse_port
from mooring.model.recording import RecordingFormat
from mooring.model.ssh_argument_settings import split_option
from mooring.sshconfig import resolve
from mooring.sshconfig.keywords import KEYWORDS
from mooring.sshconfig.values.jumps import parse_destination

FIELDS = (
    "name", "host", "user", "port", "key", "jump", "group", "groups", "tags", "colour", "driver", "notes", "guard",
    "forwards", "on_connect", "record", "password_command", "options",
)  # fmt: skip
"""All fields, in the order in which they are best asked for."""

_LISTS_OF_WORDS = frozenset({"tags", "groups"})
_LISTS_OF_LINES = frozenset({"key", "forwards", "on_connect"})


class FieldError(ValueError):
    """A field can't hold what was typed."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def field_problem(field: str, text: str) -> str | None:
    """Say what is wrong with what was typed into a field, None when nothing is. Only `name` may not stay empty.

    Text is as `field_text` gives it: several keys, forwards, commands or options stand on lines of their own, tags and
    groups are parted by commas or white space, `guard` and an annotation's `favourite` are "true" or "".
    """
    if field == "name":
        reason = destination_problem(text)
        return None if reason is None else f"The name {reason}."
    if not text.strip():
        return None
    check = _CHECKS.get(field)
    return None if check is None else check(text)


def field_text(values: Mapping[str, object], field: str) -> str:
    """What an entry says in a field, as text to be edited."""
    value = values.get(field)
    if value is None or value is False:
        return ""
    if field == "options" and isinstance(value, Mapping):
        return "\n".join(f"{keyword} {line}" for keyword, lines in value.items() for line in _option_lines(lines))
    if isinstance(value, list | tuple):
        return (", " if field in _LISTS_OF_WORDS else "\n").join(map(str, value))
    return "true" if value is True else str(value)


def field_value(field: str, text: str) -> object | None:
    """The value that an entry holds for what was typed, None for a field that it leaves out. Raises FieldError."""
    problem = field_problem(field, text)
    if problem is not None:
        raise FieldError(field, problem)
    stripped = text.strip()
    if not stripped:
        return None
    match field:
        case "port":
            return int(stripped)
        case "guard" | "favourite":
            return stripped == "true" or None
        case "notes":
            return text.rstrip()
        case "options":
            return _options_value(stripped) or None
        case "key":
            lines = _lines(text)
            return lines[0] if len(lines) == 1 else lines
        case _ if field in _LISTS_OF_LINES:
            return _lines(text) or None
        case _ if field in _LISTS_OF_WORDS:
            return list(dict.fromkeys(re.findall(r"[^\s,]+", text))) or None
        case _:
            return stripped


def entry_values(texts: Mapping[str, str], base: Mapping[str, object] | None = None) -> dict[str, object]:
    """Make the values of an entry from a form's texts; fields that the form does not have stay as in `base`.

    Raises FieldError for the first field that can't hold its text.
    """
    values = dict(base or {})
    for field, text in texts.items():
        if base is not None and text == field_text(base, field):
            continue
        value = field_value(field, text)
        if value is None:
            values.pop(field, None)
        else:
            values[field] = value
    return values


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _option_lines(value: object) -> list[str]:
    lines = value if isinstance(value, list | tuple) else (value,)
    return [("yes" if line else "no") if isinstance(line, bool) else str(line) for line in lines]


def _options_value(text: str) -> dict[str, object]:
    """Lines of ssh_config(5) as a table; a keyword that stands on several lines has a list."""
    found: dict[str, list[str]] = {}
    for setting in _settings(text):
        found.setdefault(setting.keyword, []).append(setting.value)
    return {keyword: values[0] if len(values) == 1 else values for keyword, values in found.items()}


def _settings(text: str) -> list[OptionSetting]:
    return [setting for line in text.splitlines() if (setting := split_option(line)) is not None]


def _check_host(text: str) -> str | None:
    word = text.strip()
    if word.startswith("-"):
        return "The host begins with a dash, which ssh would read as an option."
    if has_control_characters(word) or re.search(r"\s", word):
        return "The host holds white space or control characters."
    if "@" in word or "/" in word:
        return "The host is a name or an address alone: user and port have fields of their own."
    return None


def _check_user(text: str) -> str | None:
    reason = user_problem(text.strip())
    return None if reason is None else f"The user {reason}."


def _check_port(text: str) -> str | None:
    return "A port is a number from 1 to 65535." if parse_port(text.strip()) is None else None


def _check_jump(text: str) -> str | None:
    word = text.strip()
    if has_control_characters(word):
        return "The jump holds control characters."
    if word.lower() == "none":
        return None
    for hop in word.split(","):
        if parse_destination(hop.strip()) is None or re.search(r"\s", hop.strip()):
            return f"{hop.strip()!r} is no jump host: it is written as [user@]host[:port], several with commas."
    return None


def _check_colour(text: str) -> str | None:
    word = text.strip()
    return None if is_colour(word) else f"A colour is one of {', '.join(COLOURS)}, or #rrggbb."


def _check_plain(text: str) -> str | None:
    return "It holds control characters." if has_control_characters(text) else None


def _check_lines(text: str) -> str | None:
    return next((problem for line in text.splitlines() if (problem := _check_plain(line))), None)


def _check_forwards(text: str) -> str | None:
    for line in _lines(text):
        try:
            forward_setting(line)
        except ValueError as error:
            return f"It {error}."
    return None


def _check_guard(text: str) -> str | None:
    return None if text.strip() == "true" else "It is true, or empty."


def _check_record(text: str) -> str | None:
    if text.strip() in tuple(RecordingFormat):
        return None
    return f"It is {' or '.join(RecordingFormat)}, or empty."


def _check_password_command(text: str) -> str | None:
    _words, errors = split_command(OwnEntry(name="x", password_command=text))
    return f"The command {errors[0].message}." if errors else _check_plain(text)


def _check_options(text: str) -> str | None:
    """Let each line be read as ssh would read it, in a file of its own."""
    for line in _lines(text):
        setting = split_option(line)
        if setting is None:
            continue
        keyword = setting.keyword.lower()
        if keyword not in KEYWORDS:
            near = nearest(keyword, (known.name for known in KEYWORDS.values()))
            return f"ssh knows no option {setting.keyword}{f': is it {near[0]}?' if near else '.'}"
        option = OptionSetting(setting.keyword, setting.value, Origin("options"))
        try:
            resolve(Target("machine", options=(option,), config_file="none"), run_match_exec=False)
        except ConfigError as error:
            return f"{setting.keyword}: {error.message.partition(': ')[2] or error.message.partition('line 0 ')[2]}"
    return _check_lines(text)


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "host": _check_host,
    "user": _check_user,
    "port": _check_port,
    "key": _check_lines,
    "jump": _check_jump,
    "group": _check_plain,
    "groups": _check_lines,
    "tags": _check_lines,
    "colour": _check_colour,
    "driver": _check_plain,
    "guard": _check_guard,
    "favourite": _check_guard,
    "forwards": _check_forwards,
    "on_connect": _check_lines,
    "record": _check_record,
    "password_command": _check_password_command,
    "options": _check_options,
}
