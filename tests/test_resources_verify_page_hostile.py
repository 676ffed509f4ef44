"""Packages made to hurt the page: never intact, never long, never markup, and the browser lives on."""

import base64
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from alter_tokens import stamped, timestamped_at_length
from asn1crypto import tsp
from package_maker import Alter, Log, good_package
from page import Page
from page_checks import as_zip, codes, in_time, page
from page_in_both import browser
from test_app_verify_hostile import SIGNED, TAGS, deflated_zeros
from token_maker import Service, good_token, service
from zip_maker import ZipPart, zip_of

from app.package.verify import verify

__all__ = ["browser", "page"]

SECONDS = 10
JUDGED_ELSEWHERE = ("a report ", "a token ")
"""What lies in the PDF and in tokens only the command line looks at."""
HURTFUL = [(name, alter) for name, alter in SIGNED if not name.startswith(JUDGED_ELSEWHERE)]


def checked(page: Page, path: Path) -> dict:
    with in_time(page, SECONDS):
        result = page.check_folder(path) if path.is_dir() else page.check_zip(path)
    assert result["verdict"] in {"failed", "unreadable"}
    assert not any("stopped before its end" in problem["detail"] for problem in result["problems"])
    return result


@pytest.mark.parametrize(("name", "alter"), HURTFUL, ids=[name for name, _ in HURTFUL])
def test_what_is_signed_and_still_absurd_is_found_in_time(page: Page, tmp_path: Path, name: str, alter: Alter) -> None:
    package = good_package()
    alter(package)
    checked(page, as_zip(tmp_path, package, 8))


def test_a_zip_full_of_the_smallest_files_is_checked_in_time(page: Page, tmp_path: Path) -> None:
    package = good_package()
    package.files |= {f"data/exhibits/AB-{number:06d}.png": b"" for number in range(6_000)}
    package.resign()
    assert len(checked(page, as_zip(tmp_path, package, 8))["problems"]) <= 1001


@pytest.mark.parametrize("said", [1 << 30, 5, 0xFFFFFFFE])
def test_a_bomb_is_not_inflated_whatever_size_it_claims(page: Page, tmp_path: Path, said: int) -> None:
    bomb = ZipPart(f"{good_package().folder}/data/zeros.bin", b"", 8, packed=deflated_zeros(1 << 28))
    bomb.local["size"] = bomb.central["size"] = said
    path = tmp_path / "package.zip"
    path.write_bytes(zip_of([*good_package().parts(), bomb]))
    checked(page, path)


@pytest.mark.parametrize("name", ["../x", "/x", "x/../../y", "a\\b", "C:/x", "x/./y", "x//y", "x\0y", "\u202ex"])
def test_a_name_that_climbs_or_hides_is_refused(page: Page, tmp_path: Path, name: str) -> None:
    package = good_package()
    path = tmp_path / "package.zip"
    path.write_bytes(zip_of([*package.parts(), ZipPart(f"{package.folder}/{name}", b"x")]))
    assert checked(page, path)["verdict"] == "unreadable"


def test_words_of_a_package_never_become_markup(page: Page, tmp_path: Path) -> None:
    package = good_package()
    attack = "<img src=x onerror=document.title='gone'><script>document.title='gone'</script>\ue000\ue001\u202e"
    package.put_head(app=attack)
    package.files[f"data/{attack.replace('/', '')}"] = b"x"
    package.resign()
    (tmp_path / "x").mkdir()
    path = tmp_path / "x" / "<b>report<b>.zip"
    path.write_bytes(package.zipped())
    result = page.check_zip(path)
    assert result["verdict"] != "intact"
    assert page.script("return document.title") == "Was this report changed?"
    assert page.script("return document.querySelectorAll('img, b, script').length") == 1
    assert page.script("return /[\\ue000\\ue001\\u202e]/.test(document.body.innerText)") is False


