"""The machines of the pictures: of every kind that a list can have, and none that needs a file of the person's own."""

from __future__ import annotations

from mooring.model.machine import Machine, OptionSetting, Target
from mooring.model.origin import Origin

_ORIGIN = Origin("fleet/machines.toml", 12)


def pictured(
    name: str,
    group: str,
    address: str,
    user: str,
    *tags: str,
    guard: bool = False,
    colour: str = "",
    favourite: bool = False,
    notes: str = "",
    jump: str = "",
) -> Machine:
    """A machine whose way needs nothing of the person's own files."""
    told = {"HostName": address, "User": user, **({"ProxyJump": jump} if jump else {})}
    options = tuple(OptionSetting(keyword, value, _ORIGIN) for keyword, value in told.items())
    return Machine(
        name,
        ("mooring",),
        _ORIGIN,
        Target(name, options, config_file="none"),
        address,
        user,
        jump=jump,
        driver="amazonec2" if group == "production" else "",
        groups=(group,),
        tags=tags,
        notes=notes,
        guard=guard,
        colour=colour,
        favourite=favourite,
    )


FLEET = (
    pictured("web-1", "production", "10.0.0.1", "ops", "web", "nginx", guard=True, favourite=True, notes="Ann knows"),
    *(pictured(f"web-{n}", "production", f"10.0.0.{n}", "ops", "web", "nginx", guard=True) for n in range(2, 9)),
    pictured("db-1", "production", "10.0.0.20", "postgres", "db", "primary", guard=True, colour="red"),
    pictured("db-replica-frankfurt-02", "production", "10.0.0.21", "postgres", "db", guard=True, jump="gate"),
    pictured("gate", "production", "gate.example.org", "jump", guard=True),
    pictured("stage-1", "staging", "10.1.0.1", "deploy", "web", colour="dodgerblue"),
    pictured("stage-2", "staging", "10.1.0.2", "deploy", "web"),
    pictured("[red]日本\x1b[31m", "staging", "10.1.0.3", "deploy"),
    *(pictured(f"lab-{n}", "lab", f"192.168.7.{n}", "pi") for n in range(1, 13)),
    Machine("old-box", ("docker-machine",), Origin("store/old-box/config.json"), Target("old-box"), problem="no JSON"),
)
