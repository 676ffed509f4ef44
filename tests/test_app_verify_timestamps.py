"""A timestamp is judged at its own time, over exactly its bytes, and believed only with a root that was brought."""

import subprocess
import time
from pathlib import Path

import pytest
from alter_keys import anchor
from alter_tokens import TAGS, TOKEN, stamped
from asn1crypto import core, tsp
from cryptography.hazmat.primitives import serialization
from package_maker import Alter, Package, good_package
from token_maker import EXPIRED_IN, expired_service, good_token, issued, service, service_behind_another

from app.errors import Unreadable, WrongUse
from app.package.verify import Code, NoticeCode, Outcome, TokenState, Verdict, plain_words, read_roots, verify


def checked(tmp_path: Path, alter: Alter, *roots: bytes) -> Verdict:
    package = good_package()
    alter(package)
    path = tmp_path / "package.zip"
    path.write_bytes(package.zipped())
    return verify(path, roots=roots)


def untrusted(verdict: Verdict) -> set[str]:
    return {notice.path for notice in verdict.notices if notice.code is NoticeCode.UNTRUSTED_TIMESTAMP}


def test_a_timestamp_is_verified_with_the_root_of_its_service_and_says_when(tmp_path: Path) -> None:
    verdict = checked(tmp_path, stamped(good_token), service().root_der)
    assert (verdict.outcome, verdict.timestamp, untrusted(verdict)) == (Outcome.INTACT, "verified", set())
    (token,) = verdict.tokens
    assert token.at is not None
    assert f"was there at {token.at:%Y-%m-%d %H:%M:%S} UTC, says Common Name: Example Timestamps" in plain_words(
        verdict
    )
    (member,) = verdict.as_json()["timestamps"]
    assert (member["path"], member["state"]) == (TOKEN, "verified")


@pytest.mark.parametrize("roots", [(), (service("Somebody Else").root_der,)], ids=["no root", "another root"])
def test_without_its_root_a_timestamp_is_untrusted_and_never_verified(tmp_path: Path, roots: tuple[bytes, ...]) -> None:
    verdict = checked(tmp_path, stamped(good_token), *roots)
    assert (verdict.outcome, verdict.timestamp) == (Outcome.INTACT, "untrusted")
    assert untrusted(verdict) == {TOKEN}
    assert "was there at" not in plain_words(verdict)


def test_a_service_that_only_calls_itself_like_a_known_one_is_untrusted(tmp_path: Path) -> None:
    impostor = service(rsa_bits=2048)
    verdict = checked(tmp_path, stamped(impostor.token), service().root_der)
    assert verdict.timestamp == "untrusted"


@pytest.mark.parametrize("made", [service("RSA", rsa_bits=2048), service_behind_another()], ids=["RSA", "behind"])
def test_services_with_rsa_keys_and_with_an_authority_between_are_verified(tmp_path: Path, made) -> None:
    assert checked(tmp_path, stamped(made.token), made.root_der).timestamp == "verified"


def test_a_certificate_that_ran_out_since_does_not_spoil_what_it_stamped_before(tmp_path: Path) -> None:
    old = expired_service()
    before = EXPIRED_IN.replace(year=2019)
    verdict = checked(tmp_path, stamped(lambda message: old.token_at(message, before)), old.root_der)
    assert (verdict.outcome, verdict.timestamp) == (Outcome.INTACT, "verified")
    assert verdict.tokens[0].at == before


