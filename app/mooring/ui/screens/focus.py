"""In which part of the screen the keys go."""

from __future__ import annotations

from textual.widget import Widget

from mooring.ui.browser.focus import area_in_browser
from mooring.ui.commands.command_panel import CommandPanel
from mooring.ui.files.files_tab import FilesTab
from mooring.ui.fleet.answers_view import SearchField
from mooring.ui.fleet.run_tab import RunTab
from mooring.ui.keys import Area
from mooring.ui.sessions.end_pane import EndPane
from mooring.ui.sessions.questions.question import QuestionCard
from mooring_widgets.command_panel import FilterLine
from mooring_widgets.terminal import TerminalView
from mooring_widgets.terminal.search.search_bar import SearchBar

_AREAS: tuple[tuple[type[Widget], Area], ...] = (
    (TerminalView, Area.SESSION),
    (SearchBar, Area.SEARCH),
    (QuestionCard, Area.QUESTION),
    (EndPane, Area.OVER),
    (FilterLine, Area.COMMAND_FILTER),
    (CommandPanel, Area.COMMANDS),
    (SearchField, Area.ANSWER_SEARCH),
    (RunTab, Area.RUN),
    (FilesTab, Area.FILES),
)


def area_of(focused: Widget | None) -> Area | None:
    """The area of the widget that has the focus; None while nobody has it, between two parts of the screen."""
    if focused is None:
        return None
    if isinstance(focused, TerminalView) and focused.look_back.is_copying:
        return Area.COPY
    for kind, area in _AREAS:
        node = next((node for node in focused.ancestors_with_self if isinstance(node, kind)), None)
        if isinstance(node, RunTab) and node.record is not None:
            return Area.ANSWERS
        if node is not None:
            return area
    return area_in_browser(focused)
