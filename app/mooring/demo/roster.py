"""Who is in the demo fleet: an invented company, with one machine for each thing that can happen on the way in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Listing(Enum):
    """Which source of machines names it first."""

    SSH_CONFIG = "ssh_config"
    OWN = "machines.toml"
    MACHINE_STORE = "docker-machine store"


class Login(Enum):
    """What the server wants from whoever comes."""

    KEY = "key"
    PASSWORD = "password"
    SECOND_FACTOR = "password, then a code"


class HostKey(Enum):
    """What known_hosts says of the machine's host key."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    CHANGED = "changed"


class Role(Enum):
    """What lies in the machine's home directory."""

    JUMP = "jump"
    WEB = "web"
    DATABASE = "database"
    CACHE = "cache"
    MAIL = "mail"
    METRICS = "metrics"
    DOCKER = "docker"
    SENSOR = "sensor"


@dataclass(frozen=True, slots=True)
class DemoMachine:
    """One invented machine. `jump` names the machine that it is reached through; `down` ones refuse connections."""

    name: str
    user: str
    role: Role
    group: str
    driver: str
    tags: tuple[str, ...] = ()
    listing: Listing = Listing.SSH_CONFIG
    login: Login = Login.KEY
    host_key: HostKey = HostKey.KNOWN
    jump: str = ""
    down: bool = False
    floods: bool = False
    guard: bool = False
    release: str = "4.2.1"
    notes: str = ""


ROSTER: tuple[DemoMachine, ...] = (
    DemoMachine(
        "bastion", "ops", Role.JUMP, "production", "amazonec2", ("edge",), notes="The way into the private network."
    ),
    DemoMachine("web-1", "ops", Role.WEB, "production", "amazonec2", ("web", "nginx"), guard=True),
    DemoMachine("web-2", "ops", Role.WEB, "production", "amazonec2", ("web", "nginx"), guard=True),
    DemoMachine(
        "web-3",
        "ops",
        Role.WEB,
        "production",
        "amazonec2",
        ("web", "nginx"),
        down=True,
        guard=True,
        notes="Down since last night: nothing listens there.",
    ),
    DemoMachine(
        "db-1",
        "postgres",
        Role.DATABASE,
        "production",
        "amazonec2",
        ("db", "postgres"),
        jump="bastion",
        guard=True,
        notes="Has no way in but through bastion.",
    ),
    DemoMachine("cache-1", "ops", Role.CACHE, "production", "amazonec2", ("redis",), guard=True),
    DemoMachine(
        "stage-1",
        "deploy",
        Role.WEB,
        "staging",
        "digitalocean",
        ("web",),
        host_key=HostKey.UNKNOWN,
        release="4.3.0-rc1",
        notes="Made this morning: nobody has met its host key yet.",
    ),
    DemoMachine(
        "stage-db",
        "deploy",
        Role.DATABASE,
        "staging",
        "digitalocean",
        ("db", "postgres"),
        login=Login.PASSWORD,
        release="4.3.0-rc1",
    ),
    DemoMachine(
        "mail",
        "ops",
        Role.MAIL,
        "office",
        "baremetal",
        ("postfix",),
        host_key=HostKey.CHANGED,
        notes="Shows another host key than the one on record, as an impostor would: to be refused.",
    ),
    DemoMachine(
        "vault",
        "security",
        Role.JUMP,
        "office",
        "baremetal",
        ("secrets",),
        listing=Listing.OWN,
        login=Login.SECOND_FACTOR,
        guard=True,
    ),
    DemoMachine(
        "metrics",
        "ops",
        Role.METRICS,
        "office",
        "libvirt",
        ("logs",),
        listing=Listing.OWN,
        floods=True,
        notes="Floods the terminal as soon as it is open; ctrl+c gives the prompt.",
    ),
    DemoMachine("greenhouse", "pi", Role.SENSOR, "office", "baremetal", ("arm",), listing=Listing.OWN),
    DemoMachine("default", "docker", Role.DOCKER, "docker-machine", "virtualbox", listing=Listing.MACHINE_STORE),
    DemoMachine("dev", "root", Role.DOCKER, "docker-machine", "digitalocean", listing=Listing.MACHINE_STORE),
)
