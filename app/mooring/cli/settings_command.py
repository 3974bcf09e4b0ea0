"""`mooring settings`: what holds and which line says so, and a file to begin with."""

from __future__ import annotations

import json

import msgspec

from mooring.cli.errors import printable, say, told
from mooring.cli.options import GlobalOptions
from mooring.cli.table import columns
from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store import LoadedSettings, Paths, Settings, load_settings
from mooring.store.settings.editor import SettingsEditor
from mooring.store.settings.options import Option, as_toml
from mooring.store.settings.options import options as all_options

_PROBLEMS = 1


def print_path(options: GlobalOptions) -> int:
    """Print where settings.toml lies, whether it is there or not."""
    print(_paths(options).settings_file)
    return 0


def create(options: GlobalOptions) -> int:
    """Write settings.toml with every option explained. Raises ConfigError where there is one, or none can be."""
    path = _paths(options).settings_file
    try:
        created = SettingsEditor(path).create()
    except OSError as error:
        raise ConfigError(f"{path} can't be written: {error.strerror}", Origin(str(path))) from error
    if not created:
        raise ConfigError(f"{path} is there already, and was left as it is.", Origin(str(path)))
    print(path)
    return 0


def show(options: GlobalOptions, *, as_json: bool) -> int:
    """Print each option with its value and the line that sets it; the status is 1 where something is wrong."""
    loaded = load_settings(_paths(options).settings_file)
    problems = _problems(loaded)
    for problem in problems:
        say(f"mooring: {told(problem)}{f' ({problem.hint})' if problem.hint else ''}")
    if as_json:
        print(json.dumps([_as_data(option, loaded) for option in all_options()], indent=2))
    else:
        rows = [
            (option.name, _value(option, loaded), str(_origin(option, loaded) or "default")) for option in all_options()
        ]
        for line in columns([tuple(map(printable, row)) for row in rows]):
            print(line.rstrip())
    return _PROBLEMS if problems else 0


def _problems(loaded: LoadedSettings) -> tuple[ConfigError, ...]:
    """What is wrong by itself, and what only the screens know to be wrong: themes, and keys."""
    settings = loaded.settings
    if not settings.keys and settings.leader is None and settings.theme == Settings().theme:
        # The screens take their time to load, and most people have nothing for them to look at.
        return loaded.problems
    from mooring.ui.keys import keymap_of
    from mooring.ui.themes import theme_problems

    _keymap, about_keys = keymap_of(settings, loaded.origin_of)
    return (*loaded.problems, *about_keys, *theme_problems(settings, loaded.origin_of))


def _value(option: Option, loaded: LoadedSettings) -> str:
    value = getattr(loaded.settings, option.name)
    if option.is_table:
        return str(len(value)) if value else option.default_words
    return option.default_words if value is None else as_toml(value)


def _origin(option: Option, loaded: LoadedSettings) -> Origin | None:
    """Where the option is set; None where its default holds, for what is wrong there too."""
    line = next((line for key, line in loaded.lines.items() if key and key[0] == option.name), None)
    if line is None or any(problem.origin == loaded.origin_of(option.name) for problem in loaded.problems):
        return None
    return Origin(loaded.path, line)


def _as_data(option: Option, loaded: LoadedSettings) -> dict[str, object]:
    origin = _origin(option, loaded)
    return {
        "name": option.name,
        "value": msgspec.to_builtins(getattr(loaded.settings, option.name)),
        "default": option.default,
        "file": None if origin is None else origin.path,
        "line": None if origin is None else origin.line,
        "holds": option.holds or "at once",
        "description": option.description,
    }


def _paths(options: GlobalOptions) -> Paths:
    return options.paths or Paths.of_this_person()
