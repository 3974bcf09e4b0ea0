"""The folders `group_vars` and `host_vars` beside a static inventory (Ansible's plugin host_group_vars)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mooring.inventory.ansible.document import ROOT, Document
from mooring.inventory.ansible.yaml_text import VAULT_HEADER, parse_yaml
from mooring.inventory.looks import Looks
from mooring.model.errors import ConfigError
from mooring.store.read import read_text_file

_SUFFIXES = ("", ".yml", ".yaml", ".json")
_LIMIT = 16 * 1024 * 1024
_MOST_FILES = 20_000


@dataclass(slots=True)
class VariableFolders:
    """Adds to a document what the folders in `folder` say of its groups and hosts.

    A file of another name, or of a host that is not in the inventory, is not opened.
    """

    folder: Path
    looks: Looks
    problems: list[ConfigError] = field(default_factory=list)
    encrypted: list[str] = field(default_factory=list)
    _files_left: int = _MOST_FILES

    def add_to(self, document: Document) -> None:
        """Read the files and put in what they say."""
        for name, variables in self._variables("group_vars", tuple({ROOT: None, **document.groups})):
            document.group(name).folder_variables.update(variables)
        for name, variables in self._variables("host_vars", tuple(document.hosts)):
            known = document.hosts[name]
            document.hosts[name] = {**(known() if callable(known) else known), **variables}

    def _variables(self, kind: str, names: Iterable[str]) -> Iterator[tuple[str, Mapping[str, object]]]:
        """What the files of one folder say, by the name that they are for; of several of one name the first counts."""
        entries = {entry.name: entry for entry in self._entries(self.folder / kind)}
        for name in names if entries else ():
            entry = next((entries[name + suffix] for suffix in _SUFFIXES if name + suffix in entries), None)
            for file in self._files(entry) if entry is not None else ():
                self.looks.note(file)
                variables = self._read(file)
                if isinstance(variables, Mapping):
                    yield name, {str(key): value for key, value in variables.items()}

    def _entries(self, folder: Path) -> list[Path]:
        """What is in a folder, without hidden files and those that editors leave behind."""
        self.looks.note(folder)
        try:
            return [entry for entry in sorted(folder.iterdir()) if entry.name[0] != "." and entry.name[-1] != "~"]
        except OSError:
            return []

    def _files(self, entry: Path) -> Iterator[Path]:
        """The file itself, or all files in a folder of that name."""
        if self._files_left <= 0:
            return
        self._files_left -= 1
        if entry.is_dir():
            for inner in self._entries(entry):
                if inner.suffix in _SUFFIXES or inner.is_dir():
                    yield from self._files(inner)
        else:
            yield entry

    def _read(self, file: Path) -> object:
        try:
            text = read_text_file(file, limit=_LIMIT)
            if text.startswith(VAULT_HEADER):
                self.encrypted.append(str(file))
                return None
            return parse_yaml(text, str(file))
        except FileNotFoundError:
            return None
        except ConfigError as error:
            self.problems.append(error)
            return None
