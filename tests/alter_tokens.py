"""Packages with timestamps: good ones, and ones that do not hold though everything around them is signed."""

from collections.abc import Callable

from alter_keys import anchor
from asn1crypto import core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import ExtendedKeyUsageOID
from package_maker import Alter, Package
from token_maker import (
    EXPIRED_IN,
    LONG_AGO,
    Service,
    expired_service,
    good_token,
    issued,
    service,
    service_behind_another,
)

TAGS, TOKEN = "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.tsr"


def stamped(token: Callable[[bytes], bytes]) -> Alter:
    """A token over the tag manifest."""

    def alter(package: Package) -> None:
        package.put_head(timestamp="attached")
        package.resign()
        package.files[TOKEN] = token(package.files[TAGS])

    return alter


def changed(change: Callable[[tsp.TimeStampResp], object]) -> Callable[[bytes], bytes]:
    """A token with something changed in it, not signed again."""

    def token(message: bytes) -> bytes:
        response = tsp.TimeStampResp.load(good_token(message))
        change(response)
        return response.dump(force=True)

    return token


def signed_anew(change: Callable[[tsp.TSTInfo], object]) -> Callable[[bytes], bytes]:
    """A token whose service signed something else."""

    def token(message: bytes) -> bytes:
        response = tsp.TimeStampResp.load(good_token(message))
        info = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
        change(info)
        return service().signed_again(response, info.dump(force=True))

    return token


def under(certificate_of: Callable[[Service], bytes]) -> Callable[[bytes], bytes]:
    """A token that names another certificate of the same key, number and issuer."""

    def token(message: bytes) -> bytes:
        der = certificate_of(service())
        response = tsp.TimeStampResp.load(good_token(message))
        signed = response["time_stamp_token"]["content"]
        signed["certificates"] = [asn1_x509.Certificate.load(der)]
        digest = hashes.Hash(hashes.SHA256())
        digest.update(der)
        for attribute in signed["signer_infos"][0]["signed_attrs"]:
            if attribute["type"].native == "signing_certificate_v2":
                attribute["values"][0]["certs"][0]["cert_hash"] = digest.finalize()
        content = signed["encap_content_info"]["content"].contents
        return service().signed_again(response, content)

    return token


def wordy(made: Service) -> bytes:
    """Its certificate says one thing 7,900 times: packed that is next to nothing."""
    certificate = asn1_x509.Certificate.load(made.certificate.public_bytes(serialization.Encoding.DER))
    said = [*certificate["tbs_certificate"]["extensions"]]
    more = asn1_x509.Extension({"extn_id": "1.2.3", "critical": False, "extn_value": b""})
    certificate["tbs_certificate"]["extensions"] = asn1_x509.Extensions(said + [more] * 7_900)
    return certificate.dump(force=True)


def timestamped_at_length(package: Package) -> None:
    """Thirty heads, each with a token that holds and is as large as one may be."""
    package.log += [package.log[-1] | {"seq": seq, "id": f"{seq:032x}"} for seq in range(16, 31)]
    package.rewrite()
    links, token = package.links, under(wordy)
    for number in range(1, 31):
        text = f"holdfast head v1\n{package.vault}\n{number}\n{links[number]}\n".encode()
        package.files |= {f"data/anchors/{number}.txt": text, f"data/anchors/{number}.tsr": token(text)}
    package.resign()


def says_it_was(moment: str, since: int = 1000) -> Callable[[bytes], bytes]:
    """A token whose service wrote its time so; its certificate was in force from that year on."""

    def from_that_year(made: Service) -> bytes:
        certificate = asn1_x509.Certificate.load(for_another_use(made))
        times = [
            core.GeneralizedTime.load(_der(0x18, text)) for text in (b"%04d0101000000Z" % since, b"99991231235959Z")
        ]
        names = ("not_before", "not_after")
        certificate["tbs_certificate"]["validity"] = {
            name: asn1_x509.Time(name="general_time", value=time) for name, time in zip(names, times, strict=True)
        }
        return certificate.dump(force=True)

    def token(message: bytes) -> bytes:
        response = tsp.TimeStampResp.load(under(from_that_year)(message))
        info = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
        parts = [info[name].dump() for name in ("version", "policy", "message_imprint", "serial_number")]
        return service().signed_again(response, _der(0x30, b"".join(parts) + _der(0x18, moment.encode())))

    return token


def _der(tag: int, content: bytes) -> bytes:
    """A short value in DER."""
    assert len(content) < 128
    return bytes([tag, len(content)]) + content


