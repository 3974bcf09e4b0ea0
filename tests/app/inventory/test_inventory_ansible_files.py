"""Static Ansible inventories: the same hosts, groups and variables as Ansible itself finds in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mooring.inventory import SourceResult
from mooring.inventory.ansible import yaml_file
from mooring.inventory.ansible.document import Document, resolved_hosts
from mooring.inventory.ansible.file import AnsibleFileSource
from mooring.inventory.ansible.host_pattern import MOST_HOSTS, expand_host_pattern
from mooring.inventory.ansible.ini import parse_ini
from mooring.inventory.ansible.variable_folders import VariableFolders
from mooring.inventory.ansible.yaml_file import parse_yaml_inventory
from mooring.inventory.looks import Looks
from mooring.model.errors import ConfigError
from mooring.model.machine import Machine
from support.ansible_oracle import ask_ansible

INI = """\
# a comment
; another
lone
10.0.0.7:2201   ansible_user=root
[2001:db8::7]:2202

[web]
web[01:04].example.com:2222 ansible_user=deploy  note="two words" # behind
web-[a:e:2] ansible_port=22 octal=0123 number=17 truth=True text=yes nothing=None
  indented   quoted='a # b' path=/srv/a,b list=[1,2]

[db]   # the databases
db[1:3]-[x:y].internal ansible_host=db.example.com
web01.example.com role="both of them"
hash#tag

[production:children]
web   # its first part
db

[all:vars]
ansible_user=everyone
equals=a=b=c
spaced   =   around it
commented = 22 # not a comment to Ansible but one to Python

[db:vars]
ansible_port=5432
ansible_user = postgres
ansible_ssh_common_args = '-J ops@bastion -o ControlMaster=auto'

[a_group]
lone
[z_group]
lone
[a_group:vars]
tie=a
ansible_group_priority=10
[z_group:vars]
tie=z

[deep:children]
production

[deep:vars]
ansible_port=1
depth=deep
[production:vars]
depth=production
"""

YAML = """\
all:
  hosts:
    lone:
    "web[1:3].example.com:2222":
      ansible_user: deploy
      nested: {a: [1, two]}
  vars: {ansible_user: everyone, yes_is_true: yes}
  children:
    web:
      hosts:
        web1.example.com: {role: first}
        db1:
      vars:
        ansible_ssh_common_args: -J bastion
    production:
      children:
        web:
        db: {hosts: {db1: {ansible_host: 10.0.0.5}, db2: null}}
ungrouped:
  hosts:
    other:
db:
  hosts: db3
  vars: &shared
    ansible_port: 5432
cache:
  hosts: {redis: {<<: *shared, ansible_user: redis}}
