"""The classes of which each is something to look at: screens and dialogs, questions in a tab, kinds of tabs."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable

from textual.screen import Screen
from textual.widget import Widget

import mooring.ui
from mooring.ui.sessions.questions.question import QuestionCard
from mooring.ui.tabs import TabPane


def classes_to_show() -> set[type[Widget]]:
    """Those of the program that nothing else derives from."""
    for module in pkgutil.walk_packages(mooring.ui.__path__, "mooring.ui."):
        importlib.import_module(module.name)
    found: set[type[Widget]] = set()
    for base in (Screen, QuestionCard, TabPane):
        found |= {kind for kind in _below(base) if kind.__module__.startswith("mooring.") and not kind.__subclasses__()}
    return found


def _below(base: type[Widget]) -> Iterable[type[Widget]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _below(kind)
