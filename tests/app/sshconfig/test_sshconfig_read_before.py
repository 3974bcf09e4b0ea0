"""Files that were read before: whatever they say, the answer is the one of a first reading."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mooring.model.errors import ConfigError
from mooring.model.machine import Target
from mooring.sshconfig import FileMemory, Resolver, resolve

HOSTS = ("a", "b", "c", "d")
LINES = [
    "Host a", "Host b c", "Host c # last", "host = \"d\"", "Host *", "Host !a *", "Host a*", "Host", "Host \"a",
    "Match host a", "Match all", "Match final host b", "Match host a exec true", "  Port 1", "  Port 2",
    "  Port bad", "  HostName h%h", "  User u", "  User ${NOBODY}", "  Unknown x", "IgnoreUnknown Unkn*",
    "  SendEnv A B", "  SetEnv X=1", "  LocalForward 1 h:2", "  LocalForward bad", "  Include more",
    "  Include none", "# nothing", "", "  StrictHostKeyChecking no", "  ProxyJump a", "  RefuseConnection no",
    "  IdentityFile ~/k", "  UserKnownHostsFile none", "  EnableSSHKeysign yes", "  UseRoaming no",
    "  SyslogFacility DAEMON", "  StreamLocalBindMask 077", "  XAuthLocation /x", "  Cipher blowfish",
    "CanonicalizeHostname yes",
]  # fmt: skip


def answers(config: Path, hosts: list[str], resolver: Resolver) -> list[object]:
    found: list[object] = []
    for host in hosts:
        try:
            resolved = resolver(Target(host, config_file=str(config)))
        except ConfigError as error:
            found.append((error.message, error.origin))
        else:
            found.append((resolved.settings, resolved.warnings, resolved.unexecuted))
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(LINES), max_size=14),
    st.lists(st.sampled_from(LINES), max_size=6),
    st.lists(st.sampled_from(HOSTS), min_size=2, max_size=8),
)
@example(["Host a", "  Port 1", "Host b c", "  Port 2", "Host *", "  User u"], [], ["a", "b", "a", "c", "d"])
@example(["Host a", "  Unknown x", "Host b", "IgnoreUnknown Unkn*"], [], ["b", "a"])
@example(["Host b", "  Include more", "Host a", "  Include more"], ["Host a", "  Port 1"], ["b", "a", "b"])
def test_nothing_changes_when_files_were_read_before(lines: list[str], more: list[str], hosts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config"
        config.write_text("\n".join(line.replace("more", f"{folder}/more") for line in lines) + "\n")
        (Path(folder) / "more").write_text("\n".join(more) + "\n")
        bare = partial(resolve, run_match_exec=False, environment={})
        remembering = partial(bare, memory=FileMemory())
        assert answers(config, hosts, remembering) == answers(config, hosts, bare)


def test_a_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    config = tmp_path / "config"
    resolver = partial(resolve, memory=FileMemory())
    for port in (1, 22, 333):
        config.write_text(f"Host a\nPort {port}\nHost b\nUser u\n")
        assert [resolver(Target(host, config_file=str(config))).port for host in "aba"] == [port, 22, port]
