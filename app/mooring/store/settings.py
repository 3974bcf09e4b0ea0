"""The person's settings: one TOML file of flat keys, each with a default that works, and of sources of machines."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store.read import read_text_file
from mooring.store.source_setting import SourceSetting, usable_sources
from mooring.store.toml import KeyPath, key_lines, parse_toml

_LIMIT = 1024 * 1024


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person may choose. Keys in settings.toml have the names of the fields."""

    theme: str = "textual-dark"
    """A theme of the application, or of Textual."""

    splash: bool = True
    """Whether connecting shows the machine's name, address and host key first."""

    scrollback_lines: Annotated[int, msgspec.Meta(ge=0, le=10_000_000)] = 10_000
    """How many lines a session keeps above its screen."""

    scrollback_megabytes: Annotated[int, msgspec.Meta(ge=1, le=4096)] = 64
    """How much memory (MiB) those lines may take."""

    keep_sessions_minutes: Annotated[int, msgspec.Meta(ge=0, le=525_600)] = 60
    """How long sessions go on when the screens end without a word (closed terminal window, crash); 0 ends them too."""

    palette: Literal["terminal", "theme"] = "terminal"
    """Whose sixteen colours a session is painted with: those of the terminal that Mooring runs in, or the theme's."""

    leader: Annotated[str, msgspec.Meta(min_length=1, max_length=32)] | None = None
    """The key that speaks to Mooring from inside a session, as Textual names keys ("f12"); else the preset's."""

    key_preset: Literal["standard", "compact"] = "standard"
    """`compact` is for keyboards without PageUp or whose function keys are taken: ctrl+g leads, and alt with arrows."""

    clipboard_writes: bool = True
    """Whether the program in the focused session may write to the clipboard (OSC 52); it can never read it."""

    copy_to: Literal["both", "terminal", "desktop"] = "both"
    """Where copied text goes: through the terminal that Mooring runs in (OSC 52), and to the desktop's clipboard."""

    confirm_paste: bool = True
    """Whether a paste that would press enter in a program without bracketed paste is asked about."""

    link_action: Literal["copy", "open"] = "copy"
    """What a click with ctrl does with the address of a link."""

    word_characters: Annotated[str, msgspec.Meta(max_length=64)] = "@%+./:~?&=#-_"
    """What a double click takes for a part of a word, beside letters and digits."""

    keys: dict[str, dict[str, str]] = {}
    """Keys of one's own: by the part of the screen, then by the action, in tables `[keys.list]` and so on."""

    known_hosts: bool = False
    """Whether the names in known_hosts are listed as machines too."""

    source: tuple[SourceSetting, ...] = ()
    """Further sources of machines, each a table headed [[source]]."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings to use, and what was wrong with the file; a wrong entry leaves its default in place.

    `lines` has the lines that keys stand on, for whoever finds a value wrong that is right by its type.
    """

    settings: Settings
    problems: tuple[ConfigError, ...] = ()
    path: str = ""
    lines: Mapping[KeyPath, int] = field(default_factory=dict)

    def origin_of(self, *key: str) -> Origin:
        """The place of a key, from the names of its tables on."""
        return Origin(self.path, self.lines.get(key))


def load_settings(path: Path) -> LoadedSettings:
    """Read settings.toml. No file means the defaults; nothing is ever written."""
    try:
        text = read_text_file(path, limit=_LIMIT)
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except ConfigError as error:
        return LoadedSettings(Settings(), (error,))
    try:
        values = parse_toml(text, str(path))
    except ConfigError as error:
        return LoadedSettings(Settings(), (error,))
    lines = key_lines(text)
    types = {field.name: field.type for field in msgspec.structs.fields(Settings)}
    good: dict[str, object] = {}
    problems: list[ConfigError] = []
    for key, value in values.items():
        origin = Origin(str(path), lines.get((key,)))
        if key not in types:
            problems.append(_unknown(key, tuple(types), origin))
            continue
        if key == "source" and isinstance(value, list):
            good[key], wrong = usable_sources(value, str(path), lines)
            problems += wrong
            continue
        try:
            msgspec.convert(value, type=types[key])
        except msgspec.ValidationError as error:
            reason = str(error)
            problems.append(ConfigError(f"setting `{key}`: {reason[:1].lower()}{reason[1:]}", origin))
        else:
            good[key] = value
    return LoadedSettings(msgspec.convert(good, type=Settings), tuple(problems), str(path), lines)


def _unknown(key: str, known: tuple[str, ...], origin: Origin) -> ConfigError:
    nearest = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean `{nearest[0]}`?" if nearest else f"the settings are {', '.join(known)}"
    return ConfigError(f"there is no setting `{key}`", origin, hint=hint)
