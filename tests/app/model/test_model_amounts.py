"""Sizes and times as people read them."""

from __future__ import annotations

import pytest

from mooring.model.amounts import rate_text, size_text, time_text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 KB"),
        (1024, "1.0 KB"),
        (10_100, "9.9 KB"),
        (10_240, "10 KB"),
        (999_600, "976 KB"),
        (1_048_576, "1.0 MB"),
        (34_567_890, "33 MB"),
        (10**19, "8882 PB"),
    ],
)
def test_sizes_have_three_digits_or_so(count: int, text: str) -> None:
    assert size_text(count) == text


def test_rates_and_times() -> None:
    assert rate_text(5_347_738) == "5.1 MB/s"
    assert [time_text(seconds) for seconds in (0, 4.4, 59.6, 750, 3723)] == ["0:00", "0:04", "1:00", "12:30", "1:02:03"]
