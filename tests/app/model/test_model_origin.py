"""How origins and option settings read to a person."""

from __future__ import annotations

from mooring.model.machine import OptionSetting
from mooring.model.origin import Origin


def test_origin_reads_as_file_and_line() -> None:
    assert str(Origin("/etc/ssh/ssh_config", 12)) == "/etc/ssh/ssh_config:12"


def test_origin_without_lines_is_its_name() -> None:
    assert str(Origin("command line")) == "command line"


def test_option_setting_reads_as_after_dash_o() -> None:
    assert str(OptionSetting("HostName", "192.0.2.1", Origin("x"))) == "HostName=192.0.2.1"
