"""What OpenSSH 9.2 can't judge: expectations from ssh_config(5) and the messages of readconf.c, OpenSSH 10.2."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mooring.model.errors import ConfigError
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE, Origin
from mooring.sshconfig import Person, ResolvedHost, resolve
from mooring.sshconfig.execution import CommandRunner, ExecutionError
from support.ssh_oracle import ENVIRONMENT

PERSON = Person(name="carol", uid=1000, home="/home/carol", hostname="desk.example.com")
Resolve = Callable[..., ResolvedHost]


@pytest.fixture
def ask(tmp_path: Path) -> Resolve:
    """Resolve `web` with a config of this text."""

    def resolved(text: str, *options: str, command: str = "", run_match_exec: bool = True) -> ResolvedHost:
        config = tmp_path / "config"
        config.write_text(text)
        settings = tuple(
            OptionSetting(option.partition("=")[0], option.partition("=")[2], COMMAND_LINE) for option in options
        )
        return resolve(
            Target("web", options=settings, config_file=str(config)),
            command=command,
            run_match_exec=run_match_exec,
            environment=ENVIRONMENT,
            person=PERSON,
        )

    return resolved


@pytest.mark.parametrize(
    ("criteria", "applies"),
    [
        ("host=web", True),
        ("host=other", False),
        ("!host=other", True),
        ('host="web,other"', True),
        ("originalhost=web user=root,carol", True),
        ("localuser=carol", True),
        ("localuser=root", False),
        ("version OpenSSH_10.*", True),
        ("version=OpenSSH_9.*", False),
        ("!version OpenSSH_9.*", True),
        ("tagged work", False),
        ('tagged ""', True),
        ("tagged=", True),
        ("localnetwork 127.0.0.0/8", True),
        ("localnetwork=127.0.0.1", True),
        ("localnetwork 203.0.113.0/24,2001:db8::/32", False),
        ("!localnetwork 203.0.113.0/24", True),
        ("exec=true", True),
        ("sessiontype shell", True),
        ("sessiontype exec,none", False),
        ('command ""', True),
        ("command *", False),
    ],
)
def test_match_criteria_of_newer_releases(ask: Resolve, criteria: str, applies: bool) -> None:
    assert (ask(f"Match {criteria}\nPort 99\n").port == 99) is applies


def test_match_not_final_alone_asks_for_no_second_pass(ask: Resolve) -> None:
    """Before OpenSSH 9.9 any mention of `final` did."""
    assert ask("Match !final\nUser first\nMatch canonical\nPort 99\n").port == 22
    assert ask("Match final\nUser second\nMatch canonical\nPort 99\n").port == 99


def test_match_tagged_sees_tag(ask: Resolve) -> None:
    assert ask("Match tagged w*\nPort 99\n", "Tag=work").port == 99
    assert ask("Tag home\nMatch tagged work\nPort 99\n").port == 22
    assert ask("Tag home\nMatch tagged home\nPort 99\n").setting("tag").text == "home"


def test_match_command_and_session_type_see_the_command(ask: Resolve) -> None:
    text = 'Match command "git-*"\nPort 98\nMatch sessiontype exec\nUser git\n'
    resolved = ask(text, command="git-upload-pack x")
    assert (resolved.port, resolved.user) == (98, "git")
    assert ask(text).port == 22
    assert ask("Match sessiontype none\nPort 97\n", "SessionType=none").port == 97
    assert ask("Match sessiontype subsystem\nPort 97\n", "SessionType=subsystem", command="sftp").port == 97


@pytest.mark.parametrize(
    ("line", "messages"),
    [
        ("Match sessiontype=exec x", ["Unsupported Match attribute sessiontype=exec"]),
        ("Match localnetwork 10.0.0.1/8", ['Inconsistent mask length for network "10.0.0.1/8"']),
        (
            "Match localnetwork x",
            [
                'addr_match_cidr_list: list entry "x" contains invalid characters',
                'Invalid network entry "x"',
            ],
        ),
        ("Match localnetwork ,", ['addr_match_cidr_list: empty entry in list ","']),
        ("Match localnetwork 1.2.3", ['Invalid network entry "1.2.3"']),
        ("Match user=", ["Missing Match criteria for user"]),
    ],
)
def test_match_lines_that_are_refused(ask: Resolve, line: str, messages: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        ask(line + "\n")
    place = caught.value.origin.path
    assert caught.value.message.split("\n") == [
        *messages,
        f"{place} line 1: Bad Match condition",
        f"{place}: terminating, 1 bad configuration options",
    ]


def test_set_env_expands_tokens_in_its_values(ask: Resolve) -> None:
    resolved = ask('SetEnv WHERE=%h:%p "WHO=%r on %L" OUT=${FROM_OUTSIDE} %h=name\n')
    assert resolved.set_env == {
        "WHERE": "web:22",
        "WHO": "carol on desk",
        "OUT": "outside value",
        "%h": "name",
    }


def test_user_expands_tokens_where_it_is_a_setting(ask: Resolve) -> None:
    assert ask("User %u-%h\n").user == "carol-web"
    assert ask("", "User=%u").user == "carol"
    with pytest.raises(ConfigError, match="unknown key %r"):
        ask("User %r\n")
    with pytest.raises(ConfigError, match="remote username contains invalid characters"):
        ask("User ${FROM_OUTSIDE};%u\n")


def test_connection_hash_covers_the_jump_host(ask: Resolve) -> None:
    direct = ask("ControlPath /c/%C\n").text("controlpath")
    jumped = ask("ControlPath /c/%C-%j\nProxyJump u@gate:3\n").text("controlpath")
    assert jumped.endswith("-gate")
    assert len(direct) == len("/c/") + 40
    assert jumped[: len(direct)] != direct


def test_include_takes_tokens_and_variables(ask: Resolve, tmp_path: Path) -> None:
    (tmp_path / "for-web-22").write_text("Port 44\n")
    assert ask(f"Include {tmp_path}/for-%h-%p\n").port == 44
    resolved = ask(f"Include ${{NOT_SET}}/x\nInclude {tmp_path}/for-%n-22\n")
    assert resolved.port == 44
    assert resolved.warnings == (
        "vdollar_percent_expand: env var ${NOT_SET} has no value",
        f"{tmp_path}/config line 1: Unable to expand user config file '${{NOT_SET}}/x'",
    )


@pytest.mark.parametrize(
    ("line", "keyword", "value"),
    [
        ("ObscureKeystrokeTiming no", "obscurekeystroketiming", "no"),
        ("ObscureKeystrokeTiming interval:20", "obscurekeystroketiming", "yes"),
        ("ObscureKeystrokeTiming interval:80", "obscurekeystroketiming", "80"),
        ("ChannelTimeout session=5m global=1h", "channeltimeout", "session=5m global=1h"),
        ("ChannelTimeout none", "channeltimeout", ""),
        ("VersionAddendum hello %h # no comment", "versionaddendum", "hello web # no comment"),
        ("VersionAddendum none", "versionaddendum", ""),
        ("WarnWeakCrypto no-pq-kex", "warnweakcrypto", "no"),
        ("IPQoS lowdelay throughput", "ipqos", "none none"),
        ("IPQoS va", "ipqos", "va va"),
        ("RevokedHostKeys ~/a /b-%h", "revokedhostkeys", "/home/carol/a /b-web"),
        ("IPQoS 4 1", "ipqos", "le 0x01"),
        ("KexAlgorithms mlkem768x25519-sha256", "kexalgorithms", "mlkem768x25519-sha256"),
        ("RefuseConnection go-away", "port", "22"),
    ],
)
def test_newer_keywords(ask: Resolve, line: str, keyword: str, value: str) -> None:
    if line.startswith("RefuseConnection"):
        line = f"Host other\n{line}"
    assert ask(line + "\n").text(keyword) == value


def test_refuse_connection_refuses_with_its_reason(ask: Resolve) -> None:
    with pytest.raises(ConfigError) as caught:
        ask('Host web\nRefuseConnection "use web2"\nPort x\n')
    assert caught.value.message == f"{caught.value.origin.path} line 2: RefuseConnection: use web2"
    assert caught.value.origin.line == 2


@pytest.mark.parametrize("keyword", ["SendEnv", "SetEnv", "CanonicalDomains", "ChannelTimeout"])
def test_lists_may_not_be_empty(ask: Resolve, keyword: str) -> None:
    with pytest.raises(ConfigError, match=f"config line 1: no {keyword.lower()} specified$"):
        ask(f"{keyword} # nothing\nPort x\n")


def test_keystroke_interval_out_of_range(ask: Resolve) -> None:
    with pytest.raises(ConfigError, match="line 1: value out of range"):
        ask("ObscureKeystrokeTiming interval:2000\n")


def test_match_exec_is_not_run_when_it_may_not(ask: Resolve, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    text = f'Match exec "touch {marker}"\nPort 98\nMatch !exec "touch {marker}"\nPort 99\n'
    resolved = ask(text, run_match_exec=False)
    assert resolved.port == 22
    assert [origin.line for origin in resolved.unexecuted] == [1, 3]
    assert not marker.exists()
    assert ask(text).port == 98
    assert marker.exists()


def test_match_exec_is_not_run_behind_a_criterion_that_failed(ask: Resolve, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    ask(f'Match host other exec "touch {marker}"\nPort 98\n')
    assert not marker.exists()


def test_match_exec_is_not_run_in_a_file_included_for_another_host(ask: Resolve, tmp_path: Path) -> None:
    """OpenSSH does run it, and throws the answer away; a command that can't matter need not run."""
    marker = tmp_path / "ran"
    (tmp_path / "more").write_text(f'Match exec "touch {marker}"\nPort 98\n')
    assert ask(f"Host other\nInclude {tmp_path}/more\n").port == 22
    assert not marker.exists()


