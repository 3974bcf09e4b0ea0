"""The JSON that a dynamic inventory prints (Ansible's developer guide, "Developing dynamic inventory")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from mooring.inventory.ansible.document import Document, Variables
from mooring.model.origin import Origin

_META = "_meta"
_GROUP_KEYS = frozenset({"hosts", "children", "vars"})
_SHOWN = 60


class _Meta(msgspec.Struct):
    hostvars: dict[str, msgspec.Raw] | None = None


class NotAnInventoryError(ValueError):
    """What was printed is no inventory; the message says why."""


def parse_dynamic(output: bytes, origin: Origin) -> tuple[Document, bool]:
    """Read what `--list` printed, and say whether the hosts' variables came with it (`_meta.hostvars`).

    Variables are decoded host by host when they are asked for: of ten thousand hosts each has hundreds. A host whose
    variables are no JSON object has none. Raises NotAnInventoryError.
    """
    try:
        top = msgspec.json.decode(output, type=dict[str, msgspec.Raw])
        meta = msgspec.json.decode(top.pop(_META), type=_Meta) if _META in top else _Meta()
        groups = {name: msgspec.json.decode(raw) for name, raw in top.items()}
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        start = output.lstrip()[:_SHOWN].decode("utf-8", "replace")
        raise NotAnInventoryError(f"printed no inventory in JSON: {error}; it begins with {start!r}") from error
    except RecursionError as error:
        raise NotAnInventoryError("printed JSON that is nested too deeply") from error
    document = Document()
    for name, value in groups.items():
        _take_group(document, name, value)
    for group in document.groups.values():
        document.hosts.update(dict.fromkeys(group.hosts, _NOTHING))
    document.origins.update(dict.fromkeys(document.hosts, origin))
    for host, raw in (meta.hostvars or {}).items():
        if host in document.hosts:
            document.hosts[host] = _Later(raw)
    return document, meta.hostvars is not None


def parse_host(output: bytes) -> Variables:
    """Read what `--host NAME` printed: the variables of one host. Raises NotAnInventoryError."""
    try:
        return msgspec.json.decode(output, type=dict[str, object])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise NotAnInventoryError(f"printed no variables in JSON: {error}") from error


class _Later:
    """A host's variables, decoded when they are asked for."""

    __slots__ = ("_raw",)

    def __init__(self, raw: msgspec.Raw) -> None:
        self._raw = raw

    def __call__(self) -> Variables:
        try:
            return msgspec.json.decode(self._raw, type=dict[str, object])
        except (msgspec.MsgspecError, RecursionError):
            return _NOTHING


_NOTHING: Variables = {}


def _take_group(document: Document, name: str, value: object) -> None:
    """Take a group: a list of hosts, an object with its parts, or (for old programs) the variables of one host."""
    group = document.group(name)
    if isinstance(value, Mapping) and _GROUP_KEYS.isdisjoint(value):
        group.hosts[name] = None
        group.variables.update(value)
        return
    parts = value if isinstance(value, Mapping) else {"hosts": value}
    group.hosts.update(dict.fromkeys(_names(parts.get("hosts"))))
    for child in _names(parts.get("children")):
        group.children[child] = None
        document.group(child)
    variables = parts.get("vars")
    if isinstance(variables, Mapping):
        group.variables.update(variables)


def _names(value: object) -> Iterable[str]:
    """The names in a list; a number is taken for its digits."""
    names = value if isinstance(value, list) else ()
    return (str(name) for name in names if isinstance(name, str | int) and not isinstance(name, bool))
