"""What Textual's pilot has no method for: the wheel, and dragging over several cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot
from textual.widget import Widget


async def turn_wheel(pilot: Pilot[Any], widget: Widget, *, up: bool) -> None:
    """One step of the wheel over the first cell of a widget."""
    x, y = widget.region.offset
    kind = MouseScrollUp if up else MouseScrollDown
    pilot.app.post_message(kind(None, 0, 0, 0, 0, 0, False, False, False, screen_x=x, screen_y=y))
    await pilot.pause()


async def drag(pilot: Pilot[Any], widget: Widget, cells: Iterable[tuple[int, int]]) -> None:
    """Press the first button on the first cell (columns and lines in the widget), move over the others, let it go."""
    start, *path = cells
    await pilot.mouse_down(widget, offset=start)
    for cell in path:
        await pilot.hover(widget, offset=cell)
        await pilot.pause()
    await pilot.mouse_up(widget, offset=(path or [start])[-1])
    await pilot.pause()
