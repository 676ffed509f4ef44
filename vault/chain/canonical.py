"""One JSON value <-> its canonical bytes: the limits that every reader checks before anything else."""

import json
import re
from collections.abc import Mapping
from typing import NoReturn, TypeAlias

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"
"""What a JSON member may hold: no number but integers."""

LINE_LIMIT = 1_048_576
"""Bytes of a line, without its line feed."""
DEPTH_LIMIT = 16
INTEGER_LIMIT = 2**53 - 1

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
"""A string, also one that never ends: were it not matched, the search would begin anew at each of its quotes."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Malformed(Exception):
    """These bytes are not what the format allows; the message says which rule they break."""


def canonical(value: Mapping[str, object]) -> bytes:
    """The canonical bytes of a JSON object: sorted members, no spaces, UTF-8, no line feed at the end.

    Raises Malformed for lone surrogates, which have no UTF-8 form.
    """
    try:
        return _WRITER.encode(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Malformed("a lone surrogate") from error


def parse_line(line: bytes) -> dict[str, Value]:
    """The JSON object in a line (without its line feed). Raises Malformed.

    Size and depth are bounded before the parser starts; what is accepted re-serialises to the same bytes.
    """
    if len(line) > LINE_LIMIT:
        raise Malformed("a line of more than 1 MiB")
    _require_shallow(line)
    try:
        value = _READER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Malformed("not UTF-8") from error
    except ValueError as error:
        raise Malformed("not JSON") from error
    if not isinstance(value, dict):
        raise Malformed("not a JSON object")
    if canonical(value) != line:
        raise Malformed("not in canonical form")
    return value


def _require_shallow(line: bytes) -> None:
    if line.count(b"{") + line.count(b"[") <= DEPTH_LIMIT:
        return
    depth = 0
    for byte in _STRING.sub(b"", line):
        if byte in b"{[":
            depth += 1
            if depth > DEPTH_LIMIT:
                raise Malformed("nested more than 16 deep")
        elif byte in b"}]":
            depth -= 1


def _members(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Malformed("a member twice")
    for name in members:
        if not _NAME.fullmatch(name):
            raise Malformed("a member name that is not allowed")
    return members


def _integer(digits: str) -> int:
    if len(digits) > 17 or not -INTEGER_LIMIT <= int(digits) <= INTEGER_LIMIT:
        raise Malformed("an integer beyond 2^53")
    return int(digits)


def _no_number(_text: str) -> NoReturn:
    raise Malformed("a number that is not an integer")


_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_READER = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_integer, parse_float=_no_number, parse_constant=_no_number
)
