"""Which files are read, in which order, and which ones ssh refuses to trust."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from mooring.model.errors import ConfigError
from mooring.model.machine import Target
from mooring.model.origin import Origin
from mooring.sshconfig import ConfigurationFiles, Person, ResolvedHost, resolve
from support.ssh_oracle import ENVIRONMENT, REAL_PERSON, differences


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Somebody with an empty ~/.ssh."""
    (tmp_path / "home/.ssh").mkdir(parents=True)
    return Person(name=REAL_PERSON.name, uid=os.getuid(), home=f"{tmp_path}/home", hostname="desk")


def ask(person: Person, system: Path | None = None, host: str = "web") -> ResolvedHost:
    files = ConfigurationFiles(user=f"{person.home}/.ssh/config", system=str(system) if system else None)
    return resolve(Target(host), environment=ENVIRONMENT, files=files, person=person)


def test_the_persons_file_comes_before_the_systems(person: Person, tmp_path: Path) -> None:
    Path(person.home, ".ssh/config").write_text("Port 1\n")
    system = tmp_path / "system"
    system.write_text("Port 2\nUser u\n")
    resolved = ask(person, system)
    assert (resolved.port, resolved.user) == (1, "u")
    assert resolved.setting("user").origin == Origin(str(system), 2)


def test_no_file_at_all_gives_the_defaults(person: Person) -> None:
    resolved = ask(person)
    assert (resolved.hostname, resolved.port, resolved.user) == ("web", 22, REAL_PERSON.name)


def test_the_default_files_are_those_of_the_password_database(own_home: Path) -> None:
    files = ConfigurationFiles.of(None)
    assert files == ConfigurationFiles(user=f"{own_home}/.ssh/config", system="/etc/ssh/ssh_config")
    assert ConfigurationFiles.of("none") == ConfigurationFiles(user=None, system=None, chosen=True)
    assert ConfigurationFiles.of("NONE").user is None
    assert ConfigurationFiles.of("x") == ConfigurationFiles(user="x", system=None, chosen=True)


@pytest.mark.parametrize("mode", [0o666, 0o646, 0o602])
def test_a_file_that_others_may_write_is_refused(person: Person, mode: int) -> None:
    config = Path(person.home, ".ssh/config")
    config.write_text("Port 1\n")
    config.chmod(mode)
    with pytest.raises(ConfigError, match=f"^Bad owner or permissions on {config}$") as caught:
        ask(person)
    assert caught.value.origin == Origin(str(config))


def test_a_file_of_somebody_else_is_refused(person: Person) -> None:
    config = Path(person.home, ".ssh/config")
    config.write_text("Port 1\n")
    stranger = Person(name="x", uid=person.uid + 1, home=person.home, hostname="desk")
    if os.getuid() == 0:
        assert ask(stranger).port == 1  # root's files are everybody's
        os.chown(config, 4711, -1)
    with pytest.raises(ConfigError, match="Bad owner or permissions"):
        ask(stranger)


def test_a_file_given_by_option_may_be_anybodys(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("Port 77\n")
    config.chmod(0o666)
    assert differences(config) == {}


@pytest.mark.parametrize("mode", [0o666, 0o664, 0o644, 0o600])
def test_included_files_are_judged_as_ssh_judges_them(tmp_path: Path, mode: int) -> None:
    included = tmp_path / "more"
    included.write_text("Port 77\n")
    included.chmod(mode)
    config = tmp_path / "config"
    config.write_text(f"Include {included}\n")
    assert differences(config) == {}


def test_includes_come_in_the_order_of_their_bytes(tmp_path: Path) -> None:
    for name in ("b", "a", "B", "\u00e4", ".hidden", "10", "9"):
        (tmp_path / f"{name}.conf").write_text(f"IdentityFile {name}\nUser {name}\n", encoding="utf-8")
    config = tmp_path / "config"
    config.write_text(f"Include {tmp_path}/*.conf {tmp_path}/[ab].conf {tmp_path}/?.conf\n")
    assert differences(config) == {}


@pytest.mark.parametrize(
    "pattern",
    [
        "{folder}",
        "{folder}/sub",
        "{folder}/none*",
        "{folder}/dangling",
        "{folder}/a\\*b",
        '"{folder}/a b"',
        "{folder}/a?b",
    ],
)
def test_odd_includes_are_taken_as_ssh_takes_them(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a*b").write_text("Port 1\n")
    (tmp_path / "a b").write_text("Port 2\n")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    config = tmp_path / "config"
    config.write_text(f"Include {pattern.format(folder=tmp_path)}\nUser u\n")
    assert differences(config) == {}


def test_include_in_a_block_that_does_not_apply_sets_nothing_but_is_checked(tmp_path: Path) -> None:
    (tmp_path / "more").write_text("Port 77\nHost web\nUser u\nMatch all\nCompression yes\n")
    config = tmp_path / "config"
    config.write_text(f"Host other\nInclude {tmp_path}/more\nUser v\nHost web\nInclude {tmp_path}/more\nUser w\n")
    assert differences(config) == {}
    (tmp_path / "more").write_text("Port x\n")
    assert differences(config) == {}


def test_blocks_of_an_included_file_end_with_it(tmp_path: Path) -> None:
    (tmp_path / "more").write_text("Host other\n")
    config = tmp_path / "config"
    config.write_text(f"Host web\nInclude {tmp_path}/more\nPort 77\n")
    assert differences(config) == {}


@pytest.mark.parametrize("depth", [15, 16, 17])
def test_includes_nest_as_deep_as_in_ssh(tmp_path: Path, depth: int) -> None:
    for level in range(depth):
        (tmp_path / f"c{level}").write_text(f"Include {tmp_path}/c{level + 1}\n")
    (tmp_path / f"c{depth}").write_text("Port 77\n")
    assert differences(tmp_path / "c0") == {}


def test_a_file_that_includes_itself_is_refused(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text(f"Include {config}\n")
    assert differences(config) == {}


def test_relative_includes_begin_in_the_persons_folder(person: Person) -> None:
    folder = Path(person.home, ".ssh")
    (folder / "config").write_text("Include more\n")
    (folder / "more").write_text("Port 77\n")
    assert ask(person).port == 77


def test_tilde_is_refused_in_the_systems_file(person: Person, tmp_path: Path) -> None:
    system = tmp_path / "system"
    system.write_text("Include ~/x\n")
    with pytest.raises(ConfigError, match=r"system line 1: bad include path ~/x\."):
        ask(person, system)


def test_an_included_file_that_can_not_be_opened_is_named(person: Person, tmp_path: Path) -> None:
    """A socket can't be opened by anybody, root included; the message is that of OpenSSH 10."""
    path = tmp_path / "socket"
    Path(person.home, ".ssh/config").write_text(f"\nInclude {path}\n")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        with pytest.raises(ConfigError) as caught:
            ask(person)
    assert f"line 2: Can't open user config file {path}: No such device or address" in caught.value.message
    assert caught.value.origin.line == 2
