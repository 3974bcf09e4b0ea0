"""Packages that load their parts when they are asked for: every name leads to its module, and to nothing else."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import mooring
import mooring_widgets

FACADES = sorted(
    ".".join((package.__name__, *file.parent.relative_to(root).parts))
    for package in (mooring, mooring_widgets)
    for root in (Path(str(package.__file__)).parent,)
    for file in root.rglob("__init__.py")
    if "_HOMES = {" in file.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", FACADES)
def test_each_part_is_found_by_its_name(name: str) -> None:
    package = import_module(name)

    assert set(package._HOMES) == set(package.__all__)
    for part, home in package._HOMES.items():
        assert getattr(package, part) is getattr(import_module(f"{name}.{home}"), part)


@pytest.mark.parametrize("name", FACADES)
def test_no_part_is_called_as_a_module_is(name: str) -> None:
    """Python puts a module that was loaded into its package, where it would stand in for the part of that name."""
    package = import_module(name)
    folder = Path(str(package.__file__)).parent
    modules = {path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()}

    assert not modules & set(package._HOMES)


def test_a_name_that_nobody_knows_is_an_error_as_everywhere() -> None:
    with pytest.raises(AttributeError, match=r"module 'mooring\.inventory' has no attribute 'nothing'"):
        import_module("mooring.inventory").nothing  # noqa: B018
