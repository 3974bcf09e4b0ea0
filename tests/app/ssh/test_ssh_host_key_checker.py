"""CheckHostIP, which ssh does not apply to loopback, where the servers of these tests are.

The expectations are written from check_host_key in OpenSSH's sshconnect.c.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.model.errors import HostKeyError, HostKeyUnknownError
from mooring.ssh.client_connection import ShownKey
from mooring.ssh.host_keys import HostKeyChecker, HostKeyOptions, Trust
from mooring.ssh.public_key import PublicKey
from support.prompting import ScriptedPerson
from support.sshd import make_key


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[PublicKey, PublicKey]:
    """Two keys of one type."""
    folder = tmp_path_factory.mktemp("keys")
    found = []
    for name in ("one", "two"):
        make_key(folder / name)
        found.append(PublicKey.parse(*(folder / f"{name}.pub").read_text().split()[:2]))
    return found[0], found[1]


async def check(
    file: Path, known: str, key: PublicKey, person: ScriptedPerson, *, strict: str = "ask", host: str = "Web.example"
) -> Trust:
    """Check the key of a host at 192.0.2.7, with CheckHostIP on."""
    file.write_text(known)
    options = HostKeyOptions(strict=strict, user_files=(str(file),), check_address=True)
    return await HostKeyChecker("web", host, 22, "192.0.2.7", options, person).check(ShownKey(key))


async def test_a_new_host_is_recorded_with_its_address(tmp_path: Path, keys: tuple[PublicKey, PublicKey]) -> None:
    file, person = tmp_path / "known_hosts", ScriptedPerson([("yes",)])
    assert (await check(file, "", keys[0], person)).updates
    assert file.read_text() == f"web.example,192.0.2.7 {keys[0].encoded}\n"
    assert person.told == ("Warning: Permanently added 'web.example,192.0.2.7' (ED25519) to the list of known hosts.")


async def test_a_known_host_at_a_new_address_has_it_added(tmp_path: Path, keys: tuple[PublicKey, PublicKey]) -> None:
    file, person = tmp_path / "known_hosts", ScriptedPerson()
    before = f"web.example {keys[0].encoded}\n"
    await check(file, before, keys[0], person)
    assert file.read_text() == f"{before}192.0.2.7 {keys[0].encoded}\n"
    assert "for IP address '192.0.2.7' to the list of known hosts" in person.told


@pytest.mark.parametrize("known", [True, False])
async def test_an_address_with_another_key_is_asked_about(
    tmp_path: Path, keys: tuple[PublicKey, PublicKey], known: bool
) -> None:
    file = tmp_path / "known_hosts"
    before = (f"web.example {keys[0].encoded}\n" if known else "") + f"192.0.2.7 {keys[1].encoded}\n"
    person = ScriptedPerson([("yes",)] if known else [("yes",), ("yes",)])
    await check(file, before, keys[0], person)
    assert person.exhausted
    assert "differs from the key for the IP address '192.0.2.7'" in person.told
    assert f"Offending key for IP in {file}:{2 if known else 1}" in person.told
    assert (f"Matching host key in {file}:1" in person.told) == known
    with pytest.raises(HostKeyUnknownError):
        await check(file, before, keys[0], ScriptedPerson([("no",)]))


@pytest.mark.parametrize("strict", ["yes", "accept-new"])
async def test_an_address_with_another_key_is_the_end_where_nobody_is_asked(
    tmp_path: Path, keys: tuple[PublicKey, PublicKey], strict: str
) -> None:
    before = f"web.example {keys[0].encoded}\n192.0.2.7 {keys[1].encoded}\n"
    with pytest.raises(HostKeyError, match="Exiting, you have requested strict checking"):
        await check(tmp_path / "known_hosts", before, keys[0], ScriptedPerson(), strict=strict)


async def test_a_name_that_means_something_in_known_hosts_is_not_written(
    tmp_path: Path, keys: tuple[PublicKey, PublicKey]
) -> None:
    file = tmp_path / "known_hosts"
    with pytest.raises(HostKeyUnknownError):
        await check(file, "", keys[0], ScriptedPerson(), strict="accept-new", host="*.example")
    assert file.read_text() == ""
