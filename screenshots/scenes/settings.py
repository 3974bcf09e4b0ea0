"""The keys and the settings."""

from __future__ import annotations

from mooring.ui.settings.keys.key_conflict_dialog import KeyConflictDialog
from mooring.ui.settings.keys.keys_dialog import KeysDialog
from mooring.ui.settings.keys.press_key_dialog import PressKeyDialog
from mooring.ui.settings.settings_dialog import SettingsDialog
from screenshots.studio import Studio


async def settings(studio: Studio) -> None:
    """The help, the same searched, a key that is given and taken, and the settings."""
    async with studio.camera() as view:
        await view.press("question_mark")
        await view.take("help")
        await view.press(*"ssh")
        await view.take("help-search")
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, KeysDialog), "the keys are there")
        await view.press("down")
        await view.take("keys")
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, PressKeyDialog), "a key is asked for")
        await view.press("r")
        await view.until(lambda: isinstance(view.app.screen, KeyConflictDialog), "it is said who has it")
        await view.take("keys-taken")
        await view.press("escape", "escape", "escape", "comma")
        await view.until(lambda: isinstance(view.app.screen, SettingsDialog), "the settings are there")
        await view.take("settings")
