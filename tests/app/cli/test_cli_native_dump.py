"""`mooring --native-ssh ssh -G WORDS` beside `ssh -G WORDS`: the order of the keywords, what is said, the status."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from mooring.cli.main import main
from support.programs import require_program

NEWER = {"obscurekeystroketiming", "warnweakcrypto", "channeltimeout", "tag", "versionaddendum"}
"""Keywords that the installed ssh may be too old to print."""


@dataclass(frozen=True)
class Dump:
    """What came of a call: the status, the keywords in the order of the output, and what was said."""

    status: int
    keywords: list[str]
    said: list[str]


def by_ssh(words: list[str]) -> Dump:
    run = subprocess.run(
        [require_program("ssh"), *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False
    )
    return _dump(run.returncode, os.fsdecode(run.stdout), os.fsdecode(run.stderr))


def by_us(words: list[str], capture: pytest.CaptureFixture[str]) -> Dump:
    with pytest.raises(SystemExit) as ended:
        main(["--native-ssh", "ssh", *words])
    output = capture.readouterr()
    assert isinstance(ended.value.code, int)
    return _dump(ended.value.code, output.out, output.err)


def _dump(status: int, output: str, errors: str) -> Dump:
    keywords = [line.partition(" ")[0] for line in output.splitlines()]
    said = [line for line in re.split(r"[\r\n]+", errors) if line and not line.startswith(("usage:", "     ", "Open"))]
    return Dump(status, [word for word in dict.fromkeys(keywords) if word not in NEWER], said)


@pytest.mark.parametrize("words", ["-l %u dev", "%h-%%@dev", "ssh://a%25u@dev"])
def test_a_user_who_is_named_outright_has_no_tokens(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = [require_program("ssh"), "-G", *words.split()]
    theirs = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout
    with pytest.raises(SystemExit):
        main(["--native-ssh", "ssh", "-G", *words.split()])
    ours = capsys.readouterr().out
    assert re.findall("^user .*", ours, re.MULTILINE) == re.findall("^user .*", theirs, re.MULTILINE)


CALLS = (
    "-G dev",
    "-G -T dev",
    "-G dev ls -l",
    "-G -l '' -b '' -B '' -S '' dev",
    "-v -G dev",
    "-q -G dev",
    "-G -o RSAAuthentication=yes dev",
    "-G -i /nonexistent -i missing dev",
    "-q -G -i /nonexistent dev",
    "-G -i ~nobody-here/x dev",
    "-G -c x dev",
    "-G -c +aes128-cbc,x dev",
    "-G -m x dev",
    "-G -m +hmac-md5 dev",
    "-G -m '' dev",
    "-G -J @a dev",
    "-G -J a,b: dev",
    "-G -W a dev",
    "-G -W a:1 -W a:2 dev",
    "-G -O sing dev",
    "-G -O check dev",
    "-G -O proxy dev",
    "-G -s dev",
    "-G -s dev sftp",
    "-G -o SessionType=subsystem dev",
    "-G -f dev",
    "-G -y -E log dev",
    "-G -E /nonexistent/log dev",
    "-G -E /nonexistent/log -p x dev",
    "-G -o Port=x dev",
    "-q -G -o Port=x dev",
    "-G -T -o ForwardAgent=/nowhere dev",
    "-G ''",
    "-G ops@",
    "-G -F /nonexistent dev",
    "-q -G -F /nonexistent dev",
    "-G -F {bad} dev",
    "-q -G -F {bad} dev",
    "-o LogLevel=FATAL -G -F {bad} dev",
    "-o LogLevel=ERROR -G -F {bad} dev",
    "-G -F {noisy} dev",
    "-q -G -F {noisy} dev",
    "-o LogLevel=FATAL -G -F {fatal} dev",
)


@pytest.mark.parametrize("call", CALLS)
def test_the_dump_is_that_of_ssh(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    files = {"bad": "Nonsense yes\nPort x\n", "noisy": "KerberosAuthentication yes\n", "fatal": "RemoteCommand %q\n"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    words = [word.format(**{name: tmp_path / name for name in files}) for word in shlex.split(call)]
    words = words if "-F" in words else ["-F", "none", *words]
    assert by_us(words, capfd) == by_ssh(words)
