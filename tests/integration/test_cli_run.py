"""`mooring run`, `mooring history` and `mooring commands` as a person or a script calls them, against a real sshd."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pexpect
import pytest

from mooring.cli.main import run as main_run
from mooring.model.errors import UsageError
from support.command_line import MOORING, run_mooring, spawn_mooring
from support.fleet import write_fleet_config
from support.sshd import SshServer, free_port

NAMES = ("web-1", "web-2", "web-3", "down")
MACHINES = """
[[machine]]
name = "web-1"
groups = ["site"]
[[machine]]
name = "web-2"
groups = ["site"]
tags = ["odd"]
[[machine]]
name = "web-3"
guard = true
"""
COMMANDS = """
[[command]]
name = "greet"
command = "echo {{word}} from '{{machine.name}}'"
on = "site"
[command.parameters.word]
default = "hello world"
"""
ODD = 'echo same; [ -z "$LC_ODD" ] || { echo odd; echo trouble >&2; exit 3; }'


@pytest.fixture
def config(sshd: SshServer, own_home: Path) -> Path:
    """Four machines, one guarded and one down; a configuration folder of the person's own."""
    folder = own_home / ".config" / "mooring"
    folder.mkdir(parents=True)
    (folder / "machines.toml").write_text(MACHINES)
    (folder / "commands.toml").write_text(COMMANDS)
    return write_fleet_config(
        sshd, NAMES, {"web-2": ["SetEnv LC_ODD=1"], "down": [f"Port {free_port()}"], "web-1": ["LogLevel QUIET"]}
    )


