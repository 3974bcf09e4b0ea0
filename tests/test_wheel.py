"""The wheel: what is in it, and that it starts where nothing but it and its dependencies is."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.xdist_group("wheel")
"""One worker builds the wheel, not each of them."""

PACKAGES = {"mooring", "mooring_widgets", "mooring_styles"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout by the build backend that is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(PROJECT)],
        check=True,
        capture_output=True,
        timeout=100,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it; returns its folder of programs.

    Its dependencies are those of the environment that runs the tests, by a path file: fetching them again would test
    the network. A plain line in a path file does not bring that environment's own path files along, so `mooring` itself
    can only come from the wheel.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.EnvBuilder(with_pip=False, symlinks=True).create(folder)
    python = folder / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", "-q", str(wheel)],
        check=True,
        timeout=100,
    )
    (packages,) = (folder / "lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


def start(program: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run an installed program with nothing of this checkout in reach."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(program), *words], capture_output=True, text=True, cwd="/", env=environment, timeout=60, check=False
    )


def test_the_wheel_holds_the_three_packages_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == PACKAGES
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".orig", "~"))]


def test_every_source_and_style_sheet_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    roots = {"mooring": "app", "mooring_widgets": "widgets", "mooring_styles": "styles"}
    tracked = subprocess.run(
        ["git", "ls-files", *roots.values()], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    if tracked.returncode != 0:
        pytest.skip("this is no git checkout")
    expected = {line.partition("/")[2] for line in tracked.stdout.splitlines() if (PROJECT / line).exists()}
    assert expected - names == set()
    assert any(name.endswith(".tcss") for name in names)
    assert {f"{package}/py.typed" for package in PACKAGES} <= names


def test_the_licence_and_the_program_are_named(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (information,) = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
    assert f"{information}/licenses/LICENSE" in archive.namelist()
    assert "mooring = mooring.cli.entry:main" in archive.read(f"{information}/entry_points.txt").decode()


def test_the_installed_program_starts(installed: Path) -> None:
    version = start(installed / "mooring", "--version")
    assert (version.returncode, version.stderr) == (0, "")
    assert version.stdout.startswith("mooring ")
    listing = start(installed / "mooring", "-F", "none", "ls", "--json")
    assert (listing.returncode, listing.stdout.strip()) == (0, "[]")


def test_what_starts_is_what_was_installed(installed: Path) -> None:
    code = (
        "import mooring.ui, mooring_widgets, mooring_styles;"
        "print(mooring.__file__, mooring_widgets.__file__, mooring_styles.__file__)"
    )
    run = start(installed / "python", "-c", code)
    assert run.returncode == 0, run.stderr
    assert all(str(installed.parent) in word for word in run.stdout.split())
