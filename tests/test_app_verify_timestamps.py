"""A timestamp is judged at its own time, over exactly its bytes, and believed only with a root that was brought."""

import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alter_keys import anchor
from alter_tokens import TAGS, TOKEN, stamped, timestamped_at_length
from cryptography.hazmat.primitives.asymmetric import ec
from package_maker import KNOWN_EXHIBIT, Alter, Package, good_package
from signature_maker import pem
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

from app.errors import Unreadable, WrongUse
from app.lazy import token_reader
from app.package.verify import (
    CheckedToken,
    Code,
    NoticeCode,
    Outcome,
    TokenState,
    Verdict,
    plain_words,
    read_roots,
    verify,
)
from app.package.verify.timestamps import NotAToken

VECTORS = Path(__file__).parent / "vectors" / "packages"
WITHOUT_SOCKETS = """
import sys
from pathlib import Path
from app.package.verify import read_roots, verify

def refuse(event, _arguments):
    if event.startswith("socket."):
        raise SystemExit("a socket")

sys.addaudithook(refuse)
print(verify(sys.argv[1], roots=read_roots(Path(sys.argv[2]))).timestamp)
"""


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


def test_a_timestamp_vouches_for_what_was_signed_and_not_for_a_file_that_was_changed_since(tmp_path: Path) -> None:
    def alter(package: Package) -> None:
        stamped(good_token)(package)
        package.files[KNOWN_EXHIBIT] += b"more"

    verdict = checked(tmp_path, alter, service().root_der)
    assert (verdict.outcome, verdict.timestamp) == (Outcome.FAILED, "verified")
    assert "The list that was signed was there at" in plain_words(verdict)
    assert "This package was there" not in plain_words(verdict)


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


def test_of_several_roots_of_one_name_the_right_one_vouches(tmp_path: Path) -> None:
    namesake = service(rsa_bits=2048).root_der
    verdict = checked(tmp_path, stamped(good_token), namesake, service().root_der)
    assert verdict.timestamp == "verified"


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


def test_a_time_of_long_ago_is_told_in_the_form_of_every_other() -> None:
    moment = datetime(900, 6, 1, 10, 11, 12, 123_999, tzinfo=UTC)
    verdict = Verdict("package.zip", (), (), tokens=(CheckedToken(TOKEN, TokenState.UNTRUSTED, moment, "Somebody"),))
    (token,) = verdict.as_json()["timestamps"]
    assert token["at"] == "0900-06-01T10:11:12.123Z"


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


def test_certificates_that_all_issued_each_other_are_tried_in_time(tmp_path: Path) -> None:
    """Seven of one name and key: every order of them is a path by name, and each signature in it holds."""
    name, root_key, leaf_key = "Many Root", *(ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    roots = [issued(name, root_key, name, root_key, 100 + number, authority=True) for number in range(7)]
    made = Service(roots[0], issued("Many Timestamps", leaf_key, name, root_key, 3), leaf_key, tuple(roots))
    another = service(name.removesuffix(" Root")).root_der
    package = good_package()
    for number in range(1, 16):
        text = f"holdfast head v1\n{package.vault}\n{number}\n{package.links[number]}\n".encode()
        package.files |= {f"data/anchors/{number}.txt": text, f"data/anchors/{number}.tsr": made.token(text)}
    package.resign()
    path = tmp_path / "package.zip"
    path.write_bytes(package.zipped())
    for root, state in ((another, TokenState.UNTRUSTED), (made.root_der, TokenState.VERIFIED)):
        began = time.perf_counter()
        verdict = verify(path, roots=[root])
        assert time.perf_counter() - began < 10
        assert {token.state for token in verdict.tokens} == {state}
        assert verdict.outcome is Outcome.INTACT


def test_a_root_that_was_not_in_force_then_vouches_for_nothing(tmp_path: Path) -> None:
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = issued("Short Root", root_key, "Short Root", root_key, 1, authority=True, begins=LONG_AGO, ends=EXPIRED_IN)
    made = Service(root, issued("Short Timestamps", key, "Short Root", root_key, 2), key)
    assert checked(tmp_path, stamped(made.token), made.root_der).timestamp == "untrusted"
    before = EXPIRED_IN.replace(year=2019)
    assert checked(tmp_path, stamped(lambda m: made.token_at(m, before)), made.root_der).timestamp == "verified"


def test_an_authority_between_that_is_none_vouches_for_nothing(tmp_path: Path) -> None:
    """Whoever has any certificate under a known root cannot be a timestamp service for that."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
    root = issued("A Root", keys[0], "A Root", keys[0], 1, authority=True)
    between = issued("Anybody", keys[1], "A Root", keys[0], 2)
    made = Service(root, issued("Made Up", keys[2], "Anybody", keys[1], 3), keys[2], (between,))
    assert checked(tmp_path, stamped(made.token), made.root_der).timestamp == "untrusted"


def test_every_bit_of_a_token_counts() -> None:
    vector = VECTORS / "good-timestamp.zip"
    with zipfile.ZipFile(vector) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    read, token, message = token_reader(), files[TOKEN], files[TAGS]
    read(token, message)
    for at in range(len(token)):
        for bit in range(8):
            damaged = token[:at] + bytes([token[at] ^ 1 << bit]) + token[at + 1 :]
            with pytest.raises(NotAToken):
                read(damaged, message)


def test_a_root_is_asked_without_any_socket(tmp_path: Path) -> None:
    package = good_package()
    stamped(good_token)(package)
    (tmp_path / "package.zip").write_bytes(package.zipped())
    (tmp_path / "root.pem").write_bytes(service().root_pem)
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT_SOCKETS, "package.zip", "root.pem"],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(VECTORS.parents[2])},
    )  # fmt: skip
    assert (said.stdout, said.stderr) == ("verified\n", "")


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


def test_large_timestamps_that_are_packed_into_next_to_nothing_are_not_all_parsed(tmp_path: Path) -> None:
    """Each holds, and its certificate says one thing 7,900 times: 32 MB of them in a zip of 0.8 MB took 40 s."""
    package = good_package()
    timestamped_at_length(package)
    path = tmp_path / "package.zip"
    path.write_bytes(package.zipped(8))
    verdict = verify(path)
    (problem,) = verdict.problems
    assert (problem.code, problem.path) == (Code.TIMESTAMP_INVALID, f"data/anchors/{len(verdict.tokens) + 1}.tsr")
    assert "too large for their package" in problem.detail
    assert {token.state for token in verdict.tokens} == {TokenState.UNTRUSTED}
    path.write_bytes(package.zipped())
    assert verify(path).outcome is Outcome.INTACT


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


def test_a_certificate_of_an_unknown_version_is_sent_back_like_any_other_that_is_none(tmp_path: Path) -> None:
    der = bytearray(service().root_der)
    der[der.index(bytes.fromhex("a003020102")) + 4] = 9
    path = tmp_path / "roots.pem"
    path.write_bytes(pem("CERTIFICATE", bytes(der)))
    with pytest.raises(WrongUse):
        read_roots(path)


def test_of_too_many_roots_none_is_silently_left_out(tmp_path: Path) -> None:
    path = tmp_path / "roots.pem"
    path.write_bytes(service().root_pem * (1 + (4 << 20) // len(service().root_pem)))
    with pytest.raises(WrongUse, match="more than 4 MiB"):
        read_roots(path)


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
