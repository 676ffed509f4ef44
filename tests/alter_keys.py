"""Packages whose keys, signature, certificate or timestamped heads are not as FORMAT.md says, in one place each."""

import base64
from collections.abc import Callable

from alter_bag import SIGNATURE, change, put, remove
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from package_maker import Alter, Package, key
from signature_maker import altered_certificate, certificate, pem
from token_maker import good_token


def signature_as_r_and_s(package: Package) -> None:
    r, s = decode_dss_signature(package.files[SIGNATURE])
    package.files[SIGNATURE] = r.to_bytes(32, "big") + s.to_bytes(32, "big")


def signature_with_a_long_length(package: Package) -> None:
    der = package.files[SIGNATURE]
    package.files[SIGNATURE] = b"\x30\x81" + der[1:]


def spki(form: serialization.PublicFormat, private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(serialization.Encoding.DER, form)


def another_key(package: Package) -> None:
    package.files["public-key.pem"] = pem("PUBLIC KEY", spki(serialization.PublicFormat.SubjectPublicKeyInfo, key(2)))


def compressed_key(package: Package) -> None:
    point = package.key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint
    )
    der = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200") + point
    put("public-key.pem", pem("PUBLIC KEY", der), resigned=True)(package)


def key_of_another_curve(package: Package) -> None:
    der = spki(serialization.PublicFormat.SubjectPublicKeyInfo, ec.derive_private_key(7, ec.SECP384R1()))
    put("public-key.pem", pem("PUBLIC KEY", der), resigned=True)(package)


def key_not_on_the_curve(package: Package) -> None:
    put("public-key.pem", pem("PUBLIC KEY", package.spki[:-1] + bytes([package.spki[-1] ^ 1])), resigned=True)(package)


def key_in_long_lines(package: Package) -> None:
    text = b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(package.spki) + b"\n-----END PUBLIC KEY-----\n"
    put("public-key.pem", text, resigned=True)(package)


def certificate_of(private_seed: int | None, signer_seed: int | None, *, resigned: bool) -> Alter:
    """Another certificate: for the key of one seed, signed by that of another (None: the package's own)."""

    def alter(package: Package) -> None:
        private = package.key if private_seed is None else key(private_seed)
        signer = package.key if signer_seed is None else key(signer_seed)
        der = certificate(private, package.vault, signer)
        put("certificate.pem", pem("CERTIFICATE", der), resigned=resigned)(package)

    return alter


def signature_of(r: int, s: int) -> Alter:
    return lambda package: package.files.update({SIGNATURE: encode_dss_signature(r, s)})


def certificate_whose(change: Callable[[bytes], bytes], signature: bytes | None = None, more: bytes = b"") -> Alter:
    """Another certificate of the package's own key, and signed by it unless a signature is given."""

    def alter(package: Package) -> None:
        der = altered_certificate(package.key, package.vault, change, signature) + more
        put("certificate.pem", pem("CERTIFICATE", der), resigned=True)(package)

    return alter


def swapped(old: bytes, new: bytes, count: int = -1) -> Callable[[bytes], bytes]:
    def change(signed: bytes) -> bytes:
        assert old in signed, (old, signed)
        return signed.replace(old, new, count)

    return change


def renamed_certificate(package: Package) -> None:
    certificate_whose(swapped(package.vault.encode(), b"f" * 32))(package)


def issued_by_another(package: Package) -> None:
    certificate_whose(swapped(package.vault.encode(), b"f" * 32, 1))(package)


def anchor(number: int, *, entries: int | None = None, vault: str | None = None, more: bytes = b"") -> Alter:
    """A token that was shown, and the head that it is over: of `entries` (default: `number`) entries."""

    def alter(package: Package) -> None:
        shown = entries or number
        link = package.links[min(shown, len(package.log))]
        text = f"holdfast head v1\n{vault or package.vault}\n{shown}\n{link}\n".encode()
        text += more
        package.files |= {f"data/anchors/{number}.txt": text, f"data/anchors/{number}.tsr": good_token(text)}
        package.resign()

    return alter


def half_an_anchor(kind: str) -> Alter:
    return lambda package: (anchor(9)(package), remove(f"data/anchors/9.{kind}", resigned=True)(package))


def half_an_anchor_unsigned(package: Package) -> None:
    half_an_anchor("tsr")(package)
    package.files["data/anchors/9.tsr"] = b"token"