def wrapped(old: str, new: str) -> Callable[[bytes], bytes]:
    """A token with another byte somewhere in what nobody signed; both in hex, of one length."""

    def token(message: bytes) -> bytes:
        good = good_token(message).hex()
        assert good.count(old) == 1
        return bytes.fromhex(good.replace(old, new))

    return token


def with_more(response: tsp.TimeStampResp) -> None:
    """A word of the service beside its yes."""
    response["status"]["status_string"] = ["Operation Okay"]


def with_an_unsigned_attribute(response: tsp.TimeStampResp) -> None:
    signer = response["time_stamp_token"]["content"]["signer_infos"][0]
    signer["unsigned_attrs"] = [{"type": "counter_signature", "values": []}]


def saying_twice(name: str, *, in_one: bool) -> Callable[[bytes], bytes]:
    """A token with a signed attribute twice, or with two values in one."""

    def token(message: bytes) -> bytes:
        response = tsp.TimeStampResp.load(good_token(message))
        signed = response["time_stamp_token"]["content"]
        (signer,) = signed["signer_infos"]
        (attribute,) = [one for one in signer["signed_attrs"] if one["type"].native == name]
        if in_one:
            attribute["values"] = [*attribute["values"], *attribute["values"]]
        else:
            signer["signed_attrs"] = [*signer["signed_attrs"], attribute]
        return service().signed_again(response, signed["encap_content_info"]["content"].contents, set_digest=False)

    return token


def with_idle_certificate(response: tsp.TimeStampResp) -> None:
    """A certificate of somebody who has nothing to do with it."""
    signed = response["time_stamp_token"]["content"]
    signed["certificates"] = [*signed["certificates"], core.Any.load(service("Somebody Else").root_der)]


def with_its_root(made: Service, *, damaged: bool = False) -> Callable[[bytes], bytes]:
    """A token that brings the root along, which is what many services send."""

    def token(message: bytes) -> bytes:
        response = tsp.TimeStampResp.load(made.token(message))
        signed = response["time_stamp_token"]["content"]
        root = made.root_der[:-1] + bytes([made.root_der[-1] ^ damaged])
        signed["certificates"] = [*signed["certificates"], core.Any.load(root)]
        return response.dump(force=True)

    return token


def for_another_use(made: Service, **options: object) -> bytes:
    certificate = issued(
        "Example Timestamps", made.key, "Example Timestamps Root", made.key, made.certificate.serial_number, **options
    )
    return certificate.public_bytes(serialization.Encoding.DER)


def without_attributes(message: bytes) -> bytes:
    response = tsp.TimeStampResp.load(good_token(message))
    content = response["time_stamp_token"]["content"]["encap_content_info"]["content"].contents
    return service().signed_again(response, content, with_attributes=False)


def without_certificate(response: tsp.TimeStampResp) -> None:
    response["time_stamp_token"]["content"]["certificates"] = None


def with_many_certificates(response: tsp.TimeStampResp) -> None:
    signed = response["time_stamp_token"]["content"]
    signed["certificates"] = list(signed["certificates"]) * 9


def other_signature(response: tsp.TimeStampResp) -> None:
    signer = response["time_stamp_token"]["content"]["signer_infos"][0]
    signature = signer["signature"].native
    signer["signature"] = signature[:-1] + bytes([signature[-1] ^ 1])


def moved_in_time(response: tsp.TimeStampResp) -> None:
    """An earlier time, which nobody signed."""
    enclosed = response["time_stamp_token"]["content"]["encap_content_info"]
    info = enclosed["content"].parsed
    info["gen_time"] = LONG_AGO
    enclosed["content"] = core.ParsableOctetString(info.dump(force=True))


def refused(_message: bytes) -> bytes:
    return bytes.fromhex("30053003020102")


def anchor_over_another(package: Package) -> None:
    anchor(9)(package)
    package.files["data/anchors/9.tsr"] = good_token(b"something else\n")
    package.resign()


def anchor_without_a_token(package: Package) -> None:
    anchor(9)(package)
    package.files["data/anchors/9.tsr"] = b"token"
    package.resign()


def exchanged_tokens(package: Package) -> None:
    anchor(9)(package)
    anchor(10)(package)
    first, second = (f"data/anchors/{number}.tsr" for number in (9, 10))
    package.files[first], package.files[second] = package.files[second], package.files[first]
    package.resign()


