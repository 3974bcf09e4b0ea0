"""The files of a machine."""

from __future__ import annotations

import tempfile
from contextlib import chdir
from os import utime
from pathlib import Path

from mooring.ui.files.files_tab import FilesTab
from mooring_widgets.session_tabs import TabState
from screenshots.environment import environment
from screenshots.studio import NARROW, Photographer, Studio

_DISK = 3_000_000_000
"""Bytes of a file that nobody waits for; none of them is on a disk."""

NEW_YEAR = 1_767_225_600
"""When the files of the pictures were changed."""


async def files(studio: Studio) -> None:
    """The files of a machine beside those here: both sides, what is asked, and in 80 columns."""
    with tempfile.TemporaryDirectory() as place, chdir(place), environment(HOME=place):
        _make_files()
        async with studio.camera() as view:
            tab = await _open_files(view)
            await view.take("files")
            await view.press("c")
            await view.until(lambda: not tab.copying.is_running, "it is copied")
            await view.press("c")
            await view.until(lambda: view.app.screen is not view.app.main_screen, "it is asked")
            await view.take("files-existing")
        async with studio.camera(NARROW) as view:
            await _open_files(view)
            await view.take("files-narrow")
        async with studio.camera() as view:
            tab = await _open_files(view)
            _make_large_file()
            await view.press("ctrl+r")
            await view.sees("disk.img")
            await view.press("up", "c")
            await view.sees(" left  disk.img")
            await view.take("files-copying")
            await view.press("x")
            await view.until(lambda: not tab.copying.is_running, "it has stopped")


def _make_files() -> None:
    for name, count in (("notes.md", 2_300), ("release-4.2.tar.gz", 48_000_000), ("site.conf", 700)):
        Path(name).write_bytes(b"x" * count)
    Path("configs").mkdir()
    for name in ("notes.md", "release-4.2.tar.gz", "site.conf", "configs"):
        utime(name, (NEW_YEAR, NEW_YEAR))


def _make_large_file() -> None:
    with Path("disk.img").open("wb") as image:
        image.truncate(_DISK)


async def _open_files(view: Photographer) -> FilesTab:
    """Show the files of web-1, two of them marked, with the cursor on one of those here."""
    await view.open("web-1", TabState.OPEN)
    await view.press("f12", "t")
    tab = view.app.main_screen.deck.active_tab
    assert isinstance(tab, FilesTab)
    await view.until(lambda: len(tab.there.list.rows) > 1 and len(tab.here.list.rows) > 1, "both sides are read")
    await view.press("down", "space", "space", "tab", "down", "down")
    return tab
