"""Hosts of an Ansible inventory as machines: the variables by which Ansible reaches them, in ssh's words."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mooring.inventory.ansible.document import Document, ResolvedHost, Variables, resolved_hosts
from mooring.inventory.options import destination_problem, has_control_characters, literal, user_problem
from mooring.model.colours import is_colour
from mooring.model.errors import UsageError
from mooring.model.machine import Machine, OptionSetting, Target
from mooring.model.origin import Origin
from mooring.model.ports import parse_port
from mooring.model.ssh_argument_settings import settings_of
from mooring.model.ssh_arguments import parse

_SSH_CONNECTIONS = frozenset({"", "ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh"})
_TEMPLATE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")
_DEEPEST_TEMPLATE = 5

_HOST = ("ansible_host", "ansible_ssh_host")
_PORT = ("ansible_port", "ansible_ssh_port")
_USER = ("ansible_user", "ansible_ssh_user")
_KEY = ("ansible_ssh_private_key_file", "ansible_private_key_file")
_ARGUMENTS = ("ansible_ssh_common_args", "ansible_ssh_extra_args")


class _UnusableError(Exception):
    """A host can't be reached as Ansible would, for the reason given."""


def machines_of(document: Document, source: str, config_file: str | None) -> Iterator[Machine]:
    """Give the machines in the order of the document; one that can't be used is a row with its reason."""
    for host in resolved_hosts(document):
        origin = document.origins.get(host.name, Origin(source))
        yield _machine(host, source, origin, config_file)


@dataclass(frozen=True, slots=True)
class _Way:
    """How Ansible reaches a host."""

    address: str = ""
    user: str = ""
    port: int | None = None
    options: tuple[OptionSetting, ...] = ()


def _machine(host: ResolvedHost, source: str, origin: Origin, config_file: str | None) -> Machine:
    way, problem = _Way(), None
    try:
        if (reason := destination_problem(host.name)) is not None:
            raise _UnusableError(f"its name {reason}")
        way = _way(_Reading(host), origin)
    except _UnusableError as error:
        problem = str(error)
    colour = _plain(host.variables.get("mooring_colour"))
    return Machine(
        name=host.name,
        sources=(source,),
        origin=origin,
        target=Target(host.name, options=way.options, config_file=config_file),
        address=way.address,
        user=way.user,
        port=way.port,
        jump=_jump(way.options),
        groups=host.groups,
        tags=_texts(host.variables.get("mooring_tags")),
        notes=_plain(host.variables.get("mooring_notes")),
        colour=colour if is_colour(colour) else "",
        guard=host.variables.get("mooring_guard") is True,
        problem=problem,
    )


def _way(read: _Reading, origin: Origin) -> _Way:
    """Read what the variables say of the way to a host. Raises _UnusableError."""
    connection = read.text("ansible_connection")
    if connection not in _SSH_CONNECTIONS:
        raise _UnusableError(f"Ansible reaches it by {connection!r}, not by ssh")
    address, port, user = read.text(*_HOST), read.port(), read.text(*_USER)
    if address and (reason := destination_problem(address)):
        raise _UnusableError(f"its ansible_host {reason}")
    if user and (reason := user_problem(user)):
        raise _UnusableError(f"its ansible_user {reason}")
    given = (
        ("HostName", address),
        ("Port", "" if port is None else str(port)),
        ("User", user),
        ("IdentityFile", read.text(*_KEY)),
    )
    options: list[OptionSetting] = []
    for keyword, value in given:
        try:
            options += [literal(keyword, value, origin)] if value else []
        except ValueError as error:
            raise _UnusableError(f"its {keyword} {error}") from error
    taken = {option.keyword for option in options}
    options += [option for option in read.arguments(origin) if option.keyword not in taken]
    return _Way(address, user, port, tuple(options))


class _Reading:
    """Reads variables of one host as text."""

    def __init__(self, host: ResolvedHost) -> None:
        self._name = host.name
        self._variables: Variables = host.variables

    def text(self, *names: str) -> str:
        """The first of these variables that is there; "" for none."""
        for name in names:
            value = self._variables.get(name)
            if value is not None:
                return self._filled(name, value)
        return ""

    def port(self) -> int | None:
        """The port, which may be a number or its digits."""
        text = self.text(*_PORT)
        port = parse_port(text)
        if text and port is None:
            raise _UnusableError(f"its ansible_port is no port: {text!r}")
        return port

    def arguments(self, origin: Origin) -> Iterable[OptionSetting]:
        """What the arguments for ssh say (`-J jump`, `-o Keyword=value`), without how Ansible shares connections."""
        for variable in _ARGUMENTS:
            text = self.text(variable)
            if not text:
                continue
            try:
                settings = settings_of(parse(shlex.split(text)), os.environ)
            except (UsageError, ValueError) as error:
                raise _UnusableError(f"its {variable} can't be used: {error}") from error
            for setting in settings:
                if has_control_characters(setting.value):
                    raise _UnusableError(f"its {variable} holds control characters")
                if not setting.keyword.lower().startswith("control"):
                    yield replace(setting, origin=origin)

    def _filled(self, name: str, value: object, depth: int = 0) -> str:
        """A variable as text, with the names of other variables replaced; more of a template is Ansible's alone."""
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise _UnusableError(f"its {name} is no text")
        text = str(value)
        if "{{" not in text and "{%" not in text:
            return text
        if depth == _DEEPEST_TEMPLATE:
            raise _UnusableError(f"its {name} is a template that never ends")
        filled = _TEMPLATE.sub(lambda match: self._named(name, match[1], depth), text)
        if "{{" in filled or "{%" in filled:
            raise _UnusableError(f"its {name} is a template that only Ansible can fill in: {text}")
        return filled

    def _named(self, name: str, other: str, depth: int) -> str:
        if other == "inventory_hostname":
            return self._name
        if other == "inventory_hostname_short":
            return self._name.partition(".")[0]
        value = self._variables.get(other)
        return f"{{{{ {other} }}}}" if value is None else self._filled(name, value, depth + 1)


def _jump(options: Iterable[OptionSetting]) -> str:
    """ProxyJump as far as the options say, "none" where a ProxyCommand takes its place."""
    ways = {option.keyword.lower(): option.value for option in options}
    return ways.get("proxyjump") or ("none" if "proxycommand" in ways else "")


def _plain(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
