"""The one form of what nothing signs in a timestamp: the wrapping of a token, in strict DER (FORMAT.md, section 8).

The libraries are lenient here: they take long lengths, other versions, parts that nobody looks at. So a byte could be
changed, and the token would hold all the same.
"""

from dataclasses import dataclass

from app.package.verify.timestamps import NotAToken

_INTEGER, _OCTETS, _NULL, _OID, _SEQUENCE, _SET, _FIRST = 0x02, 0x04, 0x05, 0x06, 0x30, 0x31, 0xA0
_GRANTED = bytes.fromhex("020100")
_SIGNED_DATA, _TST_INFO = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d0109100104")
_PARTS_LIMIT = 100


@dataclass(frozen=True, slots=True)
class _Value:
    tag: int
    content: bytes
    whole: bytes


def require_form(response: bytes) -> None:
    """Raises NotAToken unless everything around what is signed has its one form: granted, one hash, one signature."""
    status, token = _parts(_only(response, _SEQUENCE), _SEQUENCE, _SEQUENCE)
    kind, wrapped = _parts(token.content, _OID, _FIRST)
    signed = _only(wrapped.content, _SEQUENCE)
    version, hashes, enclosed, certificates, signers = _parts(signed, _INTEGER, _SET, _SEQUENCE, _FIRST, _SET)
    what, content = _parts(enclosed.content, _OID, _FIRST)
    _only(content.content, _OCTETS)
    signer = _parts(_only(signers.content, _SEQUENCE), _INTEGER, _SEQUENCE, _SEQUENCE, _FIRST, _SEQUENCE, _OCTETS)
    _require(status.content == _GRANTED)
    _require(kind.content == _SIGNED_DATA and what.content == _TST_INFO)
    _require((version.content, signer[0].content) == (b"\3", b"\1"))
    _require(hashes.content == signer[2].whole)
    _require(all(one.tag == _SEQUENCE for one in _values(certificates.content)))
    for attribute in _values(signer[3].content):
        _require(attribute.tag == _SEQUENCE)
        _parts(attribute.content, _OID, _SET)
    for algorithm in (signer[2], signer[4]):
        _require_no_parameters(algorithm.content)


def _require_no_parameters(algorithm: bytes) -> None:
    """An algorithm has no parameters, or says that it has none."""
    name, *more = _values(algorithm)
    _require(name.tag == _OID and (not more or [(one.tag, one.content) for one in more] == [(_NULL, b"")]))


def _only(der: bytes, tag: int) -> bytes:
    """The content of the one value that there is."""
    return _parts(der, tag)[0].content


def _parts(der: bytes, *tags: int) -> list[_Value]:
    """The values one behind the other, which are exactly of these kinds."""
    found = _values(der)
    _require([value.tag for value in found] == list(tags))
    return found


def _values(der: bytes) -> list[_Value]:
    """The values one behind the other, each with the shortest length that can be; at least one. Raises NotAToken."""
    found: list[_Value] = []
    at = 0
    while at < len(der) or not found:
        _require(len(found) < _PARTS_LIMIT and at + 2 <= len(der))
        start, length = at + 2, der[at + 1]
        if length >= 0x80:
            octets = der[start : start + (length & 0x7F)]
            start += len(octets)
            length = int.from_bytes(octets, "big")
            _require(octets == length.to_bytes((length.bit_length() + 7) // 8, "big") and length >= 0x80)
        end = start + length
        _require(end <= len(der))
        found.append(_Value(der[at], der[start:end], der[at:end]))
        at = end
    return found


def _require(holds: bool) -> None:
    if not holds:
        raise NotAToken("it does not have the one form of a timestamp in a package")
