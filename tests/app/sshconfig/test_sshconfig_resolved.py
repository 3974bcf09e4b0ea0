"""The answer as typed values, the hops, what fallbacks do, and the explanation."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from mooring.model.errors import ConfigError
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE, Origin
from mooring.sshconfig import Explanation, Person, ResolvedHost, explain, resolve, resolve_way, winning_fallbacks
from support.ssh_oracle import ENVIRONMENT

PERSON = Person(name="carol", uid=1000, home="/home/carol", hostname="desk.example.com")
STORE = Origin("/store/config.json")
HERE = partial(resolve, environment=ENVIRONMENT, person=PERSON)


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """`web`, with an empty config."""
    (tmp_path / "config").write_text("")
    return Target("web", config_file=str(tmp_path / "config"))


def ask(target: Target, text: str = "", **more: str) -> ResolvedHost:
    Path(target.config_file or "").write_text(text)
    return resolve(target, environment={**ENVIRONMENT, **more}, person=PERSON)


def fallback(keyword: str, value: str) -> OptionSetting:
    return OptionSetting(keyword, value, STORE)


def test_paths_are_ready_to_be_opened(target: Target) -> None:
    resolved = ask(
        target,
        "User u\nIdentityFile ~/.ssh/k-%h\nIdentityFile none\nIdentityFile ${FROM_OUTSIDE}/%r\nCertificateFile ~/c%%\n"
        "UserKnownHostsFile ~/kh-%h ~/100%%\nGlobalKnownHostsFile ~/g\n",
    )
    assert resolved.identity_files == ("/home/carol/.ssh/k-web", "outside value/u")
    assert resolved.certificate_files == ("/home/carol/c%",)
    assert resolved.user_known_hosts_files == ("/home/carol/kh-web", "/home/carol/100%")
    assert resolved.global_known_hosts_files == ("/home/carol/g",)


def test_a_path_with_an_unknown_token_is_an_error_at_its_line(target: Target) -> None:
    resolved = ask(target, "\nIdentityFile %q\n")
    with pytest.raises(ConfigError, match="unknown key %q") as caught:
        assert resolved.identity_files
    assert caught.value.origin == Origin(target.config_file or "", 2)


def test_defaults_are_typed_too(target: Target) -> None:
    resolved = ask(target)
    assert (resolved.hostname, resolved.port, resolved.user) == ("web", 22, "carol")
    assert resolved.connect_timeout is None
    assert resolved.flag("PasswordAuthentication")
    assert not resolved.flag("batchmode")
    assert not resolved.identities_chosen
    assert resolved.identity_files[0] == "/home/carol/.ssh/id_rsa"
    assert resolved.user_known_hosts_files[0] == "/home/carol/.ssh/known_hosts"
    assert "aes256-ctr" in resolved.words("ciphers")
    assert resolved.words("hostkeyalgorithms")[0].startswith("ssh-ed25519")
    assert (resolved.proxy_command, resolved.proxy_jump, resolved.hops, resolved.jump) == (None, None, (), None)
    with pytest.raises(ValueError, match="not yes or no"):
        resolved.flag("stricthostkeychecking")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "/run/agent"),
        ("IdentityAgent SSH_AUTH_SOCK", "/run/agent"),
        ("IdentityAgent none", None),
        ("IdentityAgent $OTHER", "/run/other"),
        ("IdentityAgent $MISSING", None),
        ("IdentityAgent ${OTHER}/x", "/run/other/x"),
        ("IdentityAgent ~/agent", "/home/carol/agent"),
    ],
)
def test_the_agent_is_found_as_ssh_finds_it(target: Target, text: str, expected: str | None) -> None:
    assert ask(target, text, SSH_AUTH_SOCK="/run/agent", OTHER="/run/other").agent_socket == expected


def test_forwards_are_typed(target: Target) -> None:
    resolved = ask(target, "LocalForward /s-%h web:80\nDynamicForward 1080\nRemoteForward 9\n")
    assert resolved.local_forwards == (
        ForwardSpecification(listen_path="/s-web", connect_host="web", connect_port=80),
        ForwardSpecification(listen_port=1080),
    )
    assert resolved.remote_forwards == (ForwardSpecification(listen_port=9),)
    assert resolved.remote_forwards[0].dynamic


def test_proxy_command_is_ready_to_run(target: Target) -> None:
    assert ask(target, "Port 5\nUser u\nProxyCommand nc %h %p %r %n %%\n").proxy_command == "nc web 5 u web %"


def test_hops_are_targets_of_their_own(target: Target) -> None:
    resolved = ask(target, "Host web\nProxyJump ops@gate:2222,[fe80::1],last\n")
    assert [hop.host for hop in resolved.hops] == ["gate", "fe80::1", "last"]
    assert [str(option) for option in resolved.hops[0].options] == ["User=ops", "Port=2222"]
    assert [str(option) for option in resolved.hops[1].options] == ["ProxyJump=none"]
    assert all(hop.config_file == target.config_file for hop in resolved.hops)
    assert resolved.jump is not None
    assert [str(option) for option in resolved.jump.options] == ["ProxyJump=ops@gate:2222,[fe80::1]"]


def test_the_way_follows_the_first_hops_own_jumps(target: Target) -> None:
    Path(target.config_file or "").write_text(
        "Host web\nProxyJump middle,near\nHost middle\nProxyJump outer\nHost near\nProxyJump elsewhere\nPort 7\n"
    )
    way = resolve_way(target, HERE)
    assert [(hop.hostname, hop.port) for hop in way] == [("outer", 22), ("middle", 22), ("near", 7), ("web", 22)]


def test_a_way_that_comes_back_to_itself_is_refused(target: Target) -> None:
    Path(target.config_file or "").write_text("Host web\nProxyJump gate\nHost gate\nProxyJump web\n")
    with pytest.raises(ConfigError, match="jumphost loop via web") as caught:
        resolve_way(target, HERE)
    assert caught.value.origin.line == 4


def test_a_way_may_be_long_but_not_endless(target: Target) -> None:
    hops = [f"hop{number}" for number in range(40)]
    Path(target.config_file or "").write_text(f"Host web\nProxyJump {','.join(hops)}\n")
    assert [hop.hostname for hop in resolve_way(target, HERE)] == [*hops, "web"]
    Path(target.config_file or "").write_text("Host *\nProxyJump x%h\n")
    with pytest.raises(ConfigError, match="jumphost loop via x"):
        resolve_way(target, HERE)


def test_options_beat_files_and_come_in_order(target: Target) -> None:
    options = (OptionSetting("Port", "1", COMMAND_LINE), OptionSetting("Port", "2", COMMAND_LINE))
    resolved = ask(replace(target, options=options), "Port 3\n")
    assert resolved.port == 1
    assert resolved.setting("port").origin == COMMAND_LINE
    assert resolved.setting("port").specific


def test_fallbacks_beat_patterns_and_lose_against_the_name(target: Target) -> None:
    with_fallbacks = replace(
        target, fallbacks=(fallback("User", "docker"), fallback("Port", "2376"), fallback("HostName", "10.0.0.1"))
    )
    text = "Host web\nPort 77\nHost *\nUser everybody\nPort 78\nCompression yes\n"
    resolved = ask(with_fallbacks, text)
    assert (resolved.user, resolved.port, resolved.hostname) == ("docker", 77, "10.0.0.1")
    assert resolved.flag("compression")
    assert resolved.setting("user").origin == STORE
    assert resolved.target == with_fallbacks
    assert winning_fallbacks(with_fallbacks, environment=ENVIRONMENT, person=PERSON) == (
        fallback("User", "docker"),
        fallback("HostName", "10.0.0.1"),
    )


def test_a_fallback_loses_where_the_name_sets_the_keyword_behind_a_pattern(target: Target) -> None:
    """`Host *` before `Host web`: ssh takes the pattern's value, and the fallback stays out of it."""
    resolved = ask(replace(target, fallbacks=(fallback("Port", "9"),)), "Host w*\nPort 1\nHost web\nPort 2\n")
    assert resolved.port == 1