INVALID = "timestamp-invalid"
ROWS: list[tuple[str, str, Alter]] = [
    ("timestamp", "", stamped(good_token)),
    ("timestamp over SHA-512", "", stamped(lambda message: service().token(message, "sha512"))),
    ("timestamp of a certificate that ran out later", "",
     stamped(lambda message: expired_service().token_at(message, EXPIRED_IN.replace(year=2019)))),
    ("timestamp of a certificate that had run out", INVALID, stamped(lambda message: expired_service().token(message))),
    ("timestamp before its certificate began", INVALID,
     stamped(lambda message: expired_service().token_at(message, LONG_AGO))),
    ("timestamp over other bytes", INVALID, stamped(lambda message: good_token(message + b" "))),
    ("timestamp over SHA-1", INVALID, stamped(lambda message: service().token(message, "sha1"))),
    ("timestamp moved in time", INVALID, stamped(changed(moved_in_time))),
    ("timestamp with another signature", INVALID, stamped(changed(other_signature))),
    ("timestamp of a certificate for programs", INVALID,
     stamped(under(lambda made: for_another_use(made, usages=(ExtendedKeyUsageOID.CODE_SIGNING,))))),
    ("timestamp of a certificate for everything", INVALID,
     stamped(under(lambda made: for_another_use(made, usages=())))),
    ("timestamp of a certificate for timestamps and more", INVALID, stamped(under(lambda made: for_another_use(
        made, usages=(ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING))))),
    ("timestamp of a certificate for timestamps, perhaps", INVALID,
     stamped(under(lambda made: for_another_use(made, critical=False)))),
    ("timestamp without signed attributes", INVALID, stamped(without_attributes)),
    ("timestamp without its certificate", INVALID, stamped(changed(without_certificate))),
    ("timestamp with many certificates", INVALID, stamped(changed(with_many_certificates))),
    ("timestamp of another version", INVALID, stamped(signed_anew(lambda info: info.__setitem__("version", "v2")))),
    ("timestamp that was refused", INVALID, stamped(refused)),
    ("timestamp that is a token without a response", INVALID, stamped(
        lambda message: tsp.TimeStampResp.load(good_token(message))["time_stamp_token"].dump())),
    ("timestamp with bytes behind it", INVALID, stamped(lambda message: good_token(message) + b"\0")),
    ("timestamp cut short", INVALID, stamped(lambda message: good_token(message)[:-9])),
    ("timestamp that is empty", INVALID, stamped(lambda _message: b"")),
    ("timestamp that is no token", INVALID, stamped(lambda _message: b"token")),
    ("timestamp of brackets in brackets", INVALID, stamped(lambda _message: b"\x30\x80" * 30_000)),
    ("timestamp of 2 MB", INVALID, stamped(lambda _message: b"\x30\x83\x1e\x84\x80" + bytes(2_000_000))),
    ("timestamp with its root", "", stamped(with_its_root(service()))),
    ("timestamp with two certificates above its own", "", stamped(with_its_root(service_behind_another()))),
    ("timestamp with a damaged root", INVALID, stamped(with_its_root(service(), damaged=True))),
    ("timestamp with a certificate that issued nothing", INVALID, stamped(changed(with_idle_certificate))),
    ("timestamp with a word of the service", INVALID, stamped(changed(with_more))),
    ("timestamp with an unsigned attribute", INVALID, stamped(changed(with_an_unsigned_attribute))),
    ("timestamp granted with modifications", INVALID, stamped(wrapped("3003020100", "3003020101"))),
    ("timestamp with a length in two bytes", INVALID, stamped(wrapped("3003020100", "3003028100"))),
    ("timestamp of another version of its wrapping", INVALID, stamped(wrapped("020103310f300d", "020104310f300d"))),
    *((f"timestamp that says its {name} twice{', in one attribute' if in_one else ''}", INVALID,
       stamped(saying_twice(name, in_one=in_one))) for in_one in (False, True)
      for name in ("content_type", "message_digest", "signing_certificate_v2")),
    ("timestamp in the year 0", INVALID, stamped(says_it_was("00000601000000Z"))),
    ("timestamp in the year 0 by a certificate of then", INVALID, stamped(says_it_was("00000601000000Z", 0))),
    ("timestamp by a certificate from the year 0", INVALID, stamped(says_it_was("20200601000000Z", 0))),
    ("timestamp at local time", INVALID, stamped(says_it_was("20200601000000"))),
    ("timestamp at the time of a zone", INVALID, stamped(says_it_was("20200601000000+0100"))),
    ("timestamp without seconds", INVALID, stamped(says_it_was("202006010000Z"))),
    ("timestamp on a day that does not exist", INVALID, stamped(says_it_was("20200230000000Z"))),
    ("timestamp with a part of a second", "", stamped(says_it_was("20200601000000.5Z"))),
    ("a head with a token over something else", INVALID, anchor_over_another),
    ("a head with a token that is none", INVALID, anchor_without_a_token),
    ("two heads with each other's tokens", INVALID, exchanged_tokens),
]  # fmt: skip