class TestFolders:
    """What a file manager can hold and a zip cannot."""

    @pytest.mark.parametrize("path", [TAGS, "tagmanifest-sha256.txt.sig", "public-key.pem"])
    def test_a_line_of_4_gb_is_not_read(self, page: Page, tmp_path: Path, path: str) -> None:
        folder = good_package().unpack(tmp_path)
        os.truncate(folder / path, 4 << 30)
        checked(page, folder)

    def test_a_pipe_does_not_hang(self, page: Page, tmp_path: Path) -> None:
        folder = good_package().unpack(tmp_path)
        os.mkfifo(folder / "data" / "pipe")
        with in_time(page, SECONDS):
            page.check_folder(folder)

    def test_a_link_to_a_device_without_end_is_not_followed(self, page: Page, tmp_path: Path) -> None:
        folder = good_package().unpack(tmp_path)
        (folder / "data" / "zero").symlink_to("/dev/zero")
        with in_time(page, SECONDS):
            page.check_folder(folder)

    def test_a_link_to_the_folder_above_has_an_end(self, page: Page, tmp_path: Path) -> None:
        folder = good_package().unpack(tmp_path)
        (folder / "data" / "up").symlink_to("..", target_is_directory=True)
        with in_time(page, SECONDS):
            page.check_folder(folder)

    def test_two_names_that_differ_in_case_only_are_refused(self, page: Page, tmp_path: Path) -> None:
        folder = good_package().unpack(tmp_path)
        (folder / "data" / "Chain.txt").write_bytes(b"")
        checked(page, folder)

    def test_the_same_name_composed_and_decomposed_does_not_belong(self, page: Page, tmp_path: Path) -> None:
        folder = good_package().unpack(tmp_path)
        (folder / "data" / "caf\u00e9.txt").write_bytes(b"")
        (folder / "data" / "cafe\u0301.txt").write_bytes(b"")
        checked(page, folder)


def test_no_bit_of_a_timestamp_can_be_changed(page: Page, tmp_path: Path) -> None:
    message = b"what was stamped\n"
    token = good_token(message)
    found = page.script(
        "const [token, message] = Array.from(arguments, (text) => latinBytes(atob(text)));"
        "const holds = (bytes) => tokenTime(bytes, message).then(() => true, (error) => {"
        "  if (error instanceof NotDer) return false; throw error; });"
        "return (async () => {"
        "  const passed = [];"
        "  for (let bit = 0; bit < 8 * token.length; bit += 1) {"
        "    const changed = token.slice(); changed[bit >> 3] ^= 1 << (bit & 7);"
        "    if (await holds(changed)) passed.push(bit);"
        "  }"
        "  return [await holds(token), passed]; })()",
        base64.b64encode(token).decode(),
        base64.b64encode(message).decode(),
    )
    assert found == [True, []]


@pytest.mark.parametrize("path", ["data/head.json", "data/tables/not-included.csv", "manifest-sha256.txt", TAGS])
def test_a_part_that_changes_after_it_was_hashed_is_never_believed(page: Page, tmp_path: Path, path: str) -> None:
    """The page reads parts again to understand them; on a share somebody could exchange them in between."""
    folder = good_package().unpack(tmp_path)
    later = (folder / path).read_bytes().replace(b"18:30", b"19:30").replace(b"left-out", b"damaged")
    if later == (folder / path).read_bytes():
        later = b"".join(sorted(later.splitlines(keepends=True)[:-1], key=lambda line: line[66:]))
    page.script(
        "const [path, later] = arguments, bytes = latinBytes(atob(later)), read = PlainFile.prototype.bytes;"
        "let times = 0;"
        "PlainFile.prototype.bytes = function (limit) {"
        "  if (this.path !== path) return read.call(this, limit);"
        "  times += 1;"
        "  return times < (path.startsWith('tag') ? 2 : 1) ? read.call(this, limit) : Promise.resolve(bytes);"
        "}",
        path,
        base64.b64encode(later).decode(),
    )
    result = page.check_folder(folder)
    assert [(one["code"], one["path"]) for one in result["problems"]] == ([] if path == TAGS else [("malformed", path)])
    assert result["verdict"] == ("intact" if path == TAGS else "unreadable")


@pytest.mark.parametrize("path", ["public-key.pem", "certificate.pem", "tagmanifest-sha256.txt.sig"])
def test_a_part_that_changes_before_it_is_hashed_is_never_believed(page: Page, tmp_path: Path, path: str) -> None:
    """The key that signed is there for a moment, and then that of somebody who is trusted."""
    package = good_package()
    first = package.files[path]
    package.files[path] = good_package(5).files[path]
    if not path.endswith(".sig"):
        package.write_tag_manifest()
        package.files["tagmanifest-sha256.txt.sig"] = package.sign(package.files[TAGS])
    page.script(
        "const [path, first] = arguments, bytes = latinBytes(atob(first)), read = PlainFile.prototype.bytes;"
        "PlainFile.prototype.bytes = function (limit) {"
        "  return this.path === path ? Promise.resolve(bytes) : read.call(this, limit); }",
        path,
        base64.b64encode(first).decode(),
    )
    result = page.check_folder(package.unpack(tmp_path))
    assert [(one["code"], one["path"]) for one in result["problems"]] == [("malformed", path)]


