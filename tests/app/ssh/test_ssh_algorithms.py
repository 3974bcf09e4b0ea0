"""Which algorithms are offered, and in which order."""

from __future__ import annotations

from mooring.ssh import algorithms
from mooring.ssh.public_key import algorithm_kind

HOST_KEYS = (
    "ssh-ed25519-cert-v01@openssh.com",
    "rsa-sha2-512-cert-v01@openssh.com",
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "rsa-sha2-512",
    "rsa-sha2-256",
)


def ordered(*known: str, authority: bool = False) -> tuple[str, ...]:
    """The order for a host of which keys of these types are on record."""
    return algorithms.order_host_keys(
        HOST_KEYS, knows_kind=lambda name: algorithm_kind(name) in known, has_authority=authority
    )


def test_names_that_asyncssh_lacks_are_told_apart() -> None:
    found = algorithms.select_key_exchange(["sntrup761x25519-sha512@openssh.com", "curve25519-sha256", "nothing"])
    assert found.names == ("curve25519-sha256",)
    assert found.unknown == ("sntrup761x25519-sha512@openssh.com", "nothing")


def test_a_name_counts_once() -> None:
    assert algorithms.select_ciphers(["aes128-ctr", "aes256-ctr", "aes128-ctr"]).names == ("aes128-ctr", "aes256-ctr")


def test_the_fast_ciphers_come_first_and_the_others_keep_their_order() -> None:
    default = ["chacha20-poly1305@openssh.com", "aes128-ctr", "aes128-gcm@openssh.com", "aes256-gcm@openssh.com"]
    assert algorithms.order_ciphers(default) == (*default[2:], *default[:2])


def test_the_fast_key_exchange_goes_before_the_slow_one_but_not_before_stronger_ones() -> None:
    default = ["mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256", "x"]
    ordered_names = ("mlkem768x25519-sha256", "ecdh-sha2-nistp256", *default[1:3], "x")
    assert algorithms.order_key_exchange(default) == ordered_names
    for names in (["ecdh-sha2-nistp256", "curve25519-sha256"], ["curve25519-sha256"], ["x", "ecdh-sha2-nistp256"], []):
        assert algorithms.order_key_exchange(names) == tuple(names)


def test_an_unknown_host_leaves_the_order_alone() -> None:
    assert ordered() == HOST_KEYS


def test_the_best_type_on_record_leaves_the_order_alone() -> None:
    """As in ssh, certificates stay in front: one whose authority is unknown counts as its plain key."""
    assert ordered("ssh-ed25519") == HOST_KEYS


def test_types_on_record_come_first() -> None:
    assert ordered("ssh-rsa") == (
        "rsa-sha2-512-cert-v01@openssh.com",
        "rsa-sha2-512",
        "rsa-sha2-256",
        "ssh-ed25519-cert-v01@openssh.com",
        "ssh-ed25519",
        "ecdsa-sha2-nistp256",
    )


def test_an_authority_brings_all_certificates_to_the_front() -> None:
    assert ordered("ecdsa-sha2-nistp256", authority=True)[:3] == (
        "ssh-ed25519-cert-v01@openssh.com",
        "rsa-sha2-512-cert-v01@openssh.com",
        "ecdsa-sha2-nistp256",
    )


def test_certificates_stand_for_the_signatures_of_their_keys() -> None:
    names = ["ssh-ed25519-cert-v01@openssh.com", "rsa-sha2-256-cert-v01@openssh.com", "ecdsa-sha2-nistp256"]
    assert algorithms.select_signatures(names) == ("ssh-ed25519", "rsa-sha2-256", "ecdsa-sha2-nistp256")


def test_compression_is_offered_as_ssh_offers_it() -> None:
    assert algorithms.compression_names(False)[0] == "none"
    assert algorithms.compression_names(True)[0] == "zlib@openssh.com"
    assert set(algorithms.compression_names(True)) == set(algorithms.compression_names(False))
