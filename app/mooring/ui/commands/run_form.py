"""Before a command runs: its parameters, what exactly will run where, and what has to be meant."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from mooring.fleet.folding import fold
from mooring.fleet.plan import RunPlan
from mooring.fleet.run import RunOptions
from mooring.model.errors import MooringError
from mooring.model.saved_command import CommandSource
from mooring.ui.commands.fields import ParameterField
from mooring.ui.commands.form_size import fit_form
from mooring.ui.commands.intent import Decision, Intent, Way
from mooring.ui.commands.make_plan import plan_of, typed_text
from mooring.ui.commands.preview import preview_lines
from mooring.ui.commands.run_options import RunOptionsField
from mooring.ui.dialogs.dialog import Dialog
from mooring.ui.dialogs.guarded import confirmation
from mooring.ui.problems import shorten_home
from mooring_widgets.plain_text import fit, plain_line, plain_text
from mooring_widgets.session_tabs.item import GUARD_SIGN

_WIDTH = 66
_LINES = 200


_VERBS = {Way.RUN: "runs it", Way.TYPE: "types it", Way.TYPE_AND_ENTER: "types it, with enter"}


class RunForm(Dialog[Decision | None]):
    """Returns what was decided, None for leaving it. Machines are touched only by what stands in the preview."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave it", show=False),
        Binding("enter", "go", "Run", show=False, priority=True),
        Binding("down", "app.focus_next", "Next", show=False, priority=True),
        Binding("up", "app.focus_previous", "Previous", show=False, priority=True),
    ]

    def __init__(self, intent: Intent, last_values: Mapping[str, str]) -> None:
        super().__init__()
        self._intent = intent
        self._last = {**last_values, **intent.values}
        self._fault = ""
        self._wanted = False
        self._refused = False
        self._asked = 0

    def compose(self) -> ComposeResult:
        """Name, machines, warnings, parameters, bounds, preview."""
        intent, saved = self._intent, self._intent.saved
        with Vertical(classes="card card-wide run-form"):
            yield Static(fit(plain_text(intent.title), _WIDTH), classes="card--title", markup=False)
            with VerticalScroll(can_focus=False, classes="run-form--body"):
                if saved is not None and saved.description:
                    yield Static(plain_text(saved.description), classes="card--quiet run-form--about", markup=False)
                yield Static(self._where(), classes="run-form--where", markup=False)
                if warning := self._warning():
                    yield Static(warning, classes="card--warning run-form--warning", markup=False)
                for parameter in saved.parameters if saved is not None else ():
                    yield ParameterField(parameter, self._last.get(parameter.name, parameter.default))
                if intent.way is Way.RUN and len(intent.machines) > 1:
                    yield RunOptionsField()
                yield Static("", classes="card--quote run-form--preview", markup=False)
            if self._has_to_type:
                yield Static(
                    f"Type  {confirmation(intent.guarded)}  to go on.",
                    classes="card--strong run-form--type",
                    markup=False,
                )
                yield Input(compact=True, classes="card--input run-form--meant")
            yield Static("", classes="card--quiet run-form--hint", markup=False)

    def on_mount(self) -> None:
        """The keys go to the first line that wants something."""
        self._show_hint()
        self._replan()
        fields = [*self.query("ParameterField Input, ParameterField ChoiceField"), *self.query(".run-form--meant")]
        if fields:
            fields[0].focus()

    def on_resize(self) -> None:
        """The middle takes what the rest leaves of the screen."""
        fit_form(self, ".run-form--body", rest=6 if self._has_to_type else 4)

    def on_parameter_field_changed(self, event: ParameterField.Changed) -> None:
        """Other values make another command."""
        event.stop()
        self._replan()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The confirmation."""
        event.stop()
        self._show_hint()

    def action_go(self) -> None:
        """Go on, once letters that were typed before have reached their line, and the preview shows what that means."""
        (self.focused or self).call_later(self._go)

    def _go(self) -> None:
        self._refused = False
        self._wanted = True
        self._replan()

    @property
    def _has_to_type(self) -> bool:
        return self._intent.way is Way.RUN and len(self._intent.machines) > 1 and bool(self._intent.guarded)

    @property
    def _is_meant(self) -> bool:
        return self.query_one(".run-form--meant", Input).value.strip() == confirmation(self._intent.guarded)

    def _where(self) -> str:
        names = [machine.name for machine in self._intent.machines]
        count = "" if len(names) == 1 else f"{len(names)} machines: "
        return plain_text(f"on {count}{fold(names)}")

    def _warning(self) -> str:
        lines = []
        if guarded := self._intent.guarded:
            lines.append(plain_text(f"{GUARD_SIGN} guarded: {fold(guarded)}"))
        saved = self._intent.saved
        if saved is not None and saved.source is CommandSource.PROJECT:
            lines.append(f"◆ it comes with the project: {plain_text(shorten_home(str(saved.origin)))}")
        elif saved is not None and saved.confirm:
            lines.append("⚠ it wants to be confirmed")
        return "\n".join(lines)

    def _replan(self) -> None:
        values = {each.parameter.name: each.value for each in self.query(ParameterField) if each.is_given}
        self._asked += 1
        self._make_plan(values, self._asked)

    @work(exclusive=True, group="plan", name="plan a run")
    async def _make_plan(self, values: Mapping[str, str], number: int) -> None:
        try:
            plan = await asyncio.to_thread(partial(plan_of, self._intent, values))
            lines = preview_lines(plan) if self._intent.way is Way.RUN else typed_text(plan).split("\n")
        except MooringError as error:
            if number == self._asked:
                self._fault = self._fault_words(error)
                self._refuse("ParameterField Input, ParameterField ChoiceField")
                saved = self._intent.saved
                self._show_preview(saved.command.rstrip("\n").split("\n") if saved is not None else [])
            return
        if number == self._asked:
            self._fault = ""
            self._show_preview(lines)
            if self._wanted and self._has_to_type and not self._is_meant:
                self._refuse(".run-form--meant")
            elif self._wanted:
                self._decide(plan)

    def _refuse(self, wanting: str) -> None:
        """If it was to go on, go to the line that wants something instead."""
        if self._wanted:
            self._wanted, self._refused = False, True
            self.focus_next(wanting)

    def _show_preview(self, lines: Sequence[str]) -> None:
        shown = [plain_line(line[:_LINES]) for line in lines[:_LINES]]
        preview = self.query_one(".run-form--preview", Static)
        preview.update("\n".join(shown))
        preview.display = bool(shown)
        self._show_hint()

    def _show_hint(self) -> None:
        hint = self.query_one(".run-form--hint", Static)
        refused = bool(self._fault) and self._refused
        hint.set_class(refused, "-fault")
        lead = "✕ " if refused else ""
        hint.update(f"{lead}{self._fault}" if self._fault else f"enter {_VERBS[self._intent.way]}, esc leaves it")

    def _decide(self, plan: RunPlan) -> None:
        self._wanted = False
        options = self.query(RunOptionsField)
        chosen = options.first().options if options else RunOptions()
        for each in self.query(ParameterField):
            each.forget()
        self.dismiss(Decision(plan, chosen))

    def _fault_words(self, error: MooringError) -> str:
        text = " ".join(error.message.split("\n"))
        return plain_text(text.removeprefix(f"{self._intent.title}: "))
