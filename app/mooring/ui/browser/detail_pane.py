"""What is known of the machine under the cursor: its sources, and what it resolves to from which line of a file."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import get_current_worker

from mooring.model.machine import Machine
from mooring.ui.browser.background import NOTHING_MORE, Background
from mooring.ui.browser.description import describe
from mooring.ui.browser.explanation import MachineExplanation, explain_machine


class DetailText(Static):
    """The text, with the styles of its parts."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "detail--name",
        "detail--quiet",
        "detail--heading",
        "detail--problem",
        "detail--guard",
        "detail--good",
        "detail--busy",
    }


class DetailPane(VerticalScroll, can_focus=True):
    """Details of one machine, told line by line; or what to do when there is none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
    ]

    RESOLVE_AFTER = 0.08
    """Seconds that the cursor rests on a machine before it is resolved: who scrolls past it does not pay."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._machine: Machine | None = None
        self._shown: tuple[Machine, MachineExplanation | None] | None = None
        self._background = NOTHING_MORE
        self._thoroughly = False
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """One text."""
        yield DetailText()

    @property
    def text(self) -> str:
        """What is shown, without styles."""
        return str(self.query_one(DetailText).content)

    def look_at(
        self, machine: Machine | None, background: Background = NOTHING_MORE, *, instead: Content | None = None
    ) -> None:
        """Show a machine, or `instead` where there is none. What it resolves to follows when the cursor rests.

        Of a machine that is shown already the old is shown until then, and nothing scrolls: its sources were read.
        """
        again = machine is not None and self._machine is not None and machine.name == self._machine.name
        known = self._shown[1] if again and self._shown is not None else None
        self._stop_timer()
        self._background = background
        self._machine, self._thoroughly = machine, self.has_focus
        self.workers.cancel_group(self, "explain")
        if machine is None:
            self.query_one(DetailText).update(instead or Content(""))
            return
        self._show(machine, known)
        if not again:
            self.scroll_home(animate=False)
        if machine.problem is None:
            self._timer = self.set_timer(self.RESOLVE_AFTER, self._resolve)

    def tell_more(self, background: Background) -> None:
        """Something new is known of the machine that is shown."""
        self._background = background
        if self._machine is not None and self._shown is not None:
            self._show(*self._shown)

    def on_focus(self) -> None:
        """Who comes here wants the machine explained: then `Match exec` may run, which it may not while browsing."""
        if self._machine is not None and self._machine.problem is None and not self._thoroughly:
            self._thoroughly = True
            self._stop_timer()
            self._resolve()

    def _resolve(self) -> None:
        if self._machine is not None:
            self._explain(self._machine, thoroughly=self._thoroughly)

    @work(thread=True, exclusive=True, group="explain", name="explain machine")
    def _explain(self, machine: Machine, *, thoroughly: bool) -> None:
        worker = get_current_worker()
        explanation = explain_machine(machine, run_match_exec=thoroughly)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._explained, machine, explanation)

    def _explained(self, machine: Machine, explanation: MachineExplanation) -> None:
        if machine is self._machine:
            self._show(machine, explanation)

    def _show(self, machine: Machine, explanation: MachineExplanation | None) -> None:
        self._shown = (machine, explanation)
        width = max(20, self.scrollable_content_region.width)
        self.query_one(DetailText).update(describe(machine, explanation, width, self._background))

    def on_resize(self) -> None:
        """Lines are laid out for the width."""
        if self._machine is not None and self._shown is not None:
            self._show(*self._shown)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
