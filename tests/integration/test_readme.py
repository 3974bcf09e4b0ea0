"""README's commands do what it says: each line of its shell blocks is run, and its TOML is read as ours."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mooring.commands.library import CommandFiles, load_commands
from mooring.inventory import Source
from mooring.inventory.own import OwnMachinesSource
from mooring.store import Paths, load_settings
from mooring.ui.keys import Area
from support.sshd import SshServer

README = (Path(__file__).parents[2] / "README.md").read_text()
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)

ELSEWHERE = {
    "python3 -m venv": "installs; tests/integration/test_first_steps.py follows it literally",
    "python3 -m pip install .": "installs into whatever Python there is",
    "pipx install": "installs",
    "uv tool install": "installs",
    "mooring ssh web-1": "a login wants a terminal: tests/integration/test_cli_native_terminal.py",
    "mooring ssh -L 8080": "a login wants a terminal",
    "mooring ssh web-1 -L": "a login wants a terminal",
    "mooring --native-ssh ssh web-1": "a login wants a terminal",
    "mooring play": "wants a terminal: tests/app/ui/test_ui_player.py",
    "mooring attach": "wants a terminal: tests/integration/test_ui_attach.py",
    "mooring run --on web --sudo": "wants sudo: tests/app/fleet/test_fleet_sudo.py",
    "mooring run --rerun-failed": "nothing failed here: tests/integration/test_cli_run.py",
    "mooring run --saved 'restart'": "wants systemd on the machines: tests/integration/test_cli_run.py",
}
"""Lines that are not run, by how they begin, and why; an exact line where it is the beginning of others."""

EXACT = {"mooring ssh web-1"}


def lines(language: str) -> list[str]:
    """The lines of README's blocks in a language, without the remarks behind them."""
    text = "\n".join(body for name, body in _BLOCK.findall(README) if name == language)
    return [line for raw in text.splitlines() if (line := re.sub(r"\s{2,}#.*", "", raw).strip())]


def is_elsewhere(line: str) -> bool:
    return any(line == start if start in EXACT else line.startswith(start) for start in ELSEWHERE)


RUN = [line for line in lines("sh") if not is_elsewhere(line)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, sshd: SshServer) -> Path:
    """A folder with what the lines name, `mooring` in its bin, and a home whose machines are a real server."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "site").mkdir()
    (folder / "bin").mkdir()
    program = folder / "bin" / "mooring"
    program.write_text(f"#!{sys.executable}\nfrom mooring.cli.entry import main\nmain()\n")
    program.chmod(0o755)
    (folder / "lab_config").write_text(sshd.write_client_config("web-1").read_text())
    known = folder / "known_hosts"
    known.write_text(sshd.known_hosts_line)
    machines = {"web-1": ('"production", "web"', '"web"'), "db-1": ('"production"', '"db"'), "dev": ("", "")}
    entries = []
    for name, (groups, tags) in machines.items():
        entries.append(
            f'[[machine]]\nname = "{name}"\nhost = "127.0.0.1"\nport = {sshd.port}\nuser = "{sshd.user}"\n'
            f'key = "{sshd.client_key}"\ngroups = [{groups}]\ntags = [{tags}]\n'
            f'options = {{UserKnownHostsFile = "{known}", GlobalKnownHostsFile = "/dev/null", IdentitiesOnly = true, '
            'IdentityAgent = "none", BatchMode = true}\n'
        )
    config = folder / "home" / "config" / "mooring"
    config.mkdir(parents=True)
    (config / "machines.toml").write_text("\n".join(entries))
    (folder / "home" / ".ssh").mkdir()
    return folder


@pytest.mark.xdist_group("readme")
@pytest.mark.parametrize("line", RUN)
def test_a_line_of_the_readme_can_be_run(line: str, place: Path) -> None:
    home = place / "home"
    environment = {
        **os.environ,
        "PATH": f"{place / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
    }
    # Written into the machine that the tests run on.
    line = line.replace("-C /srv", f"-C {home}").replace("dev:/etc/nginx", f"dev:{place / 'site'}")
    run = subprocess.run(
        ["bash", "-c", line.replace(" ssh web-1", " ssh web-1 true") if line.startswith("mooring -F") else line],
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Traceback" not in run.stderr


def test_what_is_not_run_is_still_in_the_readme() -> None:
    told = lines("sh")
    for start in ELSEWHERE:
        assert any(line == start if start in EXACT else line.startswith(start) for line in told), start
    assert len(RUN) > 15


def test_its_toml_is_read_without_a_word(tmp_path: Path) -> None:
    read: list[str] = []
    for number, body in enumerate(body for name, body in _BLOCK.findall(README) if name == "toml"):
        kind = re.match(r"# (\w+\.toml)\n", body)
        if kind is None:
            continue
        file = tmp_path / str(number) / kind[1]
        file.parent.mkdir()
        file.write_text(body)
        problems: tuple[Exception, ...]
        if kind[1] == "settings.toml":
            problems = load_settings(file).problems
        elif kind[1] == "machines.toml":
            source: Source = OwnMachinesSource(file, None)
            result = source.read()
            problems = result.problems
            assert all(not machine.problem and not machine.warnings for machine in result.machines)
        else:
            problems = load_commands(CommandFiles(file)).problems
        assert problems == ()
        read.append(kind[1])
    assert {"settings.toml", "machines.toml", "commands.toml"} <= set(read)
    assert Paths.of_this_person().config.exists() is False


def test_it_names_every_area_of_keys() -> None:
    told = README[README.index("The areas are ") :].partition(";")[0]
    assert re.findall(r"`([\w-]+)`", told) == [area.value for area in Area]


def test_it_says_of_every_file_that_is_kept_where_it_lies() -> None:
    paths = Paths.inside(Path("/place"))
    told = README[README.index("What is kept, and where") : README.index("## Architecture")]
    for name in (name for name, kind in vars(Paths).items() if isinstance(kind, property)):
        assert f"`{Path(getattr(paths, name)).name}`" in told, name
