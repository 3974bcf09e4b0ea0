"""Searching a terminal's text: what to look for, what was found, and the bar that asks for it."""

from __future__ import annotations

from mooring_widgets.terminal.search.pattern import PatternError, compile_pattern
from mooring_widgets.terminal.search.search import Search

__all__ = ["PatternError", "Search", "compile_pattern"]
