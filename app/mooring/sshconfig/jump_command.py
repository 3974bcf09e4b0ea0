"""A way through machines that ssh does not know, told so that ssh goes it: the ProxyCommand behind a ProxyJump."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace

from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import Origin
from mooring.sshconfig.values.jumps import Destination, parse_destination

_PROXIES = ("proxyjump", "proxycommand")
_DEEPEST = 16
"""How many jump hosts may have jump hosts of their own, each; more is a circle."""

_FORWARD = "[%h]:%p"


def options_for_ssh(target: Target, program: str = "ssh") -> tuple[OptionSetting, ...]:
    """The target's options as the system's ssh has to be given them.

    They are those that it has, unless a ProxyJump names one of its `jump_hosts`. ssh starts `ssh -W` for a jump
    (ssh.c), with no way to give it options, so that command is written out here, with what those machines need.
    """
    return _written_out(target, program, 0)


def _written_out(target: Target, program: str, depth: int) -> tuple[OptionSetting, ...]:
    index = next((i for i, option in enumerate(target.options) if option.keyword.lower() in _PROXIES), None)
    if index is None or depth == _DEEPEST:
        return target.options
    proxy = target.options[index]
    hops = [parse_destination(hop.strip()) for hop in proxy.value.split(",")]
    if proxy.keyword.lower() != "proxyjump" or not any(hop and target.jump_host(hop.host) for hop in hops):
        return target.options
    words = _jump_words([hop for hop in hops if hop is not None], target, proxy.origin, program, depth)
    command = OptionSetting("ProxyCommand", _command_line(words), proxy.origin)
    return (*target.options[:index], command, *target.options[index + 1 :])


def _jump_words(hops: Sequence[Destination], target: Target, origin: Origin, program: str, depth: int) -> list[str]:
    """The command that connects to the last of `hops` through the others, and on to where it is asked to."""
    *earlier, last = hops
    machine = target.jump_host(last.host) or Target(last.host, jump_hosts=target.jump_hosts)
    if earlier:
        through = OptionSetting("ProxyJump", ",".join(map(str, earlier)), origin)
        machine = replace(machine, options=(through, *machine.options))
    words = [program]
    if target.config_file is not None:
        words += ["-F", target.config_file]
    if last.user is not None:
        words += ["-l", last.user]
    if last.port is not None:
        words += ["-p", str(last.port)]
    for setting in _written_out(machine, program, depth + 1):
        words += ["-o", f"{setting.keyword}={setting.value}"]
    return [*words, "-W", _FORWARD, last.host]


def _command_line(words: Sequence[str]) -> str:
    """Words for the shell that runs a ProxyCommand; ssh replaces its tokens in the one word that is meant so."""
    return " ".join(shlex.quote(word if word == _FORWARD else word.replace("%", "%%")) for word in words)
