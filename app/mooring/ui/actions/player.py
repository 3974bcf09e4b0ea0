"""The actions of the player of recordings."""

from __future__ import annotations

from mooring.ui.actions.action import Action

TENTHS = range(10)
"""Tenths of a recording that can be gone to."""

PLAYER: tuple[Action, ...] = (
    Action("play-pause", "Play, or pause", in_palette=False),
    Action("play-back", "Go back 5 seconds", in_palette=False),
    Action("play-on", "Go on 5 seconds", in_palette=False),
    Action("play-far-back", "Go back a minute", in_palette=False),
    Action("play-far-on", "Go on a minute", in_palette=False),
    *(Action(f"play-at-{tenth}0", f"Go to {tenth}0 %", in_palette=False) for tenth in TENTHS),
    Action("play-to-end", "Go to the end", in_palette=False),
    Action("play-step", "Pause, and go to what happens next", in_palette=False),
    Action("play-faster", "Play faster", in_palette=False),
    Action("play-slower", "Play slower", in_palette=False),
    Action("play-leave", "Leave the recording", in_palette=False),
)
