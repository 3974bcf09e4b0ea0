"""What people add to machines of other sources, in a file of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.inventory import Inventory, InventorySources, load
from mooring.inventory.annotations import TABLE
from mooring.model.errors import ConfigError
from mooring.model.recording import RecordingFormat
from mooring.store.entry_editor import EntryEditor

CONFIG = "Host web-1 web-2\n  User ops\n"
OWN = '[[machine]]\nname = "db-1"\ntags = ["db"]\nnotes = "own"\ncolour = "blue"\nguard = true\n'


@pytest.fixture
def sources(tmp_path: Path) -> InventorySources:
    for name, text in (("config", CONFIG), ("machines.toml", OWN)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o600)
    return InventorySources(
        str(tmp_path / "config"), tmp_path / "none", tmp_path / "machines.toml", tmp_path / "annotations.toml"
    )


def read(sources: InventorySources, text: str) -> Inventory:
    assert sources.annotations_file is not None
    sources.annotations_file.write_text(text)
    return load(sources)


def test_annotations_add_to_machines_of_every_source(sources: InventorySources) -> None:
    inventory = read(
        sources,
        '[[machine]]\nname = "web-1"\nfavourite = true\ntags = ["canary"]\nnotes = "mine"\ncolour = "#00ff00"\n'
        'guard = true\n[[machine]]\nname = "db-1"\ntags = ["big", "db"]\nnotes = "mine"\n'
        '[[machine]]\nname = "gone"\nfavourite = true\n',
    )
    assert inventory.problems == ()
    database, first, second = inventory.machines
    assert (first.favourite, first.tags, first.notes, first.colour, first.guard) == (
        True,
        ("canary",),
        "mine",
        "#00ff00",
        True,
    )
    assert (database.favourite, database.tags, database.notes, database.colour, database.guard) == (
        False,
        ("db", "big"),
        "mine",
        "blue",
        True,
    )
    assert (second.favourite, second.sources, first.sources) == (False, ("ssh_config",), ("ssh_config",))


def test_how_it_is_recorded_goes_before_what_its_source_says(sources: InventorySources) -> None:
    assert sources.machines_file is not None
    with sources.machines_file.open("a") as own:
        own.write('record = "asciicast"\n[[machine]]\nname = "db-2"\nrecord = "asciicast"\n')
    inventory = read(
        sources,
        '[[machine]]\nname = "web-1"\nrecord = "asciicast"\n[[machine]]\nname = "db-1"\nrecord = "text"\n'
        '[[machine]]\nname = "db-2"\nfavourite = true\n',
    )
    assert inventory.problems == ()
    assert {machine.name: machine.record for machine in inventory.machines} == {
        "db-1": RecordingFormat.TEXT,
        "db-2": RecordingFormat.ASCIICAST,
        "web-1": RecordingFormat.ASCIICAST,
        "web-2": None,
    }


@pytest.mark.parametrize(
    ("entry", "said", "line"),
    [
        ('favorite = true\nname = "web-1"', "field `favorite` is unknown, and not used", 2),
        ('name = "web-1"\nfavourite = "yes"', "field `favourite` can't be used: expected `bool`, got `str`", 3),
        ('name = "web-1"\ncolour = "mauve"', "field `colour` is no colour: 'mauve'", 3),
        ('name = "web-1"\nrecord = "video"', "field `record` can't be used: invalid enum value 'video'", 3),
        ("favourite = true", "field `name` is missing", 1),
        ('name = ""', "field `name` can't be used: expected `str` of length >= 1", 2),
    ],
)
def test_a_wrong_field_is_told_with_its_line_and_left_out_alone(
    sources: InventorySources, entry: str, said: str, line: int
) -> None:
    inventory = read(sources, f'[[machine]]\n{entry}\nnotes = "n"\n[[machine]]\nname = "web-2"\nfavourite = true\n')
    (problem,) = inventory.problems
    assert isinstance(problem, ConfigError)
    assert (problem.message, problem.origin.line) == (f"annotation number 1: {said}", line)
    found = {machine.name: machine for machine in inventory.machines}
    assert found["web-2"].favourite
    assert found["web-1"].notes == ("n" if "web-1" in entry else "")


def test_they_are_edited_field_by_field_with_comments_kept(sources: InventorySources) -> None:
    assert sources.annotations_file is not None
    editor = EntryEditor(sources.annotations_file, TABLE)
    editor.set_fields("web-1", {"favourite": True})
    sources.annotations_file.write_text("# mine\n" + sources.annotations_file.read_text())
    editor.set_fields("web-1", {"tags": ("a",)})
    editor.set_fields("web-2", {"notes": "x"})
    assert [(each.favourite, each.tags, each.notes) for each in load(sources).machines[1:]] == [
        (True, ("a",), ""),
        (False, (), "x"),
    ]
    editor.set_fields("web-2", {"notes": None})
    editor.set_fields("web-1", {"favourite": None})
    assert sources.annotations_file.read_text() == '# mine\n[[machine]]\nname = "web-1"\ntags = ["a"]\n\n'
    editor.set_fields("nobody", {"favourite": None})
    assert "nobody" not in sources.annotations_file.read_text()
    editor.undo()
    assert load(sources).machines[1].favourite


def test_nothing_else_is_ever_written(tmp_path: Path, sources: InventorySources) -> None:
    assert sources.annotations_file is not None
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    EntryEditor(sources.annotations_file, TABLE).set_fields("web-1", {"favourite": True})
    load(sources)
    assert {path: path.read_bytes() for path in before} == before
    assert {path.name for path in tmp_path.iterdir()} == {"config", "machines.toml", "annotations.toml"}
