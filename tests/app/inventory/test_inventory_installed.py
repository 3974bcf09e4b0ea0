"""Sources of other distributions, installed as pip would."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from mooring.inventory import load_from
from mooring.inventory.installed import installed_sources

MODULE = """
from mooring.inventory import SourceResult
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin

class Acme:
    name = "whatever"

    def read(self):
        names = ("rack-1", "semi;colon")
        return SourceResult(tuple(Machine(n, ("acme",), Origin("acme"), Target(n), groups=("racks",)) for n in names))

class Liar:
    name = "liar"

    def read(self):
        return ["rack-2"]

def broken():
    raise RuntimeError("no licence")
"""


def install(folder: Path, *entry_points: str) -> None:
    """Put a distribution into a folder of sys.path."""
    (folder / "acme_racks.py").write_text(MODULE)
    information = folder / "acme_racks-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-racks\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[mooring.inventory]\n" + "\n".join(entry_points) + "\n")


def test_an_installed_distribution_is_a_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "acme = acme_racks:Acme")
    monkeypatch.syspath_prepend(tmp_path)
    inventory = load_from([*installed_sources()])
    assert inventory.problems == ()
    assert [source.name for source in inventory.sources] == ["acme"]
    assert [(machine.name, machine.groups, machine.problem) for machine in inventory.machines] == [
        ("rack-1", ("racks",), None),
        ("semi;colon", ("racks",), "its name holds ;, which ssh does not take"),
    ]


def test_each_fails_alone_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(
        tmp_path,
        "a-broken = acme_racks:broken",
        "b-good = acme_racks:Acme",
        "c-liar = acme_racks:Liar",
        "d-missing = acme_racks:Nothing",
    )
    monkeypatch.syspath_prepend(tmp_path)
    inventory = load_from([*installed_sources()])
    assert [machine.name for machine in inventory.machines] == ["rack-1", "semi;colon"]
    assert [problem.message for problem in inventory.problems] == [
        "a-broken: failed: RuntimeError: no licence",
        "c-liar: gave list, no SourceResult",
        "d-missing: failed: AttributeError: module 'acme_racks' has no attribute 'Nothing'",
    ]


def test_without_any_the_start_does_not_pay_for_looking(tmp_path: Path) -> None:
    code = textwrap.dedent(
        """
        import sys
        from mooring.inventory.installed import installed_sources
        print(len(list(installed_sources())), "importlib.metadata" in sys.modules)
        """
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0", "False"]
