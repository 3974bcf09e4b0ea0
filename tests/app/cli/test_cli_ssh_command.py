"""`mooring ssh` by way of the system's ssh: which machine is meant, and which words ssh gets."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from mooring.inventory import nearest
from mooring.store import Paths, RecentFile
from support.command_line import run_mooring

CONFIG = """
Host web-1
    HostName 192.0.2.1
Host *
    User everybody
"""


@pytest.fixture
def ssh_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `ssh` first in PATH that only writes down its arguments, one on a line; returns the file."""
    file = tmp_path / "words"
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "ssh"
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > {file}\nexit 42\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return file


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """An ssh_config that knows web-1."""
    file = tmp_path / "config"
    file.write_text(CONFIG)
    return file


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A docker-machine store with the machines `default` and `dev`."""
    root = tmp_path / "store"
    for name, address in (("default", "192.0.2.10"), ("dev", "192.0.2.11")):
        machine = root / "machines" / name
        machine.mkdir(parents=True)
        driver = {
            "MachineName": name,
            "IPAddress": address,
            "SSHUser": "docker",
            "SSHPort": 2222,
            "StorePath": str(root),
        }
        entry = {"ConfigVersion": 3, "DriverName": "amazonec2", "Name": name, "Driver": driver}
        (machine / "config.json").write_text(json.dumps(entry))
    monkeypatch.setenv("MACHINE_STORAGE_PATH", str(root))
    return root


def words_of(file: Path) -> list[str]:
    """What ssh was given."""
    return file.read_text().splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "web-1",
        "ops@web-1 df -h",
        "-L 8080:localhost:8080 web-1",
        "-p 2222 web-1 uname -a",
        "unknown.example uptime",
    ],
)
def test_a_host_of_ssh_config_gets_the_words_as_they_are(line: str, ssh_words: Path, config: Path) -> None:
    run = run_mooring("-F", config, "ssh", *line.split())
    assert run.returncode == 42
    assert words_of(ssh_words) == ["-F", str(config), *line.split()]


def test_options_behind_the_machine_are_ssh_s_too(ssh_words: Path, config: Path) -> None:
    run_mooring("-F", config, "ssh", "web-1", "-L", "8080:localhost:8080")
    assert words_of(ssh_words) == ["-F", str(config), "-L", "8080:localhost:8080", "web-1"]


def test_a_machine_of_the_store_brings_its_options_behind_the_persons_own(ssh_words: Path, store: Path) -> None:
    assert run_mooring("-F", "none", "ssh", "-p", "99", "dev", "-v", "df", "-h").returncode == 42
    words = words_of(ssh_words)
    assert words[:5] == ["-F", "none", "-p", "99", "-v"]
    assert words[-3:] == ["dev", "df", "-h"]
    settings = dict(word.split("=", 1) for word in words[5:-3] if word != "-o")
    assert settings["HostName"] == "192.0.2.11"
    assert (settings["User"], settings["Port"]) == ("docker", "2222")
    assert "HostKeyAlias" in settings


def test_connections_to_machines_are_remembered(ssh_words: Path, config: Path) -> None:
    for host in ("web-1", "unknown.example", "web-1"):
        run_mooring("-F", config, "ssh", host)
    recent = RecentFile(Paths.of_this_person().recent_file).load()
    assert {name: [visit.how for visit in visits] for name, visits in recent.visits.items()} == {"web-1": ["ssh"] * 2}


def test_no_argument_means_the_machine_default(ssh_words: Path, store: Path) -> None:
    assert run_mooring("-F", "none", "ssh").returncode == 42
    assert "default" in words_of(ssh_words)
    assert "HostName=192.0.2.10" in words_of(ssh_words)


def test_options_alone_mean_the_machine_default_too(ssh_words: Path, store: Path) -> None:
    assert run_mooring("-F", "none", "ssh", "-N").returncode == 42
    words = words_of(ssh_words)
    assert (words[:3], words[-1]) == (["-F", "none", "-N"], "default")


def test_without_a_default_it_is_said(ssh_words: Path, config: Path) -> None:
    run = run_mooring("-F", config, "ssh")
    assert run.returncode == 255
    assert b"no machine called default" in run.stderr
    assert not ssh_words.exists()


@pytest.mark.parametrize("line", ["-z web-1", "-V", "-Q cipher", "-p"])
def test_what_only_ssh_can_answer_goes_to_ssh(line: str, ssh_words: Path, config: Path) -> None:
    assert run_mooring("-F", config, "ssh", *line.split()).returncode == 42
    assert words_of(ssh_words) == ["-F", str(config), *line.split()]


def test_a_machine_that_cannot_be_used_says_why(ssh_words: Path, store: Path) -> None:
    (store / "machines" / "dev" / "config.json").write_text("{ nonsense")
    run = run_mooring("-F", "none", "ssh", "dev")
    assert run.returncode == 255
    assert b"dev can't be used" in run.stderr
    assert not ssh_words.exists()


def test_a_slip_suggests_the_nearest_names(ssh_words: Path, store: Path, config: Path) -> None:
    for flags in ((), ("--native-ssh",)):
        run = run_mooring(*flags, "-F", config, "ssh", "web-11.invalid", "true")
        assert run.returncode in (42, 255)
    run = run_mooring("-F", config, "ssh", "defualt")
    assert run.returncode == 255
    assert b"Could not resolve hostname defualt" in run.stderr
    assert b"Did you mean default?" in run.stderr
    native = run_mooring("--native-ssh", "-F", config, "ssh", "defualt")
    assert native.returncode == 255
    assert b"Did you mean default?" in native.stderr


def test_nearest_names_are_few_and_near() -> None:
    names = ["web-1", "web-2", "web-3", "web-4", "db-1", "default"]
    assert nearest("wbe-1", names)[0] == "web-1"
    assert len(nearest("web-9", names)) == 3
    assert nearest("something else entirely", names) == ()
    assert nearest("DEFAULT", names) == ("default",)
