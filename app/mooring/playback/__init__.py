"""Playing recordings of sessions, apart from any screen: files, their events, and the terminal at a point in time."""

from __future__ import annotations

from mooring.playback.files import open_recording
from mooring.playback.player import Player
from mooring.playback.recording import Event, Output, Recording, Resize
from mooring.playback.scan import Length, measure

__all__ = ["Event", "Length", "Output", "Player", "Recording", "Resize", "measure", "open_recording"]
