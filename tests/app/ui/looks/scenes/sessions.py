"""Sessions in tabs: on their way, live, lost, over; alone, beside others, and typed into together."""

from __future__ import annotations

from app.ui.looks.scene import Scene
from mooring.engine.failures import failure_of
from mooring.engine.protocol import RecordingChanged, SessionFailed
from mooring.model.errors import ConnectionRefusedByHostError
from mooring.model.recording import RecordingState
from mooring.ui.dialogs.open_link import OpenLinkDialog
from mooring.ui.dialogs.paste import PasteDialog
from mooring.ui.screens.leader_map import LeaderMap
from mooring.ui.sessions.broadcast.broadcast_dialog import BroadcastDialog
from mooring.ui.sessions.broadcast.session_terminal import SessionTerminal
from mooring.ui.sessions.end_pane import EndPane
from mooring.ui.sessions.outage_bar import OutageBar
from mooring.ui.sessions.progress_card import ProgressCard
from mooring.ui.sessions.session_tab import SessionTab
from mooring_widgets.machine_list import MachineListView
from mooring_widgets.session_tabs import SessionTabs
from mooring_widgets.terminal import Link
from mooring_widgets.terminal.copy_mode.sign import CopyModeSign
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.search.search_bar import SearchBar
from support.session_screens import Desk

