"""One side of the tab: where it is, its list, and a line about both."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from mooring.files.paths import join, last_part, shown
from mooring.model.amounts import size_text
from mooring.model.files import FileEntry, FileKind
from mooring.session import Folder
from mooring.ui.files.rows import PARENT, Order, rows_of
from mooring.ui.problems import shorten_home
from mooring_widgets.file_list import FileList
from mooring_widgets.plain_text import fit, fit_end, plain_text


class SideTitle(Static):
    """Whose side it is, and which folder."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"side-title--owner"}


class Side(Vertical):
    """Shows a folder; `name` says whose it is. Going anywhere is the tab's."""

    def __init__(self, name: str, *, on_machine: bool) -> None:
        super().__init__(classes="files--side -there" if on_machine else "files--side")
        self.owner = name
        self.on_machine = on_machine
        self.list = FileList()
        self.path: bytes | None = None
        self._entries: dict[bytes, FileEntry] = {}
        self._order = Order.NAME
        self._hidden = False
        self._hidden_count = 0
        self._arrangement = 0
        self._title = SideTitle("", markup=False)
        self._foot = Static("", classes="files--foot", markup=False)

    def compose(self) -> ComposeResult:
        """Path, list, and what is in it."""
        yield self._title
        yield self.list
        yield self._foot

    def on_resize(self) -> None:
        """The path takes what room there is."""
        self._tell()

    def on_file_list_changed(self, event: FileList.Changed) -> None:
        """The line below tells of marks."""
        event.stop()
        self._tell()

    # What is in it.

    async def show(self, folder: Folder, *, cursor: bytes | None = None) -> None:
        """Show a folder; without a `cursor` it stays where it is while that is the same folder."""
        if folder.path != self.path and cursor is None:
            cursor = PARENT
        await self._arrange(folder.path, {entry.name: entry for entry in folder.entries}, cursor)

    def show_note(self, note: str) -> None:
        """Show a word in place of a folder."""
        self.list.show_note(plain_text(note))
        self._entries = {}
        self._arrangement += 1
        self._tell()

    async def next_order(self) -> None:
        """Sort by something else."""
        self._order = self._order.next
        await self._rearrange()

    async def toggle_hidden(self) -> None:
        """Show what begins with a dot, or not."""
        self._hidden = not self._hidden
        await self._rearrange()

    @property
    def entry(self) -> FileEntry | None:
        """What is under the cursor; None for the way up."""
        return self._entries.get(self.list.cursor_key or b"")

    @property
    def chosen(self) -> tuple[bytes, ...]:
        """The paths of what is marked, or of what is under the cursor."""
        if self.path is None:
            return ()
        return tuple(join(self.path, name) for name in self.list.chosen if name != PARENT)

    def names(self) -> set[bytes]:
        """The names in it."""
        return set(self._entries)

    @property
    def goal(self) -> tuple[bytes, bytes | None] | None:
        """Where opening what is under the cursor leads, and where the cursor is then; None for nowhere."""
        if self.path is None:
            return None
        if self.list.cursor_key == PARENT:
            return self.above
        entry = self.entry
        return (join(self.path, entry.name), None) if entry is not None and entry.is_folder else None

    @property
    def above(self) -> tuple[bytes, bytes | None] | None:
        """The folder above, with the cursor on the one that was come from."""
        if self.path in (None, b"/"):
            return None
        assert self.path is not None
        return self.path.rpartition(b"/")[0] or b"/", last_part(self.path)

    async def _rearrange(self) -> None:
        await self._arrange(self.path, self._entries)

    async def _arrange(self, path: bytes | None, entries: dict[bytes, FileEntry], cursor: bytes | None = None) -> None:
        """Make the rows in a thread, since a folder may have very many; then show them, all at once: a path of one
        folder must not be put together with a name of another."""
        self._arrangement = arrangement = self._arrangement + 1
        rows = await asyncio.to_thread(
            rows_of, tuple(entries.values()), self._order, hidden=self._hidden, is_root=path == b"/"
        )
        if arrangement != self._arrangement:
            # Another folder, or another order, was wanted meanwhile.
            return
        if path != self.path:
            self.list.set_marks(())
        self.path, self._entries = path, entries
        self._hidden_count = 0 if self._hidden else len(entries) - len(rows) + (path != b"/")
        self.list.show(rows, cursor=cursor, note="nothing is in here")
        self._tell()

    def _tell(self) -> None:
        width = max(1, self.size.width - 2)
        owner = fit(plain_text(self.owner), max(1, width // 2))
        path = "" if self.path is None else plain_text(self._spelled(self.path))
        path = fit_end(path, max(1, width - cell_len(owner) - 1))
        self._title.update(Content.assemble((owner, ".side-title--owner"), f" {path}"))
        self._foot.update(fit(self._facts(), width))

    def _spelled(self, path: bytes) -> str:
        return shown(path) if self.on_machine else shorten_home(shown(path))

    def _facts(self) -> str:
        marked = [self._entries[name] for name in self.list.marked if name in self._entries]
        if marked:
            size = sum(entry.size for entry in marked if entry.kind is FileKind.FILE)
            return f"✓ {len(marked)} marked{f', {size_text(size)}' if size else ''}"
        if not self._entries:
            return ""
        hidden = self._hidden_count
        shown_count = len(self._entries) - hidden
        words = [f"{shown_count} {'entry' if shown_count == 1 else 'entries'}"]
        words += [f"{hidden} hidden"] if hidden else []
        words += [f"by {self._order.value}"] if self._order is not Order.NAME else []
        return ", ".join(words)
