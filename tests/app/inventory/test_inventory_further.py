"""Sources that the settings name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mooring.inventory import Inventory, InventorySources, further_sources, load
from mooring.store import Paths, load_settings

PRINTS = """#!{python} -IS
import sys
print('{{"_meta": {{"hostvars": {{}}}}, "cloud": ["web-1", "' + sys.argv[1] + '"]}}')
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A configuration with an inventory program and a static inventory."""
    found = Paths.inside(tmp_path)
    found.config.mkdir()
    (found.config / "hosts.ini").write_text("web-1 ansible_host=10.0.0.1\nweb-9\n")
    program = found.config / "prints it"
    program.write_text(PRINTS.format(python=sys.executable))
    program.chmod(0o755)
    return found


def read(paths: Paths, settings: str) -> tuple[Inventory, list[str]]:
    paths.settings_file.write_text(settings)
    paths.settings_file.chmod(0o600)
    loaded = load_settings(paths.settings_file)
    sources = InventorySources(
        config_file="none",
        machine_store=paths.config / "none",
        machines_file=paths.machines_file,
        further=further_sources(loaded.settings, paths, "none"),
    )
    return load(sources), [str(problem) for problem in loaded.problems]


def test_programs_and_files_are_sources_in_the_order_of_the_settings(paths: Paths) -> None:
    settings = f"""
[[source]]
name = "cloud"
command = "'{paths.config}/prints it' web-2"
timeout = 25
keep = 0

[[source]]
name = "site"
file = "hosts.ini"
"""
    inventory, problems = read(paths, settings)
    assert (problems, inventory.problems) == ([], ())
    assert [(machine.name, machine.sources, machine.address) for machine in inventory.machines] == [
        ("web-1", ("cloud", "site"), "10.0.0.1"),
        ("web-2", ("cloud",), ""),
        ("web-9", ("site",), ""),
    ]
    names = ["mooring", "ssh_config", "docker-machine", "cloud", "site", "annotations"]
    assert [source.name for source in inventory.sources] == names
    assert not paths.answers.exists()


def test_the_same_sources_can_be_loaded_again(paths: Paths) -> None:
    settings = f'[[source]]\nname = "cloud"\ncommand = "\'{paths.config}/prints it\' web-2"\nkeep = 0\n'
    paths.settings_file.write_text(settings)
    paths.settings_file.chmod(0o600)
    further = further_sources(load_settings(paths.settings_file).settings, paths)
    sources = InventorySources("none", paths.config / "none", paths.machines_file, further=further)
    for _time in range(2):
        inventory = load(sources)
        assert inventory.problems == ()
        assert [machine.name for machine in inventory.machines] == ["web-1", "web-2"]


def test_answers_are_kept_apart_for_each_command_line(paths: Paths) -> None:
    settings = f'[[source]]\nname = "cloud"\ncommand = "\'{paths.config}/prints it\' web-2"\n'
    first, _problems = read(paths, settings)
    other, _problems = read(paths, settings.replace("web-2", "web-3"))
    assert [machine.name for machine in first.machines] == ["web-1", "web-2"]
    assert [machine.name for machine in other.machines] == ["web-1", "web-3"]
    assert len(list(paths.answers.iterdir())) == 2


def test_no_program_is_run_that_others_could_have_put_there(paths: Paths) -> None:
    paths.settings_file.write_text(
        f'[[source]]\nname = "cloud"\ncommand = "touch {paths.config}/ran"\n'
        '[[source]]\nname = "site"\nfile = "hosts.ini"\n'
    )
    paths.settings_file.chmod(0o666)
    loaded = load_settings(paths.settings_file)
    inventory = load(InventorySources("none", further=further_sources(loaded.settings, paths)))
    assert [problem.message.partition(":")[0] for problem in inventory.problems] == ["bad owner or permissions"]
    assert [machine.name for machine in inventory.machines] == ["web-1", "web-9"]
    assert not (paths.config / "ran").exists()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('name = "x"', "it needs a `command` or a `file`, and not both"),
        ('name = "x"\ncommand = "a"\nfile = "b"', "it needs a `command` or a `file`, and not both"),
        ('command = "a"', "object missing required field `name`"),
        ('name = "a b"\ncommand = "a"', "expected `str` matching regex"),
        ('name = "ssh_config"\ncommand = "a"', "there is another source called `ssh_config`"),
        ('name = "good"\nfile = "b"', "there is another source called `good`"),
        ('name = "x"\ncommand = "a \'b"', "`command` can't be read: no closing quotation"),
        ('name = "x"\ncommand = "a"\ntimeout = 0', "expected `float` > 0.0"),
        ('name = "x"\ncommand = "a"\nkept = 3', "object contains unknown field `kept`"),
    ],
)
def test_a_wrong_source_is_told_with_its_line_and_left_out_alone(paths: Paths, entry: str, said: str) -> None:
    settings = f'splash = false\n[[source]]\nname = "good"\nfile = "hosts.ini"\n[[source]]\n{entry}\n'
    paths.settings_file.write_text(settings)
    loaded = load_settings(paths.settings_file)
    assert not loaded.settings.splash
    assert [source.name for source in loaded.settings.source] == ["good"]
    (problem,) = loaded.problems
    assert problem.message.startswith(f"source number 2: {said}")
    assert problem.origin.line == 5