def test_a_zip_that_is_cut_short_after_it_was_chosen_could_not_be_read(page: Page, tmp_path: Path) -> None:
    path = as_zip(tmp_path, good_package())
    page.script("window.begun = start; window.start = (sources) => { window.waiting = sources; }")
    page.choose("zip-input", path)
    assert page.wait_for(lambda: page.script("return window.waiting && waiting[0].zip.size")) == path.stat().st_size
    os.truncate(path, 1000)
    page.script("begun(waiting)")
    result = page.result()
    assert (result["verdict"], {one["code"] for one in result["problems"]}) == ("unreadable", {"malformed"})
    assert not any("stopped before its end" in problem["detail"] for problem in result["problems"])


def test_a_record_that_names_more_objects_than_there_are_places_for_is_not_gathered(page: Page, tmp_path: Path) -> None:
    package = good_package()
    log = Log(package, 9)
    objects = tuple(
        {"id": f"{n:032x}", "media_type": "", "name": "", "sha256": "0" * 64, "size": 1} for n in range(5_000)
    )
    for number in range(20):
        log.write("exhibit", {"ref": f"AB/{20 + number}"}, objects)
    package.write_chain()
    package.write_record()
    package.write_head()
    package.resign()
    result = checked(page, as_zip(tmp_path, package, 8))
    assert {one["code"] for one in result["problems"]} == {"record-mismatch"}
    assert any("more objects than there are" in one["detail"] for one in result["problems"])


def test_a_timestamp_that_does_not_hold_is_nowhere_said_to_be_judged_elsewhere(page: Page, tmp_path: Path) -> None:
    package = good_package()
    stamped(lambda _message: good_token(b"something else"))(package)
    result = page.check_zip(as_zip(tmp_path, package))
    assert (codes(result), result["timestamp"]) == ({"timestamp-invalid"}, "invalid")
    page.script("document.getElementById('experts').open = true")
    assert page.texts("#steps li")[-1] == "PDF and tokens: does not fit"
    assert "not judged here" not in page.text("facts")
    stamped(good_token)(package)
    assert page.check_zip(as_zip(tmp_path, package))["timestamp"] == "not-checked"
    assert page.texts("#steps li")[-1] == "PDF and tokens: not checked here"
    assert "not judged here" in page.text("facts")


def test_five_hundred_heads_and_the_whole_are_judged_and_one_more_is_refused(page: Page, tmp_path: Path) -> None:
    package = good_package()
    log = Log(package, 9)
    while len(package.log) < 501:
        log.write("incident", {"what_happened": "More"})
    package.rewrite()
    made = stamps(service())
    for number in range(1, 501):
        text = f"holdfast head v1\n{package.vault}\n{number}\n{package.links[number]}\n".encode()
        package.files |= {f"data/anchors/{number}.txt": text, f"data/anchors/{number}.tsr": made(text)}
    stamped(made)(package)
    with in_time(page, SECONDS):
        result = page.check_zip(as_zip(tmp_path, package))
    assert (result["verdict"], result["problems"]) == ("intact", [])
    text = f"holdfast head v1\n{package.vault}\n501\n{package.links[501]}\n".encode()
    package.files |= {"data/anchors/501.txt": text, "data/anchors/501.tsr": made(text)}
    stamped(made)(package)
    with in_time(page, SECONDS):
        result = page.check_zip(as_zip(tmp_path, package))
    assert {one["code"] for one in result["problems"]} == {"timestamp-invalid"}


def test_large_tokens_are_judged_as_far_as_their_package_goes_by_number_as_the_command_line_does(
    page: Page, tmp_path: Path
) -> None:
    """Each holds, and its certificate says one thing 7,900 times: packed they are next to nothing."""
    package = good_package()
    timestamped_at_length(package)
    packed, stored = as_zip(tmp_path, package, 8, "packed"), as_zip(tmp_path, package, 0, "stored")
    (problem,) = verify(packed).problems
    with in_time(page, SECONDS):
        result = page.check_zip(packed)
    assert [(one["code"], one["path"]) for one in result["problems"]] == [(problem.code.value, problem.path)]
    assert page.check_zip(stored)["verdict"] == verify(stored).outcome.value == "intact"


def stamps(made: Service) -> Callable[[bytes], bytes]:
    """Tokens of a service, one like the other but for what they are over: openssl is asked once."""
    response = tsp.TimeStampResp.load(made.token(b"anything"))
    info = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed

    def token(message: bytes) -> bytes:
        info["message_imprint"]["hashed_message"] = hashlib.sha256(message).digest()
        return made.signed_again(response, info.dump(force=True))

    return token
