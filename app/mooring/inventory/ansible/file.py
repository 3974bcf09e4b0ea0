"""Machines of a static Ansible inventory, INI or YAML, read without Ansible."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mooring.inventory.ansible.document import Document, groups_in_circles
from mooring.inventory.ansible.ini import parse_ini
from mooring.inventory.ansible.machines import machines_of
from mooring.inventory.ansible.variable_folders import VariableFolders
from mooring.inventory.ansible.yaml_file import parse_yaml_inventory
from mooring.inventory.ansible.yaml_text import VAULT_HEADER
from mooring.inventory.looks import Looks
from mooring.inventory.source import SourceResult
from mooring.inventory.source_file import read_source_file
from mooring.model.errors import ConfigError
from mooring.model.origin import Origin

_YAML = frozenset({".yml", ".yaml", ".json"})


@dataclass(frozen=True, slots=True)
class AnsibleFileSource:
    """The hosts of `file`, with the variables of `group_vars` and `host_vars` beside it."""

    name: str
    file: Path
    config_file: str | None = None

    def read(self) -> SourceResult:
        """Read the file and what lies beside it; what can't be read is told with its line."""
        return read_source_file(self.file, self._take, required=True)

    def _take(self, text: str, looks: Looks) -> SourceResult:
        document, problems = self._parse(text)
        folders = VariableFolders(self.file.parent, looks)
        folders.add_to(document)
        if circle := groups_in_circles(document):
            told = f"groups contain each other: {', '.join(circle[:6])}"
            problems.append(ConfigError(told, Origin(str(self.file))))
        return SourceResult(
            tuple(machines_of(document, self.name, self.config_file)),
            (*problems, *folders.problems),
            remarks=tuple(f"{file} is encrypted by ansible-vault, and not read" for file in folders.encrypted),
        )

    def _parse(self, text: str) -> tuple[Document, list[ConfigError]]:
        path = str(self.file)
        if text.startswith(VAULT_HEADER):
            raise ConfigError("is encrypted by ansible-vault", Origin(path))
        if self.file.suffix in _YAML or text.lstrip().startswith(("---", "{")):
            return parse_yaml_inventory(text, path)
        return parse_ini(text, path)
