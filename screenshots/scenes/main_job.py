"""The main job, recorded as a whole: Mooring's recorder on a session that runs Mooring."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shlex import quote

from mooring.demo import DemoFleet
from mooring.inventory import load
from mooring.model.terminal import TerminalSize
from screenshots.stage import stage_on
from screenshots.studio import DARK, Studio

SIZE = TerminalSize(120, 32)

_ENTER = "\r"
_TAB = "\t"
_ESCAPE = "\x1b"
_HOME = "\x1b[H"
_DOWN = "\x1b[B"
_F12 = "\x1b[24~"
_CONTROL_U = "\x15"


async def main_job(studio: Studio) -> None:
    """From the shell into Mooring and back: a machine is found, met and worked on, and then all of its kind asked."""
    if studio.theme != DARK:
        return
    _install_on(studio.fleet, "dev")
    machines = load(studio.fleet.sources).machines
    dev = next(machine for machine in machines if machine.name == "dev")
    async with stage_on(dev, SIZE, studio.folder / "main-job.cast") as stage:
        await stage.see("dev:~#", seconds=1.5, chapter="a session on dev")
        await stage.type("mooring --demo")
        await stage.press(_ENTER)
        await stage.see("key changed", seconds=1.0, gone="checking")
        # The cursor stands on a machine of the source that was read first, which may be any.
        await stage.press(_HOME, 0.2)
        await stage.see("docker@127.0.0.1", seconds=2.5, chapter="the machines")

        await stage.type("/", 0.5)
        await stage.type("web", 0.3)
        await stage.see("4 of 14", seconds=1.5, chapter="a filter")
        await stage.type(" stage", 0.15)
        await stage.see("1 of 14", seconds=1.0)
        await stage.press(_ENTER)
        await stage.see("esc leave it", seconds=3.0, chapter="an unknown host key")
        await stage.press(_TAB, 0.8)
        await stage.press(_ENTER, 0.2)
        await stage.see("deploy@stage-1:~$", seconds=2.0, chapter="a session")
        await stage.type("vim -u NONE nginx/shop.conf")
        await stage.press(_ENTER)
        await stage.see("least_conn", seconds=1.5)

        await stage.press(_F12, 1.5)
        await stage.press("c")
        await stage.see("disk free", seconds=1.0, chapter="saved commands beside it")
        await stage.type("/rel", 0.2)
        await stage.press(_ENTER)
        await stage.see("4.3.0-rc1", seconds=2.5, gone="running")
        await stage.press(_F12, 0.6)
        await stage.press("c")
        await stage.see("f12 leader", seconds=0.5, gone="disk free")
        await stage.type(":q", 0.3)
        await stage.press(_ENTER)
        await stage.see("deploy@stage-1:~$", seconds=0.8, gone="least_conn")

        await stage.press(_F12, 0.6)
        await stage.press("1")
        await stage.see("first in", seconds=0.8)
        await stage.press("/", 0.3)
        await stage.press(_CONTROL_U, 0.3)
        await stage.type("tag:web", 0.15)
        await stage.see("4 of 14", seconds=0.6)
        await stage.press(_DOWN, 0.4)
        await stage.press("a")
        await stage.see("✓ 4", seconds=1.2, chapter="all that are listed marked")
        await stage.press("r", 0.8)
        await stage.type("release", 0.12)
        await stage.press(_ENTER)
        await stage.see("Type  3 guarded", "█ cat RELEASE", seconds=2.0, chapter="one command on all of them")
        await stage.type("3 guarded")
        await stage.see("3 guarded", seconds=0.8)
        await stage.press(_ENTER)
        await stage.see("most of them", seconds=3.0, chapter="the answers, in groups")
        await stage.press("d")
        await stage.see("against", seconds=2.5, chapter="how they differ")

        await stage.press(_F12, 0.6)
        await stage.press("1")
        await stage.see("first in", seconds=0.8)
        await stage.press(_ESCAPE, 0.5)
        await stage.press("q")
        await stage.see("Quit", seconds=1.5, chapter="the end")
        await stage.press(_ENTER)
        await stage.see("dev:~#", seconds=2.0, gone="Machines")


def _install_on(fleet: DemoFleet, name: str) -> None:
    """Let a machine of the fleet have `mooring`, this one; the demo on it lies where demos lie elsewhere."""
    program = Path(sys.executable).with_name("mooring")
    script = fleet.folder / "homes" / name / "bin" / "mooring"
    script.write_text(f'#!/bin/sh\nTMPDIR=/tmp exec {quote(os.fspath(program))} "$@"\n')
    script.chmod(0o700)
