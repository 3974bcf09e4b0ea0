"""Fixtures for what runs through an engine process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mooring.engine.client import EngineClient
from support.engine import EngineRecorder, running_engine


@pytest.fixture
async def recorder() -> EngineRecorder:
    """Whoever listens."""
    return EngineRecorder()


@pytest.fixture
async def engine(recorder: EngineRecorder, tmp_path: Path) -> AsyncIterator[EngineClient]:
    """A running engine, whose log has to be empty at the end."""
    async with running_engine(recorder, tmp_path) as client:
        yield client