def test_match_exec_runs_once_for_both_passes(ask: Resolve, tmp_path: Path) -> None:
    log = tmp_path / "log"
    ask(f'Match exec "echo x >> {log}"\nPort 98\nMatch final\nUser u\n')
    assert log.read_text() == "x\n"


def test_match_exec_keeps_what_it_says_as_a_warning(ask: Resolve) -> None:
    assert ask('Match exec "echo oh >&2"\nPort 98\n').warnings == ("oh",)


def test_commands_that_do_not_end_are_ended_with_their_children(tmp_path: Path) -> None:
    runner = CommandRunner(ENVIRONMENT, timeout=0.5)
    with pytest.raises(ExecutionError, match=r"did not end within 0\.5 seconds"):
        runner.succeeds(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 5
    while _runs(child):
        assert time.monotonic() < deadline


def _runs(process: int) -> bool:
    """Whether a process is there and not just waiting to be reaped by whoever adopted it."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


def test_shell_that_can_not_run_is_named() -> None:
    runner = CommandRunner({**ENVIRONMENT, "SHELL": "/does/not/exist"})
    with pytest.raises(ExecutionError, match='Shell "/does/not/exist" is not executable: No such file or directory'):
        runner.succeeds("true")


def test_every_value_knows_its_line(ask: Resolve, tmp_path: Path) -> None:
    (tmp_path / "more").write_text("# nothing\nCompression yes\n")
    resolved = ask(
        f"Host w*\n  User u\nHost web\n  Port 99\n  IdentityFile a\nInclude {tmp_path}/more\nHost *\n  IdentityFile b\n"
    )
    config = str(tmp_path / "config")
    assert resolved.setting("user").origin == Origin(config, 2)
    assert not resolved.setting("user").specific
    assert resolved.setting("port").origin == Origin(config, 4)
    assert resolved.setting("port").specific
    assert resolved.setting("compression").origin == Origin(f"{tmp_path}/more", 2)
    assert resolved.setting("identityfile").origins == (Origin(config, 5), Origin(config, 8))
    assert resolved.setting("ciphers").origin is None
