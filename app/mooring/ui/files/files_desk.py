"""Opens the files of a machine in a tab, and does there what keys ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mooring.model.machine import Machine
from mooring.session import EngineLink
from mooring.ui.actions import Actions
from mooring.ui.files.files_tab import FilesTab
from mooring.ui.keys import Area, Keymap
from mooring.ui.keys.names import spell
from mooring.ui.notice import Notice, Say
from mooring.ui.tabs import Deck


class FilesDesk:
    """Acts on the tabs of files. `machine` is the one that a command is about."""

    def __init__(
        self, deck: Deck, link: EngineLink, keymap: Keymap, machine: Callable[[], Machine | None], say: Say
    ) -> None:
        self._deck = deck
        self._link = link
        self._keymap = keymap
        self._machine = machine
        self._say = say

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("files", self._open, when=lambda: self._machine() is not None)
        for name, act in _ACTS.items():
            self._handle(actions, name, act)
        self._handle(actions, "files-back", self._back)

    async def _open(self) -> None:
        """Open the files of a machine, or go to the tab that shows them."""
        machine = self._machine()
        if machine is None:
            return
        if machine.problem is not None:
            self._say(Notice(f"{machine.name} can't be opened: {machine.problem}", is_warning=True))
            return
        for tab in self._deck.tabs:
            if isinstance(tab, FilesTab) and tab.machine == machine:
                self._deck.activate(tab.id or "")
                tab.take_focus()
                return
        await self._deck.add(
            FilesTab(
                machine,
                self._link,
                self._deck.free_title(f"{machine.name} files"),
                id=self._deck.new_id(),
                stop_key=partial(self._key, "files-stop"),
                again_key=partial(self._key, "files-read-again"),
            )
        )

    def _key(self, action: str) -> str:
        keys = self._keymap.keys_for(Area.FILES, action)
        return spell(keys[0]) if keys else "no key"

    def _back(self, _tab: FilesTab) -> None:
        """Go to the tab that was left for this one."""
        self._deck.activate(self._deck.by_last_use()[0])
        self._deck.take_focus()

    def _handle(self, actions: Actions, name: str, act: Callable[[FilesTab], object]) -> None:
        def run() -> object:
            tab = self._deck.active_tab
            return act(tab) if isinstance(tab, FilesTab) else None

        actions.handle(name, run, when=lambda: isinstance(self._deck.active_tab, FilesTab))


_ACTS: dict[str, Callable[[FilesTab], object]] = {
    "files-open": lambda tab: tab.going.open_under_cursor(),
    "files-up": lambda tab: tab.going.go_up(),
    "files-side": FilesTab.switch_side,
    "files-go": lambda tab: tab.going.ask_where(),
    "files-mark": lambda tab: tab.active_side.list.mark(),
    "files-mark-all": lambda tab: tab.active_side.list.mark_all(),
    "files-copy": lambda tab: tab.copying.begin(),
    "files-stop": lambda tab: tab.copying.stop(),
    "files-new-folder": lambda tab: tab.changes.ask_new_folder(),
    "files-rename": lambda tab: tab.changes.ask_rename(),
    "files-remove": lambda tab: tab.changes.ask_remove(),
    "files-hidden": lambda tab: tab.active_side.toggle_hidden(),
    "files-order": lambda tab: tab.active_side.next_order(),
    "files-read-again": FilesTab.read_again,
}
