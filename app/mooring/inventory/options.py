"""Values from a source of machines, made into ssh_config(5) settings that mean exactly that value."""

from __future__ import annotations

import re

from mooring.model.machine import OptionSetting
from mooring.model.origin import Origin
from mooring.model.quoting import quote
from mooring.model.ssh_names import valid_host_name, valid_user_name

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_IN_A_DESTINATION = re.compile(r"""[\s'"`$\\;&<>|(){},@/]""")
_NOT_IN_A_USER = re.compile(r"""['"`;&<>|(){}]|\s-|\\$""")


def has_control_characters(text: str) -> bool:
    """Whether `text` holds characters that could end a line of configuration or steer a terminal."""
    return _CONTROL.search(text) is not None


def literal(keyword: str, value: str, origin: Origin) -> OptionSetting:
    """A setting whose value stands for itself: quoted, and with `%` doubled where the keyword expands tokens.

    Raises ValueError where ssh_config has no way to say it: control characters everywhere; `${` where ssh expands the
    environment, which has no escape; `%` in User, which OpenSSH expands from version 10 on and not before.
    """
    if has_control_characters(value):
        raise ValueError("holds control characters")
    if keyword in ("IdentityFile", "User") and "${" in value:
        raise ValueError("holds ${, which ssh would expand")
    if keyword == "User" and "%" in value:
        raise ValueError("holds %, which ssh may expand")
    if keyword in ("HostName", "IdentityFile"):
        value = value.replace("%", "%%")
    return OptionSetting(keyword, quote(value), origin)


def expand_host_name(host_name: str, destination: str) -> str:
    """HostName with its two tokens replaced (ssh_config(5), TOKENS)."""
    if "%" not in host_name:
        return host_name
    return re.sub(r"%(.)", lambda match: {"%": "%", "h": destination}.get(match[1], match[0]), host_name)


def destination_problem(name: str) -> str | None:
    """Say why `name` can't be the destination of ssh, or None when it can.

    ssh refuses a leading dash, which would be an option, and shell characters, which could reach a ProxyCommand
    (valid_hostname() in ssh.c). `@` and `/` are ours: ssh would read a user or a URI from them.
    """
    if not name:
        return "is empty"
    if name.startswith("-"):
        return "begins with a dash, which ssh would read as an option"
    return _forbidden(name, _NOT_IN_A_DESTINATION) or (None if valid_host_name(name) else "is no name that ssh takes")


def user_problem(user: str) -> str | None:
    """Say why `user` can't be a login name for ssh (ssh_valid_ruser() in readconf.c), or None when it can."""
    if user.startswith("-"):
        return "begins with a dash, which ssh would read as an option"
    return _forbidden(user, _NOT_IN_A_USER) or (None if valid_user_name(user) else "is no name that ssh takes")


def _forbidden(text: str, characters: re.Pattern[str]) -> str | None:
    if has_control_characters(text):
        return "holds control characters"
    found = characters.search(text)
    if found is None:
        return None
    return f"holds {found[0].strip() or 'white space'}, which ssh does not take"
