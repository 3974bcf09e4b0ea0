"""An application that begins in the person's theme, and reads its style sheets once."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import events
from textual.app import App
from textual.screen import ModalScreen

from mooring.ui.sixteen_colours import in_sixteen, tokens
from mooring.ui.themes import OWN_THEMES
from mooring_styles import read_styles
from mooring_widgets.terminal import RawKeyApp, TerminalDriver

Result = TypeVar("Result")

FEW_LINES = 16
"""Lines of the window below which nothing is left blank."""

_LINES = [(0, "-few-lines"), (FEW_LINES, "-enough-lines")]


class ThemedApp(RawKeyApp[Result]):
    """Our own themes stand beside Textual's. A name that is none leaves Textual's default.

    A screen has the class `-few-lines` where the window has fewer than FEW_LINES, unless it knows better.
    """

    VERTICAL_BREAKPOINTS = _LINES

    READ_STYLES: ClassVar[Callable[..., str]] = staticmethod(read_styles)
    """Returns the style sheets to begin with."""

    def __init__(self, theme: str) -> None:
        super().__init__(driver_class=TerminalDriver)
        # Textual reads it from the instance.
        self.CSS = self.READ_STYLES(sixteen_colours=self.has_sixteen_colours)  # type: ignore[misc]
        for own in OWN_THEMES:
            self.register_theme(in_sixteen(own) if self.has_sixteen_colours else own)
        if theme in self.available_themes:
            # Set from the start: a theme that comes when the sheets have been parsed has all of them parsed again.
            self.set_reactive(App.theme, theme)
            self.stylesheet.set_variables(self.get_css_variables())
        self._parsed_with = self.get_css_variables()

    @property
    def has_sixteen_colours(self) -> bool:
        """Whether the terminal has no more than these."""
        return self.console.color_system == "standard"

    def get_css_variables(self) -> dict[str, str]:
        """Add to the theme's variables the tokens, where sixteen colours have to do."""
        variables = super().get_css_variables()
        return {**variables, **tokens(dark=self.current_theme.dark)} if self.has_sixteen_colours else variables

    def on_click(self, event: events.Click) -> None:
        """A click beside a dialog leaves it, as escape does."""
        if isinstance(self.screen, ModalScreen) and event.widget is self.screen:
            self.simulate_key("escape")

    def refresh_css(self, animate: bool = True) -> None:
        """Parse the sheets with the theme that is in force now, unless they have been.

        Textual 8.2.8 does so once more for the theme that an application begins with: a fifth of the time to its first
        picture.
        """
        variables = self.get_css_variables()
        if variables != self._parsed_with:
            self._parsed_with = variables
            super().refresh_css(animate)
        else:
            self.stylesheet.update(self, animate=animate)
