"""The right panel: the saved commands for the machines that are meant, and what ran apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import Label, Static

from mooring.fleet.folding import fold
from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.model.saved_command import CommandSource, SavedCommand
from mooring.ui.commands.run_stack import RunStack
from mooring.ui.commands.shelf import CommandShelf
from mooring.ui.problems import problem_lines, shorten_home
from mooring_widgets.command_panel import CommandList, CommandRow, FilterLine
from mooring_widgets.plain_text import plain_line, plain_text

LINE_SIGN = "!"
"""In the filter, what follows it is a command line to run as it is."""

_FEW_LINES = 16
_LINES = 6
"""Lines of a command that the panel shows; the form shows all of them."""


class CommandPanel(Vertical):
    """Shows what the desk gives it; keys and wishes are the desk's."""

    @dataclass
    class Highlighted(Message):
        """The cursor is on another command."""

    @dataclass
    class Chosen(Message):
        """A command is to be run: by enter in the filter, where all that was typed is there by now, or by the mouse."""

    def __init__(self, shelf: CommandShelf, *, id: str) -> None:
        super().__init__(id=id)
        self._shelf = shelf
        self._machines: tuple[Machine, ...] = ()
        self.list = CommandList()
        self.filter = FilterLine("filter, or ! and a command line")
        self.runs = RunStack()
        self._shown_preview = ""

    def compose(self) -> ComposeResult:
        """Heading, filter, commands, what the one under the cursor is, what ran."""
        yield Static("", classes="commands--title", markup=False)
        with Horizontal(classes="commands--filter"):
            yield Label("/", classes="commands--slash")
            yield self.filter
        yield self.list
        yield Static("", classes="commands--instead", markup=False)
        yield Static("", classes="commands--problem", markup=False)
        yield Static("", classes="commands--about", markup=False)
        yield self.runs

    @property
    def current(self) -> SavedCommand | None:
        """The command under the cursor."""
        return self._shelf.library.find(self.list.current_key or "")

    def show(self, machines: Sequence[Machine]) -> None:
        """Show the commands for these machines."""
        self._machines = tuple(machines)
        commands = self._shelf.offered(self._machines)
        self.list.set_rows([self._row(command) for command in commands])
        name = plain_text(fold(machine.name for machine in machines)) if machines else ""
        count = f"{len(machines)} marked: " if len(machines) > 1 else ""
        title = Content.assemble(("Commands", "bold"), f"  {count}{name}" if name else "")
        self.query_one(".commands--title", Static).update(title)
        self._show_instead(len(commands))
        self._show_problems(self._shelf.library.problems)

    def show_about(self, lines: Sequence[str]) -> None:
        """Show what the command under the cursor is, and what it would run."""
        text = "\n".join(plain_line(line[:400]) for line in lines)
        if text != self._shown_preview:
            self._shown_preview = text
            about = self.query_one(".commands--about", Static)
            about.update(text)
            about.set_class(bool(text), "-shown")

    def focus_list(self) -> None:
        """Give the keys to the commands."""
        self.screen.set_focus(self.list)

    def focus_filter(self) -> None:
        """Give the keys to the filter."""
        self.screen.set_focus(self.filter)

    def leave_filter(self) -> None:
        """Show all commands again; the cursor stays where it is, and the keys are for the list."""
        key = self.list.current_key
        self.filter.value = ""
        self.list.set_filter("")
        if key is not None:
            self.list.go_to(key)
        self.focus_list()

    def on_input_changed(self, event: FilterLine.Changed) -> None:
        """Narrow down."""
        if event.input is self.filter:
            event.stop()
            if event.value == self.filter.value:
                self.list.set_filter(event.value)
                self._show_instead(self.list.shown)

    def on_input_submitted(self, event: FilterLine.Submitted) -> None:
        """Run what the filter is about."""
        if event.input is self.filter:
            event.stop()
            self.post_message(self.Chosen())

    def on_option_list_option_highlighted(self, event: CommandList.OptionHighlighted) -> None:
        """The cursor moved."""
        if event.option_list is self.list:
            event.stop()
            self.post_message(self.Highlighted())

    def on_command_list_chosen(self, event: CommandList.Chosen) -> None:
        """It was clicked twice."""
        event.stop()
        self.post_message(self.Chosen())

    def on_resize(self, event: Resize) -> None:
        """In few lines one thing is shown at a time: the commands, or the output while it has the keys."""
        self.set_class(event.size.height < _FEW_LINES, "-low")

    def on_descendant_focus(self) -> None:
        """The keys came to a part."""
        self.set_class(self.runs.has_focus_within, "-reading")

    def on_descendant_blur(self) -> None:
        """They left it."""
        self.set_class(self.runs.has_focus_within, "-reading")

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        """The keys are for the list."""
        event.stop()
        self.focus_list()

    def _row(self, command: SavedCommand) -> CommandRow:
        section = "for all machines"
        if self._shelf.is_own(command):
            section = "for this machine" if len(self._machines) == 1 else "for these machines"
        return CommandRow(
            key=command.name,
            title=command.name,
            section=section,
            detail=" ".join((*command.tags, command.description, command.command)),
            favourite=self._shelf.is_favourite(command),
            asks_first=command.asks_first,
            is_foreign=command.source is CommandSource.PROJECT,
        )

    def _show_instead(self, count: int) -> None:
        self.set_class(not count, "-empty")
        if count:
            return
        total = len(self._shelf.library.commands)
        file = shorten_home(str(self._shelf.personal))
        if not self._shelf.is_read:
            text = "◌ reading commands"
        elif self.filter.value.lstrip().startswith(LINE_SIGN):
            text = "enter runs it as it stands, without saving it"
        elif self.filter.value and total:
            text = f"no command fits “{plain_text(self.filter.value)}”"
        elif total:
            noun = "machine" if len(self._machines) == 1 else "machines"
            text = f"{total} saved, none of them for {'this' if len(self._machines) == 1 else 'these'} {noun}"
        else:
            text = _FIRST_STEPS.format(file=plain_text(file))
        self.query_one(".commands--instead", Static).update(text)

    def _show_problems(self, problems: Sequence[MooringError]) -> None:
        line = self.query_one(".commands--problem", Static)
        line.display = bool(problems)
        if problems:
            more = f"  and {len(problems) - 1} more: mooring commands" if len(problems) > 1 else ""
            line.update(f"! {' '.join(problem_lines(problems[0]))}{more}")


_FIRST_STEPS = """\
No commands are saved yet.

n makes one, i takes one from your shell's history. Or write it into {file}:

  [[command]]
  name = "disk free"
  command = "df -h {{{{path}}}}"

  [command.parameters.path]
  default = "/"
"""


def about_lines(command: SavedCommand, preview: Sequence[str]) -> list[str]:
    """What a command is, and what it would run, in few lines."""
    lines = [command.description] if command.description else []
    if tags := " ".join(f"#{tag}" for tag in command.tags):
        lines.append(tags)
    cut = list(preview[:_LINES]) + ([f"… {len(preview) - _LINES} more lines"] if len(preview) > _LINES else [])
    return [*lines, *(f"$ {line}" if index == 0 else f"  {line}" for index, line in enumerate(cut))]
