"""Stage tokens: the timestamps over the tag manifest and over heads of the chain, each judged at its own time."""

from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from app.errors import Unreadable, WrongUse
from app.lazy import token_reader
from app.package.verify.bag import TOKEN, CheckedFiles
from app.package.verify.container import MANIFEST_LIMIT, Container
from app.package.verify.signature import TAG_MANIFEST
from app.package.verify.typed import SAYS_NOTHING
from app.package.verify.verdict import CheckedToken, Code, Findings, NoticeCode, TokenState
from vault.chain import Malformed

_TOKEN_LIMIT, _HEAD_LIMIT = 65_536, 512
"""Bytes of a token, and of the text that names a head of the chain."""
_ANCHOR_LIMIT = 500
"""Timestamped heads that are judged: whoever gets one a day needs more than a year for as many."""
_ROOTS_LIMIT = 4 << 20


class NotAToken(Exception):
    """A token does not hold by itself; the message says why."""


def read_roots(path: Path) -> tuple[bytes, ...]:
    """The certificates of timestamp services in a PEM file of at most 4 MiB, in DER. Raises Unreadable, WrongUse."""
    try:
        with path.open("rb") as file:
            text = file.read(_ROOTS_LIMIT + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(
            "The file with the root certificate cannot be read.",
            safe=SAYS_NOTHING,
            next="Check that the file is there and that you may read it.",
        ) from error
    if len(text) > _ROOTS_LIMIT:
        raise WrongUse(
            "The file with the root certificates has more than 4 MiB.",
            safe=SAYS_NOTHING,
            next="Put only those that you believe into a file of their own.",
        )
    try:
        # A package holds a certificate as well: that of whoever made it.
        certificates = x509.load_pem_x509_certificates(b"" if b"\0" in text else text)
        return tuple(certificate.public_bytes(Encoding.DER) for certificate in certificates)
    except (ValueError, x509.InvalidVersion) as error:
        raise WrongUse(
            "This is not a file with the root certificate of a timestamp service.",
            safe=SAYS_NOTHING,
            next="Get the root certificate from the timestamp service, as a PEM file: it begins with "
            "-----BEGIN CERTIFICATE-----.",
        ) from error


def check_timestamps(
    package: Container,
    files: CheckedFiles,
    promised: str,
    heads: Sequence[str],
    roots: Sequence[bytes],
    found: Findings,
) -> tuple[CheckedToken, ...]:
    """Judge every token, that over the tag manifest first, where head.json promised one (`attached`).

    `heads` are the paths of heads that agree with the chain.
    """
    over = [(TOKEN, TAG_MANIFEST)] if TOKEN in package.sizes and promised == "attached" else []
    pairs = ((head.removesuffix(".txt") + ".tsr", head) for head in heads[:_ANCHOR_LIMIT])
    over += [(token, head) for token, head in pairs if token in files]
    checked: list[CheckedToken] = []
    # To parse one takes a while for each byte, and 64 KB of the same byte are packed into a few.
    left = (1 << 20) + 2 * package.weight
    for token, signed in over:
        left -= min(package.sizes[token], _TOKEN_LIMIT)
        if left < 0:
            found.problem(
                Code.TIMESTAMP_INVALID, token, "This timestamp and those behind it are too large for their package."
            )
            break
        checked.append(_check(package, token, signed, roots, found))
    if len(heads) > _ANCHOR_LIMIT:
        found.problem(
            Code.TIMESTAMP_INVALID, heads[_ANCHOR_LIMIT], f"More than {_ANCHOR_LIMIT} timestamps are not judged."
        )
    return tuple(checked)


def _check(package: Container, path: str, over: str, roots: Sequence[bytes], found: Findings) -> CheckedToken:
    limit = MANIFEST_LIMIT if over == TAG_MANIFEST else _HEAD_LIMIT
    try:
        token = token_reader()(package.read(path, _TOKEN_LIMIT), package.read(over, limit))
    except (Malformed, NotAToken) as error:
        found.problem(Code.TIMESTAMP_INVALID, path, f"This timestamp does not hold: {error}.")
        return CheckedToken(path, TokenState.INVALID)
    if token.is_vouched_for(roots):
        return CheckedToken(path, TokenState.VERIFIED, token.at, token.authority)
    found.notice(
        NoticeCode.UNTRUSTED_TIMESTAMP,
        path,
        f"A timestamp says {token.at:%Y-%m-%d %H:%M:%S} UTC, but no root certificate that was given vouches for it.",
    )
    return CheckedToken(path, TokenState.UNTRUSTED, token.at, token.authority)
