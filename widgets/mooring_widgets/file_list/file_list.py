"""The list of a folder's files: a cursor, marks, and only the rows that are seen are made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from mooring_widgets.file_list.row import FileRow, RowKind, columns

_NOTE_INDENT = 2


class FileList(Widget, can_focus=True):
    """Takes rows, and posts what is wanted. In place of rows it shows a word: that it reads, that nothing is there."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"file-list--{kind}" for kind in RowKind),
        "file-list--cursor",
        "file-list--cursor-blurred",
        "file-list--mark",
        "file-list--quiet",
        "file-list--note",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "move_page(-1)", "Page up", show=False),
        Binding("pagedown", "move_page(1)", "Page down", show=False),
        Binding("home,g", "move_to(0)", "First", show=False),
        Binding("end,G", "move_to(-1)", "Last", show=False),
    ]

    @dataclass
    class Opened(Message):
        """A row was clicked twice."""

        list: FileList
        key: bytes

    @dataclass
    class Changed(Message):
        """The cursor or the marks are elsewhere."""

        list: FileList

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[FileRow, ...] = ()
        self._note = ""
        self._cursor = 0
        self._top = 0
        self._marks: set[bytes] = set()

    # What is shown.

    def show(self, rows: Sequence[FileRow], *, cursor: bytes | None = None, note: str = "") -> None:
        """Show these, with the cursor on a key, or where it was; marks on rows that are gone go. `note` is for none."""
        before = cursor if cursor is not None else self.cursor_key
        self._rows = tuple(rows)
        self._note = note
        keys = {row.key: index for index, row in enumerate(self._rows)}
        self._marks &= keys.keys()
        self._cursor = keys.get(before, min(self._cursor, max(0, len(rows) - 1))) if before is not None else 0
        self._reveal()
        self.refresh()

    def show_note(self, note: str) -> None:
        """Show a word in place of rows."""
        self._marks.clear()
        self.show((), note=note)

    @property
    def rows(self) -> tuple[FileRow, ...]:
        """What it shows."""
        return self._rows

    @property
    def cursor_key(self) -> bytes | None:
        """The key of the row under the cursor."""
        return self._rows[self._cursor].key if self._rows else None

    @property
    def marked(self) -> tuple[bytes, ...]:
        """The keys of the marked rows, in their order."""
        return tuple(row.key for row in self._rows if row.key in self._marks) if self._marks else ()

    @property
    def chosen(self) -> tuple[bytes, ...]:
        """The marked ones, or the one under the cursor."""
        key = self.cursor_key
        return self.marked or (() if key is None else (key,))

    def mark(self, *, step: int = 1) -> None:
        """Mark the row under the cursor, or take its mark away, and go on."""
        if (key := self.cursor_key) is not None:
            self._marks ^= {key}
            self._go(self._cursor + step)

    def mark_all(self) -> None:
        """Mark all rows, or none where all are marked."""
        keys = {row.key for row in self._rows}
        self.set_marks(() if self._marks >= keys else keys)

    def set_marks(self, keys: Collection[bytes]) -> None:
        """Have these marked, and no others."""
        self._marks = set(keys)
        self._tell()

    # Moving.

    def action_move(self, step: int) -> None:
        """Move by rows."""
        self._go(self._cursor + step)

    def action_move_page(self, step: int) -> None:
        """Move by what is seen at once."""
        self._go(self._cursor + step * max(1, self.size.height - 1))

    def action_move_to(self, index: int) -> None:
        """Go to the first row, or the last."""
        self._go(index % max(1, len(self._rows)))

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._reveal()

    def on_focus(self) -> None:
        """The cursor looks different."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor looks different."""
        self.refresh()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self._go(self._cursor - 3)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self._go(self._cursor + 3)

    def on_click(self, event: events.Click) -> None:
        """Go to a row; a second click opens it."""
        event.stop()
        index = self._top + event.y
        if index < len(self._rows):
            self._go(index)
            if event.chain == 2:
                self.post_message(self.Opened(self, self._rows[index].key))

    def _go(self, index: int) -> None:
        self._cursor = min(max(index, 0), max(0, len(self._rows) - 1))
        self._reveal()
        self._tell()

    def _tell(self) -> None:
        self.refresh()
        self.post_message(self.Changed(self))

    def _reveal(self) -> None:
        height = max(1, self.size.height)
        self._top = min(self._top, self._cursor, max(0, len(self._rows) - height))
        self._top = max(self._top, self._cursor - height + 1)

    # Painting.

    def render_line(self, y: int) -> Strip:
        """One row, or the word in place of rows."""
        width = self.size.width
        base = self.visual_style.rich_style
        index = self._top + y
        if not self._rows and y > 0:
            note = self.get_component_rich_style("file-list--note")
            lines = wrap(self._note, max(1, width - _NOTE_INDENT))[y - 1 : y]
            return Strip([Segment(" " * _NOTE_INDENT + line, note) for line in lines]).adjust_cell_length(width, base)
        if index >= len(self._rows):
            return Strip.blank(width, base)
        row = self._rows[index]
        marked = row.key in self._marks
        mark, name, right = columns(row, width, marked=marked)
        styles = [
            self.get_component_rich_style(f"file-list--{part}")
            for part in ("mark", "mark" if marked else row.kind, "quiet")
        ]
        if index == self._cursor:
            under = "file-list--cursor" if self.has_focus else "file-list--cursor-blurred"
            ground = Style(bgcolor=self.get_component_rich_style(under).bgcolor)
            base += ground
            styles = [style + ground for style in styles]
        segments = [Segment(text, style) for text, style in zip((mark, name, right), styles, strict=True)]
        return Strip(segments).adjust_cell_length(width, base)
