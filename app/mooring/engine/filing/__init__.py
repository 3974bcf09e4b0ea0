"""Files on the machine's connection: browsed, changed and copied for the UI."""

from __future__ import annotations

from mooring.engine.filing.file_session import FileSession

__all__ = ["FileSession"]
