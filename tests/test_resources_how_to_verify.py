"""HOW-TO-VERIFY.txt: its commands are run out of the text, as a stranger would type them, on good and altered packages.

Those for macOS run here with the same tools, not on a Mac; those for Windows cannot be run here, and the text says so.
"""

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from alter_keys import anchor
from alter_tokens import stamped
from package_maker import KNOWN_EXHIBIT, Package, good_package
from signature_maker import certificate
from token_maker import EXPIRED_IN, expired_service, good_token, service

TEXT = (Path(__file__).parents[1] / "resources" / "how-to-verify.txt").read_text("utf-8")
BESIDE = {"tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"}


def section(title: str) -> str:
    """The text from a title to the next one, which stand behind two empty lines."""
    return TEXT.split(title)[1].split("\n\n\n")[0]


def commands(title: str) -> list[str]:
    return [line.strip() for line in section(title).splitlines() if line.startswith("    ")]


def typed(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(params=["2. WITHOUT THIS PAGE: LINUX", "3. MACOS"])
def steps(request: pytest.FixtureRequest) -> list[str]:
    found = commands(request.param)
    assert len(found) == 5
    return found


def test_a_good_package_passes_every_step(steps: list[str], tmp_path: Path) -> None:
    package = good_package()
    folder = package.unpack(tmp_path)
    signature, tags, payload, fingerprint, more = (typed(step, folder) for step in steps)
    assert signature.stdout == "Verified OK\n"
    for answer in (tags, payload):
        assert answer.returncode == 0
        assert all(line.endswith(": OK") for line in answer.stdout.splitlines())
    assert len(tags.stdout.splitlines()) + len(payload.stdout.splitlines()) == len(package.files) - 2
    assert fingerprint.stdout.split()[0] == package.fingerprint
    assert set(more.stdout.split()) == BESIDE


def changed(package: Package) -> None:
    package.files[KNOWN_EXHIBIT] += b"more"


def gone(package: Package) -> None:
    del package.files[KNOWN_EXHIBIT]


def without_the_key(package: Package) -> None:
    signature = package.files["tagmanifest-sha256.txt.sig"]
    changed(package)
    package.write_manifests()
    package.files["tagmanifest-sha256.txt.sig"] = signature


def more(package: Package) -> None:
    package.files["data/exhibits/AB-0099.png"] = b"more"


@pytest.mark.parametrize(("alter", "step"), [(changed, 2), (gone, 2), (without_the_key, 0), (more, 4)])
def test_what_was_altered_shows_in_the_step_that_looks_for_it(
    steps: list[str], tmp_path: Path, alter: Callable[[Package], None], step: int
) -> None:
    package = good_package()
    alter(package)
    answer = typed(steps[step], package.unpack(tmp_path))
    if step == 4:
        assert set(answer.stdout.split()) == {*BESIDE, "data/exhibits/AB-0099.png"}
    else:
        assert answer.returncode != 0
        assert "Verified OK" not in answer.stdout


def test_a_timestamp_is_checked_with_the_root_and_says_its_time(tmp_path: Path) -> None:
    package = good_package()
    stamped(good_token)(package)
    folder = package.unpack(tmp_path)
    (folder / "root.pem").write_bytes(service().root_pem)
    verify, show = commands("7. A TIMESTAMP")
    answer = typed(verify, folder)
    assert (answer.returncode, "Verification: OK" in answer.stdout + answer.stderr) == (0, True)
    assert "Time stamp: " in typed(show, folder).stdout
    (folder / "tagmanifest-sha256.txt").write_bytes(b"something else")
    assert typed(verify, folder).returncode != 0


def test_a_timestamp_of_a_service_that_has_run_out_since_is_checked_at_its_own_time(tmp_path: Path) -> None:
    package = good_package()
    old = expired_service()
    stamped(lambda message: old.token_at(message, EXPIRED_IN.replace(year=2019)))(package)
    folder = package.unpack(tmp_path)
    (folder / "root.pem").write_bytes(old.root_pem)
    verify, _ = commands("7. A TIMESTAMP")
    assert typed(verify, folder).returncode != 0
    assert typed(f"{verify} -attime {int(EXPIRED_IN.replace(year=2019).timestamp())}", folder).returncode == 0


def test_a_timestamped_head_is_checked_in_the_same_way(tmp_path: Path) -> None:
    package = good_package()
    anchor(9)(package)
    folder = package.unpack(tmp_path)
    (folder / "root.pem").write_bytes(service().root_pem)
    verify, _ = commands("7. A TIMESTAMP")
    for old, new in (
        ("tagmanifest-sha256.txt.tsr", "data/anchors/9.tsr"),
        ("tagmanifest-sha256.txt", "data/anchors/9.txt"),
    ):
        verify = verify.replace(f" {old} ", f" {new} ")
    assert typed(verify, folder).returncode == 0


def test_the_certificate_that_a_viewer_shows_is_found_in_the_package(tmp_path: Path) -> None:
    package = good_package()
    (line,) = commands("6. THE PDF")
    answer = typed(line, package.unpack(tmp_path))
    assert (answer.returncode, answer.stderr) == (0, "")
    der = certificate(package.key, package.vault)
    assert answer.stdout.split()[0] == hashlib.sha256(der).hexdigest()
    assert der.hex().encode() in package.files["data/report.pdf"].lower()


def test_every_line_that_can_be_run_here_is_run_here() -> None:
    """Only those for Windows are not."""
    run = {line for title in ("2. WITHOUT", "3. MACOS", "6. THE PDF", "7. A TIMESTAMP") for line in commands(title)}
    others = {line for title in ("1. THE EASY WAY", "4. WINDOWS") for line in commands(title)}
    assert {line.strip() for line in TEXT.splitlines() if line.startswith("    ")} == run | others
    assert not any(line.startswith(("openssl", "sha256sum", "shasum", "comm")) for line in others)


def test_the_lines_for_windows_say_that_nobody_ran_them() -> None:
    windows = " ".join(section("4. WINDOWS").split())
    assert "there was no Windows computer to try these lines on" in windows
    for tool in ("Get-FileHash", "certutil -hashfile", "Get-ChildItem"):
        assert tool in windows


def test_every_line_fits_a_screen_and_is_plain_ascii() -> None:
    assert TEXT.isascii()
    assert all(len(line) <= 80 for line in TEXT.splitlines() if not line.startswith("    "))


def test_it_says_what_to_do_and_whom_to_ask_where_something_does_not_fit() -> None:
    said = " ".join(section("IF SOMETHING DOES NOT FIT").split())
    for wanted in ("does not say who did it", "Keep this copy as it is", "Ask whoever gave you the package"):
        assert wanted in said


def test_it_raises_no_false_alarm_over_an_unknown_signer_and_no_false_hope_over_a_printed_fingerprint() -> None:
    assert "unknown: that is to be expected" in " ".join(section("6. THE PDF").split())
    assert "printed in the report itself came with it, and shows nothing" in " ".join(section("5. THE FINGER").split())
