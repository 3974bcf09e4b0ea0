"""The sources that a person adds to the usual ones: by the settings, or by installing them.

Each is imported where it is wanted: most people have none, and `mooring ssh` starts for each of them.
"""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mooring.inventory.installed import installed_sources
from mooring.inventory.source import Source, SourceResult
from mooring.model.errors import ConfigError, MooringError
from mooring.model.origin import Origin
from mooring.sshconfig.files import badly_owned
from mooring.sshconfig.person import Person
from mooring.store.paths import Paths
from mooring.store.settings import Settings
from mooring.store.settings.source_setting import SourceSetting


def further_sources(settings: Settings, paths: Paths, config_file: str | None = None) -> tuple[Source, ...]:
    """The sources that the settings name, then installed ones, then known_hosts where it is wanted. None is read yet.

    settings.toml names programs, so none is run where others may write to it.
    """
    return (
        *_configured(settings, paths, config_file),
        *installed_sources(),
        *_known_hosts(settings, config_file),
    )


def _known_hosts(settings: Settings, config_file: str | None) -> Iterator[Source]:
    if settings.known_hosts:
        from mooring.inventory.known_hosts import KnownHostsSource

        # The home is that of the password database, where ssh looks too; without one there is no such file.
        with contextlib.suppress(ConfigError):
            yield KnownHostsSource(Path(Person.current().home) / ".ssh" / "known_hosts", config_file)


def _configured(settings: Settings, paths: Paths, config_file: str | None) -> Iterator[Source]:
    refusal = _refusal(paths.settings_file) if any(setting.command for setting in settings.source) else None
    for setting in settings.source:
        if setting.file:
            from mooring.inventory.ansible.file import AnsibleFileSource

            yield AnsibleFileSource(setting.name, paths.config / Path(setting.file).expanduser(), config_file)
        elif refusal is not None:
            yield _RefusedSource(setting.name, refusal)
        else:
            yield _command(setting, paths, config_file)


def _command(setting: SourceSetting, paths: Paths, config_file: str | None) -> Source:
    """The program's source; an answer is kept for exactly this command line, as seen with this ssh_config."""
    import hashlib

    from mooring.inventory.ansible.command import CommandSource
    from mooring.inventory.answer_cache import AnswerCache

    words = setting.words()
    digest = hashlib.sha256("\0".join((setting.name, config_file or "", *words)).encode(errors="surrogateescape"))
    return CommandSource(
        setting.name,
        words,
        timeout=setting.timeout,
        folder=Path.home(),
        config_file=config_file,
        cache=AnswerCache(paths.answers / f"{digest.hexdigest()[:32]}.msgpack", setting.keep),
    )


@dataclass(frozen=True, slots=True)
class _RefusedSource:
    """A source that is not read, for a reason."""

    name: str
    problem: MooringError

    def read(self) -> SourceResult:
        """Say the reason."""
        return SourceResult(problems=(self.problem,))


def _refusal(settings_file: Path) -> MooringError | None:
    """Why programs that this file names are not run, None where they may be."""
    try:
        if not badly_owned(str(settings_file), Person.current()):
            return None
    except (OSError, ConfigError):
        return None
    return ConfigError(
        "bad owner or permissions: others could write to it, so none of its programs is run",
        Origin(str(settings_file)),
        hint=f"chmod go-w {shlex.quote(str(settings_file))}",
    )
