"""Folded names: short, and the same names when they are unfolded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.fleet.folding import fold, unfold
from mooring.inventory import natural_key

NAMES = st.lists(
    st.one_of(
        st.from_regex(r"(web|db-|r)[0-9]{1,3}(n0?[0-9]{1,2})?(\.x)?", fullmatch=True),
        st.text(alphabet="a0129-[],\\ é", min_size=1, max_size=8),
        st.from_regex(r"[0-9]{1,20}", fullmatch=True),
    )
)


@pytest.mark.parametrize(
    ("names", "folded"),
    [
        ([], ""),
        (["web-1"], "web-1"),
        ([f"web-{number:02}" for number in range(1, 49)], "web-[01-48]"),
        (["web-9", "web-10", "web-11", "web-1"], "web-[1,9-11]"),
        (["n08", "n09", "n10"], "n[08-10]"),
        (["n8", "n9", "n10", "n010"], "n[8-10,010]"),
        (["n099", "n100", "n99"], "n[99,099-100]"),
        (["rack1-node1", "rack1-node2", "rack2-node1", "rack2-node2"], "rack[1-2]-node[1-2]"),
        (["r1n1", "r1n2", "r2n2", "r2n3"], "r1n[1-2],r2n[2-3]"),
        (["b", "a", "a"], "a,b"),
        (["x[1]", "x[2]", "a,b"], "a\\,b,x\\[[1-2]\\]"),
        (["i-0123456789abcdef012345678901234567890"], "i-0123456789abcdef012345678901234567890"),
    ],
)
def test_names_are_written_short(names: list[str], folded: str) -> None:
    assert fold(names) == folded
    assert unfold(folded) == tuple(sorted(set(names), key=natural_key))


@given(NAMES)
def test_unfolding_gives_back_what_was_folded(names: list[str]) -> None:
    assert unfold(fold(names)) == tuple(sorted(set(names), key=natural_key))


def test_ten_thousand_names_fold_into_one_term() -> None:
    names = [f"dc{site}-r{rack:02}-n{node}" for site in range(4) for rack in range(25) for node in range(100)]
    assert fold(reversed(names)) == "dc[0-3]-r[00-24]-n[0-99]"


@pytest.mark.parametrize("text", ["a[1-2", "a]", "a[]", "a[x]", "a[2-1]", "a[1-99999999]", "a[1-]"])
def test_what_is_no_folded_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"range|`\[`|`\]`"):
        unfold(text)


def test_too_many_names_are_refused_before_they_are_made() -> None:
    with pytest.raises(ValueError, match="more than 1000 names"):
        unfold("a[0-99]b[0-99]c[0-99]", limit=1000)
