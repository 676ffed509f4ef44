"""The chain: anyone can recompute it by hand, and what is not canonical is refused."""

import hashlib
import json
import shutil
import string
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.chain import (
    Action,
    Author,
    Clock,
    Entry,
    EntryId,
    Kind,
    Link,
    Malformed,
    MistypedReceipt,
    Role,
    VaultId,
    body_hash,
    canonical,
    first_link,
    next_link,
    parse_line,
    parse_receipt,
    receipt_code,
)

LINKS = st.text("0123456789abcdef", min_size=64, max_size=64).map(Link)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
VALUES = TEXTS | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.lists(TEXTS, max_size=3)

ENTRY = Entry(
    seq=7,
    id=EntryId("0f" * 16),
    action=Action.ADD,
    kind=Kind.INCIDENT,
    at="2026-11-20T10:15:30.123Z",
    zone="Europe/London +00:00",
    clock=Clock("ab" * 16, 1234),
    by=Author("AB", Role.SELF),
    app="holdfast 0.1.0",
    data={"what_happened": "„Ünïcode“ \u2028 \x7f\t", "accounts": ["a", "b"]},
    salt="cd" * 32,
)


def members(**changes: object) -> bytes:
    return canonical(json.loads(ENTRY.to_bytes()) | changes)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum comes with every Linux")
def test_a_chain_can_be_recomputed_with_printf_and_sha256sum():
    vault = VaultId("12" * 16)
    script = f"""
    body=$(printf '%s' "$ENTRY" | sha256sum | cut -c1-64)
    zero=$(printf 'holdfast chain v1\\n%s\\n' {vault} | sha256sum | cut -c1-64)
    printf '%s\\n%s\\n%s\\n%s\\n' "$zero" 7 {ENTRY.id} "$body" | sha256sum | cut -c1-64
    """
    line = ENTRY.to_bytes()
    printed = subprocess.run(["sh", "-c", script], env={"ENTRY": line.decode(), "PATH": "/usr/bin:/bin"},
                             capture_output=True, text=True, check=True)  # fmt: skip
    assert printed.stdout.strip() == next_link(first_link(vault), 7, ENTRY.id, body_hash(line))


def test_an_entry_reads_back_as_it_was_written():
    assert Entry.from_bytes(ENTRY.to_bytes()) == ENTRY


@given(st.dictionaries(NAMES, VALUES, max_size=6))
def test_whatever_the_parser_accepts_re_serialises_to_the_same_bytes(value):
    line = canonical(value)
    assert canonical(parse_line(line)) == line
    assert parse_line(line) == value


@given(st.binary(max_size=60) | st.text(string.printable, max_size=60).map(str.encode))
def test_any_bytes_are_either_canonical_or_malformed(line):
    try:
        value = parse_line(line)
    except Malformed:
        return
    assert canonical(value) == line


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"b":1,"a":2}', "members out of order"),
        (b'{"a": 1}', "a space"),
        (b'{"a":1,"a":1}', "a member twice"),
        (b'{"a":1.0}', "a fraction"),
        (b'{"a":1e2}', "an exponent"),
        (b'{"a":-0}', "minus nothing"),
        (b'{"a":NaN}', "no number"),
        (b'{"a":9007199254740992}', "beyond 2^53"),
        (b'{"a":' + b"9" * 5000 + b"}", "a very long integer"),
        (b'{"a":"\\u00e9"}', "an escape that is not needed"),
        (b'{"a":"\\ud800"}', "a lone surrogate"),
        (b'{"A":1}', "a capital in a name"),
        (b'{"a":"\xff"}', "not UTF-8"),
        (b'\xef\xbb\xbf{"a":1}', "a byte order mark"),
        (b"[1]", "no object"),
        (b'{"a":' + b"[" * 16 + b"]" * 16 + b"}", "17 deep"),
        (b"[" * 200_000, "very deep"),
        (b'{"a":"' + b"x" * 1_048_576 + b'"}', "more than 1 MiB"),
    ],
)
def test_a_line_outside_the_limits_is_malformed(line, why):
    with pytest.raises(Malformed):
        parse_line(line)


def test_brackets_inside_a_text_are_not_depth():
    line = canonical({"a": "[" * 50 + '"\\{'})
    assert canonical(parse_line(line)) == line


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": True},
        {"seq": 0},
        {"id": "0F" * 16},
        {"kind": "something"},
        {"action": "delete"},
        {"at": "2026-02-30T10:15:30.123Z"},
        {"at": "2026-11-20T10:15:30Z"},
        {"by": {"initials": "A", "role": "self"}},
        {"by": {"initials": "AB", "role": "boss"}},
        {"salt": "cd"},
        {"data": {"a": None}},
        {"data": {"a": {"b": 1}}},
        {"data": {"a": [1]}},
        {"objects": [{"id": "0f" * 16, "sha256": "ab" * 32, "size": 1, "media_type": "a/b", "name": "x"}]},
        {"clock": {"source": "system", "boot": "ab" * 16, "uptime_ms": 1, "offset_s": 2}},
        {"more": 1},
    ],
)
def test_an_entry_that_breaks_a_rule_is_malformed(changes):
    with pytest.raises(Malformed):
        Entry.from_bytes(members(**changes))


@given(st.integers(1, 10**9), LINKS)
def test_a_receipt_code_reads_back_however_it_is_written_down(entries, link):
    code = receipt_code(entries, link)
    spoken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for text in (code, spoken, f"  {code}\n"):
        receipt = parse_receipt(text)
        assert receipt.entries == entries
        assert receipt.matches(link)


@given(st.integers(1, 10**6), LINKS, LINKS)
def test_a_receipt_does_not_match_another_link(entries, link, other):
    if link[:32] != other[:32]:
        assert not parse_receipt(receipt_code(entries, link)).matches(other)


def test_a_receipt_code_is_seven_groups_of_four_behind_the_number():
    link = Link(hashlib.sha256(b"x").hexdigest())
    number, *groups = receipt_code(128, link).split("-")
    assert number == "128"
    assert [len(group) for group in groups] == [4] * 7
    first_130_bits = int("".join(f"{'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.index(c):05b}" for c in "".join(groups)[:26]), 2)
    assert first_130_bits == int(link, 16) >> 126


def test_most_typing_mistakes_in_a_receipt_are_noticed():
    code = receipt_code(128, Link(hashlib.sha256(b"y").hexdigest()))
    wrong = missed = 0
    for place, letter in enumerate(code):
        for other in "023456789ABCDEFGHJKMNPQRSTVWXYZ":
            if letter not in {"-", other}:
                wrong += 1
                try:
                    parse_receipt(code[:place] + other + code[place + 1 :])
                    missed += 1
                except MistypedReceipt:
                    pass
    assert wrong > 800
    assert missed <= 5  # one in 1,024 is expected


@pytest.mark.parametrize("text", ["", "-", "7KQ4", "0-" + "0" * 28, "x" * 10_000, "½-" + "0" * 28])
def test_what_is_no_receipt_is_a_typing_mistake(text):
    with pytest.raises(MistypedReceipt):
        parse_receipt(text)
