"""The list of hosts: every name, nothing run, and one bad line hides nothing but itself."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from mooring.model.origin import Origin
from mooring.sshconfig import ConfigurationFiles, Listing, Person, list_hosts
from support.ssh_oracle import ENVIRONMENT


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(name="carol", uid=os.getuid(), home=str(tmp_path), hostname="desk.example.com")


def listed(config: Path, person: Person) -> Listing:
    return list_hosts(ConfigurationFiles.of(str(config)), environment=ENVIRONMENT, person=person)


def test_literal_names_are_listed_once_with_their_line(tmp_path: Path, person: Person) -> None:
    config = tmp_path / "config"
    config.write_text(
        'Host web db !web2\n  Port 1\nHost *.example.com w?b *\n\n  hOsT = "two words" web # comment\nHost=eq\n'
        "Match host never\nHostName not-a-host\nHostKeyAlias nor-this\n"
    )
    listing = listed(config, person)
    assert [(host.name, host.origin.line) for host in listing.hosts] == [
        ("web", 1),
        ("db", 1),
        ("two words", 5),
        ("eq", 6),
    ]
    assert listing.problems == ()


def test_includes_are_followed_wherever_they_stand(tmp_path: Path, person: Person) -> None:
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "conf.d/20").write_text("Host second\n")
    (tmp_path / "conf.d/10").write_text("Host first\n")
    (tmp_path / "inner").write_text("Host inner\n")
    (tmp_path / "mine-carol").write_text("Host mine\n")
    config = tmp_path / "config"
    config.write_text(
        f"Include {tmp_path}/conf.d/*\nHost other\n  Include {tmp_path}/inner {tmp_path}/mine-%u {tmp_path}/by-%h\n"
        f"Match exec false\n  Include {tmp_path}/missing\n"
    )
    listing = listed(config, person)
    assert [host.name for host in listing.hosts] == ["first", "second", "other", "inner", "mine"]
    assert listing.hosts[3].origin == Origin(f"{tmp_path}/inner", 1)
    assert listing.problems == ()


def test_nothing_is_executed(tmp_path: Path, person: Person) -> None:
    config = tmp_path / "config"
    config.write_text(f'Match exec "touch {tmp_path}/ran"\nHost web\nProxyCommand touch {tmp_path}/ran\n')
    assert [host.name for host in listed(config, person).hosts] == ["web"]
    assert not (tmp_path / "ran").exists()


def test_what_can_not_be_read_is_a_problem_and_the_rest_is_listed(tmp_path: Path, person: Person) -> None:
    open_to_all = tmp_path / "open"
    open_to_all.write_text("Host hidden\n")
    open_to_all.chmod(0o666)
    config = tmp_path / "config"
    config.write_text(
        f'Host before\nHost "unclosed\nInclude {open_to_all}\nInclude ${{NOT_SET}}/x\nHost\n'
        f"Include {config}\nPort not-a-port\nHost after\n"
    )
    listing = listed(config, person)
    assert [host.name for host in listing.hosts] == ["before", "after"]
    found = [(str(problem.origin), problem.message) for problem in listing.problems]
    assert (f"{config}:2", f"{config} line 2: invalid quotes") in found
    assert (str(open_to_all), f"Bad owner or permissions on {open_to_all}") in found
    assert (f"{config}:4", f"{config} line 4: env var ${{NOT_SET}} has no value") in found
    assert (f"{config}:5", f'{config} line 5: no argument after keyword "host"') in found
    assert (f"{config}:6", "Too many recursive configuration includes") in found


def test_a_chosen_file_must_exist_and_the_usual_ones_need_not(tmp_path: Path, person: Person) -> None:
    [problem] = listed(tmp_path / "missing", person).problems
    assert problem.message == f"Can't open user config file {tmp_path}/missing: No such file or directory"
    files = ConfigurationFiles(user=f"{tmp_path}/missing", system=f"{tmp_path}/missing-too")
    assert list_hosts(files, environment=ENVIRONMENT, person=person) == Listing((), ())


def test_a_file_that_includes_itself_twice_ends(tmp_path: Path, person: Person) -> None:
    """Two Includes of itself at every depth would be 2^16 readings."""
    config = tmp_path / "config"
    config.write_text(f"Include {config}\nInclude {config}\nHost web\n")
    started = time.monotonic()
    listing = listed(config, person)
    assert [host.name for host in listing.hosts] == ["web"]
    assert time.monotonic() - started < 5
    assert len(listing.problems) < 10


def test_ten_thousand_hosts_are_listed_at_once(tmp_path: Path, person: Person) -> None:
    config = tmp_path / "config"
    block = "Host machine-{0}\n  HostName 10.0.0.{0}\n  User ops\n  Port 2222\n  IdentityFile ~/.ssh/id_{0}\n\n"
    config.write_text("".join(block.format(number) for number in range(10_000)))
    started = time.process_time()
    listing = listed(config, person)
    assert len(listing.hosts) == 10_000
    assert time.process_time() - started < 1.0
