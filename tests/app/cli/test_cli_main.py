"""The program as a whole: what it loads, what its flags do, and that every end is words and a status."""

from __future__ import annotations

import json
import pkgutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mooring.cli import commands
from mooring.cli.command_group import SECTIONS
from mooring.cli.errors import printable
from mooring.sshconfig import user_file
from mooring.store import Paths
from support.command_line import MOORING, run_mooring
from support.waiting import process_runs, wait_until

HOSTS = """
Host web-1
    HostName 192.0.2.1
    User ops
Host web-2 web-10
    HostName 192.0.2.2
Host *
    ConnectTimeout 5
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """An ssh_config with three machines."""
    file = tmp_path / "config"
    file.write_text(HOSTS)
    return file


@pytest.mark.parametrize(
    "module", ["mooring.cli", "mooring.cli.main", "mooring.cli.ssh_command", "mooring.cli.ls_command"]
)
def test_the_command_line_loads_neither_the_screens_nor_ssh(module: str) -> None:
    code = f"import sys, {module}; print([name for name in ('textual', 'asyncssh') if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_listing_loads_neither_the_screens_nor_ssh(config: Path) -> None:
    code = (
        "import sys; from mooring.cli.main import run; run(sys.argv[1:]);"
        "print([name for name in ('textual', 'asyncssh') if name in sys.modules], file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "-F", str(config), "ls"], capture_output=True, text=True, check=True
    )
    assert run.stderr.splitlines()[-1] == "[]"


def test_every_command_is_where_its_name_says() -> None:
    modules = {module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__)}
    names = [name for names in SECTIONS.values() for name in names]
    assert sorted(names) == sorted(modules)
    for name in names:
        run = run_mooring(name, "--help")
        assert run.returncode == 0
        assert run.stdout.startswith(f"Usage: mooring {name} ".encode())
        assert f"\n  mooring {name}".encode() in run.stdout, "it has no example"


def test_version_and_help() -> None:
    version = run_mooring("--version")
    assert version.returncode == 0
    assert version.stdout.startswith(b"mooring ")
    run = run_mooring("--help")
    assert run.returncode == 0
    assert b"Usage: mooring" in run.stdout
    assert b"...\n" not in run.stdout.partition(b"\nConnect:")[2], "a summary is too long for its line"


@pytest.mark.parametrize(
    "words", [("--no-such-flag",), ("no-such-command",), ("ls", "--no-such-flag"), ("ls", "-q", "--json")]
)
def test_wrong_use_of_our_own_flags_is_status_2(words: tuple[str, ...]) -> None:
    run = run_mooring(*words)
    assert run.returncode == 2
    assert run.stdout == b""
    assert b"Traceback" not in run.stderr
    assert run.stderr.splitlines()[-1].startswith(b"mooring: ")


@pytest.mark.parametrize(
    ("word", "lead"),
    [
        ("sssh", "Did you mean ssh?"),
        ("setings", "Did you mean settings?"),
        ("web-10", "To log in: `mooring ssh web-10`."),
        ("ops@192.0.2.1", "To log in: `mooring ssh ops@192.0.2.1`."),
        ("env", "`mooring url MACHINE`"),
        ("start", "Mooring changes no machine"),
        ("xyzzy", "`mooring --help` lists the commands"),
    ],
)
def test_a_word_that_is_no_command_leads_on(config: Path, word: str, lead: str) -> None:
    run = run_mooring("-F", config, word)
    assert (run.returncode, run.stdout) == (2, b"")
    assert f"there is no command `{word}`. {lead}" in run.stderr.decode()


def test_each_command_has_a_help_with_examples() -> None:
    for name in (name for names in SECTIONS.values() for name in names):
        run = run_mooring(name, "--help")
        assert run.returncode == 0
        assert f"\n  mooring {name}" in run.stdout.decode(), name


def test_the_screens_want_a_terminal() -> None:
    run = run_mooring()
    assert run.returncode == 255
    assert b"need a terminal" in run.stderr


def test_names_alone_in_natural_order(config: Path) -> None:
    run = run_mooring("-F", config, "ls", "-q")
    assert (run.returncode, run.stdout.split()) == (0, [b"web-1", b"web-2", b"web-10"])


def test_the_table_has_headings_and_a_line_for_each(config: Path) -> None:
    lines = run_mooring("-F", config, "ls").stdout.decode().splitlines()
    assert lines[0].startswith("NAME")
    assert [line.split()[0] for line in lines[1:]] == ["web-1", "web-2", "web-10"]


def test_json_tells_all_that_is_known(config: Path) -> None:
    machines = json.loads(run_mooring("-F", config, "ls", "--json").stdout)
    assert [machine["name"] for machine in machines] == ["web-1", "web-2", "web-10"]
    assert machines[0]["sources"] == ["ssh_config"]
    assert machines[0]["origin"] == f"{config}:2"


def test_a_name_that_is_there_twice_is_said_once_and_listed_once(config: Path) -> None:
    own = Paths.of_this_person().machines_file
    own.parent.mkdir(parents=True)
    own.write_text('[[machine]]\nname = "web-1"\n[[machine]]\nname = "web-1"\nport = 7\n')
    own.chmod(0o600)
    run = run_mooring("-F", config, "ls", "-q")
    assert (run.returncode, run.stdout.split()) == (0, [b"web-1", b"web-2", b"web-10"])
    said = f"mooring: machine web-1: {own}:3: it is there once more; the entry at {own}:1 is used"
    assert run.stderr.decode().splitlines() == [said]


def test_no_machine_says_what_to_do_next() -> None:
    run = run_mooring("-F", "none", "ls")
    assert (run.returncode, run.stdout) == (0, b"")
    assert b"mooring --demo" in run.stderr


def test_the_place_for_hosts_is_the_one_that_is_read(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ssh and we after it ask the password database for the home folder, and $HOME may be another."""
    assert user_file() == "~/.ssh/config"
    monkeypatch.setenv("HOME", str(own_home / "elsewhere"))
    assert user_file() == f"{own_home}/.ssh/config"
    assert user_file("lab_config") == "lab_config"


