"""The splash says where one is, and nothing that a terminal could take for more than text."""

from __future__ import annotations

from rich.cells import cell_len

from mooring.model.connection import ConnectionFacts
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.model.splash import splash

FACTS = ConnectionFacts(
    user="ops",
    address="192.0.2.7",
    port=2222,
    key_type="ed25519",
    fingerprint="SHA256:2pWkJ5vA1oQ",
    authentication="publickey",
    hops=("bastion", "gate"),
)


def machine(name: str = "web-1", driver: str = "generic") -> Machine:
    """A machine by that name."""
    return Machine(name, ("mooring",), Origin("machines.toml", 1), Target(name), driver=driver)


def test_it_tells_machine_place_key_and_way() -> None:
    assert splash(machine(), FACTS) == [
        "  o   web-1 · generic",
        " ╶┼╴  ops@192.0.2.7:2222 through bastion, gate",
        " ╰┴╯  ed25519 SHA256:2pWkJ5vA1oQ",
        "      native ssh, publickey",
    ]


def test_what_is_not_known_is_left_out_and_the_mark_stays_whole() -> None:
    facts = ConnectionFacts("ops", "2001:db8::7", 22, key_type="", fingerprint="", implementation="system ssh")
    assert splash(machine(driver=""), facts) == ["  o   web-1", " ╶┼╴  ops@[2001:db8::7]:22", " ╰┴╯  system ssh"]


def test_control_characters_do_not_reach_the_terminal() -> None:
    hostile = machine(name="web\x1b]0;root\x07\r\n\x9b31m", driver="\x1b[2J")
    lines = splash(hostile, FACTS)
    assert all(character.isprintable() for line in lines for character in line)
    assert lines[0] == "  o   web?]0;root????31m · ?[2J"


def test_the_mark_is_as_wide_on_every_line() -> None:
    assert {cell_len(line[:6]) for line in splash(machine(), FACTS)} == {6}
