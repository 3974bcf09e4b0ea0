"""What Mooring keeps on disk: paths, settings, its own machines."""

from __future__ import annotations

from mooring.store.paths import Paths, make_private_directory, make_runtime_directory
from mooring.store.recent import Recent, RecentFile, Visit
from mooring.store.settings import LoadedSettings, Settings, load_settings
from mooring.store.write import write_atomically

__all__ = [
    "LoadedSettings",
    "Paths",
    "Recent",
    "RecentFile",
    "Settings",
    "Visit",
    "load_settings",
    "make_private_directory",
    "make_runtime_directory",
    "write_atomically",
]
