"""What is known of the machine under the cursor: its sources, and what it resolves to from which line of a file."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from mooring import sshconfig
from mooring.model.machine import Machine
from mooring.ui.browser.background import NOTHING_MORE, Background
from mooring.ui.browser.description import describe

if TYPE_CHECKING:
    from mooring.sshconfig import FileMemory
    from mooring.ui.browser.explanation import MachineExplanation

_RESTS_FOR_COST = 4
"""How many times as long as resolving takes the cursor has to rest before it."""


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
    RESOLVE_AT_LATEST = 1.0
    """The same where resolving takes long, as with ten thousand `Host` blocks: the thread would be felt at each key."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._machine: Machine | None = None
        self._shown: tuple[Machine, MachineExplanation | None] | None = None
        self._background = NOTHING_MORE
        self._thoroughly = False
        self._timer: Timer | None = None
        self._memory: FileMemory | None = None
        self._rest = self.RESOLVE_AFTER
        self._is_explaining = False
        self._is_due = False

    def compose(self) -> ComposeResult:
        """One text."""
        yield DetailText()

    @property
    def text(self) -> str:
        """What is shown, without styles."""
        return str(self.query_one(DetailText).content)

    def look_at(
        self,
        machine: Machine | None,
        background: Background = NOTHING_MORE,
        *,
        instead: Content | None = None,
        is_reading: bool = False,
    ) -> None:
        """Show a machine, or `instead` where there is none. What it resolves to follows when the cursor rests.

        While machines are still being read (`is_reading`) it rests for longer: both would take the other's time.
        Of a machine that is shown already the old is shown until then, and nothing scrolls: its sources were read.
        """
        again = machine is not None and self._machine is not None and machine.name == self._machine.name
        known = self._shown[1] if again and self._shown is not None else None
        self._stop_timer()
        self._background = background
        self._machine, self._thoroughly = machine, self.has_focus
        self._is_due = False
        if machine is None:
            self.query_one(DetailText).update(instead or Content(""))
            return
        self._show(machine, known)
        if not again:
            self.scroll_home(animate=False)
        if machine.problem is None:
            rest = self.RESOLVE_AT_LATEST if is_reading else self._rest
            self._timer = self.set_timer(rest, self._resolve)

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
        if self._machine is None:
            return
        if self._is_explaining:
            self._is_due = True
        else:
            self._is_explaining, self._is_due = True, False
            self._explain(self._machine, thoroughly=self._thoroughly)

    @work(thread=True, group="explain", name="explain machine")
    def _explain(self, machine: Machine, *, thoroughly: bool) -> None:
        # Loaded only when somebody looks, in this thread: the first picture does without it.
        from mooring.ui.browser.explanation import explain_machine

        if self._memory is None:
            self._memory = sshconfig.FileMemory()
        began = time.thread_time()
        explanation = explain_machine(machine, run_match_exec=thoroughly, memory=self._memory)
        self.call_later(self._explained, machine, explanation, time.thread_time() - began)

    def _explained(self, machine: Machine, explanation: MachineExplanation, cost: float) -> None:
        self._is_explaining = False
        self._rest = min(self.RESOLVE_AT_LATEST, max(self.RESOLVE_AFTER, cost * _RESTS_FOR_COST))
        if machine is self._machine:
            self._show(machine, explanation)
        if self._is_due:
            self._resolve()

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
