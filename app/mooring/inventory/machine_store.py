"""Machines of docker-machine: its store is read as docker-machine reads it, and never written to.

The layout is docker/machine's libmachine/persist/filestore.go and libmachine/drivers/base.go: one directory a machine
under `machines/`, each with a config.json of the host and its driver.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from mooring.inventory.looks import Looks
from mooring.inventory.options import destination_problem, literal, user_problem
from mooring.inventory.source import SourceResult
from mooring.model.errors import ConfigError
from mooring.model.machine import Machine, OptionSetting, Target
from mooring.model.origin import Origin
from mooring.store.read import read_text_file

NAME = "docker-machine"
NEWEST_CONFIG_VERSION = 3
"""libmachine/version/version.go: what the last docker-machine wrote."""

_CONFIG_LIMIT = 4 * 1024 * 1024
_PUBLIC_KEY_LIMIT = 64 * 1024


class _Driver(msgspec.Struct):
    """What all drivers have in common, and virtualbox's forwarded port."""

    ip_address: str = msgspec.field(name="IPAddress", default="")
    ssh_user: str = msgspec.field(name="SSHUser", default="")
    ssh_port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = msgspec.field(name="SSHPort", default=0)
    ssh_key_path: str = msgspec.field(name="SSHKeyPath", default="")
    store_path: str = msgspec.field(name="StorePath", default="")


class _Version(msgspec.Struct):
    """Read before the rest, which another version may have changed."""

    config_version: int = msgspec.field(name="ConfigVersion", default=0)


class _Engine(msgspec.Struct):
    """`docker-machine create --engine-label`."""

    labels: list[str] | None = msgspec.field(name="Labels", default=None)


class _HostOptions(msgspec.Struct):
    """How the machine was made."""

    engine: _Engine | None = msgspec.field(name="EngineOptions", default=None)


class _Host(msgspec.Struct):
    """The part of config.json that reaching a machine needs, and its labels."""

    driver: _Driver = msgspec.field(name="Driver")
    driver_name: str = msgspec.field(name="DriverName")
    options: _HostOptions | None = msgspec.field(name="HostOptions", default=None)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that were given to the engine there."""
        engine = None if self.options is None else self.options.engine
        return () if engine is None else tuple(engine.labels or ())


class _UnusableError(Exception):
    """This machine's entry can't be used, for the reason given."""


@dataclass(frozen=True, slots=True)
class MachineStoreSource:
    """The docker-machine store in `folder` (which holds `machines/`); no such folder means no machines."""

    folder: Path
    config_file: str | None = None

    @property
    def name(self) -> str:
        """What `Machine.sources` calls it."""
        return NAME

    def read(self) -> SourceResult:
        """Read every machine's config.json; one that can't be used is a row with its reason."""
        machines = self.folder / "machines"
        looks = Looks()
        looks.note(machines)
        try:
            directories = sorted(entry for entry in machines.iterdir() if entry.is_dir())
        except (FileNotFoundError, NotADirectoryError):
            return SourceResult(looks=looks.states)
        except OSError as error:
            problem = ConfigError(f"can't be read: {error.strerror}", Origin(str(machines)))
            return SourceResult(problems=(problem,), looks=looks.states)
        # docker-machine passes over hidden directories too (filestore.go, loadAll).
        entries = [entry for entry in directories if entry.name[0] != "."]
        for entry in entries:
            looks.note(entry / "config.json")
        place = str(self.folder.resolve())
        return SourceResult(tuple(self._machine(entry, place) for entry in entries), looks=looks.states)

    def _machine(self, directory: Path, place: str) -> Machine:
        name = directory.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        origin = Origin(str(directory / "config.json"))
        driver_name = ""
        options: tuple[OptionSetting, ...] = ()
        address, user, port = "", "", None
        labels: tuple[str, ...] = ()
        problem: str | None = None
        try:
            host = _read_config(directory / "config.json")
            driver_name, labels = host.driver_name, host.labels
            address, port = _address(host)
            user = host.driver.ssh_user or "root"
            options = self._options(name, host, origin, place)
        except _UnusableError as error:
            problem = str(error)
        return Machine(
            name=name,
            sources=(NAME,),
            origin=origin,
            target=Target(name, options=options, config_file=self.config_file),
            address=address,
            user=user,
            port=port,
            driver=driver_name,
            groups=(NAME,),
            tags=labels,
            problem=f"its name {name_problem}" if (name_problem := destination_problem(name)) else problem,
        )

    def _options(self, name: str, host: _Host, origin: Origin, place: str) -> tuple[OptionSetting, ...]:
        driver = host.driver
        address, port = _address(host)
        if not address:
            raise _UnusableError("the store has no address for it: it may never have been started")
        if reason := destination_problem(address):
            raise _UnusableError(f"its address in the store (IPAddress) {reason}")
        user = driver.ssh_user or "root"
        if reason := user_problem(user):
            raise _UnusableError(f"its user in the store (SSHUser) {reason}")
        key = self._key_path(name, host)
        settings = [("HostName", address), ("Port", str(port)), ("User", user)]
        settings.append(("HostKeyAlias", _host_key_alias(name, key, place)))
        if key:
            settings += [("IdentityFile", key), ("IdentitiesOnly", "yes")]
        options: list[OptionSetting] = []
        for keyword, value in settings:
            try:
                options.append(literal(keyword, value, origin))
            except ValueError as error:
                raise _UnusableError(f"its {keyword} in the store {error}") from error
        return tuple(options)

    def _key_path(self, name: str, host: _Host) -> str:
        """The machine's key; "" for generic machines without one, which use the agent and the default identities."""
        if host.driver.ssh_key_path or host.driver_name == "generic":
            return host.driver.ssh_key_path
        return str(Path(host.driver.store_path or self.folder) / "machines" / name / "id_rsa")