def test_a_file_that_is_not_there_is_all_that_is_said(tmp_path: Path) -> None:
    run = run_mooring("-F", tmp_path / "no-such-file", "ls")
    assert run.stdout == b""
    assert b"no-such-file" in run.stderr
    assert b"no machines yet" not in run.stderr


def test_output_that_cannot_be_written_is_said_and_no_traceback(config: Path) -> None:
    line = " ".join(f"'{word}'" for word in (*MOORING, "-F", str(config), "ls"))
    run = subprocess.run(["bash", "-c", f"{line} > /dev/full"], capture_output=True, text=True, check=False)
    assert run.returncode == 255
    assert run.stderr == "mooring: what there is to say can't be written: No space left on device\n"


@pytest.mark.parametrize(
    ("closed", "words", "status"), [(">&-", "ls", 0), ("<&-", "ls -q", 0), ("2>&-", "ls", 0), ("<&- >&-", "", 255)]
)
def test_closed_standard_streams_are_no_internal_error(config: Path, closed: str, words: str, status: int) -> None:
    line = " ".join(f"'{word}'" for word in (*MOORING, "-F", str(config)))
    run = subprocess.run(["bash", "-c", f"{line} {words} {closed}"], capture_output=True, text=True, check=False)
    assert run.returncode == status
    assert "internal error" not in run.stderr


def test_a_reader_that_leaves_is_no_traceback(config: Path) -> None:
    line = " ".join(f"'{word}'" for word in (*MOORING, "-F", str(config), "ls", "--json"))
    run = subprocess.run(
        ["bash", "-c", f"{{ {line}; echo status $? >&2; }} | true"], capture_output=True, text=True, check=False
    )
    assert "Traceback" not in run.stderr
    assert "Exception" not in run.stderr
    assert run.stderr.splitlines()[-1] in ("status 141", "status 0")


def test_the_environment_can_choose_the_native_client(config: Path) -> None:
    for variable in ("MOORING_NATIVE_SSH", "MACHINE_NATIVE_SSH"):
        run = run_mooring("ssh", "-V", environment={variable: "1"})
        assert run.returncode == 0
        assert run.stderr.startswith(b"Mooring")
    assert run_mooring("ssh", "-V", environment={"MOORING_NATIVE_SSH": "0"}).stderr.startswith(b"OpenSSH")


def test_control_characters_are_shown_not_sent() -> None:
    assert printable("a\x1b[31mb\x9bc\n\td\x7f") == "a^[[31mb\N{REPLACEMENT CHARACTER}c\n\td^?"


def test_interrupting_leaves_no_program_of_a_source_behind(tmp_path: Path) -> None:
    settings = Paths.of_this_person().settings_file
    settings.parent.mkdir(parents=True)
    pids = tmp_path / "pids"
    script = f"sleep 1000 & echo $$ $! > {pids}.new; mv {pids}.new {pids}; wait"
    settings.write_text(f"[[source]]\nname = 'stuck'\ntimeout = 600\ncommand = \"sh -c '{script}'\"\n")
    settings.chmod(0o600)
    run = subprocess.Popen([*MOORING, "-F", "none", "ls"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        wait_until(pids.exists, what="the source's program runs")
        run.send_signal(signal.SIGINT)
        _output, said = run.communicate(timeout=25)
    finally:
        run.kill()
    assert (run.returncode, said) == (-signal.SIGINT, b"")
    started = [int(pid) for pid in pids.read_text().split()]
    wait_until(lambda: not any(map(process_runs, started)), what="program and child are gone")
