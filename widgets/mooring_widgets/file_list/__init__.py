"""A folder's files as a list, for any Textual application."""

from __future__ import annotations

from mooring_widgets.file_list.file_list import FileList
from mooring_widgets.file_list.row import FileRow, RowKind

__all__ = ["FileList", "FileRow", "RowKind"]
