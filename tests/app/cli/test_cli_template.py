"""Templates of `-f`, as docker-machine's users wrote them."""

from __future__ import annotations

import pytest

from mooring.cli.template import Template
from mooring.model.errors import UsageError

DATA = {"Name": "web", "Error": "", "Driver": {"IPAddress": "192.0.2.1"}, "Tags": ["a", "b"]}


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("{{.Name}}: {{ .Driver.IPAddress }}", "web: 192.0.2.1"),
        ("{{json .Driver}}", '{"IPAddress": "192.0.2.1"}'),
        ("{{.Driver | json}}", '{"IPAddress": "192.0.2.1"}'),
        ("{{prettyjson .Tags}}", '[\n    "a",\n    "b"\n]'),
        ("{{range .Tags}}<{{.}} of {{$.Name}}>{{else}}none{{end}}", "<a of web><b of web>"),
        ("{{if .Error}}bad{{else if eq .Name `web`}}fine{{else}}other{{end}}", "fine"),
        ('a {{- " b " -}} c', "a b c"),
        (r"{{.Name}}\t{{len .Tags}}\n", "web\t2\n"),
        ('{{join .Tags " "}} {{.Tags | join "+" | upper}} {{.Tags}}', "a b A+B a,b"),
        ("{{index .Tags 1}}{{/* nothing */}}{{not .Error}}", "btrue"),
        ('{{"}}"}}{{(index (split "x y" " ") 1)}}', "}}y"),
    ],
)
def test_filled_in(template: str, filled: str) -> None:
    assert Template(template).fill(DATA) == filled


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{.Nam}}", "asks for .Nam"),
        ("{{.Driver.IP}}", "not there in .Driver"),
        ("{{.Name.First}}", "not there in .Name"),
        ("{{.Name", "without its }}"),
        ("{{end}}", "nothing is open"),
        ("{{if .Name}}x", "without its {{end}}"),
        ("{{}}", "nothing to print"),
        ("{{name}}", "no function `name`; fields begin with a dot"),
        ("{{index .Tags 7}}", "item 7"),
        ("{{json}}", "gives `json` 0 values"),
        ("{{.Name %}}", "understood at `%`"),
        ("{{1 2}}", "more than can be understood"),
        ("{{len 3}}", "length"),
        ("{{range .Name}}{{end}}", "no list"),
    ],
)
def test_what_is_wrong_is_said(template: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        Template(template).fill(DATA)
    assert said in error.value.message


def test_a_template_knows_its_fields_and_headings() -> None:
    template = Template(r"table {{.Name}}\t{{if .Error}}{{.Driver.IPAddress}}{{end}}{{upper .State}}")
    assert template.fields == {"Name", "Error", "Driver", "State"}
    assert Template(r"table {{.Name}}\t{{.Driver.IPAddress}}").headings == "NAME\tIPADDRESS"
    near = pytest.raises(UsageError)
    with near as error:
        Template("{{.name}}").fill(DATA)
    assert error.value.hint == "Did you mean .Name?"
