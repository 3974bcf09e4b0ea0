"""ssh's command line, read by us and by ssh: `ssh -G` must see the same in our reading as in the words themselves."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from mooring.model.errors import UsageError
from mooring.model.ssh_argument_settings import settings_of, split_option, stdio_fallbacks, stdio_forward
from mooring.model.ssh_arguments import Destination, GivenOption, parse, parse_destination
from support.programs import require_program


def effective(*words: str) -> tuple[int, list[str]]:
    """What `ssh -G` prints for these words with no configuration file, and its status."""
    ssh = require_program("ssh")
    run = subprocess.run([ssh, "-F", "none", "-G", *words], capture_output=True, text=True, timeout=20, check=False)
    return run.returncode, run.stdout.splitlines()


ACCEPTED = [
    "dev",
    "ops@dev",
    "a@b@dev",
    "ssh://dev",
    "ssh://ops@dev:2222",
    "ssh://ops%40corp@dev",
    "ssh://dev/",
    "-p22 dev",
    "-p 2222 dev -p 3333",
    "dev -p 2222",
    "-lops dev",
    "-l ops other@dev",
    "other@dev -l ops",
    "-o User=first second@dev",
    "-o Port=1 -p 2 dev",
    "-p 2 -o Port=1 dev",
    "-4 dev",
    "-4 -6 dev",
    "-46 dev",
    "-o AddressFamily=any -4 dev",
    "-A -a dev",
    "-aA dev",
    "-o ForwardAgent=no -A dev",
    "-C dev",
    "-c aes128-ctr -c aes256-ctr dev",
    "-o Ciphers=aes128-ctr -c aes256-ctr dev",
    "-c aes256-ctr -o Ciphers=aes128-ctr dev",
    "-m hmac-sha2-256 dev",
    "-b 127.0.0.1 dev",
    "-B lo dev",
    "-e none dev",
    "-e ^] dev",
    "-e ! -e ? dev",
    "-fN dev",
    "-n dev",
    "-g dev",
    "-t dev",
    "-tt dev",
    "-t -T dev",
    "-T -t dev",
    "-t -T -t dev",
    "-o RequestTTY=force -t dev",
    "-N dev",
    "-s dev sftp",
    "-v dev",
    "-vvv dev",
    "-vvvvv dev",
    "-q dev",
    "-v -o LogLevel=ERROR dev",
    "-o LogLevel=ERROR -v dev",
    "-q -o LogLevel=ERROR dev",
    "-L 8080:localhost:80 dev",
    "-L 127.0.0.1:8080:localhost:80 dev",
    "-L [::1]:8080:[::2]:80 dev",
    "-L *:8080:localhost:80 dev",
    "-L :8080:localhost:80 dev",
    "-L 8080:/run/a.sock dev",
    "-L /run/b.sock:localhost:80 dev",
    "-L /run/b.sock:/run/a.sock dev",
    "-L 127.0.0.1:8080:/run/a.sock dev",
    "-L1:a:2 -L3:b:4 dev",
    "-R 0:localhost:80 dev",
    "-R 8080 dev",
    "-R 127.0.0.1:8080 dev",
    "-R 9000:localhost:80 dev",
    "-R /run/b.sock:localhost:80 dev",
    "-D 1080 dev",
    "-D localhost:1080 dev",
    "-D [::1]:1080 dev",
    "-W inner:22 dev",
    "-W [::1]:22 dev",
    "-o ExitOnForwardFailure=no -W inner:22 dev",
    "-J jump dev",
    "-J a,ops@b:2222 dev",
    "-J none dev",
    "-J ssh://ops@jump:2222 dev",
    "-w 0:1 dev",
    "-w any dev",
    "-o Tunnel=ethernet -w 3 dev",
    "-M dev",
    "-MM dev",
    "-S /run/%C dev",
    "-X dev",
    "-x dev",
    "-Y dev",
    "-Y -x dev",
    "-k dev",
    "-2 dev",
    "-o Port=2200 dev",
    "-oPort=2200 dev",
    "-o port=2200 dev",
    "-o Compression=yes -o Compression=no dev",
    "dev -- ls -l",
    "dev ls -l -p 99",
    "-- dev -p 99",
    "dev -p 99 -- -p 98",
    "-fNL8080:localhost:80 dev",
    "-I /lib/module.so dev",
    "-p http dev",
    "-p +22 dev",
    "-L http:localhost:https dev",
    "-L 8080::80 dev",
    "-D 1080:/run/a.sock dev",
    "-D /run/a.sock:/run/b.sock dev",
    "-v -q -v dev",
    "-q -v dev",
    "-v -v -q -v -v dev",
    "-o LogLevel=DEBUG3 -v dev",
    "-o RequestTTY=YES -t dev",
    "-o SessionType=NONE -N dev",
    "-O check dev",
]


@pytest.mark.parametrize("line", ACCEPTED)
def test_ssh_sees_the_same_in_our_reading(line: str) -> None:
    words = line.split()
    status, expected = effective(*words)
    assert status == 0, "the case itself is wrong: ssh refuses it"
    arguments = parse(words)
    assert arguments.destination is not None
    rewritten = [f"-o{setting.keyword}={setting.value}" for setting in settings_of(arguments, {})]
    rewritten += [f"-o{setting.keyword}={setting.value}" for setting in stdio_fallbacks(arguments)]
    assert effective(*rewritten, "--", arguments.destination.host, *arguments.command) == (0, expected)


REFUSED = [
    "",
    "-z dev",
    "--help",
    "dev -z",
    "-p",
    "dev -p",
    "-p 0 dev",
    "-p 65536 dev",
    "-p x dev",
    "-L 8080 dev",
    "-L 8080:localhost dev",
    "-L 0:localhost:80 dev",
    "-L 8080:localhost:0 dev",
    "-L 8080:localhost:x dev",
    "-L [::1:8080:localhost:80 dev",
    "-L ${MOORING_UNSET}:localhost:80 dev",
    "-L a:b:c:d:e dev",
    "-R x dev",
    "-D 0 dev",
    "-D a:b:c dev",
    "-W inner dev",
    "-e toolong dev",
    "-w x dev",
    "-J a -J b dev",
    "-J none -J a dev",
    "-o ProxyCommand=x -J b dev",
    "-N -s dev sftp",
    "-s -N dev sftp",
    "@dev",
    "ssh://",
    "ssh://[::1]:2200",
    "ssh://dev:0",
    "ssh://dev:x",
    "ssh://@dev",
    "ssh://o%00@dev",
    "-1 dev",
    "-- -dev",
    "de;v",
    "-l -x dev",
    "ssh://dev:22/path",
    "ssh://dev/path",
    "-L /run/a.sock:80:/run/b.sock dev",
    "-L ${X dev",
    "-W a:1 -W b:2 dev",
    "-W a:1 -O check dev",
    "-O check -O stop dev",
    "-O sing dev",
    "-s dev",
    "-y -E /dev/null dev",
]


@pytest.mark.parametrize("line", REFUSED)
def test_what_ssh_refuses_is_refused(line: str) -> None:
    words = line.split()
    assert effective(*words)[0] == 255, "the case itself is wrong: ssh takes it"
    with pytest.raises(UsageError):
        arguments = parse(words)
        settings_of(arguments, {})
        if arguments.last("W") is not None:
            stdio_forward(arguments, {})
        if arguments.destination is None:
            raise UsageError("no destination")


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("dev", ()),
        ("dev df -h", ("df", "-h")),
        ("dev -t df -h", ("df", "-h")),
        ("dev -- -x", ("-x",)),
        ("-- dev -x", ("-x",)),
        ("dev ls -- -x", ("ls", "--", "-x")),
        ("dev -L 8080:localhost:8080", ()),
    ],
)
def test_the_command_is_what_follows(line: str, command: tuple[str, ...]) -> None:
    arguments = parse(line.split())
    assert arguments.destination == Destination("dev", "dev")
    assert arguments.command == command


def test_words_without_a_destination_are_no_error_of_the_parser() -> None:
    assert parse(["-v", "-L", "8080:localhost:80"]).destination is None
    assert parse([]).destination is None


def test_queries_stop_the_parser() -> None:
    assert parse(["-V", "-z"]).query == GivenOption("V")
    assert parse(["-Q", "cipher"]).query == GivenOption("Q", "cipher")
    assert parse(["dev", "-Qmac"]).query == GivenOption("Q", "mac")


def test_identity_files_with_blanks_and_quotes_survive(tmp_path: Path) -> None:
    for name in ("a key", 'a"key', "a#key", "a'key", "a\\key"):
        key = tmp_path / name
        key.write_text("")
        _, expected = effective("-i", str(key), "dev")
        (setting,) = settings_of(parse(["-i", str(key), "dev"]), {})
        assert effective(f"-o{setting.keyword}={setting.value}", "dev")[1] == expected


def test_a_forward_takes_variables_from_the_environment() -> None:
    (setting,) = settings_of(parse(["-L", "${PORT}:localhost:80", "dev"]), {"PORT": "8080"})
    assert str(setting) == "LocalForward=8080 [localhost]:80"


def test_option_lines_are_split_as_in_the_file() -> None:
    assert str(split_option(" Port = 22 ")) == "Port=22"
    assert str(split_option("Port 22")) == "Port=22"
    assert str(split_option("= Port =22")) == "Port=22"
    assert str(split_option('"Port" 22')) == "Port=22"
    # Behind a quoted keyword ssh takes the sign for a part of the value.
    assert str(split_option('"Port"=22')) == "Port==22"
    assert str(split_option('SetEnv "A=b c"')) == 'SetEnv="A=b c"'
    assert split_option("# nothing") is None
    assert split_option("") is None


def test_a_destination_keeps_its_word() -> None:
    assert parse_destination("ssh://ops@dev:22") == Destination("ssh://ops@dev:22", "dev", "ops", 22)
