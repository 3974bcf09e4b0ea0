"""The forwards of a session's machine: how each stands, one more, one less."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from mooring.model.errors import MooringError
from mooring.model.forward_report import ForwardReport
from mooring.model.forward_specification import ForwardSpecification
from mooring.ui.dialogs.dialog import Dialog
from mooring.ui.forwards.forward_lines import forward_line
from mooring.ui.forwards.typed_forward import read_typed_forward
from mooring.ui.problems import problem_lines
from mooring_widgets.plain_text import plain_text

REFRESH = 1.0
"""Seconds between two looks at the counters."""

_CARD = 76
"""Cells that the card is wide, where there is room."""

_AROUND = 7
"""Cells left and right of a line: the card's padding, and a scroll bar with some air."""

_KEYS = "enter adds, ctrl+d removes the one under the cursor, esc closes"


class ForwardsOf(Protocol):
    """The forwards of one machine. Each answer is how they stand then; MooringError says what went wrong."""

    async def list(self) -> tuple[ForwardReport, ...]:
        """How they stand."""
        ...

    async def add(self, specification: ForwardSpecification, *, remote: bool) -> tuple[ForwardReport, ...]:
        """Open one more."""
        ...

    async def remove(self, specification: ForwardSpecification, *, remote: bool) -> tuple[ForwardReport, ...]:
        """Stop forwarding."""
        ...


class ForwardsDialog(Dialog[None]):
    """Follows the counters while it is open; what is added and removed is so at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", show=False),
        Binding("ctrl+d", "remove", "Remove", show=False, priority=True),
        Binding("down", "move('cursor_down')", "Down", show=False),
        Binding("up", "move('cursor_up')", "Up", show=False),
    ]

    def __init__(self, machine: str, forwards: ForwardsOf) -> None:
        super().__init__()
        self._machine = machine
        self._forwards = forwards
        self._reports: tuple[ForwardReport, ...] | None = None
        self._lines: list[str] = []

    def compose(self) -> ComposeResult:
        """A line to type one into, those that there are, and what can be done."""
        with Vertical(classes="card card-wide forwards"):
            yield Static(f"Forwards of {plain_text(self._machine)}", classes="card--title", markup=False)
            yield Input(
                placeholder="8080:localhost:80, R 9000:localhost:3000 or D 1080", compact=True, classes="card--input"
            )
            yield OptionList(compact=True, markup=False)
            yield Static("", classes="card--quiet forwards--none", markup=False)
            yield Static("", classes="card--warning forwards--problem", markup=False)
            yield Static(_KEYS, classes="card--quiet forwards--hint", markup=False)

    def on_mount(self) -> None:
        """Ask at once, and then now and again."""
        self.query_one(".forwards--problem").display = False
        self._follow()
        self.set_interval(REFRESH, self._follow)

    def on_resize(self) -> None:
        """The lines are made for the width."""
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong is being mended."""
        event.stop()
        self._say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open what was typed."""
        event.stop()
        if not event.value.strip():
            return
        try:
            specification, remote = read_typed_forward(event.value)
        except MooringError as error:
            self._say(error.message)
            return
        self._do(lambda: self._forwards.add(specification, remote=remote), clears=True)

    async def action_move(self, movement: str) -> None:
        """Move in the list while the keys go to the line."""
        await self.query_one(OptionList).run_action(movement)

    def action_remove(self) -> None:
        """Remove the one under the cursor."""
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None and self._reports:
            report = self._reports[highlighted]
            self._do(lambda: self._forwards.remove(report.specification, remote=report.remote))

    def _follow(self) -> None:
        self._do(self._forwards.list, group="follow")

    def _do(
        self, ask: Callable[[], Awaitable[tuple[ForwardReport, ...]]], *, clears: bool = False, group: str = "change"
    ) -> None:
        self.run_worker(self._done(ask, clears=clears), group=group, exclusive=group == "follow", name="forwards")

    async def _done(self, ask: Callable[[], Awaitable[tuple[ForwardReport, ...]]], *, clears: bool) -> None:
        try:
            self._reports = await ask()
        except MooringError as error:
            self._say(" ".join(filter(None, (problem_lines(error)[0], error.hint and f"({error.hint})"))))
            return
        if clears:
            self.query_one(Input).value = ""
        self._show()

    def _say(self, text: str) -> None:
        line = self.query_one(".forwards--problem", Static)
        line.update(f"! {plain_text(text)}" if text else "")
        line.display = bool(text)

    def _show(self) -> None:
        if self._reports is None:
            return
        options = self.query_one(OptionList)
        # Told by the screen, since the list has no width yet when the first answer comes.
        width = min(_CARD, self.size.width) - _AROUND
        lines = [forward_line(report, max(1, width)) for report in self._reports]
        if lines != self._lines:
            before = options.highlighted or 0
            options.set_options([Option(line) for line in lines])
            options.highlighted = min(before, len(lines) - 1) if lines else None
            self._lines = lines
        options.display = bool(lines)
        none = self.query_one(".forwards--none", Static)
        none.update("Nothing is forwarded yet.")
        none.display = not lines
