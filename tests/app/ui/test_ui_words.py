"""The parts of the screens that only choose words: endings, rows, hints."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from mooring.explanation import explain_way
from mooring.model.connection import ConnectionFacts
from mooring.model.errors import (
    AuthenticationFailedError,
    ConfigError,
    ConnectionRefusedByHostError,
    HostKeyChangedError,
    MooringError,
    UnsupportedError,
)
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.session import Session
from mooring.store.recent import Recent, Visit
from mooring.ui.browser.ago import ago
from mooring.ui.browser.background import Background
from mooring.ui.browser.description import describe
from mooring.ui.browser.explanation import ExplainedHop, ExplainedSetting, MachineExplanation, explain_machine
from mooring.ui.browser.rows import rows_of
from mooring.ui.keys import Area, Keymap
from mooring.ui.keys.tables import standard
from mooring.ui.problems import problem_lines
from mooring.ui.screens.status_bar import fitting_hints
from mooring.ui.sessions.endings import ending_of, spell_duration
from mooring.ui.sessions.progress_card import steps_of
from mooring.ui.sessions.session_facts import facts_of

ORIGIN = Origin("/etc/fleet", 3)


def machine(name: str, **more: object) -> Machine:
    """A machine with nothing but a name."""
    return Machine(name, ("ssh_config",), ORIGIN, Target(name), **more)  # type: ignore[arg-type]  # fields by name


def session() -> Session:
    """A session that has just begun."""
    return Session(1, machine("web-1"), TerminalSize(80, 24))


def test_an_exit_status_is_told_with_the_time_it_took() -> None:
    over = session()
    over.end(ExitResult(status=3))
    ending = ending_of(over)
    assert ending.title == "web-1 ended with status 3 after 0 s"
    assert not ending.is_failure


def test_a_signal_is_told_by_its_name() -> None:
    over = session()
    over.end(ExitResult(signal="TERM"))
    assert "ended by signal TERM" in ending_of(over).title


@pytest.mark.parametrize(
    ("failure", "title", "reason"),
    [
        (ConnectionRefusedByHostError("Connection refused", hop="web-1"), "can't be reached", "Connection refused"),
        (
            ConnectionRefusedByHostError("Connection refused", hop="gate"),
            "can't be reached",
            "gate: Connection refused",
        ),
        (AuthenticationFailedError("Permission denied", hop="web-1"), "did not let us in", "Permission denied"),
        (ConfigError("bad", ORIGIN), "can't be used", "/etc/fleet:3: bad"),
        (
            HostKeyChangedError("changed", hop="web-1", origin=ORIGIN, fingerprint="SHA256:x"),
            "refused",
            "changed\nThe key on record is at /etc/fleet:3.",
        ),
    ],
)
def test_a_failure_says_what_and_why(failure: MooringError, title: str, reason: str) -> None:
    failed = session()
    failed.fail(failure)
    ending = ending_of(failed)
    assert title in ending.title
    assert ending.reason == reason
    assert ending.is_failure


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59, "59 s"), (61, "1 min 1 s"), (3600, "1 h 0 min"), (90061, "25 h 1 min")]
)
def test_durations_have_two_units_at_most(seconds: int, words: str) -> None:
    assert spell_duration(timedelta(seconds=seconds)) == words


def test_a_place_is_not_told_twice() -> None:
    assert problem_lines(ConfigError("/etc/fleet line 3: bad", ORIGIN)) == ("/etc/fleet line 3: bad",)
    assert problem_lines(ConfigError("bad\n\nworse\x1b", ORIGIN)) == ("/etc/fleet:3: bad", "worse␛")


def test_what_others_write_is_bounded() -> None:
    assert sum(map(len, problem_lines(MooringError("spam\n" * 10**6)))) < 2100
    assert len(describe(machine("web-1", notes="x" * 10**7), None, 80).plain) < 9000


def test_rows_have_the_groups_of_their_machines_and_the_store_is_one() -> None:
    rows = rows_of(
        [
            machine("alone"),
            machine("web-1", groups=("production", "web"), address="10.0.0.1", port=2222),
            Machine("dev", ("docker-machine",), ORIGIN, Target("dev")),
        ],
        Recent({"dev": (Visit(time.time() - 7300, "native"),)}),
    )
    assert [(row.name, row.groups) for row in rows] == [
        ("alone", ()),
        ("web-1", ("production", "web")),
        ("dev", ("docker-machine",)),
    ]
    assert rows[1].address == "10.0.0.1:2222"
    assert [row.last_used for row in rows] == ["", "", "2 h"]
    assert rows[2].score > rows[1].score == 0


def test_times_past_have_one_unit() -> None:
    assert [ago(seconds) for seconds in (-5, 59, 60, 7199, 86_400, 40 * 604_800)] == [
        "now", "now", "1 min", "1 h", "1 d", "40 w",
    ]  # fmt: skip


def test_hints_are_shown_whole_or_not_at_all() -> None:
    hints = Keymap(standard(), standard()).footer(Area.LIST)
    for width in range(200):
        shown = fitting_hints(hints, width)
        assert hints[: len(shown)] == shown
        assert sum(cell_len(f"{hint.key} {hint.label}") + 3 for hint in shown) - 3 + 1 <= max(width, 1)


def test_facts_tell_key_way_and_state() -> None:
    going = session()
    assert facts_of(going).plain == "native · ◌ connecting"
    going.open(ConnectionFacts("ops", "10.0.0.1", 22, "ed25519", "SHA256:x", "publickey", ("gate",)))
    assert facts_of(going).plain == "native · ed25519 ✓ · via gate · ● open"


def test_progress_names_the_present_step_and_hop() -> None:
    assert "◌ read the configuration · web-1" in steps_of(session()).plain


def test_the_last_connections_and_who_is_reached_through_it_are_told() -> None:
    now = time.time()
    hours, days = (Visit(now - 3.5 * 3600, "native"), Visit(now - 2.5 * 86_400, "ssh"))
    background = Background(visits=(hours, days), behind=("db-1", "db-2"))
    text = describe(machine("gate"), None, 80, background).plain
    assert "last used 3 h ago, 2 d ago by ssh\n" in text
    assert text.endswith("Reached through this machine\ndb-1, db-2")
    alone = describe(machine("gate"), None, 80).plain
    assert "last used" not in alone and "Reached through" not in alone


def test_what_is_odd_about_a_machine_is_told_in_its_details() -> None:
    twice = f"{Path.home()}/machines.toml:9: it is there once more; the entry at 3 is used"
    text = describe(machine("web-1", warnings=(twice, "\x1b[31mred")), None, 80).plain
    assert "! ~/machines.toml:9: it is there once more; the entry at 3 is used\n" in text
    assert "! ␛[31mred\n" in text


@pytest.mark.parametrize("width", [24, 40, 60, 100])
def test_a_description_keeps_to_its_width(width: int) -> None:
    settings = (
        ExplainedSetting("hostname", "web-1.example.org", "~/.ssh/config:12"),
        ExplainedSetting("identityfile", "~/keys/" + "long/" * 20, "~/very/" + "deep/" * 20 + "config:7"),
    )
    explanation = MachineExplanation((ExplainedHop("It:", settings),))
    text = describe(machine("web-1", driver="ec2", tags=("a", "b"), notes="one\ntwo"), explanation, width).plain
    assert all(cell_len(line) <= max(width, len("⚠ guarded")) for line in text.splitlines())
    assert "config:7" in text


def test_what_a_native_session_cannot_do_is_marked(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("Host web-1\nProxyJump gate\nControlMaster auto\nHost gate\nTunnel yes\nStdinNull yes\n")
    to_config = Target("web-1", config_file=str(config))
    explanation = explain_machine(replace(machine("web-1"), target=to_config), run_match_exec=False)
    text = describe(machine("web-1"), explanation, 100).plain
    own, jump = text.split("On the way:")
    assert f"Not in a native session\n! ControlMaster ({config}:3): the connection is not shared" in own
    assert f"A native session is not possible (o: the system's ssh)\n✕ Tunnel ({config}:5): " in jump
    assert "StdinNull (" not in jump
    assert explanation.ssh_line == f"ssh -F {config} web-1"


def test_a_list_of_algorithms_is_judged_without_loading_the_library_here(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text(
        "Ciphers aes128-ctr,3des-cbc\nMACs umac-64@openssh.com\nHost web-1\nHostKeyAlgorithms ssh-ed25519\n"
    )
    to_config = replace(machine("web-1"), target=Target("web-1", config_file=str(config)))
    code = (
        "import pickle, sys; from mooring.ui.browser.explanation import explain_machine; "
        "explanation = explain_machine(pickle.load(sys.stdin.buffer), run_match_exec=False); "
        "assert 'asyncssh' not in sys.modules; pickle.dump(explanation, sys.stdout.buffer)"
    )
    run = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(to_config), capture_output=True, check=True)
    explained = pickle.loads(run.stdout)
    assert isinstance(explained, MachineExplanation)
    whole = explain_way(to_config.target, in_tab=True)
    assert [limit.text for limit in explained.hops[0].limits] == [str(found) for found in whole.machine.findings]


def test_a_tab_is_told_what_only_a_command_line_can_do(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("StdinNull yes\n")
    to_config = Target("web-1", config_file=str(config))
    explanation = explain_machine(replace(machine("web-1"), target=to_config), run_match_exec=False)
    assert [limit.refused for limit in explanation.hops[0].limits] == [True]


@pytest.mark.parametrize(("ssh_available", "hint"), [(True, "Press o: the system's ssh can."), (False, "Use another.")])
def test_what_native_cannot_do_leads_to_the_system_ssh(ssh_available: bool, hint: str) -> None:
    failed = session()
    failed.fail(UnsupportedError("Tunnel (config:5): no tunnel device is opened", hint="Use another."))
    ending = ending_of(failed, ssh_available=ssh_available)
    assert (ending.reason, ending.hint) == ("Tunnel (config:5): no tunnel device is opened", hint)


def test_hostile_words_of_a_machine_are_shown_as_text() -> None:
    text = describe(machine("[red]\x1b]0;x\x07", notes="\x1b[2J\nsecond"), None, 80).plain
    assert "\x1b" not in text
    assert "[red]␛]0;x␇" in text
    assert "␛[2J\nsecond" in text
