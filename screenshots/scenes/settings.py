"""The keys and the settings."""

from __future__ import annotations

from mooring.ui.settings.settings_dialog import SettingsDialog
from screenshots.studio import Studio


async def settings(studio: Studio) -> None:
    """The help, the same searched, and the settings."""
    async with studio.camera() as view:
        await view.press("question_mark")
        await view.take("help")
        await view.press(*"ssh")
        await view.take("help-search")
        await view.press("escape", "escape", "comma")
        await view.until(lambda: isinstance(view.app.screen, SettingsDialog), "the settings are there")
        await view.take("settings")
