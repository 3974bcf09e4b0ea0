"""The person's settings: what there is to choose, reading settings.toml, and writing it with its comments kept."""

from __future__ import annotations

from mooring.store.settings.reading import LoadedSettings, load_settings
from mooring.store.settings.source_setting import SourceSetting
from mooring.store.settings.values import Settings

__all__ = ["LoadedSettings", "Settings", "SourceSetting", "load_settings"]
