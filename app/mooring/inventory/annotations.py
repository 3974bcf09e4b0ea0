"""What the person adds to machines of whatever source: annotations.toml, one `[[machine]]` table each.

The sources themselves are never written to. Changes are made by `mooring.store.entry_editor`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import msgspec

from mooring.inventory.looks import Looks
from mooring.inventory.source import SourceResult
from mooring.inventory.source_file import read_source_file
from mooring.model.colours import is_colour
from mooring.model.errors import ConfigError
from mooring.model.machine import Machine
from mooring.model.recording import RecordingFormat
from mooring.store.entry_file import EntryFile, RawEntry

NAME = "annotations"
TABLE = "machine"


class Annotation(msgspec.Struct, frozen=True):
    """A `[[machine]]` of annotations.toml: tags add to those of the sources, the rest goes before theirs."""

    name: Annotated[str, msgspec.Meta(min_length=1)]
    tags: tuple[str, ...] = ()
    notes: str = ""
    colour: str = ""
    favourite: bool = False
    guard: bool = False
    record: RecordingFormat | None = None

    def apply(self, machine: Machine) -> Machine:
        """The machine with what is said of it here. `guard` can't be taken away: who set it had a reason."""
        return replace(
            machine,
            tags=tuple(dict.fromkeys((*machine.tags, *self.tags))),
            notes=self.notes or machine.notes,
            colour=self.colour or machine.colour,
            favourite=machine.favourite or self.favourite,
            guard=machine.guard or self.guard,
            record=self.record or machine.record,
        )


_TYPES = MappingProxyType({field.name: field.type for field in msgspec.structs.fields(Annotation)})


@dataclass(frozen=True, slots=True)
class AnnotationsSource:
    """A source that names no machine of its own, and adds to those of the others. No such file means nothing to add."""

    file: Path

    @property
    def name(self) -> str:
        """What it is called where sources are listed."""
        return NAME

    def read(self) -> SourceResult:
        """Read the file. A wrong field is told with its line, and left out alone."""
        return read_source_file(self.file, self._take)

    def _take(self, text: str, _looks: Looks) -> SourceResult:
        entries = EntryFile(str(self.file), TABLE)
        entries.read(text)
        problems = list(entries.problems)
        annotations: dict[str, Annotation] = {}
        for raw in entries.entries:
            annotation = _decode(raw, problems)
            if annotation is not None:
                annotations.setdefault(annotation.name, annotation)
        complete = _Annotator(annotations) if annotations else None
        return SourceResult(problems=tuple(problems), complete=complete)


@dataclass(frozen=True, slots=True)
class _Annotator:
    annotations: Mapping[str, Annotation]

    def __call__(self, machine: Machine) -> Machine:
        annotation = self.annotations.get(machine.name)
        return machine if annotation is None else annotation.apply(machine)


def _decode(raw: RawEntry, problems: list[ConfigError]) -> Annotation | None:
    """Decode an entry field by field; what is wrong goes to `problems`."""
    good: dict[str, object] = {}
    for field, value in raw.values.items():
        if (wrong := _wrong_with(field, value)) is None:
            good[field] = value
        else:
            reason, hint = wrong
            message = f"annotation number {raw.number}: field `{field}` {reason}"
            problems.append(ConfigError(message, raw.origin_of(field), hint=hint))
    if "name" in good:
        return msgspec.convert(good, type=Annotation)
    if "name" not in raw.values:
        problems.append(ConfigError(f"annotation number {raw.number}: field `name` is missing", raw.origin))
    return None


def _wrong_with(field: str, value: object) -> tuple[str, str | None] | None:
    """Say what is wrong with a field, and what may have been meant; None when nothing is."""
    if field not in _TYPES:
        nearest = difflib.get_close_matches(field, _TYPES, n=1)
        return "is unknown, and not used", f"did you mean `{nearest[0]}`?" if nearest else None
    try:
        msgspec.convert(value, type=_TYPES[field])
    except msgspec.ValidationError as error:
        return f"can't be used: {str(error)[:1].lower()}{str(error)[1:]}", None
    if field == "colour" and value and not is_colour(str(value)):
        return f"is no colour: {value!r}", None
    return None