def test_the_name_in_an_included_file_counts(target: Target, tmp_path: Path) -> None:
    (tmp_path / "more").write_text("Port 5\nHost web\nUser five\n")
    with_fallbacks = replace(target, fallbacks=(fallback("Port", "9"), fallback("User", "nine")))
    resolved = ask(with_fallbacks, f"Host web other\nInclude {tmp_path}/more\n")
    assert (resolved.port, resolved.user) == (5, "five")


def test_identity_files_of_fallbacks_add_up_with_patterns(target: Target) -> None:
    with_fallbacks = replace(target, fallbacks=(fallback("IdentityFile", "/store/id"),))
    assert ask(with_fallbacks, "Host *\nIdentityFile /mine\n").identity_files == ("/store/id", "/mine")
    assert ask(with_fallbacks, "Host web\nIdentityFile /mine\n").identity_files == ("/mine",)


def test_a_proxy_of_the_name_beats_a_jump_of_the_fallbacks(target: Target) -> None:
    with_fallbacks = replace(target, fallbacks=(fallback("ProxyJump", "gate"), fallback("KeepAlive", "no")))
    resolved = ask(with_fallbacks, "Host web\nProxyCommand nc %h %p\nTCPKeepAlive yes\n")
    assert resolved.proxy_command == "nc web 22"
    assert resolved.hops == ()
    assert resolved.flag("tcpkeepalive")


def test_options_beat_fallbacks(target: Target) -> None:
    both = replace(target, options=(OptionSetting("User", "x", COMMAND_LINE),), fallbacks=(fallback("User", "y"),))
    assert ask(both).user == "x"


def test_a_bad_fallback_is_an_error_at_its_source(target: Target) -> None:
    with pytest.raises(ConfigError) as caught:
        ask(replace(target, fallbacks=(fallback("Port", "x"),)))
    assert caught.value.origin == STORE
    assert caught.value.message == "/store/config.json line 0: Bad port 'x'."


def test_explanation_names_every_line_hop_by_hop(target: Target) -> None:
    path = target.config_file or ""
    Path(path).write_text(
        "Host web\n  ProxyJump gate\n  RekeyLimit 1K 5\nHost gate\n  User ops\n"
        "Host *\n  IdentityFile a\n  IdentityFile b\n  Ciphers aes128-ctr\n"
    )
    found = explain(replace(target, options=(OptionSetting("Port", "7", COMMAND_LINE),)), HERE)
    common = [("ciphers", "aes128-ctr", 9), ("identityfile", "a", 7), ("identityfile", "b", 8)]
    gate = [Explanation("gate", "user", "ops", Origin(path, 5))]
    gate += [Explanation("gate", keyword, value, Origin(path, line)) for keyword, value, line in common]
    web = [Explanation("web", "port", "7", COMMAND_LINE)]
    web += [Explanation("web", keyword, value, Origin(path, line)) for keyword, value, line in common]
    web += [
        Explanation("web", "rekeylimit", "1024 5", Origin(path, 3)),
        Explanation("web", "proxyjump", "gate", Origin(path, 2)),
    ]
    assert found == (*gate, *web)


def test_the_environment_stays_out_of_reprs(target: Target) -> None:
    resolved = ask(target, "SetEnv TOKEN=${SECRET}\n", SECRET="hunter2")
    assert resolved.set_env == {"TOKEN": "hunter2"}
    assert "hunter2" not in repr(resolved)
