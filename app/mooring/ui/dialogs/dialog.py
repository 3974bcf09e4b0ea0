"""What all dialogs over the whole screen have in common."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """Returns a `Result` when it is left. What has the keys stays in view when the window is made smaller."""

    def on_resize(self) -> None:
        """Everything has its new place after the next refresh."""
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        if self.focused is not None:
            self.focused.scroll_visible(animate=False)
