"""Static inventories in YAML: groups with `hosts`, `children` and `vars`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mooring.inventory.ansible.document import ROOT, Document
from mooring.inventory.ansible.host_pattern import expand_host_pattern
from mooring.inventory.ansible.yaml_text import parse_yaml
from mooring.model.errors import ConfigError
from mooring.model.origin import Origin

_DEEPEST = 100
_MOST_ENTRIES = 1_000_000
"""Hosts and groups that are looked at, each as often as it is named: aliases can name one thing a billion times."""


def parse_yaml_inventory(text: str, path: str) -> tuple[Document, list[ConfigError]]:
    """Read a file's text. A part of another shape is a problem, and only what it says is lost.

    Raises ConfigError where it is no YAML, or no inventory at all.
    """
    data = parse_yaml(text, path)
    if isinstance(data, Mapping) and "plugin" in data:
        hint = 'Name it in a command: `command = "ansible-inventory -i FILE"`.'
        raise ConfigError("is the configuration of an inventory plugin of Ansible's", Origin(path), hint=hint)
    if data is not None and not isinstance(data, Mapping):
        raise ConfigError("is no inventory: groups are needed at its top", Origin(path))
    reader = _Reader(path)
    for name, group in _items(data):
        reader.take_group(name, group)
    return reader.document, reader.problems


class _Reader:
    """Takes groups and what is in them."""

    def __init__(self, path: str) -> None:
        self.document = Document()
        self.problems: list[ConfigError] = []
        self._origin = Origin(path)
        self._entries_left = _MOST_ENTRIES

    def take_group(self, name: str, data: object, depth: int = 0) -> None:
        """Take a group and those inside it."""
        group = self.document.group(name)
        if data is None or self._spent(depth):
            return
        if not isinstance(data, Mapping):
            self._problem(f"group `{name}` is no table of hosts, children and vars")
            return
        for key, value in _items(data):
            section = {value: None} if isinstance(value, str) else value
            if section is not None and not isinstance(section, Mapping):
                self._problem(f"`{key}` of group `{name}` is no table")
                continue
            match key:
                case "hosts":
                    for pattern, variables in _items(section):
                        self._take_hosts(name, pattern, variables)
                case "children":
                    for child, inner in _items(section):
                        if child != ROOT:
                            group.children[child] = None
                        self.take_group(child, inner, depth + 1)
                case "vars":
                    group.variables.update(_items(section))
                case _:
                    self._problem(f"`{key}` in group `{name}` means nothing: a group has hosts, children and vars")

    def _take_hosts(self, group: str, pattern: str, variables: object) -> None:
        if self._spent():
            return
        try:
            names, port = expand_host_pattern(pattern)
        except ValueError as error:
            self._problem(f"host `{pattern}`: {error}")
            return
        own: dict[str, object] = {} if port is None else {"ansible_port": port}
        own.update(_items(variables))
        document = self.document
        for name in names:
            known = document.hosts.get(name)
            document.group(group).hosts[name] = None
            document.hosts[name] = own if not isinstance(known, dict) else {**known, **own}
            document.origins.setdefault(name, self._origin)

    def _spent(self, depth: int = 0) -> bool:
        """Count one more, and say so once where it is too much."""
        self._entries_left -= 1
        if self._entries_left == 0 or depth == _DEEPEST:
            self._problem("is too large or too deep, and was not read to its end")
        return self._entries_left <= 0 or depth >= _DEEPEST

    def _problem(self, message: str) -> None:
        self.problems.append(ConfigError(message, self._origin))


def _items(value: object) -> Iterator[tuple[str, object]]:
    """The entries of a table, with keys as text (YAML takes 10 for a number)."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(key, str | int) and not isinstance(key, bool):
                yield str(key), inner
