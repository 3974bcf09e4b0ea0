"""What is remembered of connections: enough to sort by, and never more than a little."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from mooring.store import Recent, RecentFile, Visit
from mooring.store.recent import HALF_LIFE, MOST_MACHINES, MOST_VISITS


def test_connections_are_remembered_newest_first(tmp_path: Path) -> None:
    file = RecentFile(tmp_path / "state" / "recent.json")
    assert file.load() == Recent()
    file.record("web-1", "native", when=100.0)
    file.record("db-1", "ssh", when=150.0)
    recent = file.record("web-1", "ssh", when=200.0)
    assert recent == file.load()
    assert recent.of("web-1") == (Visit(200.0, "ssh"), Visit(100.0, "native"))
    assert list(recent.visits) == ["web-1", "db-1"]
    assert recent.of("nobody") == ()
    assert (tmp_path / "state" / "recent.json").stat().st_mode & 0o777 == 0o600


def test_a_machine_in_use_is_above_one_that_was_left_long_ago() -> None:
    recent = Recent({"often": tuple(Visit(10.0, "ssh") for _ in range(3)), "now": (Visit(HALF_LIFE + 10, "ssh"),)})
    assert recent.score("nobody", 0.0) == 0.0
    assert recent.score("often", HALF_LIFE + 10) == pytest.approx(1.5)
    assert recent.score("now", HALF_LIFE + 10) == 1.0
    # A clock that was set back makes nothing infinite.
    assert recent.score("now", 0.0) == 1.0


def test_both_numbers_are_bounded_and_the_oldest_goes() -> None:
    recent = Recent()
    for number in range(MOST_VISITS + 5):
        recent = recent.with_visit("web", Visit(float(number), "ssh"))
    assert len(recent.of("web")) == MOST_VISITS
    assert recent.of("web")[-1].when == 5.0
    full = Recent({f"m{number}": (Visit(float(number), "ssh"),) for number in range(MOST_MACHINES)})
    full = full.with_visit("new", Visit(1e9, "ssh"))
    assert len(full.visits) == MOST_MACHINES
    assert "m0" not in full.visits
    assert "new" in full.visits


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a": [1]}', b"\xff", b'{"a":' + b"[" * 10_000])
def test_a_broken_file_counts_as_none_and_is_made_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "recent.json"
    path.write_bytes(content)
    file = RecentFile(path)
    assert file.load() == Recent()
    assert list(file.record("web", "ssh").visits) == ["web"]
    assert list(file.load().visits) == ["web"]


def test_windows_that_record_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "recent.json"

    def record(names: range) -> None:
        for number in names:
            RecentFile(path).record(f"m{number}", "ssh")

    threads = [threading.Thread(target=record, args=(range(start, start + 10),)) for start in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(RecentFile(path).load().visits) == {f"m{number}" for number in range(30)}
