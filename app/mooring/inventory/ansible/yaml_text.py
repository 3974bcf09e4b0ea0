"""YAML as far as inventories need it, with Ansible's own tags; the library is loaded with the first question."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin

if TYPE_CHECKING:
    import yaml

VAULT_HEADER = "$ANSIBLE_VAULT;"
"""How a file begins that ansible-vault has encrypted."""


class Unreadable:
    """The place of a value that only Ansible can read: an encrypted one (`!vault`), a tag that nobody knows."""


def parse_yaml(text: str, path: str) -> object:
    """Read one document. Raises ConfigError with the line where it broke."""
    import yaml

    try:
        value: object = yaml.load(text, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        raise ConfigError(f"not valid YAML: {error.problem or error.context}", Origin(path, line)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(f"not valid YAML: {str(error).splitlines()[0]}", Origin(path)) from error
    except RecursionError as error:
        raise ConfigError("not valid YAML: nested too deeply", Origin(path)) from error
    return value


@cache
def _loader() -> type[yaml.SafeLoader]:
    """PyYAML's safe loader, in C where it was built with it, which is ten times as fast."""
    import yaml

    base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc, valid-type]  # which of the two is known at run time
        """Knows that tags are not always known."""

    def unknown(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> object:
        return Unreadable()

    def unsafe(loader: yaml.SafeLoader, node: yaml.Node) -> object:
        return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else Unreadable()

    Loader.add_multi_constructor("!", unknown)
    Loader.add_constructor("!unsafe", unsafe)
    return Loader
