"""Files that change, and the source that has to be read again for it."""

from __future__ import annotations

import json
import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mooring.inventory import InventoryReader, InventorySources
from mooring.inventory.looks import Looks, file_state
from mooring.inventory.watcher import SourceWatcher, changed_sources

PATIENCE = 20.0


@pytest.fixture
def reader(tmp_path: Path) -> InventoryReader:
    """All three sources, read once: an ssh_config with Includes, own machines, and a store of one machine."""
    (tmp_path / "conf.d" / "one").mkdir(parents=True)
    (tmp_path / "config").write_text(
        f"Include {tmp_path}/conf.d/*/hosts {tmp_path}/extra\nHost web\nMatch exec false\n  Include {tmp_path}/inner\n"
    )
    (tmp_path / "inner").write_text("Host inner\n")
    (tmp_path / "conf.d" / "one" / "hosts").write_text("Host one\n")
    store = tmp_path / "store" / "machines" / "dev"
    store.mkdir(parents=True)
    (store / "config.json").write_text(json.dumps({"Driver": {"IPAddress": "192.0.2.1"}, "DriverName": "kvm"}))
    sources = InventorySources(
        config_file=str(tmp_path / "config"),
        machine_store=tmp_path / "store",
        machines_file=tmp_path / "machines.toml",
    )
    reader = InventoryReader(sources.in_order())
    *_, inventory = reader.read()
    assert {machine.name for machine in inventory.machines} == {"web", "one", "inner", "dev"}
    return reader


def add_folder(folder: Path) -> None:
    (folder / "conf.d" / "two").mkdir()
    (folder / "conf.d" / "two" / "hosts").write_text("Host two\n")


def replace_file(path: Path, text: str) -> None:
    path.with_name("new").write_text(text)
    path.with_name("new").rename(path)


@pytest.mark.parametrize(
    ("change", "source"),
    [
        (lambda folder: (folder / "config").write_text("Host other\n"), "ssh_config"),
        (lambda folder: (folder / "config").unlink(), "ssh_config"),
        (lambda folder: replace_file(folder / "inner", "Host inneR\n"), "ssh_config"),
        (lambda folder: (folder / "extra").write_text("Host extra\n"), "ssh_config"),
        (lambda folder: (folder / "conf.d" / "one" / "hosts").write_text("Host two\n"), "ssh_config"),
        (add_folder, "ssh_config"),
        (lambda folder: (folder / "machines.toml").write_text('[[machine]]\nname = "own"\n'), "mooring"),
        (lambda folder: (folder / "store" / "machines" / "new").mkdir(), "docker-machine"),
        (lambda folder: (folder / "store" / "machines" / "dev" / "config.json").write_text("{}"), "docker-machine"),
    ],
)
def test_each_change_is_seen_at_its_source_alone(
    tmp_path: Path, reader: InventoryReader, change: Callable[[Path], object], source: str
) -> None:
    assert changed_sources(reader.looks) == frozenset()
    change(tmp_path)
    assert changed_sources(reader.looks) == {source}
    list(reader.read({source}))
    assert changed_sources(reader.looks) == frozenset()


def test_a_file_that_changes_while_it_is_read_counts_as_changed(tmp_path: Path) -> None:
    looks = Looks()
    path = tmp_path / "file"
    looks.note(path)
    path.write_text("new")
    looks.note(path)
    assert changed_sources({"a": looks.states, "b": {str(path): file_state(str(path))}}) == {"a"}


@pytest.fixture
def told() -> Iterator[queue.SimpleQueue[frozenset[str]]]:
    yield queue.SimpleQueue()


def test_the_watcher_tells_a_change_once_and_what_comes_after_the_new_reading(
    tmp_path: Path, told: queue.SimpleQueue[frozenset[str]]
) -> None:
    paths = {name: tmp_path / name for name in ("one", "two")}
    looks = {name: {str(path): file_state(str(path))} for name, path in paths.items()}
    watcher = SourceWatcher(told.put, interval=0.02)
    watcher.watch(looks)
    watcher.start()
    try:
        paths["one"].write_text("x")
        assert told.get(timeout=PATIENCE) == {"one"}
        # Were the first change told again, it would come before this one.
        paths["two"].write_text("x")
        assert told.get(timeout=PATIENCE) == {"two"}
        # A reading that began before the change is not up to date.
        watcher.watch(looks)
        assert told.get(timeout=PATIENCE) == {"one", "two"}
    finally:
        watcher.close()


def test_a_watcher_that_is_closed_ends(tmp_path: Path, told: queue.SimpleQueue[frozenset[str]]) -> None:
    watcher = SourceWatcher(told.put, interval=0.02)
    watcher.start()
    watcher.close()
    watcher.watch({"one": {str(tmp_path): None}})
    watcher._thread.join(PATIENCE)
    assert not watcher._thread.is_alive()
    assert told.empty()