def _read_config(path: Path) -> _Host:
    try:
        text = read_text_file(path, limit=_CONFIG_LIMIT)
        version = msgspec.json.decode(text, type=_Version).config_version
        if version > NEWEST_CONFIG_VERSION:
            raise _UnusableError(
                f"config.json has ConfigVersion {version}, and {NEWEST_CONFIG_VERSION} is the newest that is known"
            )
        return msgspec.json.decode(text, type=_Host)
    except FileNotFoundError as error:
        raise _UnusableError("config.json is missing") from error
    except ConfigError as error:
        raise _UnusableError(f"config.json {error.message}") from error
    except msgspec.MsgspecError as error:
        raise _UnusableError(f"config.json can't be used: {error}") from error
    except RecursionError as error:
        raise _UnusableError("config.json is nested too deeply") from error


def _address(host: _Host) -> tuple[str, int]:
    """Where the driver's ssh listens; virtualbox forwards a port of this computer to the machine."""
    port = host.driver.ssh_port or 22
    return ("127.0.0.1" if host.driver_name == "virtualbox" else host.driver.ip_address), port


def _host_key_alias(name: str, key: str, place: str) -> str:
    """Name the machine in known_hosts by what it is and not by its address, which is used again by the next one.

    docker-machine makes a key pair with each machine: its public half tells a machine from a later one of the same
    name, whose host key rightly differs. The store's path tells apart machines of two stores.
    """
    # Most people have no such store, and each start would wait for it.
    import hashlib

    digest = hashlib.sha256(f"{place}\0{name}\0".encode(errors="surrogateescape"))
    if Path(key).parts[-3:] == ("machines", name, "id_rsa"):
        # Without its public key a machine is known by its place and name, which is the next best.
        with contextlib.suppress(FileNotFoundError, ConfigError):
            digest.update(read_text_file(Path(f"{key}.pub"), limit=_PUBLIC_KEY_LIMIT).encode())
    readable = re.sub(r"[^A-Za-z0-9.-]", "_", name)
    return f"docker-machine-{readable}-{digest.hexdigest()[:10]}"
