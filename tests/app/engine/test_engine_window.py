"""The window follows the distance, within its limits."""

from __future__ import annotations

import pytest

from mooring.engine.window import LARGEST, SMALLEST, channel_window


@pytest.mark.parametrize(
    ("round_trip", "window"),
    [(0.0, SMALLEST), (0.001, SMALLEST), (0.05, 700_000), (0.15, LARGEST), (2.0, LARGEST)],
)
def test_the_window_for_a_round_trip(round_trip: float, window: int) -> None:
    assert channel_window(round_trip) == pytest.approx(window, rel=0.01)