def run(config: Path, *words: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run `mooring -F config run WORDS` to its end."""
    return run_mooring("-F", config, "run", *words, stdin=stdin)


def test_lines_come_with_their_machine_s_name(config: Path) -> None:
    done = run(config, "--on", "site", "--", ODD)
    assert sorted(done.stdout.splitlines()) == [b"web-1: same", b"web-2: odd", b"web-2: same"]
    assert done.stderr == b"web-2: trouble\nweb-2: status 3\n"
    assert done.returncode == 3
    unreachable = run(config, "--on", "site", "--on", "down", "--", "printf no-line-feed")
    assert sorted(unreachable.stdout.splitlines()) == [b"web-1: no-line-feed", b"web-2: no-line-feed"]
    assert unreachable.stderr.startswith(b"down: ssh: connect to host 127.0.0.1 port ")
    assert unreachable.returncode == 255


def test_a_run_goes_on_where_nothing_can_be_kept(config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    in_the_way = tmp_path / "state"
    in_the_way.touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(in_the_way))
    done = run(config, "--on", "web-1", "--gather", "--", "echo here")
    assert done.returncode == 0
    assert b"here\n" in done.stdout
    assert (
        done.stderr
        == f"mooring: this run will not be in the history: {in_the_way}/mooring/runs: Not a directory\n".encode()
    )


def test_equal_answers_are_shown_once_and_compared(config: Path) -> None:
    done = run(config, "--on", "site", "--on", "web-3", "--yes", "--diff", "--", ODD)
    assert done.stdout.decode() == (
        "── web-2: status 3, compared with web-[1,3]\n same\n+odd\n+trouble\n\n── web-[1,3] (2)\nsame\n"
    )
    assert (done.returncode, done.stderr) == (3, b"")
    beside = run_mooring("-F", config, "history", "last", "--side-by-side").stdout.decode().splitlines()
    assert re.fullmatch(r"same +same", beside[1])
    assert re.fullmatch(r" +> odd", beside[2])


def test_json_and_standard_input(config: Path) -> None:
    done = run(config, "--on", "web-[1-2]", "--json", "--", "cat; printf '\\377' >&2", stdin=b"to all\n")
    data = json.loads(done.stdout)
    assert [(each["machine"], each["output"], each["errors_base64"]) for each in data["machines"]] == [
        ("web-1", "to all\n", "/w=="),
        ("web-2", "to all\n", "/w=="),
    ]
    assert data["groups"] == [{"names": "web-[1-2]", "machines": ["web-1", "web-2"], "ending": "done"}]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--", "id"], "Say where"),
        (["--on", "site"], "Name one saved command"),
        (["--on", "sight", "--", "id"], "No machine or group fits `sight`"),
        (["--saved", "great"], "no saved command called great"),
        (["--saved", "greet", "-p", "world=x"], "there is no such parameter"),
        (["--on", "site", "--diff", "--json", "--", "id"], "can't be had with another form"),
        (["--rerun-failed"], "There is no run yet"),
    ],
)
def test_a_slip_does_nothing(config: Path, words: list[str], message: str) -> None:
    with pytest.raises((UsageError, click.UsageError)) as raised:
        main_run(["-F", str(config), "run", *words])
    assert message in str(raised.value)


def test_guarded_machines_are_named_first(config: Path) -> None:
    refused = run(config, "--on", "web-3", "--", "echo touched")
    assert (refused.returncode, refused.stdout) == (255, b"")
    assert refused.stderr == (
        b"guarded: web-3\nThis wants to be confirmed, and there is no terminal to ask at.\n--yes confirms it.\n"
    )
    child = spawn(config, "--on", "web-*", "--gather", "--", "echo touched")
    child.expect_exact("guarded: web-3\r\n")
    child.expect_exact("Run it on web-[1-3] (3 machines) (yes/no)? ")
    child.sendline("no")
    child.expect(pexpect.EOF)
    child.close()
    assert "touched" not in (child.before or "")
    assert child.exitstatus == 255


def test_a_saved_command_is_previewed_run_and_remembered(config: Path, own_home: Path, tmp_path: Path) -> None:
    preview = run(config, "--saved", "greet", "-p", "word=it's", "--preview")
    assert preview.stdout.decode().splitlines() == [
        f"{name}: echo 'it'\"'\"'s' from '''{name}'''" for name in ("web-1", "web-2")
    ]
    done = run(config, "--saved", "greet", "--by-machine")
    assert done.stdout.decode() == "── web-1\nhello world from web-1\n\n── web-2\nhello world from web-2\n"
    assert "hello world" in (own_home / ".state" / "mooring" / "commands.json").read_text()
    project = tmp_path / "project"
    (project / ".mooring").mkdir(parents=True)
    (project / ".mooring" / "commands.toml").write_text('[[command]]\nname = "theirs"\ncommand = "id"\nx = 1\n')
    listed = subprocess.run([*MOORING, "commands"], cwd=project, capture_output=True, timeout=60, check=False)
    assert listed.stdout == b"greet  echo {{word}} from '{{machine.name}}' [site]\n"
    assert f"{project}/.mooring/commands.toml:4: command `theirs`: field `x` is unknown" in listed.stderr.decode()
    (project / ".mooring" / "commands.toml").write_text('[[command]]\nname = "theirs"\ncommand = "id"\n')
    asked = subprocess.run(
        [*MOORING, "-F", str(config), "run", "--saved", "theirs", "--on", "web-1"],
        cwd=project,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        timeout=60,
        check=False,
    )
    assert (asked.returncode, asked.stdout) == (255, b"")
    assert b"to be confirmed: theirs: id" in asked.stderr


def test_what_failed_is_run_again_and_runs_are_kept(config: Path, own_home: Path, tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    command = f'[ -e {flag} ] || [ -z "$LC_ODD" ] && echo well || {{ echo badly >&2; exit 4; }}'
    first = run(config, "--on", "site", "--export", tmp_path / "report.md", "--", command)
    assert first.returncode == 4
    assert "| 1 | `web-2` | status 4 |" in (tmp_path / "report.md").read_text()
    flag.touch()
    again = run(config, "--rerun-failed", "--")
    assert (again.returncode, again.stdout) == (0, b"web-2: well\n")
    nothing = run(config, "--rerun-failed")
    assert "Nothing failed" in nothing.stderr.decode()
    listed = run_mooring("history").stdout.decode().splitlines()
    assert [line.split("  ")[1].strip() for line in listed] == ["1 done", "1 of 2 failed"]
    oldest = listed[1].split()[0]
    found = run_mooring("history", oldest, "--search", "badly")
    assert (found.returncode, found.stdout) == (0, b"web-2:1 (error): badly\n")
    assert run_mooring("history", oldest, "--search", "nowhere").returncode == 1
    runs = own_home / ".state" / "mooring" / "runs"
    kept = len(list(runs.iterdir()))
    assert run(config, "--on", "web-1", "--no-history", "--", "true").returncode == 0
    assert len(list(runs.iterdir())) == kept


def test_answers_are_written_to_json_and_to_a_folder(config: Path, tmp_path: Path) -> None:
    place = tmp_path / "answers.json"
    assert run(config, "--on", "site", "--export", place, "--", ODD).returncode == 3
    machines = json.loads(place.read_text())["machines"]
    assert [(each["machine"], each["status"], each["output"], each["errors"]) for each in machines] == [
        ("web-1", 0, "same\n", ""),
        ("web-2", 3, "same\nodd\n", "trouble\n"),
    ]
    folder = tmp_path / "answers"
    assert run(config, "--on", "site", "--export", folder, "--", ODD).returncode == 3
    files = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}
    assert files.keys() == {"README.md", "run.json", "web-1/output", "web-2/output", "web-2/errors"}
    assert (files["web-1/output"], files["web-2/output"], files["web-2/errors"]) == (
        "same\n",
        "same\nodd\n",
        "trouble\n",
    )
    assert [each["machine"] for each in json.loads(files["run.json"])["machines"]] == ["web-1", "web-2"]
    assert "| 1 | `web-2` | status 3 |" in files["README.md"]
    touched = tmp_path / "touched"
    refused = run(config, "--on", "site", "--export", folder, "--", f"touch {touched}")
    assert refused.returncode == 255
    assert f"{folder} is not empty." in refused.stderr.decode()
    assert not touched.exists(), "what can't be written is said before anything runs"


def spawn(config: Path, *words: str, environment: dict[str, str] | None = None) -> pexpect.spawn[str]:
    """`mooring run` at a terminal."""
    return spawn_mooring("-F", config, "run", *words, environment=environment)


def test_control_c_ends_the_run_and_shows_what_has_come(config: Path) -> None:
    child = spawn(config, "--on", "site", "--gather", "--", "echo begun; sleep 60")
    child.expect_exact("0 of 2: 2 running: web-[1-2]")
    child.sendintr()
    child.expect_exact("Ending; what has come is kept.")
    child.expect_exact("── web-[1-2] (2): cancelled")
    child.expect_exact("begun")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130


def test_the_remote_can_not_write_on_our_terminal(config: Path) -> None:
    hostile = "printf 'a\\033[2Jb\\033]0;title\\007c\\033[31md\\007\\ne\\tf\\rg\\n\\2331mh\\n'"
    child = spawn(config, "--on", "web-1", "-n", "--", hostile, environment={"NO_COLOR": "1"})
    child.expect(pexpect.EOF)
    shown = child.before or ""
    child.close()
    lines = [line.rpartition("\x1b[K")[2] for line in shown.split("\r\n")]
    assert [line for line in lines if line.startswith("web-1: ")] == ["web-1: abcd^G", "web-1: g", "web-1: \ufffd1mh"]
    assert set(re.findall(r"\x1b[^\r\n]{0,2}", shown)) <= {"\x1b[K", "\x1b[K0", "\x1b[K1", "\x1b[Kw"}
    coloured = spawn(config, "--on", "web-1", "-n", "--", "echo x")
    coloured.expect(re.escape("\x1b[") + r"\d+mweb-1" + re.escape("\x1b[0m") + ": x\r\n")
    coloured.expect(pexpect.EOF)
    coloured.close()


def test_a_reader_that_leaves_ends_the_run(config: Path) -> None:
    words = [*MOORING, "-F", str(config), "run", "-n", "--on", "web-1", "--", "yes"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"web-1: y\n"
        child.stdout.close()
        assert child.wait(25) == 255


def ended_processes(children: list[int]) -> Iterator[int]:
    """The peak of resident bytes of each child, which has to end by itself."""
    for child in children:
        _pid, _status, usage = os.wait4(child, 0)
        yield usage.ru_maxrss * 1024


def test_a_flood_costs_no_memory(config: Path) -> None:
    peaks: list[int] = []
    for command in ("true", "head -c 100000000 /dev/zero"):
        words = [*MOORING, "-F", str(config), "run", "-n", "--gather", "--no-history", "--on", "site", "--", command]
        child = os.posix_spawnp(
            words[0],
            words,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_OPEN, descriptor, "/dev/null", os.O_RDWR, 0) for descriptor in (0, 1, 2)],
            setsigdef=[signal.SIGINT],
        )
        peaks += ended_processes([child])
    quiet, flooded = peaks
    assert flooded - quiet < 40 * 1024 * 1024
