"""From a template's text to its nodes (Go's text/template, without variables, `with` and nested templates)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from mooring.cli.template.functions import FUNCTIONS
from mooring.cli.template.nodes import Call, Choice, Expression, Field, Literal, Loop, Node, Print, Text
from mooring.model.errors import UsageError

_ACTION = re.compile(
    r"\{\{(?P<left>-(?=\s))?(?P<body>(?:\"(?:\\.|[^\"\\])*\"|`[^`]*`|[^\"`])*?)(?P<right>(?<=\s)-)?\}\}", re.S
)
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:\\.|[^"\\])*"|`[^`]*`)|(?P<field>\$?(?:\.[A-Za-z_]\w*)+|\$|\.(?![\w.]))"""
    r"""|(?P<number>-?\d+)|(?P<word>[A-Za-z_]\w*)|(?P<sign>[|()]))"""
)
_CONSTANTS = {"true": True, "false": False, "nil": None}
_BLOCKS = ("if", "range")


def read_template(text: str) -> tuple[Node, ...]:
    """Read a whole template. Raises UsageError that says what can't be understood."""
    return _Reader(text).read()


class _Reader:
    """Goes through the pieces of a template, text and actions in turn."""

    def __init__(self, text: str) -> None:
        self._pieces = list(_pieces(text))
        self._position = 0

    def read(self) -> tuple[Node, ...]:
        nodes, end = self._until_end()
        if end is not None:
            raise UsageError(f"The template has {{{{{end}}}}} where nothing is open.")
        return nodes

    def _until_end(self) -> tuple[tuple[Node, ...], str | None]:
        """The nodes up to `end` or `else`, and that action; None where the template itself ends."""
        nodes: list[Node] = []
        while self._position < len(self._pieces):
            piece = self._pieces[self._position]
            self._position += 1
            if isinstance(piece, Text):
                nodes.append(piece)
                continue
            word, _, rest = piece.partition(" ")
            if word in ("end", "else"):
                return tuple(nodes), piece
            nodes.append(self._block(word, rest) if word in _BLOCKS else Print(_expression(piece)))
        return tuple(nodes), None

    def _block(self, word: str, rest: str) -> Node:
        subject = _expression(rest)
        first, end = self._until_end()
        second: tuple[Node, ...] = ()
        if end is not None and end.startswith("else if "):
            second, end = (self._block("if", end.removeprefix("else if ")),), "end"
        elif end == "else":
            second, end = self._until_end()
        if end != "end":
            raise UsageError(f"The template has {{{{{word} {rest}}}}} without its {{{{end}}}}.")
        return Choice(subject, first, second) if word == "if" else Loop(subject, first, second)


def _pieces(text: str) -> Iterator[Text | str]:
    """Texts, and the words of actions; white space beside `{{-` and `-}}` is taken away."""
    position = 0
    trims = False
    for match in _ACTION.finditer(text):
        before = text[position : match.start()]
        before = before.lstrip() if trims else before
        yield Text(_plain(before.rstrip() if match["left"] else before))
        body = " ".join(_words(match["body"]))
        if not body.startswith("/*"):
            yield body
        position, trims = match.end(), bool(match["right"])
    rest = text[position:]
    yield Text(_plain(rest.lstrip() if trims else rest))


def _plain(text: str) -> str:
    """Text between actions. Raises UsageError where an action is begun in it and never ends."""
    if "{{" in text:
        raise UsageError("The template has {{ without its }}.")
    return text


def _words(body: str) -> Iterator[str]:
    """The tokens of an action, so that blanks between them count for nothing."""
    if body.strip().startswith("/*"):
        yield "/*"
        return
    position = 0
    while body[position:].strip():
        match = _TOKEN.match(body, position)
        if match is None:
            raise UsageError(f"The template can't be understood at `{body[position:].strip()}`.")
        yield match[0].strip()
        position = match.end()


def _expression(body: str) -> Expression:
    tokens = list(_TOKEN.finditer(body))
    expression, rest = _pipeline(tokens, body)
    if rest:
        raise UsageError(f"The template has more than can be understood in {{{{{body}}}}}.")
    return expression


def _pipeline(tokens: list[re.Match[str]], body: str) -> tuple[Expression, list[re.Match[str]]]:
    """Commands joined by `|`: each one's value is the last argument of the next."""
    value: Expression | None = None
    while True:
        command, tokens = _command(tokens, body, value)
        value = command
        if not tokens or tokens[0]["sign"] != "|":
            return value, tokens
        tokens = tokens[1:]


def _command(
    tokens: list[re.Match[str]], body: str, piped: Expression | None
) -> tuple[Expression, list[re.Match[str]]]:
    if not tokens:
        raise UsageError(f"The template has nothing to print in {{{{{body}}}}}.")
    word = tokens[0]["word"]
    if word is None or word in _CONSTANTS:
        if piped is not None:
            raise UsageError(f"The template needs a function behind | in {{{{{body}}}}}.")
        return _operand(tokens, body)
    if word not in FUNCTIONS:
        known = ", ".join(FUNCTIONS)
        raise UsageError(
            f"The template has no function `{word}`; fields begin with a dot.", hint=f"Functions: {known}."
        )
    arguments: list[Expression] = []
    tokens = tokens[1:]
    while tokens and tokens[0]["sign"] not in ("|", ")"):
        argument, tokens = _operand(tokens, body)
        arguments.append(argument)
    if piped is not None:
        arguments.append(piped)
    least, most = FUNCTIONS[word].takes
    if not least <= len(arguments) <= most:
        raise UsageError(f"The template gives `{word}` {len(arguments)} values in {{{{{body}}}}}.")
    return Call(word, tuple(arguments)), tokens


def _operand(tokens: list[re.Match[str]], body: str) -> tuple[Expression, list[re.Match[str]]]:
    token, rest = tokens[0], tokens[1:]
    if token["sign"] == "(":
        inner, rest = _pipeline(rest, body)
        if not rest or rest[0]["sign"] != ")":
            raise UsageError(f"The template has ( without its ) in {{{{{body}}}}}.")
        return inner, rest[1:]
    if (text := token["text"]) is not None:
        return Literal(text[1:-1] if text[0] == "`" else _quoted(text)), rest
    if (field := token["field"]) is not None:
        return Field(tuple(filter(None, field.lstrip("$").split("."))), field.startswith("$")), rest
    if token["number"] is not None:
        return Literal(int(token["number"])), rest
    if token["word"] in _CONSTANTS:
        return Literal(_CONSTANTS[token["word"]]), rest
    if token["word"] in FUNCTIONS:
        return _command(tokens[:1], body, None)[0], rest
    raise UsageError(f"The template can't be understood at `{token[0].strip()}` in {{{{{body}}}}}.")


def _quoted(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError as error:
        raise UsageError(f"The template has a text that can't be read: {text}") from error
