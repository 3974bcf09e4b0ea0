"""A template that is filled in with data."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from mooring.cli.template.functions import FUNCTIONS, as_text
from mooring.cli.template.nodes import Call, Choice, Expression, Field, Literal, Loop, Node, Print, Text
from mooring.cli.template.reader import read_template
from mooring.model.errors import UsageError

_TABLE = "table "


class Template:
    """A template as `-f` is given it; `\\t` and `\\n` in it are a tab and a new line. Raises UsageError.

    With `table ` in front it is a table: lines are to be set in columns at the tabs, under `headings`.
    """

    def __init__(self, text: str) -> None:
        self.is_table = text.startswith(_TABLE)
        text = text.removeprefix(_TABLE) if self.is_table else text
        self._nodes = read_template(text.replace("\\t", "\t").replace("\\n", "\n"))

    @property
    def fields(self) -> frozenset[str]:
        """The first names of the fields that it asks for; "" where it asks for everything (`{{json .}}`)."""
        return frozenset(field.names[0] if field.names else "" for field in _fields(self._nodes))

    @property
    def headings(self) -> str:
        """The line above a table: each field's name in the place of its value."""
        return "".join(_heading(node) for node in self._nodes)

    def fill(self, data: Mapping[str, object]) -> str:
        """Print `data`. Raises UsageError for a field that it does not have, with the nearest one that it has."""
        return "".join(_filled(self._nodes, data, data))


def _filled(nodes: Iterable[Node], dot: object, root: object) -> Iterator[str]:
    for node in nodes:
        match node:
            case Text():
                yield node.text
            case Print():
                yield as_text(_value(node.expression, dot, root))
            case Choice():
                yield from _filled(node.then if _value(node.condition, dot, root) else node.otherwise, dot, root)
            case Loop():
                items = _value(node.items, dot, root)
                if isinstance(items, Mapping):
                    items = list(items.values())
                if not isinstance(items, list | tuple):
                    raise UsageError("The template's {{range}} goes over what is no list.")
                for item in items:
                    yield from _filled(node.each, item, root)
                if not items:
                    yield from _filled(node.otherwise, dot, root)


def _value(expression: Expression, dot: object, root: object) -> object:
    match expression:
        case Literal():
            return expression.value
        case Call():
            arguments = [_value(argument, dot, root) for argument in expression.arguments]
            return FUNCTIONS[expression.function].run(*arguments)
        case Field():
            value = root if expression.from_root else dot
            for position, name in enumerate(expression.names):
                value = _member(value, name, expression.names[:position])
            return value


def _member(value: object, name: str, way: tuple[str, ...]) -> object:
    if isinstance(value, Mapping) and name in value:
        return value[name]
    known = list(value) if isinstance(value, Mapping) else []
    near = difflib.get_close_matches(name, known, n=1) or [each for each in known if each.casefold() == name.casefold()]
    place = f" in .{'.'.join(way)}" if way else ""
    hint = f"Did you mean .{near[0]}?" if near else f"There are {', '.join(known)}." if known else None
    raise UsageError(f"The template asks for .{name}, which is not there{place}.", hint=hint)


def _fields(nodes: Iterable[Node | Expression]) -> Iterator[Field]:
    for node in nodes:
        match node:
            case Field():
                yield node
            case Call():
                yield from _fields(node.arguments)
            case Print():
                yield from _fields((node.expression,))
            case Choice():
                yield from _fields((node.condition, *node.then, *node.otherwise))
            case Loop():
                yield from _fields((node.items, *node.each, *node.otherwise))


def _heading(node: Node) -> str:
    if isinstance(node, Text):
        return node.text
    return " ".join(field.names[-1].upper() for field in _fields((node,)) if field.names)
