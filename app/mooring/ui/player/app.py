"""The application around the player."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mooring.playback import Recording, open_recording
from mooring.store import Paths, Settings, load_settings
from mooring.ui.keys import Keymap, keymap_of
from mooring.ui.player.screen import PlayScreen
from mooring.ui.themed_app import ThemedApp
from mooring_widgets.terminal import PalettePolicy


@dataclass(frozen=True, slots=True)
class PlayOptions:
    """What to play and how: `idle_limit` in seconds, None for what the file says."""

    path: Path
    speed: float = 1.0
    idle_limit: float | None = None


class PlayerApp(ThemedApp[None]):
    """One recording, with the person's theme and keys."""

    TITLE = "Mooring"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, recording: Recording, options: PlayOptions, settings: Settings, keymap: Keymap) -> None:
        super().__init__(settings.theme)
        self.play_screen = PlayScreen(
            recording, keymap, PalettePolicy(settings.palette), speed=options.speed, idle_limit=options.idle_limit
        )

    def get_default_screen(self) -> PlayScreen:
        """Start on it."""
        return self.play_screen


def run_player(options: PlayOptions) -> int:
    """Play a recording and return the status to end with. Raises RecordingError when the file is none."""
    recording = open_recording(options.path)
    loaded = load_settings(Paths.of_this_person().settings_file)
    keymap, _problems = keymap_of(loaded.settings, loaded.origin_of)
    app = PlayerApp(recording, options, loaded.settings, keymap)
    app.run()
    return app.return_code or 0
