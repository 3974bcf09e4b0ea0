"""One entry of machines.toml: its fields, their types, and the ssh options that they stand for."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

import msgspec

from mooring.inventory.options import has_control_characters
from mooring.model.errors import UsageError
from mooring.model.machine import OptionSetting
from mooring.model.origin import Origin
from mooring.model.quoting import quote
from mooring.model.recording import RecordingFormat


class OwnEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a `[[machine]]`; only `name` is needed."""

    name: Annotated[str, msgspec.Meta(min_length=1)] = ""
    host: str = ""
    user: str = ""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] | None = None
    key: str | tuple[str, ...] = ()
    jump: str = ""
    driver: str = ""
    tags: tuple[str, ...] = ()
    group: str = ""
    groups: tuple[str, ...] = ()
    notes: str = ""
    colour: str = ""
    guard: bool = False
    forwards: tuple[str, ...] = ()
    on_connect: tuple[str, ...] = ()
    record: RecordingFormat | None = None
    password_command: str = ""
    options: dict[str, bool | int | str | tuple[bool | int | str, ...]] = {}


_TYPES = MappingProxyType({field.name: field.type for field in msgspec.structs.fields(OwnEntry)})


@dataclass(frozen=True, slots=True)
class EntryError:
    """A field that can't be used. A `fatal` one could lead to the wrong place: the machine is shown and not used."""

    field: str
    message: str
    fatal: bool = True
    hint: str | None = None


def decode_entry(values: Mapping[str, object]) -> tuple[OwnEntry, list[EntryError]]:
    """Decode an entry; where that fails each field on its own, so that every wrong one is told and the others count."""
    try:
        return msgspec.convert(values, type=OwnEntry), []
    except msgspec.ValidationError:
        return _decode_fields(values)


def _decode_fields(values: Mapping[str, object]) -> tuple[OwnEntry, list[EntryError]]:
    good: dict[str, object] = {}
    errors: list[EntryError] = []
    for name, value in values.items():
        if name not in _TYPES:
            nearest = difflib.get_close_matches(name, _TYPES, n=1)
            hint = f"did you mean `{nearest[0]}`?" if nearest else "other ssh options go into `options`"
            errors.append(EntryError(name, "is unknown, and not used", fatal=False, hint=hint))
            continue
        try:
            msgspec.convert(value, type=_TYPES[name])
        except msgspec.ValidationError as error:
            reason = str(error)
            errors.append(EntryError(name, f"can't be used: {reason[:1].lower()}{reason[1:]}"))
        else:
            good[name] = value
    return msgspec.convert(good, type=OwnEntry), errors


def split_command(entry: OwnEntry) -> tuple[tuple[str, ...], list[EntryError]]:
    """Split `password_command` into words as a POSIX shell does; no shell ever runs it."""
    if not entry.password_command:
        return (), []
    try:
        words = tuple(shlex.split(entry.password_command))
    except ValueError as error:
        return (), [EntryError("password_command", f"is not used: {str(error).lower()}", fatal=False)]
    if any("\0" in word for word in words):
        return (), [EntryError("password_command", "is not used: it holds a null character", fatal=False)]
    return words, []


def entry_options(
    entry: OwnEntry, origin_of: Callable[[str], Origin]
) -> tuple[tuple[OptionSetting, ...], list[EntryError]]:
    """What the entry says in ssh's words. `origin_of` gives the place of a field.

    Values are ssh_config's own (tokens such as %h and ~ work in `host` and `key` as they do there); `options` are taken
    as the rest of a line is, so that a person can paste them.
    """
    settings: list[tuple[str, str, str]] = []
    if entry.host:
        settings.append(("host", "HostName", quote(entry.host)))
    if entry.port is not None:
        settings.append(("port", "Port", str(entry.port)))
    if entry.user:
        settings.append(("user", "User", quote(entry.user)))
    keys = (entry.key,) if isinstance(entry.key, str) else entry.key
    settings += [("key", "IdentityFile", quote(key)) for key in keys if key]
    if entry.jump:
        settings.append(("jump", "ProxyJump", entry.jump))
    errors: list[EntryError] = []
    for forward in entry.forwards:
        try:
            settings.append(("forwards", *forward_setting(forward)))
        except ValueError as error:
            errors.append(EntryError("forwards", str(error)))
    for keyword, value in entry.options.items():
        for single in value if isinstance(value, tuple) else (value,):
            text = ("yes" if single else "no") if isinstance(single, bool) else str(single)
            settings.append(("options", keyword, text))
    options: list[OptionSetting] = []
    for field, keyword, value in settings:
        if has_control_characters(value) or not keyword.isalnum():
            errors.append(EntryError(field, f"can't be passed to ssh: {keyword!a} holds what a line can't"))
        else:
            options.append(OptionSetting(keyword, value, origin_of(field)))
    return tuple(options), errors


def forward_setting(text: str) -> tuple[str, str]:
    """Read one forwarding in ssh's own words (`-L 8080:localhost:80`), as keyword and value of ssh_config(5).

    Raises ValueError with the reason.
    """
    try:
        # Few entries have any, and each start would wait for it.
        from mooring.model.ssh_argument_settings import settings_of
        from mooring.model.ssh_arguments import parse

        arguments = parse(shlex.split(text))
        settings = settings_of(arguments, {})
    except (UsageError, ValueError) as error:
        raise ValueError(f"can't be used: {error}") from error
    letters = [option.letter for option in arguments.options]
    if len(settings) != 1 or not letters or letters[0] not in "LRD" or arguments.destination is not None:
        raise ValueError(f"can't be used: {text!r} is not one of -L, -R or -D with what ssh takes after it")
    return settings[0].keyword, settings[0].value
