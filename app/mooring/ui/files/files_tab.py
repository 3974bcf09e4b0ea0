"""The tab of files: two sides, what is done between them, and how far that is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.worker import Worker

from mooring.model.errors import MooringError
from mooring.model.files import CopyProgress
from mooring.model.machine import Machine
from mooring.model.prompts import Question
from mooring.session import EngineLink, FileAccess, SessionState
from mooring.ui.files.changes import Changes
from mooring.ui.files.copying import Copying
from mooring.ui.files.going import Going
from mooring.ui.files.side import Side
from mooring.ui.files.transfer_line import TransferLine
from mooring.ui.fleet.question_spot import QuestionSpot
from mooring.ui.problems import problem_lines
from mooring.ui.tabs import TabPane
from mooring_widgets.file_list import FileList
from mooring_widgets.session_tabs import TabItem, TabState

TWO_SIDES_FROM = 64
"""Columns from which on both sides are shown; below that the one that has the keys."""

_STATES = {
    SessionState.CONNECTING: TabState.CONNECTING,
    SessionState.RECONNECTING: TabState.CONNECTING,
    SessionState.OPEN: TabState.OPEN,
    SessionState.ENDED: TabState.ENDED,
    SessionState.FAILED: TabState.FAILED,
}


class FilesTab(TabPane):
    """Shows the files of a machine beside those here. It is the `FileAccessListener` of its access."""

    def __init__(
        self,
        machine: Machine,
        link: EngineLink,
        title: str,
        *,
        id: str,
        stop_key: Callable[[], str],
        again_key: Callable[[], str],
    ) -> None:
        """`stop_key` tells which key stops copying and `again_key` which connects again, as a person calls them."""
        super().__init__(title, id=id)
        self._machine = machine
        self._link = link
        self._again_key = again_key
        self.here = Side("here", on_machine=False)
        self.there = Side(machine.name, on_machine=True)
        self._active = self.there
        self._transfer = TransferLine(stop_key)
        self._spot = QuestionSpot(lambda: self.is_active, (machine,))
        self._asking: dict[int, Worker[None]] = {}
        self.access: FileAccess | None = None
        self.going = Going(self)
        self.copying = Copying(self, self._transfer)
        self.changes = Changes(self)
        self._has_news = False

    def compose(self) -> ComposeResult:
        """Both sides, the line below, and questions over all."""
        with Horizontal(classes="files--sides"):
            yield self.here
            yield self.there
        yield self._transfer
        yield self._spot

    def on_mount(self) -> None:
        """Read both sides."""
        self._transfer.display = False
        self.connect()
        self.going.go(self.here, os.fsencode(Path.cwd()))
        self._arrange()

    def on_resize(self, _event: events.Resize) -> None:
        """There may be room for both sides."""
        self._arrange()

    # The sides.

    @property
    def active_side(self) -> Side:
        """The side that keys are for."""
        return self._active

    @property
    def other_side(self) -> Side:
        """The other one, to which is copied."""
        return self.here if self._active is self.there else self.there

    def switch_side(self) -> None:
        """Have the keys go to the other side."""
        self._active = self.other_side
        self._arrange()
        self.take_focus()

    def connect(self) -> None:
        """Open the machine's files, unless they are open."""
        if self.access is not None and self.access.state in (SessionState.CONNECTING, SessionState.OPEN):
            return
        self.there.show_note("connecting …")
        self.access = FileAccess(self._link, self._machine, self)
        self.post_message(self.Changed(self))

    def read_again(self) -> None:
        """Read both sides anew, or connect again."""
        self.connect()
        for side in (self.here, self.there):
            self.going.refresh(side)

    def say(self, text: str, *, failed: bool) -> None:
        """Say how something went, in the line below."""
        self._transfer.show_end(text, failed=failed)

    def say_error(self, error: MooringError) -> None:
        """Say what went wrong."""
        self.say("✕ " + " ".join(problem_lines(error)), failed=True)

    # What the deck asks.

    @property
    def machine(self) -> Machine:
        """The one whose files these are."""
        return self._machine

    @property
    def at_stake(self) -> tuple[str, ...]:
        """A copy that goes on."""
        return (f"the copying of {self.title}",) if self.copying.is_running else ()

    def tab_item(self) -> TabItem:
        """What the row of tabs shows."""
        state = TabState.QUESTION if self._spot.is_asking else self._state
        return TabItem(
            key=self.id or "",
            title=self.title,
            detail=self.copying.brief,
            state=state,
            colour=self._machine.colour,
            guard=self._machine.guard,
            unseen=self._has_news,
            closable=True,
        )

    def facts(self) -> Content:
        """The way there."""
        words = ["⚠ guarded"] if self._machine.guard else []
        words += ["sftp", {TabState.CONNECTING: "◌ connecting", TabState.OPEN: "● open"}.get(self._state, "✕ closed")]
        return Content.assemble((" · ".join(words), ".status-bar--facts"))

    def set_active(self, active: bool) -> None:
        """It is looked at, or not."""
        super().set_active(active)
        if active:
            self._has_news = False

    def take_focus(self) -> None:
        """Give the keys to a question, or to the side that had them."""
        if self._spot.is_asking:
            self._spot.take_focus()
        else:
            self.screen.set_focus(self._active.list)

    def end(self) -> None:
        """The tab goes: so do the connection and what is being copied."""
        self.copying.stop()
        if self.access is not None:
            self.access.close()

    def news(self) -> None:
        """Something ended that may not have been seen."""
        self._has_news = not self.is_active
        self.tell()

    def tell(self) -> None:
        """The tab's item is new."""
        self.post_message(self.Changed(self))

    @property
    def _state(self) -> TabState:
        return TabState.CONNECTING if self.access is None else _STATES[self.access.state]

    def _arrange(self) -> None:
        """Show both sides, or the one that has the keys."""
        both = self.size.width >= TWO_SIDES_FROM
        for side in (self.here, self.there):
            side.display = both or side is self._active
            side.set_class(side is self._active, "-active")

    # What the parts tell.

    def on_file_list_opened(self, event: FileList.Opened) -> None:
        """A row was clicked twice."""
        event.stop()
        self.going.open_under_cursor()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click brings the keys to a side."""
        for side in (self.here, self.there):
            if event.widget is side.list and side is not self._active:
                self._active = side
                self._arrange()

    def on_question_spot_changed(self, event: QuestionSpot.Changed) -> None:
        """A question came, or went."""
        event.stop()
        if not event.is_asking and self.is_active:
            self.call_after_refresh(self.take_focus)
        self.tell()

    # What the engine tells; it is no message, so each is dealt with in a turn of its own.

    def access_changed(self) -> None:
        """State or step are new."""
        self.call_later(self._follow_access)

    def access_asked(self, question_id: int, question: Question) -> None:
        """Ask the person."""
        self._asking[question_id] = self.run_worker(self._ask(question_id, question), name="ask")

    def access_question_lapsed(self, question_id: int) -> None:
        """Nobody waits for the answer."""
        if (asking := self._asking.pop(question_id, None)) is not None:
            asking.cancel()

    def copied(self, progress: CopyProgress) -> None:
        """How far copying has come."""
        self.call_later(self.copying.show, progress)

    async def _ask(self, question_id: int, question: Question) -> None:
        answer = await self._spot.ask(question)
        self._asking.pop(question_id, None)
        if self.access is not None:
            self.access.reply(question_id, answer)

    def _follow_access(self) -> None:
        access = self.access
        if access is None or not self.is_attached:
            return
        if access.state is SessionState.OPEN:
            self.going.go(self.there, self.there.path or b"")
        elif access.state is SessionState.CONNECTING:
            self.there.show_note(f"{access.step} · {access.hop} …")
        else:
            reason = problem_lines(access.failure)[0].rstrip(".") if access.failure is not None else "closed"
            self.there.show_note(f"✕ {reason}; {self._again_key()} connects again")
            self.news()
        self.tell()