"""

BESIDE = {
    "group_vars/all.yml": "ansible_user: from-folder\nfolder: all\n",
    "group_vars/web.yaml": "folder: web\ntemplate: '{{ inventory_hostname }}'\n",
    "group_vars/db/10-first.yml": "folder: db\nfirst: 1\n",
    "group_vars/db/20-second": "first: 2\n",
    "group_vars/db/notes.txt": "first: 3\n",
    "group_vars/db/.hidden.yml": "first: 4\n",
    "group_vars/nobody.yml": "folder: nobody\n",
    "host_vars/web01.example.com": "folder: host\n",
    "host_vars/lone.json": '{"folder": "json"}',
    "host_vars/db1.yml": "ansible_host: 10.9.9.9\n",
    "host_vars/db1.yaml": "ansible_host: 10.8.8.8\n",
    "host_vars/stranger.yml": "a: b\n",
}


def write(folder: Path, name: str, text: str, beside: dict[str, str]) -> Path:
    for path, content in {name: text, **beside}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    return folder / name


@pytest.mark.parametrize(
    ("name", "text", "beside"),
    [("hosts", INI, {}), ("hosts.ini", INI, BESIDE), ("hosts.yml", YAML, {}), ("inventory.yaml", YAML, BESIDE)],
    ids=["ini", "ini with folders", "yaml", "yaml with folders"],
)
def test_ansible_finds_the_same(tmp_path: Path, name: str, text: str, beside: dict[str, str]) -> None:
    path = write(tmp_path, name, text, beside)
    document, problems = (parse_ini if text is INI else parse_yaml_inventory)(text, str(path))
    folders = VariableFolders(tmp_path, Looks())
    folders.add_to(document)
    assert (problems, folders.problems) == ([], [])
    view = ask_ansible(path, tmp_path)
    ours = {host.name: host for host in resolved_hosts(document)}
    assert set(ours) == set(view.variables)
    for host, variables in view.variables.items():
        assert dict(ours[host].variables) == variables
        assert frozenset(ours[host].groups) == view.groups_of(host)


def machines(result: SourceResult) -> dict[str, Machine]:
    assert result.problems == ()
    return {machine.name: machine for machine in result.machines}


def read(folder: Path, text: str, name: str = "hosts", beside: dict[str, str] | None = None) -> SourceResult:
    return AnsibleFileSource("site", write(folder, name, text, beside or {}), "config").read()


def options(machine: Machine) -> list[str]:
    return [str(option) for option in machine.target.options]


def test_what_ansible_reaches_hosts_by_becomes_ssh_options(tmp_path: Path) -> None:
    found = machines(read(tmp_path, INI))
    database = found["db1-x.internal"]
    assert (database.address, database.user, database.port) == ("db.example.com", "postgres", 5432)
    assert (database.jump, database.groups) == ("ops@bastion", ("db", "production", "deep"))
    assert options(database) == ["HostName=db.example.com", "Port=5432", "User=postgres", "ProxyJump=ops@bastion"]
    assert (database.sources, database.target.host, database.target.config_file) == (
        ("site",),
        "db1-x.internal",
        "config",
    )
    assert (database.origin.path, database.origin.line) == (f"{tmp_path}/hosts", 13)
    assert found["2001:db8::7"].port == 2202


def test_variables_of_our_own_and_old_names_are_understood(tmp_path: Path) -> None:
    found = machines(
        read(
            tmp_path,
            "old ansible_ssh_host=10.0.0.1 ansible_ssh_port='23' ansible_ssh_user=ops "
            "ansible_private_key_file='~/k x'\n"
            "[guarded]\nnew ansible_ssh_extra_args='-o ProxyCommand=\"nc %h %p\" -o ServerAliveInterval=5 -C'\n"
            "[guarded:vars]\nmooring_guard=True\nmooring_colour=red\nmooring_notes='Mind the gap.'\n"
            "mooring_tags=['a', 'b', 3]\n",
        )
    )
    assert options(found["old"]) == ["HostName=10.0.0.1", "Port=23", "User=ops", 'IdentityFile="~/k x"']
    new = found["new"]
    assert options(new) == ["ProxyCommand=nc %h %p", "ServerAliveInterval=5", "Compression=yes"]
    assert (new.guard, new.colour, new.notes, new.tags) == (True, "red", "Mind the gap.", ("a", "b"))
    assert new.jump == "none"


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ("ansible_connection=winrm", "Ansible reaches it by 'winrm', not by ssh"),
        ("ansible_host='-oProxyCommand=x'", "its ansible_host begins with a dash"),
        ("ansible_host='a;b'", "its ansible_host holds ;"),
        ("ansible_host=[1]", "its ansible_host is no text"),
        ("ansible_port=99999", "its ansible_port is no port: '99999'"),
        ("ansible_port=x", "its ansible_port is no port: 'x'"),
        ("ansible_user=-l", "its ansible_user begins with a dash"),
        ("ansible_user='a%u'", "its User holds %"),
        ("ansible_ssh_private_key_file='${HOME}/k'", "its IdentityFile holds ${"),
        ("ansible_ssh_common_args='-J'", "its ansible_ssh_common_args can't be used: option requires an argument -- J"),
        ('ansible_ssh_common_args="-o \'x"', "its ansible_ssh_common_args can't be used: No closing quotation"),
        ("ansible_host='{{ lookup(1) }}'", "its ansible_host is a template that only Ansible can fill in"),
        ("ansible_host='{{ nobody }}'", "its ansible_host is a template that only Ansible can fill in"),
        ("ansible_host='{{ a }}' a='{{ b }}' b='{{ a }}'", "its ansible_host is a template that never ends"),
        ("ansible_host='{% if x %}'", "its ansible_host is a template that only Ansible can fill in"),
    ],
)
def test_a_host_that_can_not_be_reached_so_is_a_row_with_its_reason(tmp_path: Path, variables: str, said: str) -> None:
    found = machines(read(tmp_path, f"bad {variables}\ngood\n"))
    assert found["good"].problem is None
    assert (found["bad"].problem or "").startswith(said)
    assert found["bad"].target.options == ()


def test_plain_templates_are_filled_in(tmp_path: Path) -> None:
    text = "web.a ansible_host='{{ inventory_hostname_short }}.{{ zone }}' zone='{{ site }}.net' site=b\n"
    assert machines(read(tmp_path, text))["web.a"].address == "web.b.net"


@pytest.mark.parametrize("name", ["-oProxyCommand=x", "a\x1bred", "semi;colon"])
def test_a_hostile_name_is_shown_and_never_used(tmp_path: Path, name: str) -> None:
    result = read(tmp_path, f'{{"all": {{"hosts": {{"{name}": null}}}}}}'.replace("\x1b", "\\u001b"), "hosts.json")
    (machine,) = result.machines
    assert machine.name == name
    assert (machine.problem or "").startswith("its name ")


def test_a_bad_line_is_told_with_its_place_and_costs_nothing_else(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        'one\ntwo words\nthree note="open\n[bad section]\n[web:nonsense]\nlost\n[web]\nfour[2:1]\nfive[x\nsix:\n'
        "[web:vars]\nno equals\n[web:children]\na b\n[ok]\nseven\n",
    )
    assert [machine.name for machine in result.machines] == ["one", "seven"]
    told = [(problem.origin.line, problem.message) for problem in result.problems if isinstance(problem, ConfigError)]
    assert [line for line, _message in told] == [2, 3, 4, 5, 9, 10, 12, 14]
    assert told[0][1] == "'words' is no variable: key=value is needed behind a host"


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("a: [", "not valid YAML", 2),
        ("a: b\n  c: d\n", "not valid YAML", 2),
        ("- a\n", "is no inventory: groups are needed at its top", None),
        ("plugin: aws_ec2\n", "is the configuration of an inventory plugin", None),
        ("[" * 20_000, "not valid YAML", None),
        ("$ANSIBLE_VAULT;1.1;AES256\n6139\n", "is encrypted by ansible-vault", None),
        ("\x00", "not valid YAML", None),
    ],
)
def test_a_file_that_is_no_inventory_says_so(tmp_path: Path, text: str, said: str, line: int | None) -> None:
    result = read(tmp_path, text, "hosts.yml")
    assert result.machines == ()
    (problem,) = result.problems
    assert isinstance(problem, ConfigError)
    assert problem.message.startswith(said)
    assert line is None or problem.origin.line == line


def test_what_only_ansible_can_read_is_left_out_and_told(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "all:\n  hosts:\n    one: {ansible_user: !unsafe ops}\n    two: {ansible_password: !vault x}\n"
        "    three: {ansible_user: !vault x}\n  oops: 3\nweb: 5\n",
        "hosts.yml",
        {"group_vars/all/vault.yml": "$ANSIBLE_VAULT;1.1;AES256\n6139\n", "group_vars/web.yml": "{"},
    )
    found = {machine.name: machine for machine in result.machines}
    assert [found[name].problem for name in ("one", "two", "three")] == [None, None, "its ansible_user is no text"]
    assert found["one"].user == "ops"
    assert result.remarks == (f"{tmp_path}/group_vars/all/vault.yml is encrypted by ansible-vault, and not read",)
    assert [problem.message.partition(":")[0] for problem in result.problems] == [
        "`oops` of group `all` is no table",
        "group `web` is no table of hosts, children and vars",
        "not valid YAML",
    ]


def test_groups_in_a_circle_are_said_and_their_hosts_listed(tmp_path: Path) -> None:
    result = read(tmp_path, "[a:children]\nb\n[b:children]\na\n[b]\nweb\n")
    (problem,) = result.problems
    assert problem.message == "groups contain each other: a, b"
    (machine,) = result.machines
    assert (machine.name, set(machine.groups)) == ("web", {"a", "b"})


def test_aliases_that_multiply_are_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_file, "_MOST_ENTRIES", 10_000)
    lines = ["x: {children: &a0 {leaf: {hosts: {web: }}}}"]
    for level in range(1, 9):
        inner = ", ".join(f"g{level}{number}: {{children: *a{level - 1}}}" for number in range(9))
        lines.append(f"y{level}: {{children: &a{level} {{{inner}}}}}")
    result = read(tmp_path, "\n".join(lines), "hosts.yml")
    assert "is too large or too deep, and was not read to its end" in [problem.message for problem in result.problems]
    assert [machine.name for machine in result.machines] == ["web"]


def test_no_file_is_told(tmp_path: Path) -> None:
    result = AnsibleFileSource("site", tmp_path / "none").read()
    assert [problem.message for problem in result.problems] == ["is not there"]
    assert list(result.looks) == [f"{tmp_path}/none"]


WORDS = st.sampled_from(["web", "-", ".example.com"])
BOUNDS = st.one_of(st.integers(0, 120).map(str), st.sampled_from(["", "01", "007", "010", "a", "c", "Z", "aa"]))
RANGES = st.lists(BOUNDS, min_size=1, max_size=4).map(lambda bounds: f"[{':'.join(bounds)}]")
PATTERNS = st.lists(st.one_of(st.sampled_from(["web", "-", ".example.com"]), RANGES), min_size=1, max_size=4).map(
    "".join
)


@settings(deadline=None)
@given(PATTERNS)
def test_ranges_are_ansibles(pattern: str) -> None:
    # Ansible has no type hints.
    from ansible.errors import AnsibleError  # type: ignore[import-untyped]
    from ansible.plugins.inventory import expand_hostname_range  # type: ignore[import-untyped]

    try:
        expected = expand_hostname_range(pattern) if "[" in pattern else [pattern]
    except (AnsibleError, ValueError):
        expected = None
    try:
        found, _port = expand_host_pattern(pattern)
    except ValueError:
        found = None
    # An empty range is an error to us and a silent nothing to Ansible.
    if expected:
        assert found == expected
    else:
        assert not found


@pytest.mark.parametrize("pattern", ["a[1:9999999]", "a[0:999][0:999]", "a[1:99999999999999999999]"])
def test_too_many_hosts_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"more than|no number"):
        expand_host_pattern(pattern)


@given(st.text(max_size=80))
def test_no_text_raises_anything_but_its_reason(text: str) -> None:
    document, _problems = parse_ini(text, "hosts")
    assert isinstance(document, Document)
    assert all(host.name for host in resolved_hosts(document))
    try:
        parse_yaml_inventory(text, "hosts")
    except ConfigError as error:
        assert error.message


def test_a_hundred_thousand_hosts_of_one_range_are_taken() -> None:
    names, _port = expand_host_pattern("web[00001:99999]")
    assert (len(names), names[-1]) == (99_999, "web99999")
    assert len(names) < MOST_HOSTS
