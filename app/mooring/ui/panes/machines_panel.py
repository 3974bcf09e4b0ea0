"""The left panel: the list of machines with the browser's keys, and what was wrong with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from mooring.model.errors import MooringError
from mooring.ui.problems import problem_lines
from mooring_widgets.machine_list import MachineList

_PROBLEMS_SHOWN = 3


class MachinesPanel(MachineList):
    """`MachineList` in this application: keys act through the screen, problems stand below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "screen.hand_over", "ssh", show=False),
        Binding("y", "screen.copy_ssh_line", "Copy ssh line", show=False),
        Binding("tab,shift+tab", "screen.focus_details", "Details", show=False),
        Binding("question_mark,f1", "screen.help", "Help", show=False),
        Binding("ctrl+p", "app.command_palette", "Palette", show=False),
        Binding("q", "screen.quit", "Quit", show=False),
        Binding("escape", "back", "Back", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The list, and the problems below it."""
        yield from super().compose()
        yield Static(id="problems", markup=False)

    def show_problems(self, problems: Sequence[MooringError]) -> None:
        """Say what could not be read, with the place to mend."""
        told = [f"! {' '.join(problem_lines(problem))}" for problem in problems[:_PROBLEMS_SHOWN]]
        if len(problems) > _PROBLEMS_SHOWN:
            told.append(f"! and {len(problems) - _PROBLEMS_SHOWN} more: mooring ls tells them all")
        self.query_one("#problems", Static).update(Content("\n".join(told)))
        self.set_class(bool(problems), "-problems")

    async def action_back(self) -> None:
        """`esc` clears the filter first, and leaves the panel when there is none."""
        if self.pattern:
            self.action_clear_filter()
        else:
            await self.run_action("screen.back_to_session")
