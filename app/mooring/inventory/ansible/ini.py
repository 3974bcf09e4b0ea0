"""Static inventories in Ansible's INI format: `[group]`, `[group:children]`, `[group:vars]`, and lines of hosts."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Callable

from mooring.inventory.ansible.document import ROOT, UNGROUPED, Document, Variables
from mooring.inventory.ansible.host_pattern import expand_host_pattern
from mooring.model.errors import ConfigError
from mooring.model.origin import Origin

_SECTION = re.compile(r"\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?\Z")
_GROUP_NAME = re.compile(r"([^:\]\s]+)\s*(?:#.*)?\Z")
_NEEDS_CARE = re.compile(r"""['"\\#]""")
_LITERAL = re.compile(r"""[-+0-9"'\[({]|(?:True|False|None)\b""")
_LONGEST_LITERAL = 4096


def parse_ini(text: str, path: str) -> tuple[Document, list[ConfigError]]:
    """Read a file's text. A line that can't be read is a problem, and only what it says is lost."""
    reader = _Reader(path)
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped and stripped[0] not in "#;":
            reader.take(stripped, number)
    return reader.document, reader.problems


class _Reader:
    """Goes through the lines; the section says what a line is. Hosts before the first are in no group."""

    def __init__(self, path: str) -> None:
        self.document = Document()
        self.problems: list[ConfigError] = []
        self._path = path
        self._group = self.document.group(UNGROUPED)
        self._line: Callable[[str, Origin], None] = self._host_line

    def take(self, line: str, number: int) -> None:
        """Take one line, without white space around it."""
        origin = Origin(self._path, number)
        try:
            if line.startswith("[") and (section := _SECTION.match(line)):
                self._begin(section[1], section[2] or "hosts")
            elif line.startswith("[") and line.endswith("]"):
                raise ValueError(f"{line} is no section: its name may hold no spaces")
            else:
                self._line(line, origin)
        except ValueError as error:
            self.problems.append(ConfigError(str(error), origin))

    def _begin(self, group: str, kind: str) -> None:
        kinds = {"hosts": self._host_line, "children": self._child_line, "vars": self._variable_line}
        # What stands in a section that nobody knows is of no use in the one before it.
        self._line = kinds.get(kind, self._unknown_line)
        self._group = self.document.group(group)
        if kind not in kinds:
            raise ValueError(f"[{group}:{kind}] is unknown: sections are [group], [group:children] and [group:vars]")

    def _unknown_line(self, line: str, origin: Origin) -> None:
        """Leave it: the section's head was told."""

    def _host_line(self, line: str, origin: Origin) -> None:
        words = shlex.split(line, comments=True) if _NEEDS_CARE.search(line) else line.split()
        if not words:
            return
        variables: dict[str, object] = {}
        for word in words[1:]:
            key, equals, value = word.partition("=")
            if not equals:
                raise ValueError(f"{word!r} is no variable: key=value is needed behind a host")
            variables[key] = ini_value(value)
        names, port = expand_host_pattern(words[0])
        if port is not None:
            variables = {"ansible_port": port, **variables}
        for name in names:
            self._add_host(name, variables, origin)

    def _add_host(self, name: str, variables: Variables, origin: Origin) -> None:
        self._group.hosts[name] = None
        known = self.document.hosts.get(name)
        self.document.hosts[name] = variables if not isinstance(known, dict) else {**known, **variables}
        self.document.origins.setdefault(name, origin)

    def _child_line(self, line: str, origin: Origin) -> None:
        name = _GROUP_NAME.match(line)
        if name is None:
            raise ValueError(f"{line!r} is no name of a group")
        if name[1] != ROOT:
            self._group.children[name[1]] = None
        self.document.group(name[1])

    def _variable_line(self, line: str, origin: Origin) -> None:
        key, equals, value = line.partition("=")
        if not equals:
            raise ValueError(f"{line!r} is no variable: key=value is needed")
        self._group.variables[key.strip()] = ini_value(value.strip())


def ini_value(text: str) -> object:
    """A value as Ansible takes it: a Python literal where it is one (`2222`, `"a b"`, `True`), else the text itself."""
    if not _LITERAL.match(text) or len(text) > _LONGEST_LITERAL:
        return text
    if text[0] in "\"'" and "\\" in text:
        # Python would warn of escapes that it does not know; nothing that reaches a machine needs any.
        return text[1:-1] if len(text) > 1 and text[-1] == text[0] else text
    try:
        value: object = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return text
    return value
