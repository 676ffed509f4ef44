"""Whatever bytes stand where a part of a package should be, its parser takes or refuses them: nothing else happens."""

import json
from collections.abc import Iterator

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


WORDS = ["AB/1", "ZZ/9", "yes", "withdraw", "amend", "add", "exhibit", "vault", "person", "payment", "held", "=1\u202e"]
plain = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5) | st.sampled_from(WORDS)
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", min_size=1), inner)
)


def members_of(value: object) -> Iterator[tuple[dict[str, object], str]]:
    """Every member of an object and of those inside it, each with the object that it is in."""
    if isinstance(value, dict):
        yield from ((value, name) for name in value)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from members_of(inner)


@pytest.mark.parametrize("name", ["head", "record-line", "meaning"])
def test_any_value_may_stand_where_another_should(name: str) -> None:
    @settings(max_examples=400, suppress_health_check=list(HealthCheck))
    @given(changes=st.lists(st.tuples(st.integers(0, 10**6), values), min_size=1, max_size=3))
    def run(changes: list[tuple[int, object]]) -> None:
        lines = [json.loads(line) for line in PARSERS[name].seed().split(b"\n") if line]
        members = [member for line in lines for member in members_of(line)]
        for place, value in changes:
            inside, member = members[place % len(members)]
            inside[member] = value
        form = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}
        texts = [json.dumps(line, **form).encode("utf-8", "surrogatepass") for line in lines]
        PARSERS[name](texts[0] if name == "record-line" else b"".join(text + b"\n" for text in texts))

    run()
