"""The options of settings.toml as one list, for whoever documents or shows them."""

from __future__ import annotations

import types
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from mooring.store.settings.values import Settings


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its name, what kind of value it takes, and the words for it.

    `kind` is bool, int, str or, for tables, dict and tuple. `choices` are all values there are, where they are few.
    `limits` are the least and the greatest number. `default` is None where there is no value to show; `default_words`
    says what holds then, and `example` is TOML that shows a value. `holds` says from when on a change holds, "" for at
    once.
    """

    name: str
    kind: type
    description: str
    default: str | int | None
    choices: tuple[str, ...] = ()
    limits: tuple[int, int] | None = None
    default_words: str = ""
    example: str = ""
    holds: str = ""

    @property
    def is_table(self) -> bool:
        """Whether it is no single value, but tables with keys of their own."""
        return self.kind in (dict, tuple)

    @property
    def heading(self) -> str:
        """The option as it is written in the file: a key, or the header of a table."""
        if self.kind is dict:
            return f"[{self.name}.AREA]"
        return f"[[{self.name}]]" if self.kind is tuple else self.name

    @property
    def takes(self) -> str:
        """What may be written, in words."""
        if self.choices:
            return " or ".join(as_toml(choice) for choice in self.choices)
        if self.kind is bool:
            return "true or false"
        if self.limits is not None:
            return f"a whole number from {self.limits[0]} to {self.limits[1]}"
        return f"tables headed {self.heading}" if self.is_table else "a text in quotes"


@cache
def options() -> tuple[Option, ...]:
    """All options, in the order in which they are told."""
    hints = get_type_hints(Settings, include_extras=True)
    return tuple(_option(field, hints[field.name]) for field in msgspec.structs.fields(Settings))


def option_named(name: str) -> Option:
    """The option of that name. Raises KeyError where there is none."""
    return {option.name: option for option in options()}[name]


def as_toml(value: str | int) -> str:
    """A value as settings.toml has it."""
    import tomlkit

    return tomlkit.item(value).as_string()


def _option(field: msgspec.structs.FieldInfo, hint: Any) -> Option:
    metas: list[msgspec.Meta] = []
    bare = _unwrap(hint, metas)
    description = next(meta.description for meta in metas if meta.description)
    extra: dict[str, str] = next((meta.extra for meta in metas if meta.extra), {})
    limits = next(((meta.ge, meta.le) for meta in metas if meta.ge is not None and meta.le is not None), None)
    is_choice = get_origin(bare) is Literal
    kind = str if is_choice else get_origin(bare) or bare
    default = field.default if isinstance(field.default, str | int) else None
    return Option(
        name=field.name,
        kind=kind,
        description=description,
        default=default,
        choices=get_args(bare) if is_choice else (),
        limits=None if limits is None else (int(limits[0]), int(limits[1])),
        default_words=extra.get("default", ""),
        example=extra.get("example", ""),
        holds=extra.get("holds", ""),
    )


def _unwrap(hint: Any, metas: list[msgspec.Meta]) -> Any:
    """The type inside `Annotated` and `| None`; what they say of it is added to `metas`."""
    if get_origin(hint) is Annotated:
        inner, *said = get_args(hint)
        metas += [each for each in said if isinstance(each, msgspec.Meta)]
        return _unwrap(inner, metas)
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        return _unwrap(inner, metas)
    return hint
