"""Answers: captured within bounds, grouped, masked, compared, searched."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.fleet.answers import AnswerGroup, Grouping, group_answers, largest, lines_of
from mooring.fleet.capture import Capture, CaptureLimits, CaptureStore
from mooring.fleet.differences import Change, compare, compare_groups
from mooring.fleet.masks import Mask, masked
from mooring.fleet.result import MachineResult, State
from mooring.fleet.search import search
from mooring.model.errors import UsageError
from mooring.model.terminal import ExitResult

SMALL = CaptureLimits(stream_memory=100, stream=1000, memory=250, disk=2500)


@pytest.fixture
def store(tmp_path: Path) -> CaptureStore:
    """A store of usual bounds."""
    return CaptureStore(tmp_path / "run")


def capture(store: CaptureStore, data: bytes) -> Capture:
    writer = store.open()
    writer.write(data)
    return writer.finish()


def answer(store: CaptureStore, machine: str, data: bytes, *, status: int = 0, errors: bytes = b"") -> MachineResult:
    state = State.DONE if status == 0 else State.FAILED
    return MachineResult(machine, state, ExitResult(status), output=capture(store, data), errors=capture(store, errors))


def test_a_stream_stays_in_memory_then_goes_to_disk_then_is_counted(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path / "run", SMALL)
    little = capture(store, b"x" * 100)
    assert (little.path, little.read()) == (None, b"x" * 100)
    assert not store.folder.exists()
    writer = store.open()
    for _chunk in range(30):
        writer.write(b"y" * 50)
    much = writer.finish()
    assert (much.size, much.kept, much.is_whole) == (1500, 1000, False)
    assert much.data == b""
    assert much.read() == b"y" * 1000
    assert much.path is not None
    assert much.path.stat().st_mode & 0o777 == 0o600
    assert store.folder.stat().st_mode & 0o777 == 0o700
    assert much.digest != capture(store, b"y" * 1000).digest
    total = sum(capture(store, b"z" * 900).kept for _stream in range(5)) + 1000
    assert total <= SMALL.disk
    assert sum(file.stat().st_size for file in store.folder.iterdir()) <= SMALL.disk


def test_the_memory_of_a_run_is_bounded_too(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path / "run", SMALL)
    captures = [capture(store, bytes([65 + number]) * 60) for number in range(8)]
    assert sum(len(each.data) for each in captures) <= SMALL.memory
    assert [each.read() for each in captures] == [bytes([65 + number]) * 60 for number in range(8)]


def test_a_disk_that_takes_nothing_ends_the_keeping_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = CaptureStore(tmp_path / "file" / "run", SMALL)
    lost = capture(store, b"x" * 500)
    assert (lost.size, lost.kept) == (500, 0)


def test_equal_answers_are_one_group_and_the_smallest_comes_first(store: CaptureStore) -> None:
    results = [answer(store, f"web-{number:02}", b"same\n") for number in range(1, 49)]
    results[11] = answer(store, "web-12", b"other\n")
    results[20] = answer(store, "web-21", b"same\n", status=2)
    results += [
        MachineResult(
            "db-2", State.UNREACHABLE, reason="ssh: connect to host b port 2", reason_kind="connection refused"
        ),
        MachineResult(
            "db-1", State.UNREACHABLE, reason="ssh: connect to host a port 1", reason_kind="connection refused"
        ),
    ]
    groups = group_answers(results)
    assert [(group.names, group.ending) for group in groups] == [
        ("web-12", "done"),
        ("web-21", "status 2"),
        ("db-[1-2]", "connection refused"),
        ("web-[01-11,13-20,22-48]", "done"),
    ]
    reference = largest(groups)
    assert reference is groups[-1]
    assert groups[0].sample.output.read() == b"other\n"
    alone = group_answers(results[-1:])[0]
    assert alone.ending == "ssh: connect to host a port 1"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=40))
def test_groups_that_grow_are_in_the_end_those_that_are_made_at_once(arrivals: list[tuple[str, bool]]) -> None:
    """Each arrival says what a machine wrote, and whether the groups are looked at then."""
    results = [
        MachineResult(f"web-{number}", State.DONE, ExitResult(status=0), output=Capture(1, 1, text, text.encode()))
        for number, (text, _looks) in enumerate(arrivals)
    ]
    grouping = Grouping()
    before: tuple[AnswerGroup, ...] = ()
    for count, (_text, looks) in enumerate(arrivals, start=1):
        grouping.add(results[:count])
        if looks:
            groups = grouping.by_arrival
            assert [group.key for group in groups][: len(before)] == [group.key for group in before], "order is kept"
            assert all(set(old.machines) <= set(new.machines) for old, new in zip(before, groups, strict=False))
            before = groups
    assert grouping.smallest_first == group_answers(results)


MASKED = [
    (Mask.NUMBERS, b"load 0.12, 3 users", b"load <number>, <number> users"),
    (
        Mask.ADDRESSES,
        b"eth0 10.0.0.1/24 fe80::1 52:54:00:12:34:56 at ::1.",
        b"eth0 <address> <address> <address> at <address>.",
    ),
    (Mask.ADDRESSES, b"at 12:30:45 version 1.2.3", b"at 12:30:45 version 1.2.3"),
    (Mask.TIMES, b"2026-03-14T15:09:26Z up", b"<time> up"),
    (Mask.TIMES, b"Sat Mar 14 15:09:26 UTC 2026", b"<time>"),
    (Mask.TIMES, b"Mar  4 09:00:01 web-1 cron[99]", b"<time> web-1 cron[99]"),
    (Mask.TIMES, b"15:09:26 up 3 days", b"<time> up 3 days"),
]


@pytest.mark.parametrize(("mask", "line", "expected"), MASKED)
def test_what_does_not_count_is_taken_out(mask: Mask, line: bytes, expected: bytes) -> None:
    assert masked(line, [mask]) == expected


@given(st.binary(max_size=200))
def test_any_line_can_be_masked(line: bytes) -> None:
    assert b"\n" not in masked(line.replace(b"\n", b""), list(Mask))


def test_masked_answers_are_equal(store: CaptureStore) -> None:
    results = [answer(store, f"m{number}", b"up %d days at 10:00:0%d\n" % (number, number)) for number in range(4)]
    assert len(group_answers(results)) == 4
    assert len(group_answers(results, [Mask.NUMBERS])) == 1
    assert len(group_answers(results, [Mask.TIMES])) == 4
    assert len(group_answers(results, [Mask.TIMES, Mask.NUMBERS])) == 1


def test_a_group_is_compared_with_the_largest(store: CaptureStore) -> None:
    common = b"".join(b"line %d\n" % number for number in range(40))
    results = [answer(store, f"m{number}", common, errors=b"w\n") for number in range(3)]
    results.append(answer(store, "odd", common.replace(b"line 20\n", b"line twenty\nand more\n"), errors=b"w\n"))
    odd, reference = group_answers(results)
    comparison = compare_groups(reference, odd)
    unified = list(comparison.unified())
    assert unified == [
        "@@ 17 equal lines @@",
        *(f" line {number}" for number in (17, 18, 19)),
        "-line 20",
        "+line twenty",
        "+and more",
        *(f" line {number}" for number in (21, 22, 23)),
        "@@ 16 equal lines @@",
        " w",
    ]
    changed = [row for row in comparison.rows if row.change not in (Change.SAME, Change.SKIPPED)]
    assert [(row.change, row.left, row.right) for row in changed] == [
        (Change.CHANGED, "line 20", "line twenty"),
        (Change.ADDED, None, "and more"),
    ]
    assert not comparison.is_equal
    assert compare(results[0].output, results[1].output).is_equal


@given(
    st.lists(st.sampled_from(["a", "b", "", "é"]), max_size=30),
    st.lists(st.sampled_from(["a", "b", "", "x"]), max_size=30),
)
def test_a_comparison_holds_both_sides(left: list[str], right: list[str]) -> None:
    sides = [Capture(1, 1, "", "".join(f"{line}\n" for line in side).encode()) for side in (left, right)]
    rows = compare(sides[0], sides[1]).rows
    for side, lines in ((0, left), (1, right)):
        shown: list[str | None] = []
        for row in rows:
            text = (row.left, row.right)[side]
            shown += [None] * row.count if row.change is Change.SKIPPED else [] if text is None else [text]
        assert len(shown) == len(lines)
        assert all(text in (None, line) for text, line in zip(shown, lines, strict=True))


def test_huge_answers_are_compared_in_bounded_time(store: CaptureStore) -> None:
    chance = random.Random(7)
    sides = [capture(store, b"".join(b"%d\n" % chance.randrange(3) for _line in range(300_000))) for _side in range(2)]
    started = time.process_time()
    comparison = compare(sides[0], sides[1])
    assert comparison.cut
    assert list(comparison.unified())[-1] == "@@ only the first 2000 lines were compared @@"
    assert time.process_time() - started < 20


def test_lines_of_a_stream_on_disk(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path / "run", CaptureLimits(stream_memory=10))
    written = capture(store, b"first\nsec\xffond\n" + b"x" * 200_000 + b"\nlast")
    assert written.path is not None
    lines = list(lines_of(written))
    assert (lines[0], lines[1], lines[-1]) == (b"first", b"sec\xffond", b"last")
    assert b"".join(lines[2:-1]) == b"x" * 200_000
    assert list(lines_of(written, limit=1)) == [b"first"]


def test_searching_goes_through_all_answers(store: CaptureStore) -> None:
    results = [answer(store, "a", b"one\nTwo\n", errors=b"two words\n"), answer(store, "b", b"two\xff\n")]
    found = [(hit.machine, hit.line, hit.text, hit.in_errors) for hit in search(results, "two")]
    assert found == [("a", 2, "Two", False), ("a", 1, "two words", True), ("b", 1, "two\\xff", False)]
    assert [hit.text for hit in search(results, "Two")] == ["Two"]
    assert [hit.text for hit in search(results, "^o.e$", regex=True)] == ["one"]
    assert len(list(search(results, "o", limit=2))) == 2
    with pytest.raises(UsageError, match="no regular expression"):
        list(search(results, "(", regex=True))


def test_an_expression_that_goes_wrong_is_stopped(store: CaptureStore) -> None:
    results = [answer(store, "a", b"a" * 4000 + b"!\n")]
    with pytest.raises(UsageError, match="takes too long"):
        list(search(results, r"^(a|aa)+$", regex=True))
