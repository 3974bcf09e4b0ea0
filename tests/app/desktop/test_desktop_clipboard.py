"""The desktop's programs: which one is taken, and what it gets; scripts stand in for the ones of a desktop."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mooring.desktop import ClipboardProgram, can_be_opened, find_clipboard, find_opener, open_address
from mooring.model.errors import DesktopError

PROGRAMS = {"wl-copy", "xclip", "xsel", "pbcopy", "clip.exe", "xdg-open", "open", "wslview"}

MakeProgram = Callable[[str, str], Path]


@pytest.fixture
def make_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeProgram:
    """Writes a shell script that is found by its name."""

    def make(name: str, script: str) -> Path:
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        return file

    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return make


@pytest.mark.parametrize(
    ("environment", "platform", "missing", "name"),
    [
        ({}, "linux", "", None),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", "", "wl-copy"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", "wl-copy", "xclip"),
        ({"DISPLAY": ":0"}, "linux", "xclip", "xsel"),
        ({"DISPLAY": ""}, "linux", "", None),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", "", "clip.exe"),
        ({}, "darwin", "", "pbcopy"),
    ],
)
def test_the_clipboard_of_this_desktop(
    environment: dict[str, str], platform: str, missing: str, name: str | None
) -> None:
    found = find_clipboard(
        environment, platform=platform, which=lambda program: program if program in PROGRAMS - {missing} else None
    )
    assert (found.argv[0] if found is not None else None) == name


async def test_the_text_goes_by_standard_input_and_a_child_that_stays_holds_nobody_up(
    make_program: MakeProgram, tmp_path: Path
) -> None:
    make_program("xclip", f'cat >{tmp_path}/got; echo "$@" >{tmp_path}/arguments; (sleep 30 & echo $! >{tmp_path}/pid)')
    program = find_clipboard({"DISPLAY": ":0"}, platform="linux")
    assert program is not None
    await program.copy("one\ntwo ü\x00" * 20_000)
    assert (tmp_path / "got").read_text() == "one\ntwo ü\x00" * 20_000
    assert (tmp_path / "arguments").read_text() == "-selection clipboard -in\n"
    os.kill(int((tmp_path / "pid").read_text()), 9)


@pytest.mark.parametrize(
    ("script", "told"), [("exit 3", "xclip failed with status 3"), ("exec sleep 60", "xclip did not take the text")]
)
async def test_a_program_that_fails_or_hangs_is_told(
    make_program: MakeProgram, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    monkeypatch.setattr("mooring.desktop.clipboard.PATIENCE", 1.0)
    make_program("xclip", script)
    with pytest.raises(DesktopError, match=told):
        await ClipboardProgram(("xclip",)).copy("text " * 100_000)


async def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(DesktopError, match="nothing-here can't be run"):
        await ClipboardProgram(("nothing-here",)).copy("text")


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://example.com/a?b=c#d", True),
        ("HTTP://example.com", True),
        ("mailto:ops@example.com", True),
        ("file:///etc/passwd", False),
        ("ssh://host", False),
        ("javascript:alert(1)", False),
        ("--help", False),
        ("https://", False),
        ("https://exa\x1bmple.com", False),
        ("https://[", False),
    ],
)
def test_only_addresses_that_run_nothing_are_opened(address: str, wanted: bool) -> None:
    assert can_be_opened(address) is wanted


async def test_an_address_is_opened_by_the_desktops_own_program(make_program: MakeProgram, tmp_path: Path) -> None:
    make_program("xdg-open", f'printf %s "$1" >{tmp_path}/opened; test "$1" != https://fails.example/')
    opener = find_opener({"DISPLAY": ":0"}, platform="linux")
    assert opener is not None
    await open_address(opener, "https://example.com/$(touch x)")
    assert (tmp_path / "opened").read_text() == "https://example.com/$(touch x)"
    with pytest.raises(DesktopError, match="xdg-open failed with status 1"):
        await open_address(opener, "https://fails.example/")
    with pytest.raises(ValueError):
        await open_address(opener, "file:///etc/passwd")
    assert find_opener({}, platform="linux") is None
