"""Which programs the native path starts: those that the configuration names, and none besides. Above all no `ssh`."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from support.command_line import MOORING
from support.engine import EngineRecorder, open_shell, running_engine, target_on
from support.process_tree import descendants
from support.programs import require_program
from support.sshd import SshServer
from support.started_programs import StartedPrograms


def test_what_a_call_starts_is_what_its_configuration_names(sshd: SshServer, tmp_path: Path) -> None:
    """A session through two jumps, with forwards, an agent, and every keyword that runs something."""
    names = [
        f"HostName 127.0.0.1\nPort {sshd.port}\nUser {sshd.user}\nIdentityFile {sshd.client_key}",
        f"UserKnownHostsFile {tmp_path / 'known_hosts'}\nGlobalKnownHostsFile /dev/null\nUpdateHostKeys no",
    ]
    key_lines = tmp_path / "keys"
    key_lines.write_text(f"far {sshd.host_public_key}\n")
    (tmp_path / "known_hosts").write_text(f"near {sshd.host_public_key}\nmiddle {sshd.host_public_key}\n")
    config = tmp_path / "config"
    config.write_text(
        "\n".join([
            'Match originalhost far exec "test %n = far"',
            "ProxyJump middle",
            "Host far",
            "HostKeyAlias far",
            f"KnownHostsCommand /bin/cat {key_lines}",
            "PermitLocalCommand yes",
            "LocalCommand echo local %n >&2",
            f"LocalForward {tmp_path / 'forward'} 127.0.0.1:1",
            "ForwardAgent yes",
            "Host middle",
            "HostKeyAlias middle",
            "ProxyJump near",
            "Host near",
            "HostKeyAlias near",
            f"ProxyCommand nc 127.0.0.1 {sshd.port}",
            "Host *",
            *names,
        ])
        + "\n"
    )  # fmt: skip
    config.chmod(0o600)
    programs = StartedPrograms(tmp_path)
    process = subprocess.Popen(
        [*MOORING, "--native-ssh", "-F", str(config), "ssh", "far", "echo there; sleep 1"],
        env=programs.environment({**os.environ, "SHELL": "/bin/sh"}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    seen: set[str] = set()
    watcher = threading.Thread(target=_watch, args=(process, seen))
    watcher.start()
    output, errors = process.communicate(timeout=60)
    watcher.join()
    assert (process.returncode, output) == (0, b"there\n"), errors
    programs.assert_no_ssh()
    started = [
        re.findall(r"'([^']*)'", start)[0] for start in programs.starts() if start.startswith("subprocess.Popen")
    ]
    # Match exec, ProxyCommand, LocalCommand, each by the person's shell; KnownHostsCommand by itself, twice as in ssh.
    assert sorted(started) == ["/bin/cat", "/bin/cat", "/bin/sh", "/bin/sh", "/bin/sh"]
    assert len(programs.starts()) == len(started), programs.starts()
    assert not [program for program in seen if program.startswith(("ssh", "scp", "sftp", "slogin"))], seen


def _watch(process: subprocess.Popen[bytes], seen: set[str]) -> None:
    """Look at every process below this one, over and over, past whatever Python itself could tell."""
    while process.poll() is None:
        for pid in descendants(process.pid):
            with contextlib.suppress(OSError):
                seen.add(Path(f"/proc/{pid}/exe").readlink().name)


async def test_a_session_in_a_tab_starts_nothing(
    sshd: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = StartedPrograms(tmp_path)
    for name, value in programs.environment(dict(os.environ)).items():
        monkeypatch.setenv(name, value)
    recorder = EngineRecorder()
    async with running_engine(recorder, tmp_path) as engine:
        await open_shell(engine, recorder, target_on(sshd, f"LocalForward {tmp_path / 'forward'} 127.0.0.1:1"))
        engine.send(1, b"exit 3\r")
        await recorder.end_of(1)
    programs.assert_no_ssh()
    assert programs.starts() == []


@pytest.mark.parametrize(
    "code",
    [
        "import subprocess; subprocess.run(['{ssh}', '-V'])",
        "import subprocess; subprocess.run('true; exec {ssh} -V', shell=True)",
        "import os; os.system('{ssh} -V')",
        "import os; os.execv('{ssh}', ['something', '-V'])",
        "import os; os.waitpid(os.posix_spawn('{ssh}', ['something', '-V'], dict()), 0)",
        "import asyncio; asyncio.run(asyncio.create_subprocess_exec('{ssh}', '-V'))",
        "import subprocess; subprocess.run(['ssh', '-V'])",
        "import subprocess; subprocess.run(['sh', '-c', 'ssh''-keygen -l'])",
    ],
)
def test_the_watch_itself_sees_ssh(code: str, tmp_path: Path) -> None:
    programs = StartedPrograms(tmp_path)
    subprocess.run(
        [sys.executable, "-c", code.format(ssh=require_program("ssh"))],
        env=programs.environment(dict(os.environ)),
        capture_output=True,
        timeout=30,
        check=False,
    )
    with pytest.raises(AssertionError):
        programs.assert_no_ssh()
