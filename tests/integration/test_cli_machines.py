"""The hands of docker-machine's users: `ls` with filters and templates, `status`, `ip`, `url`, `inspect`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mooring.cli.main import run
from mooring.model.errors import MooringError, UsageError
from support.sshd import SshServer, free_port

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def config(tmp_path: Path, sshd: SshServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Machines of both kinds: two of docker-machine's store, and of ssh_config one that is up and one that is down."""
    monkeypatch.setenv("MACHINE_STORAGE_PATH", str(tmp_path / "store"))
    for name, driver, labels in (("dev-10", "virtualbox", ["zone=eu"]), ("dev-9", "Generic", ["zone=us"])):
        folder = tmp_path / "store" / "machines" / name
        folder.mkdir(parents=True)
        options = {"EngineOptions": {"Labels": labels}}
        entry = {"IPAddress": "192.0.2.7", "SSHUser": "docker", "SSHPort": 2222, "Token": "t"}
        data = {"ConfigVersion": 3, "Driver": entry, "DriverName": driver, "Name": name, "HostOptions": options}
        (folder / "config.json").write_text(json.dumps(data))
    config = sshd.write_client_config("up-1")
    config.write_text(f"{config.read_text()}\nHost down-1\nHostName 127.0.0.1\nPort {free_port()}\n")
    return str(config)


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ([], "dev-9 dev-10 down-1 up-1"),
        (["driver=virtualbox"], "dev-10"),
        (["driver=virtualbox", "driver=generic"], "dev-9 dev-10"),
        (["driver=virtualbox", "driver=generic", "label=zone=us"], "dev-9"),
        (["name=-1$", "source=ssh_config"], "down-1 up-1"),
        (["label=zone=*", "name=9|up"], "dev-9"),
        (["source=ssh_config", "state=running"], "up-1"),
        (["source=ssh_config", "state=Stopped", "state=Timeout"], "down-1"),
        (["source=ssh_config", "state=refused"], "down-1"),
        (["source=ssh_config", "state=Paused"], ""),
        (["driver=no-such"], ""),
    ],
)
def test_filters_of_one_key_are_alternatives_and_all_keys_have_to_fit(
    config: str, capsys: Capture, filters: list[str], names: str
) -> None:
    words = [word for each in filters for word in ("--filter", each)]
    assert run(["-F", config, "ls", "-q", *words]) == 0
    assert capsys.readouterr().out.split() == names.split()


@pytest.mark.parametrize(
    ("word", "said"),
    [("stat=x", "no filter `stat`"), ("name", "form"), ("name=(", "regular"), ("state=runing", "no state `runing`")],
)
def test_a_filter_that_means_nothing_is_said(config: str, word: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        run(["-F", config, "ls", "--filter", word])


def test_templates_and_states(config: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://192.0.2.7:2376")
    run(["-F", config, "ls", "--filter", "name=dev", "-f", "{{.Name}}: {{.DriverName}} {{.Active}} {{.Port}}"])
    assert capsys.readouterr().out == "dev-9: Generic * 2222\ndev-10: virtualbox * 2222\n"
    run(["-F", config, "ls", "--filter", "name=^(up|down)", "-f", r"table {{.Name}}\t{{.State}}\t{{.Error}}"])
    heading, down, up = capsys.readouterr().out.splitlines()
    assert heading.split() == ["NAME", "STATE", "ERROR"]
    assert down.split()[:2] == ["down-1", "Stopped"]
    assert "refused" in down
    assert up == "up-1    Running"
    run(["-F", config, "ls", "--probe", "--filter", "source=ssh_config"])
    assert "STATE" in capsys.readouterr().out.splitlines()[0]


def test_one_thing_about_a_machine(config: str, capsys: Capture) -> None:
    for words, out in (
        (["status", "up-1"], "Running\n"),
        (["status", "down-1"], "Stopped\n"),
        (["ip", "up-1", "dev-10"], "127.0.0.1\n192.0.2.7\n"),
        (["url", "dev-9"], "tcp://192.0.2.7:2376\n"),
        (
            ["inspect", "-f", "{{.Driver.IPAddress}} {{.Driver.Token}} {{.Mooring.driver}}", "dev-9"],
            "192.0.2.7 t Generic\n",
        ),
        (["inspect", "-f", "{{.Driver.MachineName}} {{.Driver.IPAddress}}", "down-1"], "down-1 127.0.0.1\n"),
    ):
        assert run(["-F", config, *words]) == 0
        assert capsys.readouterr().out == out, words
    assert run(["-F", config, "inspect", "dev-9"]) == 0
    assert json.loads(capsys.readouterr().out)["Mooring"]["tags"] == ["zone=us"]


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["url", "up-1"], "has no URL", "DOCKER_HOST=ssh://"),
        (["ip", "dev9"], 'no machine "dev9"', "Did you mean dev-9 or dev-10?"),
        (["status"], 'no machine was named, and there is no "default" machine', None),
        (["inspect", "xyzzy"], 'no machine "xyzzy"', "mooring ls"),
    ],
)
def test_what_there_is_not_is_said(config: str, words: list[str], message: str, hint: str | None) -> None:
    with pytest.raises(MooringError) as error:
        run(["-F", config, *words])
    assert message in error.value.message
    assert hint in (error.value.hint or "") if hint else error.value.hint is None