def test_openssl_agrees_on_the_tokens_that_the_tests_make(tmp_path: Path) -> None:
    old = expired_service()
    (tmp_path / "message").write_bytes(b"message")
    (tmp_path / "root.pem").write_bytes(old.root_pem)
    for name, token in (
        ("then", old.token_at(b"message", EXPIRED_IN.replace(year=2019))),
        ("now", old.token(b"message")),
    ):
        (tmp_path / name).write_bytes(token)
        said = subprocess.run(
            ["openssl", "ts", "-verify", "-in", name, "-data", "message", "-CAfile", "root.pem",
             "-attime", "1557000000"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "Verification: OK" in said.stdout + said.stderr


def test_every_timestamped_head_is_judged(tmp_path: Path) -> None:
    def two(package: Package) -> None:
        anchor(9)(package)
        anchor(10)(package)

    verdict = checked(tmp_path, two, service().root_der)
    assert [(token.path, token.state) for token in verdict.tokens] == [
        ("data/anchors/9.tsr", TokenState.VERIFIED),
        ("data/anchors/10.tsr", TokenState.VERIFIED),
    ]
    assert (verdict.outcome, verdict.timestamp) == (Outcome.INTACT, "none")
    assert untrusted(checked(tmp_path, two)) == {"data/anchors/9.tsr", "data/anchors/10.tsr"}


def test_a_token_over_a_head_that_is_not_the_chains_is_never_called_verified(tmp_path: Path) -> None:
    verdict = checked(tmp_path, anchor(9, entries=8), service().root_der)
    assert {problem.code for problem in verdict.problems} == {Code.TIMESTAMP_INVALID}
    assert verdict.tokens == ()


def test_certificates_that_issue_each_other_in_every_order_are_tried_in_time(tmp_path: Path) -> None:
    made = service()
    others = []
    for number in range(7):
        for_it = issued(
            "Example Timestamps Root", made.key, "Example Timestamps Root", made.key, 100 + number, authority=True
        )
        others.append(for_it.public_bytes(serialization.Encoding.DER))

    def token(message: bytes) -> bytes:
        response = tsp.TimeStampResp.load(good_token(message))
        signed = response["time_stamp_token"]["content"]
        signed["certificates"] = [*signed["certificates"], *(core.Any.load(other) for other in others)]
        return response.dump(force=True)

    began = time.perf_counter()
    verdict = checked(tmp_path, stamped(token), service("Somebody Else").root_der)
    assert time.perf_counter() - began < 10
    assert verdict.timestamp == "untrusted"


def test_hundreds_of_timestamps_are_judged_in_time_and_more_are_refused(tmp_path: Path) -> None:
    package = good_package()
    text = f"holdfast head v1\n{package.vault}\n9\n{package.links[9]}\n".encode()
    package.log += [package.log[-1] | {"seq": seq, "id": f"{seq:032x}"} for seq in range(16, 620)]
    package.rewrite()
    links = package.links
    for number in range(9, 619):
        text = f"holdfast head v1\n{package.vault}\n{number}\n{links[number]}\n".encode()
        package.files |= {f"data/anchors/{number}.txt": text, f"data/anchors/{number}.tsr": good_token(b"one for all")}
    package.resign()
    path = tmp_path / "package.zip"
    path.write_bytes(package.zipped())
    began = time.perf_counter()
    verdict = verify(path)
    assert time.perf_counter() - began < 10
    assert {problem.code for problem in verdict.problems} == {Code.TIMESTAMP_INVALID}
    assert "More than 500" in verdict.problems[-1].detail


def test_a_file_of_several_roots_is_read_and_text_around_them_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "roots.pem"
    path.write_bytes(b"Example\n" + service().root_pem + b"\nmore\n" + service("Somebody Else").root_pem)
    assert read_roots(path) == (service().root_der, service("Somebody Else").root_der)


@pytest.mark.parametrize("content", [b"", b"root", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_file_that_holds_no_root_is_sent_back_and_is_no_verdict(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "roots.pem"
    path.write_bytes(content)
    with pytest.raises(WrongUse) as caught:
        read_roots(path)
    assert caught.value.safe == "This says nothing about the package."


def test_a_file_of_roots_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read_roots(tmp_path / "missing.pem")


def test_the_words_of_the_token_are_never_believed_before_it_holds(tmp_path: Path) -> None:
    verdict = checked(tmp_path, stamped(lambda message: good_token(message)[:-9]), service().root_der)
    assert (verdict.outcome, verdict.timestamp) == (Outcome.FAILED, "invalid")
    assert verdict.tokens[0].at is None


def test_what_is_stamped_is_the_list_that_signs_everything(tmp_path: Path) -> None:
    package = good_package()
    stamped(good_token)(package)
    package.files["data/report.html"] += b" "
    package.resign()
    path = tmp_path / "package.zip"
    path.write_bytes(package.zipped())
    assert TAGS in package.files
    assert verify(path, roots=[service().root_der]).timestamp == "invalid"
