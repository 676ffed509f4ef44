"""Whatever bytes stand where a part of a package should be, its parser takes or refuses them: nothing else happens."""

import pytest
from fuzz.parsers import PARSERS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SLOW = {"package", "zip", "report", "token"}
edits = st.lists(
    st.tuples(st.floats(0, 1), st.binary(max_size=12), st.integers(0, 12)), min_size=1, max_size=6
)  # fmt: skip


def edited(data: bytes, changes: list[tuple[float, bytes, int]]) -> bytes:
    """The bytes with stretches put in the place of others."""
    for share, new, gone in changes:
        at = int(share * len(data))
        data = data[:at] + new + data[at + gone :]
    return data


@pytest.mark.parametrize("name", PARSERS)
def test_what_is_good_is_taken(name: str) -> None:
    PARSERS[name].parse(PARSERS[name].seed())


@pytest.mark.parametrize("name", PARSERS)
def test_any_bytes_are_taken_or_refused(name: str) -> None:
    @settings(max_examples=30 if name in SLOW else 100, suppress_health_check=list(HealthCheck))
    @given(data=st.binary(max_size=300))
    def run(data: bytes) -> None:
        PARSERS[name](data)

    run()


@pytest.mark.parametrize("name", PARSERS)
def test_what_was_good_once_is_taken_or_refused(name: str) -> None:
    @settings(max_examples=30 if name in SLOW else 150, suppress_health_check=list(HealthCheck))
    @given(changes=edits)
    def run(changes: list[tuple[float, bytes, int]]) -> None:
        PARSERS[name](edited(PARSERS[name].seed(), changes))

    run()
