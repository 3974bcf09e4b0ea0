"""Sources read side by side: each answer is shown as it comes, and none waits for or fails with another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from mooring.inventory import Inventory, InventoryReader, SourceResult, load_from
from mooring.model.errors import SourceError
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin

PATIENCE = 20.0


def machine(name: str, source: str) -> Machine:
    return Machine(name=name, sources=(source,), origin=Origin(source), target=Target(name))


@dataclass
class GatedSource:
    """A source that answers when its gate opens."""

    name: str
    machines: tuple[str, ...] = ()
    problem: str | None = None
    gate: threading.Event = field(default_factory=threading.Event)
    readings: int = 0

    def read(self) -> SourceResult:
        self.readings += 1
        assert self.gate.wait(PATIENCE)
        problems = () if self.problem is None else (SourceError(self.name, self.problem),)
        return SourceResult(tuple(machine(name, self.name) for name in self.machines), problems)


@dataclass
class StuckProgram(GatedSource):
    """A source that waits for a program which never answers, and can be told to give up."""

    patience: float = PATIENCE
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True
        self.gate.set()


@dataclass(frozen=True)
class BrokenSource:
    name: str = "broken"

    def read(self) -> SourceResult:
        raise ZeroDivisionError("third party")


def names(inventory: Inventory) -> list[str]:
    return [each.name for each in inventory.machines]


def reading(inventory: Inventory) -> list[str]:
    return [source.name for source in inventory.sources if source.reading]


@pytest.fixture
def gated() -> Iterator[Callable[..., GatedSource]]:
    made: list[GatedSource] = []

    def make(name: str, *machines: str, problem: str | None = None) -> GatedSource:
        made.append(GatedSource(name, machines, problem))
        return made[-1]

    yield make
    for source in made:
        source.gate.set()


def test_each_answer_is_shown_as_it_comes_in_order_of_precedence(gated: Callable[..., GatedSource]) -> None:
    first, second = gated("first", "a", "b"), gated("second", "b", "c")
    inventories = InventoryReader([first, second]).read()
    second.gate.set()
    inventory = next(inventories)
    assert (names(inventory), reading(inventory), inventory.complete) == (["b", "c"], ["first"], False)
    first.gate.set()
    inventory = next(inventories)
    assert (names(inventory), reading(inventory), inventory.complete) == (["a", "b", "c"], [], True)
    found = inventory.find("b")
    assert found is not None
    assert found.sources == ("first", "second")
    assert [(source.name, source.machine_count) for source in inventory.sources] == [("first", 2), ("second", 2)]
    assert next(inventories, None) is None


def test_one_source_can_be_read_again_and_counts_with_its_last_answer_meanwhile(
    gated: Callable[..., GatedSource],
) -> None:
    first, second = gated("first", "a"), gated("second", "b")
    first.gate.set()
    second.gate.set()
    reader = InventoryReader([first, second])
    *_, inventory = reader.read()
    assert names(inventory) == ["a", "b"]
    second.machines = ("c",)
    assert [names(each) for each in reader.read({"second"})] == [["a", "c"]]
    assert (first.readings, second.readings) == (1, 2)
    assert [names(each) for each in reader.read(set())] == [["a", "c"]]


def test_what_is_included_while_another_hangs_is_read_at_once(gated: Callable[..., GatedSource]) -> None:
    stuck, good = gated("stuck", "late"), gated("good", "a")
    good.gate.set()
    reader = InventoryReader([stuck, good])
    inventories = reader.read()
    assert names(next(inventories)) == ["a"]
    good.machines = ("b",)
    reader.include({"good"})
    while names(inventory := next(inventories)) != ["b"]:
        assert good.readings <= 2
    assert (reading(inventory), reader.has_more) == (["stuck"], False)
    stuck.gate.set()
    assert names([*inventories][-1]) == ["b", "late"]
    reader.include({"good"})
    assert reader.has_more
    assert [names(each) for each in reader.read(())][-1] == ["b", "late"]
    assert good.readings == 3


def test_a_source_that_hangs_is_said_alone_and_its_late_answer_counts_the_next_time(
    gated: Callable[..., GatedSource],
) -> None:
    stuck, good = gated("stuck", "late"), gated("good", "a")
    good.gate.set()
    reader = InventoryReader([stuck, good], patience=2.0)
    *_, inventory = reader.read()
    assert names(inventory) == ["a"]
    assert [str(problem) for problem in inventory.problems] == ["stuck: gave no answer within 2 s"]
    stuck.gate.set()
    *_, inventory = reader.read()
    assert (names(inventory), inventory.problems) == (["a", "late"], ())
    assert stuck.readings == 1


def test_a_source_that_raises_fails_alone_with_its_reason(gated: Callable[..., GatedSource]) -> None:
    good = gated("good", "a")
    good.gate.set()
    inventory = load_from([BrokenSource(), good])
    assert names(inventory) == ["a"]
    assert [str(problem) for problem in inventory.problems] == ["broken: failed: ZeroDivisionError: third party"]
    assert [len(source.problems) for source in inventory.sources] == [1, 0]


def test_machines_stay_when_their_source_fails_later(gated: Callable[..., GatedSource]) -> None:
    cloud = gated("cloud", "a")
    cloud.gate.set()
    reader = InventoryReader([cloud])
    *_, inventory = reader.read()
    cloud.machines, cloud.problem = (), "ended with status 1"
    *_, inventory = reader.read()
    assert names(inventory) == ["a"]
    assert [str(problem) for problem in inventory.problems] == ["cloud: ended with status 1"]
    cloud.problem = None
    *_, inventory = reader.read()
    assert (names(inventory), inventory.problems) == ([], ())


def test_closing_ends_the_waiting_and_what_is_waited_for() -> None:
    stuck = StuckProgram("stuck")
    reader = InventoryReader([stuck])
    inventories: list[Inventory] = []
    thread = threading.Thread(target=lambda: inventories.extend(reader.read()))
    thread.start()
    reader.close()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert (stuck.cancelled, inventories) == (True, [])


def test_no_source_at_all_is_an_empty_inventory() -> None:
    assert load_from([]) == Inventory()