LISTING = (
    b"ls\r\n\x1b[1;34massets\x1b[m  nginx.conf  \x1b[1;31mrelease-4.2.tar.gz\x1b[m  \x1b[1;36mcurrent\x1b[m\r\n"
    b"ops@web-1:~$ "
)
LOG = b"".join(
    b"12:%02d:%02d \x1b[32mINFO\x1b[m request %d took %d ms\r\n" % (n // 60, n % 60, n, n * 7 % 90) for n in range(120)
)


async def connecting(desk: Desk) -> None:
    """A session on its way."""
    desk.engine.opens = False
    await desk.open("web-1")
    await desk.until(lambda: "log in · web-1" in desk.shown(), "the step is named")


async def live(desk: Desk) -> None:
    """A session that is open."""
    await desk.open("web-1")
    desk.engine.writes(1, LISTING)
    await desk.until(lambda: "release-4.2" in desk.shown(), "it is listed")


async def beside_machines(desk: Desk) -> None:
    """The list of machines beside a session, or over it where there is no room."""
    await live(desk)
    await desk.lead("m")
    await desk.press("down")


async def leading(desk: Desk) -> None:
    """The keys that may follow the leader."""
    await live(desk)
    await desk.press("f12")


async def leading_again(desk: Desk) -> None:
    """Those that may follow each other."""
    await live(desk)
    await desk.lead("v")
    await desk.lead("shift+right")


async def failed(desk: Desk) -> None:
    """A machine that can't be reached."""
    desk.engine.opens = False
    await desk.open("web-1")
    refused = ConnectionRefusedByHostError(
        "connect to host 10.0.0.1 port 22: Connection refused",
        hop="web-1",
        hint="Is its SSH server running, and on this port? mooring explain web-1 shows where the port comes from.",
    )
    desk.engine.tells(SessionFailed(1, failure_of(refused)))
    await desk.until(lambda: "Connection refused" in desk.shown(), "the reason is told")


async def ended(desk: Desk) -> None:
    """A shell that ended, below what it said last."""
    await live(desk)
    desk.engine.writes(1, b"exit\r\nlogout\r\n")
    desk.engine.ends(1, 3)
    await desk.until(lambda: "ended with status 3" in desk.shown(), "it is told")


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


async def silent(desk: Desk) -> None:
    """A server that stands still while vim is open on it; the tab beside it is open."""
    await desk.open("lab-1", "lab-2")
    desk.engine.writes(2, b"\x1b[?1049h\x1b[Hserver {\r\n    listen 80;\r\n}\r\n\x1b[34m~\x1b[m\r\n")
    desk.engine.is_silent(2, True)
    await desk.until(lambda: "no answer from" in desk.shown(), "the bar is there")


async def recorded(desk: Desk) -> None:
    """A session that is recorded."""
    await desk.open("web-1")
    desk.engine.tells(RecordingChanged(1, RecordingState("/home/you/web-1.cast")))
    await desk.until(lambda: "is recorded to" in desk.shown() and "REC" in desk.shown(), "it is said")


async def tabs_of_every_kind(desk: Desk) -> None:
    """News, a bell, an end, a guarded machine, one that connects, and a program that named itself."""
    await desk.open("web-1", "web-2", "stage-1", "web-1")
    desk.engine.opens = False
    await desk.open("lab-1")
    desk.engine.opens = True
    await desk.open("db-1")
    desk.engine.writes(1, b"news")
    desk.engine.writes(2, b"\x07")
    desk.engine.ends(3, 1)
    desk.engine.writes(6, b"psql\r\n\x1b[32mpostgres=#\x1b[m \x1b]2;psql app\x07")
    pane = desk.main.deck.active_pane
    await desk.until(lambda: pane is not None and pane.program_title == "psql app", "the title stands")
    await desk.until(lambda: "postgres=#" in desk.shown(), "the program wrote")


async def divided(desk: Desk) -> None:
    """Three sessions in one tab, one of them on a guarded machine, with the keys in the lower right one."""
    await desk.open("stage-1")
    await desk.lead("v")
    await desk.open("db-1")
    await desk.lead("exclamation_mark")
    await desk.press("enter")
    await desk.lead("e")
    await desk.press(*"deploy", "enter")
    desk.engine.writes(1, b"".join(b"%d\r\n" % number for number in range(90)))
    desk.engine.writes(3, b"psql\r\npostgres=# \x1b]2;psql app\x07")
    await desk.until(lambda: "psql app" in desk.shown(), "the title stands")
    await desk.lead("left")
    await desk.lead("minus")
    await desk.lead("shift+up")
    await desk.settled()


async def broadcast_asked(desk: Desk) -> None:
    """Which sessions to type into, with a guarded one among them."""
    await desk.open("lab-1", "lab-2", "stage-1", "db-1")
    await desk.lead("2")
    await desk.lead("b")
    await desk.press("a", "end", "space", "enter", "d", "b")


async def broadcast(desk: Desk) -> None:
    """Two sessions beside each other and one in another tab are typed into at once."""
    await desk.open("lab-2", "lab-1")
    await desk.lead("v")
    await desk.lead("b")
    await desk.press("a", "enter")
    for session in (1, 2, 3):
        desk.engine.writes(session, b"uptime")
    await desk.until(lambda: desk.shown().count("$ uptime") == 2, "both show it")


async def with_log(desk: Desk) -> None:
    """A session that wrote a log."""
    await desk.open("web-1")
    desk.engine.writes(1, LOG + b"see https://example.com/runbook\r\nops@web-1:~$ ")
    await desk.until(lambda: "ops@web-1" in desk.shown(), "the log is there")


async def searching(desk: Desk) -> None:
    """A search with its matches."""
    await with_log(desk)
    await desk.lead("slash")
    await desk.press(*"took 4")
    await desk.until(lambda: "14 of 14" in desk.shown(), "the matches are counted")
    await desk.press("up", "up", "up")
    await desk.until(lambda: "11 of 14" in desk.shown(), "three matches up")


async def copying(desk: Desk) -> None:
    """A block selected in copy mode."""
    await with_log(desk)
    await desk.lead("left_square_bracket")
    await desk.press("k", "k", "k", "0", "ctrl+v", "k", "k", "k", "k", "e", "e")
    await desk.until(lambda: "selecting a block" in desk.shown(), "the selection is told")


async def pasting(desk: Desk) -> None:
    """A paste that would press enter on a guarded machine."""
    await desk.open("web-1")
    pane = desk.main.deck.active_pane
    assert pane is not None
    text = "cd /srv/app\n" + "".join(f"systemctl restart worker-{number}\n" for number in range(9))
    desk.main.desks.exchange.ask_about_paste(pane.terminal, f"{text}echo \x1b[31mdone\t日本\n", pane.machine)
    await desk.settled()


async def following(desk: Desk) -> None:
    """A link that leads elsewhere than its text says."""
    await desk.open("web-1")
    address = "https://example.com/a/very/long/way/to/somewhere/that/nobody/knows?token=0123456789abcdef&next=home"
    link = Link(address, "our runbook", Place(0, 0), Place(0, 9))
    desk.main.desks.exchange.follow(link, wants_opening=True)
    await desk.settled()


SCENES = (
    Scene("connecting", connecting, ProgressCard),
    Scene("live", live, SessionTerminal),
    Scene("beside-machines", beside_machines, MachineListView),
    Scene("leader", leading, LeaderMap),
    Scene("leader-again", leading_again, LeaderMap),
    Scene("failed", failed, EndPane),
    Scene("ended", ended, EndPane),
    Scene("lost", lost, OutageBar),
    Scene("silent", silent, OutageBar),
    Scene("recorded", recorded, SessionTerminal),
    Scene("tabs", tabs_of_every_kind, SessionTabs),
    Scene("divided", divided, SessionTab),
    Scene("broadcast", broadcast, SessionTab),
    Scene("broadcast-asked", broadcast_asked, BroadcastDialog),
    Scene("searching", searching, SearchBar),
    Scene("copying", copying, CopyModeSign),
    Scene("paste", pasting, PasteDialog),
    Scene("link", following, OpenLinkDialog),
)
