"""Nothing but a list of machines, under Pilot, or in a terminal: `python -m support.machine_list_app [COUNT]`.

In a terminal the list is empty until F5 is pressed.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.pilot import Pilot

from mooring_styles import read_styles
from mooring_widgets.machine_list import MachineList, MachineListView, MachineRow
from mooring_widgets.terminal import RawKeyApp, TerminalDriver

_ROLES = ("web", "db", "cache", "build", "mail", "proxy", "queue", "search", "stage", "backup", "kafka", "etcd", "node")
_PLACES = ("fra", "ams", "lon", "nyc", "sfo", "sgp")
_GROUPS = ("production", "staging", "development", "laboratory")
_DOMAINS = ("", ".example.org", ".internal")


def fleet(count: int) -> list[MachineRow]:
    """As many machines, named as fleets are named, each time the same."""
    rows: list[MachineRow] = []
    for number in range(count):
        role, place = _ROLES[number * 7 % len(_ROLES)], _PLACES[number * 5 % len(_PLACES)]
        group = _GROUPS[number * 11 % len(_GROUPS)]
        rows.append(
            MachineRow(
                key=f"m{number}",
                name=f"{role}-{place}-{number:03}{_DOMAINS[number % len(_DOMAINS)]}",
                address=f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}",
                user=("ops", "root", "deploy")[number % 3],
                driver=("amazonec2", "digitalocean", "")[number % 3],
                tags=(role, place),
                groups=(group,),
                sources=("ssh_config",) if number % 2 else ("ansible", "ssh_config"),
                last_used="2 h ago" if number % 997 == 5 else "",
                guard=group == "production",
                score=1.0 if number % 997 == 5 else 0.0,
            )
        )
    return rows


class MachineListApp(RawKeyApp[None]):
    """A list, and all that it said. F5 gives it the rows of `reload`."""

    CSS = read_styles()
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "reload", "Reload", priority=True)]

    def __init__(self, rows: Sequence[MachineRow], *, theme: str = "textual-dark") -> None:
        super().__init__(driver_class=TerminalDriver)
        self._rows = rows
        self.reload: Sequence[MachineRow] = rows
        self.theme = theme
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        """The list alone."""
        yield MachineList()

    def on_mount(self) -> None:
        """The lines have the focus."""
        self.panel.set_rows(self._rows)
        self.panel.focus_list()

    def action_reload(self) -> None:
        """Show other rows."""
        self.panel.set_rows(self.reload)

    @property
    def panel(self) -> MachineList:
        """The whole widget."""
        return self.query_one(MachineList)

    @property
    def view(self) -> MachineListView:
        """Its lines."""
        return self.panel.view

    def on_machine_list_view_opened(self, event: MachineListView.Opened) -> None:
        """Remember it."""
        self.heard.append(event)

    def on_machine_list_view_highlighted(self, event: MachineListView.Highlighted) -> None:
        """Remember it."""
        self.heard.append(event)

    def on_machine_list_view_marks_changed(self, event: MachineListView.MarksChanged) -> None:
        """Remember it."""
        self.heard.append(event)

    def on_machine_list_view_visible_changed(self, event: MachineListView.VisibleChanged) -> None:
        """Remember it."""
        self.heard.append(event)

    @property
    def opened(self) -> list[str]:
        """The machines that were opened."""
        return [event.key for event in self.heard if isinstance(event, MachineListView.Opened)]

    @property
    def highlighted(self) -> list[str | None]:
        """The machines that the cursor came to."""
        return [event.key for event in self.heard if isinstance(event, MachineListView.Highlighted)]

    @property
    def seen(self) -> list[tuple[str, ...]]:
        """The machines that were in view."""
        return [event.keys for event in self.heard if isinstance(event, MachineListView.VisibleChanged)]

    def shown(self) -> list[str]:
        """The painted lines, without the blanks at their ends."""
        return [self.view.render_line(y).text.rstrip() for y in range(self.view.window_height)]


@asynccontextmanager
async def running(
    rows: Sequence[MachineRow], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[MachineListApp, Pilot[None]]]:
    """The application with everything listed."""
    app = MachineListApp(rows)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await app.view.arranged()
        yield app, pilot


def main() -> None:
    """Run it in this terminal."""
    app = MachineListApp(())
    app.reload = fleet(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
    gc.freeze()  # As the program itself does.
    app.run()


if __name__ == "__main__":
    main()
