"""What a session has shown: searched, walked over, recorded and played."""

from __future__ import annotations

import tempfile
from pathlib import Path

from mooring_widgets.session_tabs import TabState
from screenshots.studio import DARK, Studio

MAIN_JOB = Path(__file__).parents[1] / "main-job.cast"


async def looking_back(studio: Studio) -> None:
    """A search with its matches, and a selection in copy mode."""
    async with studio.camera() as view:
        await view.open("web-1", TabState.OPEN)
        await view.shows("ops@web-1")
        await view.type("seq -f 'request %g took 4 ms' 1 200")
        await view.shows("request 200 took")
        await view.press("f12", "slash", *"request 15", "enter")
        await view.press("f12", "slash", *"19")
        await view.take("search")
        await view.press("escape", "f12", "left_square_bracket", "k", "k", "V", "k", "k")
        await view.take("copy-mode")


async def recorded(studio: Studio) -> None:
    """A session while it is recorded; the recording itself lies beside the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        async with studio.camera(recordings=Path(folder)) as view:
            await view.open("default", TabState.OPEN)
            await view.shows("docker@default")
            await view.press("f12", "l")
            await view.until(lambda: "REC" in view.text, "it is recorded")
            await view.type("ls")
            await view.shows("README.md")
            await view.take("recording")
            await view.type("vim README.md")
            await view.shows("made with")
            await view.press("G", *"othank you", "escape", "colon", *"q!", "enter")
            await view.type("cat RELEASE")
            await view.shows("4.2.1")
            await view.type("exit")
            pane = view.app.main_screen.deck.active_pane
            await view.until(lambda: pane is not None and pane.state is TabState.ENDED, "the session ends")
        if studio.theme == DARK:
            _keep_recording(Path(folder), studio.folder / "session.cast")


def _keep_recording(folder: Path, place: Path) -> None:
    [recording] = folder.iterdir()
    place.write_bytes(recording.read_bytes())


async def played(studio: Studio) -> None:
    """The player, at the half of the main job."""
    async with studio.player(MAIN_JOB) as view:
        await view.press("space", "5")
        await view.sees("least_conn")
        await view.take("player")
