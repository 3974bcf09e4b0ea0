"""How sessions and what lies around them look; the machines answer at once, so that every run shows the same.

After a change that is meant: `pytest -n 0 tests/app/ui/test_ui_session_looks.py --snapshot-update`, and look at the
pictures.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from mooring.engine.protocol import CopyTold, RecordingChanged
from mooring.model.files import CopyProgress, FileEntry, FileKind
from mooring.model.forward_report import ForwardReport, ForwardState
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.recording import RecordingState
from mooring.model.workspace import PanePlan, TabPlan, Workspace
from mooring.store.workspaces import WorkspaceFile
from mooring.ui import MooringApp
from support.session_screens import Desk, desk_of, session_app
from support.still_engine import StillEngine

SnapCompare = Callable[..., bool]
Walk = Callable[[Desk], Awaitable[None]]


def looks(
    snap_compare: SnapCompare,
    walk: Walk,
    size: tuple[int, int],
    *,
    theme: str = "textual-dark",
    workspaces_file: Path = Path("workspaces.toml"),
) -> bool:
    """Compare what is shown after a walk."""
    engine = StillEngine()

    async def run(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, MooringApp)
        await walk(await desk_of(pilot.app, pilot, engine))

    app = session_app(engine, theme=theme, workspaces=workspaces_file)
    return snap_compare(app, terminal_size=size, run_before=run)


async def tabs_of_every_kind(desk: Desk) -> None:
    """News, a bell, an end, a guarded machine, and a program that named itself."""
    await desk.open("web-1", "web-2", "stage-1", "web-1", "db-1")
    desk.engine.writes(1, b"news")
    desk.engine.writes(2, b"\x07")
    desk.engine.ends(3, 1)
    desk.engine.writes(5, b"psql\r\n\x1b[32mpostgres=#\x1b[m \x1b]2;psql app\x07")
    await desk.until(lambda: "psql app" in desk.row() or desk.app.size.width < 100, "the title stands")
    await desk.until(lambda: "postgres=#" in desk.shown(), "the program wrote")


async def copying(desk: Desk) -> None:
    """The files of two sides, some marked, and a copy on its way."""
    names = ("assets", "nginx.conf", "release-4.2.tar.gz", "[red]\x1b]0;x\x07", "current", "socket")
    kinds = (FileKind.FOLDER, FileKind.FILE, FileKind.FILE, FileKind.FILE, FileKind.LINK, FileKind.OTHER)
    desk.engine.folders = {
        on_machine: tuple(
            FileEntry(name.encode(), kind, 700 * 90**index, 0o644) for index, (name, kind) in enumerate(listed)
        )
        for on_machine, listed in ((True, list(zip(names, kinds, strict=True))), (False, [("notes.md", FileKind.FILE)]))
    }
    await desk.open("db-1")
    await desk.lead("t")
    await desk.until(lambda: "assets/" in desk.shown(), "they are listed")
    await desk.press("end", "space", "up", "up", "space", "c")
    desk.engine.tells(
        CopyTold(2, CopyProgress(31_000_000, 97_000_000, 3, 12, b"/home/ops/release-4.2.tar.gz", 5_400_000.0, 12.2))
    )
    await desk.until(lambda: "0:12 left" in desk.shown(), "the copy is seen")


async def recorded(desk: Desk) -> None:
    """A session that is recorded."""
    await desk.open("web-1")
    desk.engine.tells(RecordingChanged(1, RecordingState("/home/you/web-1.cast")))
    await desk.until(lambda: "is recorded to" in desk.shown() and "REC" in desk.shown(), "it is said")


async def divided(desk: Desk) -> None:
    """Three sessions in one tab, one of them on a guarded machine, with the keys in the lower right one."""
    await desk.open("web-1")
    await desk.lead("v")
    await desk.open("db-1")
    await desk.lead("exclamation_mark")
    await desk.press("enter")
    await desk.lead("e")
    await desk.press(*"deploy", "enter")
    desk.engine.writes(1, b"".join(b"%d\r\n" % number for number in range(60)))
    desk.engine.writes(3, b"psql\r\npostgres=# \x1b]2;psql app\x07")
    await desk.until(lambda: "psql app" in desk.shown(), "the title stands")
    await desk.lead("left")
    await desk.lead("minus")
    await desk.lead("shift+up")
    await desk.settled()


async def broadcast_asked(desk: Desk) -> None:
    """Which sessions to type into, with a guarded one among them."""
    await desk.open("web-1", "web-2", "stage-1", "db-1")
    await desk.lead("2")
    await desk.lead("b")
    await desk.press("a", "end", "space", "enter", "d", "b")


async def broadcast(desk: Desk) -> None:
    """Two sessions beside each other and one in another tab are typed into at once."""
    await desk.open("web-2", "web-1")
    await desk.lead("v")
    await desk.lead("b")
    await desk.press("a", "enter")
    for session in (1, 2, 3):
        desk.engine.writes(session, b"uptime")
    await desk.until(lambda: desk.shown().count("$ uptime") == 2, "both show it")


async def workspaces(desk: Desk) -> None:
    """Saved workspaces, and a name for another."""
    await desk.open("web-1", "web-2")
    await desk.lead("w")
    await desk.until(lambda: "deploy" in desk.shown(), "they are listed")
    await desk.press("down")


async def switcher(desk: Desk) -> None:
    """Letters typed at the switcher."""
    await desk.open("web-1", "web-2", "db-1")
    await desk.lead("g")
    for field in desk.app.screen.query(Input):
        field.cursor_blink = False
    await desk.press("w", "e")


async def lost(desk: Desk) -> None:
    """Two sessions in one tab have lost their machine: one waits, for the other it is tried."""
    await desk.open("web-1")
    await desk.lead("v")
    desk.engine.writes(1, b"tail -f log\r\none line\r\n")
    for session in (1, 2):
        desk.engine.loses(session, 12.0, attempt=4)
    await desk.until(lambda: desk.shown().count("again in") == 2, "both wait")
    desk.engine.reconnect(2)
    await desk.until(lambda: "logging in to" in desk.shown(), "one is tried")


@pytest.mark.parametrize(("size", "theme"), [((130, 34), "textual-light"), ((80, 24), "textual-dark")])
def test_lost_sessions(
    snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], theme: str
) -> None:
    monkeypatch.setattr("mooring.session.session.monotonic", lambda: 1000.0)
    assert looks(snap_compare, lost, size, theme=theme)


async def silent(desk: Desk) -> None:
    """A server that stands still while vim is open on it; the tab beside it is open."""
    await desk.open("web-1")
    await desk.open("web-2")
    desk.engine.writes(2, b"\x1b[?1049h\x1b[Hserver {\r\n    listen 80;\r\n}\r\n\x1b[34m~\x1b[m\r\n")
    desk.engine.is_silent(2, True)
    await desk.until(lambda: "no answer from" in desk.shown(), "the bar is there")


@pytest.mark.parametrize(("size", "theme"), [((110, 30), "textual-dark"), ((50, 24), "textual-light")])
def test_a_silent_server(snap_compare: SnapCompare, size: tuple[int, int], theme: str) -> None:
    assert looks(snap_compare, silent, size, theme=theme)


async def forwards(desk: Desk) -> None:
    """A forward of each kind and in each state."""
    await desk.open("web-1")
    http = ForwardSpecification(listen_port=8080, connect_host="localhost", connect_port=80)
    desk.engine.forwarded = [
        ForwardReport(http, False, ForwardState.LISTENING, 8080, "", 2, 14, 48_210, 34_567_890),
        ForwardReport(http, True, ForwardState.WAITING, 8080),
        ForwardReport(ForwardSpecification("127.0.0.1", 1080), False, ForwardState.LISTENING, 1080),
        ForwardReport(
            ForwardSpecification(listen_port=5432, connect_host="db-1.internal", connect_port=5432),
            False,
            ForwardState.FAILED,
            reason="postgres (process 4711) has port 5432",
        ),
    ]
    await desk.lead("f")
    for field in desk.app.screen.query(Input):
        field.cursor_blink = False
    await desk.until(lambda: "process 4711" in desk.shown(), "they are listed")


@pytest.mark.parametrize(("size", "theme"), [((110, 30), "textual-light"), ((80, 24), "textual-dark")])
def test_the_forwards(snap_compare: SnapCompare, size: tuple[int, int], theme: str) -> None:
    assert looks(snap_compare, forwards, size, theme=theme)


@pytest.mark.parametrize(
    ("size", "theme"), [((130, 24), "textual-dark"), ((80, 24), "textual-light"), ((40, 10), "textual-dark")]
)
def test_copying(snap_compare: SnapCompare, size: tuple[int, int], theme: str) -> None:
    assert looks(snap_compare, copying, size, theme=theme)


def test_a_recorded_session(snap_compare: SnapCompare) -> None:
    assert looks(snap_compare, recorded, (100, 10))


async def quitting(desk: Desk) -> None:
    """The question whether the sessions are to go on."""
    await desk.open("web-1", "db-1")
    desk.main.perform("quit")
    await desk.until(lambda: "keep them running" in desk.shown(), "it is asked")


@pytest.mark.parametrize(("size", "theme"), [((110, 30), "textual-dark"), ((80, 24), "textual-light")])
def test_quitting(snap_compare: SnapCompare, size: tuple[int, int], theme: str) -> None:
    assert looks(snap_compare, quitting, size, theme=theme)


@pytest.mark.parametrize(("size", "theme"), [((130, 34), "textual-dark"), ((80, 24), "textual-light")])
def test_tabs(snap_compare: SnapCompare, size: tuple[int, int], theme: str) -> None:
    assert looks(snap_compare, tabs_of_every_kind, size, theme=theme)


@pytest.mark.parametrize(("size", "theme"), [((130, 34), "textual-light"), ((80, 24), "textual-dark")])
def test_a_divided_tab(snap_compare: SnapCompare, size: tuple[int, int], theme: str) -> None:
    assert looks(snap_compare, divided, size, theme=theme)


@pytest.mark.parametrize(("size", "theme"), [((130, 34), "textual-dark"), ((80, 24), "textual-light")])
def test_a_broadcast(snap_compare: SnapCompare, size: tuple[int, int], theme: str) -> None:
    assert looks(snap_compare, broadcast, size, theme=theme)


def test_choosing_whom_to_broadcast_to(snap_compare: SnapCompare) -> None:
    assert looks(snap_compare, broadcast_asked, (80, 24))


@pytest.mark.parametrize(("size", "theme"), [((110, 30), "textual-dark"), ((80, 24), "textual-light")])
def test_the_workspaces(snap_compare: SnapCompare, tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    file = WorkspaceFile(tmp_path / "workspaces.toml")
    file.save(Workspace("monday", tuple(TabPlan(PanePlan(name)) for name in ("web-1", "web-2", "db-1"))))
    file.save(Workspace("deploy", (TabPlan(PanePlan("stage-1")),)))
    assert looks(snap_compare, workspaces, size, theme=theme, workspaces_file=file.path)


@pytest.mark.parametrize(("size", "theme"), [((110, 30), "textual-light"), ((80, 24), "textual-dark")])
def test_the_switcher(snap_compare: SnapCompare, size: tuple[int, int], theme: str) -> None:
    assert looks(snap_compare, switcher, size, theme=theme)
