"""Commands with places for values, judged by a real shell: what is given arrives, wherever it stands."""

from __future__ import annotations

import os
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mooring.model.command_template import CommandTemplate, TemplateError, as_root

SAFE_PLACES = [
    "printf %s {{v}}",
    'printf %s "{{v}}"',
    "printf %s '{{v}}'",
    "printf %s {{ v }}''",
    'x={{v}}; printf %s "$x"',
    'x="{{v}}"\nprintf %s "$x"',
    "(printf %s {{v}})",
    "if true; then printf %s {{v}}; fi",
    "printf %s \"$(printf %s {{v}}.)\" | sed '$s/.$//'",
    'printf %s "$(printf %s "{{v}}.")" | sed \'$s/.$//\'',
    "printf %s \"$(printf %s '{{v}}'.)\" | sed '$s/.$//'",
    'printf %s "$(printf "$(printf %s)")"{{v}}',
    'y=${HOME}; z="$((1 + 2))"; printf %s "${y#$y}"\'\'{{v}}',
    "# it's a comment\nprintf %s {{v}}",
    "printf %s \\''\\'{{v}} | sed \"1s/^'.//\"",
    "printf %s $'' >/dev/null; printf %s {{v}}",
    "case x in (x) printf %s {{v}};; esac",
]
UNSAFE_PLACES = [
    ("cat <<END\n{{v}}\nEND", "here-document"),
    ("echo `echo {{v}}`", "backquote"),
    ("echo $((1 + {{v}}))", r"\$\(\(...\)\)"),
    ("((x = {{v}}))", r"\$\(\(...\)\)"),
    ("echo ${x:-{{v}}}", r"\$\{...\}"),
    ('echo "${x:-{{v}}}"', r"\$\{...\}"),
    ("echo \\{{v}}", "backslash"),
    ("true # {{v}}", "comment"),
    ("echo $'{{v}}'", r"\$'...'"),
    ("echo $'\\'' {{v}}", r"\$'...\\'"),
    ("echo ${{v}}", "dollar sign"),
    ('echo "$(case x in x) echo;; esac) {{v}}"', "case"),
    ('echo "${x:-"}"} {{v}}"', "quotes"),
]


def shell_output(command: str, stdin: bytes = b"") -> bytes:
    """What /bin/sh prints for a command."""
    run = subprocess.run(
        ["/bin/sh", "-c", os.fsencode(command)], input=stdin, capture_output=True, timeout=20, check=False
    )
    return run.stdout


@pytest.mark.parametrize("text", SAFE_PLACES)
@pytest.mark.parametrize("value", ["", "plain", 'it\'s $HOME `id` "so" \\ $(id) * ~ #', "a\nb\n c"])
def test_a_value_arrives_wherever_it_stands(text: str, value: str) -> None:
    assert shell_output(CommandTemplate(text).render({"v": value}).command) == os.fsencode(value)


VALUES = st.binary(max_size=60).map(lambda data: os.fsdecode(data.replace(b"\0", b"'")))


@settings(max_examples=60, deadline=None)
@given(st.lists(VALUES, min_size=3, max_size=3))
def test_any_bytes_arrive_bare_and_in_both_quotes(values: list[str]) -> None:
    text = "printf '%s|' {{a}} x{{a}}; printf '%s|' \"{{b}}\" \"x{{b}}y\"; printf '%s|' '{{c}}' 'x{{c}}y'"
    command = CommandTemplate(text).render(dict(zip("abc", values, strict=True))).command
    a, b, c = values
    expected = "".join(f"{part}|" for part in (a, f"x{a}", b, f"x{b}y", c, f"x{c}y"))
    assert shell_output(command) == os.fsencode(expected)


@pytest.mark.parametrize(("text", "reason"), UNSAFE_PLACES)
def test_where_nothing_can_be_quoted_a_value_has_to_be_raw(text: str, reason: str) -> None:
    with pytest.raises(TemplateError, match=reason):
        CommandTemplate(text)
    assert CommandTemplate(text, raw=frozenset({"v"})).render({"v": "1"}).command == text.replace("{{v}}", "1")


@pytest.mark.parametrize(
    "text",
    [
        "docker ps --format '{{.Names}}'",
        'docker inspect -f \'{{range .Mounts}}{{json .}}{{ .Source }}{{"x"}}{{printf "%s" .}}\'',
        "echo {a,{b,c}} {{1}} {{}} {{a b}}",
        'curl -d \'{"a":{"b":{"c":{"d":1}}}}\'',
    ],
)
def test_other_braces_are_text(text: str) -> None:
    template = CommandTemplate(text)
    assert template.names == ()
    assert template.render({}).command == text


def test_four_braces_stand_for_two() -> None:
    template = CommandTemplate("docker inspect -f '{{range .X}}{{.Y}}{{{{end}}' {{name}} '{\"a\":{{{n}}}}'")
    assert template.names == ("name", "n")
    rendered = template.render({"name": "web", "n": "1"}).command
    assert rendered == "docker inspect -f '{{range .X}}{{.Y}}{{end}}' 'web' '{\"a\":{''1''}}'"


def test_machine_values_are_no_parameters() -> None:
    template = CommandTemplate("echo {{machine.name}} {{other}}")
    assert template.names == ("other",)
    assert template.render({"machine.name": "web-1", "other": "o"}).command == "echo 'web-1' 'o'"
    with pytest.raises(TemplateError, match=r"machine\.colour.*is not known"):
        CommandTemplate("echo {{machine.colour}}")


def test_an_unknown_way_of_putting_in_is_refused() -> None:
    with pytest.raises(TemplateError, match="`upper` is not known"):
        CommandTemplate("echo {{name|upper}}")


def test_a_missing_value_is_said() -> None:
    with pytest.raises(TemplateError, match="`name` has no value"):
        CommandTemplate("echo {{name}}").render({})


@pytest.mark.parametrize("text", ["printf %s {{p}}", 'printf %s "{{p}}"', "printf %s '{{p}}'"])
@pytest.mark.parametrize("secret", ["two words", '  it\'s \\t $HOME `id` "so" * '])
def test_a_secret_comes_by_standard_input_and_is_not_in_the_command(text: str, secret: str) -> None:
    rendered = CommandTemplate(text + "; cat").render({"p": secret}, frozenset({"p"}))
    assert secret not in rendered.command
    assert secret not in repr(rendered)
    assert shell_output(rendered.command, rendered.secret_lines + b"|rest") == secret.encode() + b"|rest"


def test_as_root_says_when_the_command_begins() -> None:
    command = as_root("echo it\\'s; exit 3", "password?", "begun")
    stand_in = 'sudo() { while [ "$1" != -- ]; do shift; done; shift; "$@"; }\n'
    run = subprocess.run(["/bin/sh", "-c", stand_in + command], capture_output=True, timeout=20, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (3, b"it's\n", b"begun")
