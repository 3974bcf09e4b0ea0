"""Values from a source of machines, made into ssh_config(5) settings that mean exactly that value."""

from __future__ import annotations

import re

from mooring.model.machine import OptionSetting
from mooring.model.origin import Origin

_NEEDS_QUOTES = re.compile(r"""[\s"'#\\=]""")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_IN_A_DESTINATION = re.compile(r"""[\s'"`$\\;&<>|(){}@/]""")


def has_control_characters(text: str) -> bool:
    """Whether `text` holds characters that could end a line of configuration or steer a terminal."""
    return _CONTROL.search(text) is not None


def quote(value: str) -> str:
    """Write one argument so that ssh's argv_split (misc.c) reads it back whole."""
    if value and not _NEEDS_QUOTES.search(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def literal(keyword: str, value: str, origin: Origin) -> OptionSetting:
    """A setting whose value stands for itself: quoted, and with `%` doubled where the keyword expands tokens.

    Raises ValueError where ssh_config has no way to say it: control characters everywhere, `${` in paths (ssh expands
    the environment there and has no escape for it).
    """
    if has_control_characters(value):
        raise ValueError("holds control characters")
    if keyword == "HostName":
        value = value.replace("%", "%%")
    elif keyword == "IdentityFile":
        if "${" in value:
            raise ValueError("holds ${, which ssh would expand")
        value = value.replace("%", "%%")
    return OptionSetting(keyword, quote(value), origin)


def destination_problem(name: str) -> str | None:
    """Say why `name` can't be the destination of ssh, or None when it can.

    The rules are those of valid_hostname() in OpenSSH's ssh.c: a leading dash would be an option, and shell characters
    could reach a ProxyCommand. `@` and `/` are ours: ssh would read a user or a URI from them.
    """
    if not name:
        return "has no name"
    if name.startswith("-"):
        return "begins with a dash, which ssh would read as an option"
    if has_control_characters(name):
        return "holds control characters"
    if forbidden := _NOT_IN_A_DESTINATION.search(name):
        shown = "white space" if forbidden[0].isspace() else forbidden[0]
        return f"holds {shown}, which ssh does not take in a host name"
    return None


def user_problem(user: str) -> str | None:
    """Say why `user` can't be a login name for ssh (valid_ruser() in OpenSSH's ssh.c), or None when it can."""
    if user.startswith("-"):
        return "begins with a dash"
    if has_control_characters(user):
        return "holds control characters"
    if forbidden := re.search(r"""['"`;&<>|(){}\\$]|\s-""", user):
        return f"holds {forbidden[0].strip() or 'white space'}, which ssh does not take"
    return None
