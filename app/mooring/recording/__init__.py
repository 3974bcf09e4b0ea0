"""Recording a session: what its terminal is told goes to a file, in a thread, and never what is typed."""

from __future__ import annotations

from mooring.recording.recorder import Recorder

__all__ = ["Recorder"]
