"""In which part of the browser the keys go."""

from __future__ import annotations

from textual.widget import Widget

from mooring.ui.browser.detail_pane import DetailPane
from mooring.ui.keys import Area
from mooring_widgets.machine_list import FilterInput


def area_in_browser(focused: Widget | None) -> Area | None:
    """The area of the widget that has the focus, as long as there is nothing but the list and the details."""
    if focused is None:
        return None
    if isinstance(focused, FilterInput):
        return Area.FILTER
    return Area.DETAIL if isinstance(focused, DetailPane) else Area.LIST
