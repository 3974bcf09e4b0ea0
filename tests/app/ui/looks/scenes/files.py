"""The files of a machine beside those here, copies between them, and what is asked about files."""

from __future__ import annotations

from app.ui.looks.scene import Scene
from app.ui.looks.scenes.questions import PASSWORD
from mooring.engine.failures import failure_of
from mooring.engine.protocol import AskQuestion, CopyTold, SessionFailed
from mooring.model.errors import ConnectionLostError
from mooring.model.files import CopyProgress, FileEntry, FileKind
from mooring.ui.files.dialogs import ExistingDialog, RemoveDialog, TextDialog
from mooring.ui.files.files_tab import FilesTab
from support.session_screens import Desk

NAMES = ("assets", "nginx.conf", "release-4.2.tar.gz", "[red]\x1b]0;x\x07", "current", "socket")
KINDS = (FileKind.FOLDER, FileKind.FILE, FileKind.FILE, FileKind.FILE, FileKind.LINK, FileKind.OTHER)
THERE = tuple(
    FileEntry(name.encode(), kind, 700 * 90**index, 0o644)
    for index, (name, kind) in enumerate(zip(NAMES, KINDS, strict=True))
) + tuple(FileEntry(b"access-%02d.log.gz" % number, FileKind.FILE, 4_000 * number, 0o644) for number in range(1, 40))
HERE = (FileEntry(b"notes.md", FileKind.FILE, 1_200, 0o644), FileEntry(b"site", FileKind.FOLDER, 0, 0o755))


async def listed(desk: Desk) -> None:
    """Both sides; some are marked."""
    desk.engine.folders = {True: THERE, False: HERE}
    await desk.listed()
    await desk.open("db-1")
    await desk.lead("t")
    await desk.until(lambda: "assets/" in desk.shown(), "they are listed")
    await desk.press("down", "down", "down", "space", "space")
    await desk.until(lambda: "2 marked" in desk.shown(), "they are marked")


async def copying(desk: Desk) -> None:
    """A copy on its way."""
    await listed(desk)
    await desk.press("c")
    desk.engine.tells(
        CopyTold(2, CopyProgress(31_000_000, 97_000_000, 3, 12, b"/home/ops/release-4.2.tar.gz", 5_400_000.0, 12.2))
    )
    await desk.until(lambda: "0:12 left" in desk.shown(), "the copy is seen")


async def lost(desk: Desk) -> None:
    """The connection broke off."""
    await listed(desk)
    desk.engine.tells(
        SessionFailed(2, failure_of(ConnectionLostError("Connection to 10.0.0.20 closed by remote host.")))
    )
    await desk.until(lambda: "closed by remote" in desk.shown(), "it is told")


async def asked(desk: Desk) -> None:
    """A question on the way there."""
    await listed(desk)
    desk.engine.tells(AskQuestion.of(1, 2, PASSWORD))
    await desk.until(lambda: bool(desk.main.query("QuestionCard")), "it is asked")


async def going(desk: Desk) -> None:
    """Where to go."""
    await listed(desk)
    await desk.press("slash")


async def naming(desk: Desk) -> None:
    """A name that is taken."""
    await listed(desk)
    await desk.press("n")
    await desk.press(*"assets", "enter")


async def removing(desk: Desk) -> None:
    """Whether to remove what is marked."""
    await listed(desk)
    await desk.press("d")


async def existing(desk: Desk) -> None:
    """What to do with files that are there already."""
    await listed(desk)
    paths = [b"/home/you/site/nginx.conf", b"/home/you/site/release-4.2.tar.gz"]
    desk.app.push_screen(ExistingDialog([*paths, *(entry.name for entry in THERE[6:10])], 33))
    await desk.settled()


SCENES = (
    Scene("listed", listed, FilesTab),
    Scene("copying", copying, FilesTab),
    Scene("lost", lost, FilesTab),
    Scene("asked", asked, FilesTab),
    Scene("go-to", going, TextDialog),
    Scene("new-folder", naming, TextDialog),
    Scene("remove", removing, RemoveDialog),
    Scene("existing", existing, ExistingDialog),
)
