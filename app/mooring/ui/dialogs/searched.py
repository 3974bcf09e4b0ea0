"""A dialog whose list is searched as one types."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from mooring.ui.dialogs.dialog import Dialog

Result = TypeVar("Result")


class SearchedDialog(Dialog[Result | None]):
    """Escape gives the search up first, then the dialog, which returns None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close", show=False)]

    def action_leave(self) -> None:
        """Give up what was typed, or leave."""
        search = self.query_one(Input)
        if search.value:
            search.value = ""
        else:
            self.dismiss(None)
