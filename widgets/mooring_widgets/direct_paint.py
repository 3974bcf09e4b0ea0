"""Painting rows of a widget straight to the terminal, past Textual's compositor.

Textual 8.2.8 paints on the next tick of a timer, up to a sixtieth of a second after the last one, and three messages
come before that. Then every widget that lies under the changed rows is asked for all of its lines: 2 ms for one row of
a terminal, and 15 ms for all rows of a list. A key's echo is to come sooner. The compositor keeps no picture of the
screen that could be left behind, so nobody notices when somebody else has painted what it would have painted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from textual.color import Color
from textual.driver import Driver
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


def paint_rows(widget: Widget, driver: Driver, rows: Mapping[int, Strip]) -> bool:
    """Paint rows of a widget without border or padding, by their numbers in it, 0 at the top; all are equally wide.

    False, with nothing painted, where Textual would paint something else there or nothing at all: another screen or
    widget lies over it, the layout is about to change, or the app has not its terminal.
    """
    region = _free_region(widget, min(rows), max(rows), next(iter(rows.values())).cell_length)
    if region is None or not _may_paint(widget):
        return False
    app = widget.app
    painted = [f"\x1b[{region.y + y + 1};{region.x + 1}H{strip.render(app.console)}" for y, strip in rows.items()]
    # A terminal takes one row at once anyway.
    if len(rows) > 1:
        app._begin_update()
    driver.write("".join(painted))
    if len(rows) > 1:
        app._end_update()
    driver.flush()
    # Textual writes in a thread; without this it gets the interpreter lock only after the next slice of a flood.
    time.sleep(0)
    return True


def paint(widget: Widget, rows: Mapping[int, Strip]) -> None:
    """Paint rows at once where `paint_rows` can, else with Textual's next frame.

    The widget has to answer `render_lines` by `uncached_lines`: what is painted here does not reach Textual's cache.
    """
    driver = widget.app._driver
    if rows and (driver is None or not paint_rows(widget, driver, rows)):
        for y in rows:
            widget.refresh(Region(0, y, widget.size.width, 1))


def uncached_lines(widget: Widget, crop: Region, line: Callable[[int], Strip]) -> list[Strip]:
    """The lines of a region of a widget, as `Widget.render_lines` returns them, each asked for by its row."""
    base = widget.visual_style.rich_style
    right = crop.x + crop.width
    lines = (line(y).adjust_cell_length(right, base) for y in range(crop.y, crop.y + crop.height))
    return [strip.crop(crop.x, right) for strip in lines]


def filtered(widget: Widget, strip: Strip, background: Color) -> Strip:
    """A line after what the application does to all of them, for NO_COLOR say; Textual's cache would do it."""
    for line_filter in widget.get_line_filters():
        strip = strip.apply_filter(line_filter, background)
    return strip


def _may_paint(widget: Widget) -> bool:
    """Whether Textual itself would paint now, and has nothing to do before."""
    app, screen = widget.app, widget.screen
    return (
        app.screen is screen
        and app._running
        and not (app._closed or app._batch_count or app.is_headless or app.is_inline)
        and not (screen._layout_required or screen._scroll_required or screen._recompose_required)
    )


def _free_region(widget: Widget, first: int, last: int, width: int) -> Region | None:
    """Where the widget is on the screen, if all of it is seen, but for what lies over none of the rows to be painted.

    These go from `first` to `last` and are `width` cells wide.
    """
    in_front: list[Region] = []
    for other, (region, clip) in widget.screen._compositor.visible_widgets.items():
        if other is widget:
            rows = Region(region.x, region.y + first, width, last - first + 1)
            is_free = clip.contains_region(region) and not any(rows.overlaps(seen) for seen in in_front)
            return region if is_free else None
        in_front.append(region.intersection(clip))
    return None
