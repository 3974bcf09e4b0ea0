"""The machines: the list, the details, and what is shown where there are none."""

from __future__ import annotations

from functools import partial
from threading import Event

from app.ui.looks.scene import Scene, Stage, mooring
from mooring.inventory import Source, SourceResult
from mooring.model.errors import SourceError
from mooring.model.reachability import Reach, Reachability
from mooring.ui import MooringApp
from mooring.ui.browser.detail_pane import DetailPane
from mooring.ui.browser.sources_dialog import SourcesDialog
from mooring.ui.screens.leader_map import LeaderMap
from mooring.ui.screens.main_screen import MainScreen
from mooring.ui.screens.too_small import TooSmall
from mooring_widgets.machine_list import MachineListView
from support.given_machines import GivenSource
from support.pictured_fleet import FLEET
from support.session_screens import Desk

REACHED = {
    "gate": Reachability(Reach.REFUSED, None, "Connection refused", "gate"),
    "db-replica-frankfurt-02": Reachability(Reach.JUMP_FAILED, None, "Connection refused", "gate"),
    "web-1": Reachability(Reach.UP, 0.0004, hop="web-1"),
    "web-2": Reachability(Reach.UP, 0.183, hop="web-2"),
    "web-3": Reachability(Reach.TIMED_OUT, None, "no answer within 5 seconds", "web-3"),
    "web-4": Reachability(Reach.NO_ADDRESS, None, "Name or service not known", "web-4"),
    "stage-1": Reachability(Reach.HOST_KEY_UNKNOWN, 0.02, "its key is not known", "stage-1"),
    "stage-2": Reachability(Reach.HOST_KEY_CHANGED, 0.02, "its key is another", "stage-2"),
    "lab-1": Reachability(Reach.NOT_SSH, None, "HTTP/1.1 400", "lab-1"),
    "lab-2": Reachability(Reach.NO_ROUTE, None, "No route to host", "lab-2"),
}
NOT_PROBED = Reachability(Reach.NOT_PROBED, None, "ProxyCommand is not run for a probe")


async def resolved(desk: Desk, name: str) -> None:
    """The cursor is on a machine, and the details say what it resolves to."""
    desk.main.panel.view.select(name)
    await desk.until(lambda: "by hand" in desk.main.deck.details.text, "the details are there")


async def listed(desk: Desk) -> None:
    """Two machines are marked."""
    await desk.listed()
    await resolved(desk, "web-1")
    await desk.press("space", "space")
    await resolved(desk, "web-3")


async def filtered(desk: Desk) -> None:
    """A filter that was left with its machines."""
    await desk.listed()
    await desk.press("slash", *"w1", "down")
    await desk.until(lambda: "by hand" in desk.main.deck.details.text, "the details are there")


async def filtering(desk: Desk) -> None:
    """A filter in the middle of its word."""
    await desk.listed()
    await desk.press("slash", *"tag:web fra")
    await desk.settled()


async def probed(desk: Desk) -> None:
    """All have been looked for, and the cursor is on one that can't be reached."""
    await desk.listed()
    desk.engine.reached = {machine.target.host: NOT_PROBED for machine in FLEET} | REACHED
    await desk.press("P")
    await desk.until(lambda: " looked for: " in desk.main.status.message, "all have been looked for")
    desk.main.status.clear_message()
    await desk.press("s", "s")
    desk.main.panel.view.select("db-replica-frankfurt-02")
    await desk.until(lambda: "stopped at the jump host" in desk.main.deck.details.text, "the details say why")


async def details(desk: Desk) -> None:
    """The details have the keys; in a narrow window they take the place of the list."""
    await desk.listed()
    await resolved(desk, "db-replica-frankfurt-02")
    await desk.press("tab")
    assert desk.main.focused is desk.main.deck.details


async def broken_entry(desk: Desk) -> None:
    """A machine whose entry can't be used, and a source that failed."""
    await desk.listed()
    desk.main.panel.view.select("old-box")
    await desk.until(lambda: "no JSON" in desk.main.deck.details.text, "the details say so")


async def sources(desk: Desk) -> None:
    """What each source named."""
    await desk.listed()
    await desk.press("S")


async def leader(desk: Desk) -> None:
    """The keys that may follow the leader."""
    await desk.listed()
    await resolved(desk, "stage-1")
    await desk.press("f12")


async def warned(desk: Desk) -> None:
    """The bottom line has a warning."""
    await desk.listed()
    await resolved(desk, "stage-1")
    await desk.press("delete")
    await desk.until(lambda: bool(desk.main.status.message), "it is said")


async def empty(desk: Desk) -> None:
    """Nobody has any machine yet."""
    await desk.until(lambda: "No machines" in desk.main.deck.details.text, "what to do is said")


class SilentSource:
    """Answers when it is given up."""

    name = "cloud"
    patience = 3600.0

    def __init__(self) -> None:
        self._given_up = Event()

    def read(self) -> SourceResult:
        """Wait."""
        self._given_up.wait()
        return SourceResult()

    def cancel(self) -> None:
        """Give up now."""
        self._given_up.set()


async def loading(desk: Desk) -> None:
    """Nothing is listed yet."""
    await desk.settled()


async def more_to_come(desk: Desk) -> None:
    """Some machines are listed, and one source is still being read."""
    await desk.listed()
    await resolved(desk, "stage-1")


def loading_app(stage: Stage, *sources: Source) -> MooringApp:
    """The program on these sources, and one that does not answer."""
    return mooring(stage, sources=(*sources, SilentSource()))


def on(*sources: Source) -> partial[MooringApp]:
    """The program on these sources."""
    return partial(mooring, sources=sources)


CLOUD = GivenSource((), (SourceError("cloud", "ended with status 3: the API answers 401: Unauthorized"),), "cloud")
FAILED = on(GivenSource(FLEET, (), "mooring"), CLOUD)

SCENES = (
    Scene("listed", listed, MachineListView),
    Scene("filtered", filtered, MachineListView),
    Scene("filtering", filtering, MachineListView),
    Scene("probed", probed, MachineListView, FAILED),
    Scene("broken-entry", broken_entry, MainScreen, FAILED),
    Scene("details", details, DetailPane),
    Scene("empty", empty, DetailPane, on()),
    Scene("loading", loading, MainScreen, loading_app),
    Scene("more-to-come", more_to_come, MainScreen, lambda stage: loading_app(stage, GivenSource(FLEET))),
    Scene("sources", sources, SourcesDialog, FAILED),
    Scene("leader", leader, LeaderMap),
    Scene("warned", warned, MainScreen),
    Scene("too-small", empty, TooSmall, on(), sizes=((39, 9),)),
)
