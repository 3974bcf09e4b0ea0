"""What a template consists of once it is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A way into the data: `.Driver.IPAddress`; no names for the dot alone. From `$` on where `from_root`."""

    names: tuple[str, ...]
    from_root: bool = False


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, a number, true, false or nil."""

    value: object


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Field | Literal | Call


@dataclass(frozen=True, slots=True)
class Text:
    """What is printed as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Print:
    """A value to be printed."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Choice:
    """`{{if}}`: the first part where the value counts as true, else the second."""

    condition: Expression
    then: tuple[Node, ...]
    otherwise: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """`{{range}}`: the first part for each item, which is the dot there; the second where there is none."""

    items: Expression
    each: tuple[Node, ...]
    otherwise: tuple[Node, ...]


Node = Text | Print | Choice | Loop
