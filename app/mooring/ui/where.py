"""In which part of the screen the keys go."""

from __future__ import annotations

from textual.widget import Widget

from mooring.ui.dialogs.question import QuestionCard
from mooring.ui.keymap import Area
from mooring.ui.panes.detail_pane import DetailPane
from mooring.ui.panes.end_pane import EndPane
from mooring_widgets.machine_list import FilterInput
from mooring_widgets.terminal import TerminalView

_AREAS: tuple[tuple[type[Widget], Area], ...] = (
    (FilterInput, Area.FILTER),
    (QuestionCard, Area.QUESTION),
    (EndPane, Area.OVER),
    (DetailPane, Area.DETAIL),
    (TerminalView, Area.TERMINAL),
)


def area_of(focused: Widget | None) -> Area:
    """The area of the widget that has the focus; the list is where one is when nobody has."""
    if focused is not None:
        for kind, area in _AREAS:
            if any(isinstance(node, kind) for node in focused.ancestors_with_self):
                return area
    return Area.LIST