ROWS: list[tuple[str, str, Alter]] = [
    # The signature.
    ("signature as r and s", "malformed", signature_as_r_and_s),
    ("signature in BER", "malformed", signature_with_a_long_length),
    ("signature empty", "malformed", put(SIGNATURE, b"")),
    ("signature with r of zero", "malformed", signature_of(0, 1)),
    ("signature with s of zero", "malformed", signature_of(1, 0)),
    ("signature with a number of 33 bytes", "malformed", signature_of(1 << 256, 1)),
    ("signature with numbers beyond the curve's order", "manifest-signature", signature_of((1 << 256) - 1, 1)),
    # Keys and certificate.
    ("public key of somebody else", "manifest-signature", another_key),
    ("public key changed", "malformed", change("public-key.pem")),
    ("public key compressed", "malformed", compressed_key),
    ("public key of another curve", "malformed", key_of_another_curve),
    ("public key off the curve", "malformed", key_not_on_the_curve),
    ("public key in one long line", "malformed", key_in_long_lines),
    ("certificate of somebody else", "manifest-signature file-changed", certificate_of(2, 2, resigned=False)),
    ("certificate of somebody else, signed", "manifest-signature", certificate_of(2, 2, resigned=True)),
    ("certificate by somebody else", "manifest-signature", certificate_of(None, 2, resigned=True)),
    ("certificate changed", "malformed file-changed", change("certificate.pem")),
    ("certificate is no certificate", "malformed", put("certificate.pem", pem("CERTIFICATE", b"0\0"), resigned=True)),
    ("certificate without extensions", "malformed", certificate_whose(lambda signed: signed[:-34])),
    ("certificate of an authority", "malformed", certificate_whose(lambda signed: signed[:-34] + bytes.fromhex(
        "a3233021300f0603551d130101ff040530030101ff300e0603551d0f0101ff0404030206c0"))),
    ("certificate without key usage", "malformed", certificate_whose(lambda signed: signed[:-34] + bytes.fromhex(
        "a310300e300c0603551d130101ff04023000"))),
    ("certificate of version 1", "malformed", certificate_whose(lambda signed: signed[5:-34])),
    ("certificate whose issuer is another kind of text", "malformed",
     certificate_whose(swapped(b"\x0c\x20", b"\x13\x20", 1))),
    ("certificate whose names are another kind of text", "malformed",
     certificate_whose(swapped(b"\x0c\x20", b"\x13\x20"))),
    ("certificate for another time", "malformed", certificate_whose(swapped(b"000101", b"010101"))),
    ("certificate with a negative serial number", "malformed",
     certificate_whose(lambda signed: signed[:7] + b"\x80" + signed[8:])),
    ("certificate whose issuer has another name", "malformed", issued_by_another),
    ("certificate with bytes behind it", "malformed", certificate_whose(lambda signed: signed, more=b"\0\0")),
    ("certificate with a signature of zeros", "malformed",
     certificate_whose(lambda signed: signed, encode_dss_signature(0, 0))),
    ("certificate that names another vault", "head-mismatch pdf-signature", renamed_certificate),
    # What was timestamped.
    ("a head and its token", "", anchor(9)),
    ("a head and its token for the last entry", "", anchor(15)),
    ("a head without its token", "file-missing", half_an_anchor("tsr")),
    ("a token without its head", "file-missing", half_an_anchor("txt")),
    ("a head whose token is not signed", "file-extra", half_an_anchor_unsigned),
    ("a head of another entry", "timestamp-invalid", anchor(9, entries=8)),
    ("a head of another vault", "timestamp-invalid", anchor(9, vault="0" * 32)),
    ("a head with a line more", "timestamp-invalid", anchor(9, more=b"more\n")),
    ("a head beyond the last entry", "timestamp-invalid", anchor(16)),
    ("a head far beyond the last entry", "timestamp-invalid", anchor(9_999_999_999_999_999)),
    ("a head with a number that is too long", "file-extra", anchor(10**16)),
    ("a head with a leading zero", "file-extra", lambda package: (
        anchor(9)(package), package.files.update({f"data/anchors/09.{kind}": package.files.pop(
            f"data/anchors/9.{kind}") for kind in ("txt", "tsr")}), package.resign())),
]  # fmt: skip
