"""Several packages given to the checker page at once, and one file alone: what an officer is told about them."""

import zipfile
from pathlib import Path

from package_maker import KNOWN_EXHIBIT, Log, Package, good_package, sha256
from page import ChromiumPage
from page_checks import as_zip, codes, page
from page_in_chromium import browser

__all__ = ["browser", "page"]

EXHIBIT = "Exhibit AB/1 (AB-0001.png)"


def written(folder: Path, name: str, package: Package) -> Path:
    return as_zip(folder, package, name=name)


def later(seed: int = 1, text: str = "More") -> Package:
    """The same vault, two entries on."""
    package = good_package(seed)
    log = Log(package, 77)
    for _ in range(2):
        log.write("incident", {"what_happened": text})
    package.rewrite()
    return package


class TestPackagesOfOneVault:
    def test_the_later_one_continues_the_earlier_one_in_whatever_order(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        paths = [written(tmp_path, "B", later()), written(tmp_path, "A", good_package())]
        results = page.check_zips(*paths)
        assert [one["verdict"] for one in results] == ["intact", "intact"]
        assert page.text("verdict-title") == "Nothing was changed since this was signed"
        assert "B.zip continues A.zip, nothing was changed in between." in page.text("continuity")

    def test_two_of_one_name_are_told_apart(self, page: ChromiumPage, tmp_path: Path) -> None:
        (tmp_path / "mail").mkdir()
        page.check_zips(written(tmp_path, "A", good_package()), written(tmp_path / "mail", "A", later()))
        assert "A.zip (2) continues A.zip, nothing was changed in between." in page.text("continuity")

    def test_two_histories_of_one_vault_are_forked_and_the_first_difference_is_named(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        one, other = later(text="This happened"), later(text="That happened")
        results = page.check_zips(written(tmp_path, "one", one), written(tmp_path, "other", other))
        assert [codes(result) for result in results] == [{"forked"}, {"forked"}]
        assert page.text("verdict-title") == "This does not fit together"
        assert f"differ from entry {len(good_package().log) + 1} on" in page.texts("#problems li")[0]

    def test_fifty_long_histories_of_one_vault_are_compared_at_once(self, page: ChromiumPage) -> None:
        """Compare compares them again: long chains that differ in their last entries must not stop the browser."""
        found = page.script(
            "const chainOf = (last) => {"
            "  const links = new HexList(32);"
            "  for (let n = 1; n < 100000; n += 1) links.push('ab'.repeat(32));"
            "  links.push(last.toString(16).padStart(64, '0'));"
            "  return { chain: { links }, head: { vault: 'v' }, source: { name: String(last) }, verdict: 'intact' }; };"
            "const checks = Array.from({ length: 50 }, (_none, index) => chainOf(index));"
            "const parts = checks.map(() => ({ found: new Findings() })), began = performance.now();"
            "compareChains(checks, parts);"
            "return [performance.now() - began, parts.map((part) => part.found.problems.length),"
            "  String(parts[0].found.problems[0].detail)]"
        )
        took, problems, said = found
        assert took < 5_000
        assert problems == [49] * 50
        assert "they differ from entry 100000 on" in said

    def test_no_continuity_is_praised_with_one_of_two_histories(self, page: ChromiumPage, tmp_path: Path) -> None:
        """B continues A, but Z is another history: it may be A that was made anew."""
        first = good_package()
        Log(first, 5).write("incident", {"what_happened": "First"})
        first.rewrite()
        second = first.copy()
        Log(second, 6).write("incident", {"what_happened": "Second"})
        second.rewrite()
        page.check_zips(
            written(tmp_path, "A", first), written(tmp_path, "B", second), written(tmp_path, "Z", later(text="Other"))
        )
        assert "nothing was changed in between" not in page.text("continuity")
        assert "The entries of B.zip continue those of A.zip, but" in page.text("continuity")

    def test_a_receipt_is_beyond_only_where_no_package_reaches_it(self, page: ChromiumPage, tmp_path: Path) -> None:
        longer = later()
        short = written(tmp_path, "A", good_package())
        page.fill(receipts=longer.receipt(len(longer.log)))
        assert codes(page.check_zip(short)) == {"receipt-beyond"}
        results = page.check_zips(short, written(tmp_path, "B", longer))
        assert [codes(result) for result in results] == [set(), set()]
        assert len(page.texts("#typed li")) == 1

    def test_a_receipt_is_beyond_though_a_longer_package_of_another_vault_or_another_history_is_there(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        short = written(tmp_path, "A", good_package())
        page.fill(receipts=later().receipt(len(later().log)))
        for other in (later(5), later(text="Something else")):
            results = page.check_zips(short, written(tmp_path, "B", other))
            assert [codes(result) - {"forked"} for result in results] == [{"receipt-beyond"}, {"receipt-mismatch"}]

    def test_two_packages_of_one_length_both_continue_the_shorter_one(self, page: ChromiumPage, tmp_path: Path) -> None:
        shorter = written(tmp_path, "A", good_package())
        results = page.check_zips(shorter, written(tmp_path, "B", later()), written(tmp_path, "C", later()))
        assert [result["continues"] for result in results] == [[], ["A.zip"], ["A.zip"]]

    def test_one_that_was_packed_again_gives_no_headline_to_the_others(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        again = tmp_path / "again.zip"
        with zipfile.ZipFile(again, "w") as archive:
            archive.writestr("x/bagit.txt", "packed again")
        page.check_zips(written(tmp_path, "A", good_package()), again)
        assert page.text("verdict-title") == "This could not be read"
        assert "packed again by another program" in page.texts("#problems li")[0]

    def test_one_that_does_not_hold_is_said_by_name_and_no_continuity_is_praised(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        spoiled = later()
        spoiled.files[KNOWN_EXHIBIT] += b" "
        results = page.check_zips(written(tmp_path, "B", spoiled), written(tmp_path, "A", good_package()))
        assert [codes(result) for result in results] == [{"file-changed"}, set()]
        assert page.text("verdict-title") == "This does not fit together"
        assert page.texts("#problems li")[0].startswith("B.zip: Exhibit AB/1")
        assert "nothing was changed in between" not in page.text("verdict")

    def test_one_whose_record_is_not_that_of_its_chain_is_compared_with_none(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        spoiled = later(text="That happened")
        spoiled.put_lines("data/record.jsonl", spoiled.lines_of("data/record.jsonl")[:-1])
        spoiled.resign()
        results = page.check_zips(written(tmp_path, "B", spoiled), written(tmp_path, "C", later()))
        assert [codes(result) for result in results] == [{"chain-broken"}, set()]
        assert "B.zip could not be compared with the others" in page.text("continuity")

    def test_what_was_not_checked_is_said_of_the_package_that_it_is_true_of(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        package = good_package()
        package.log[6]["at"] = "2026-11-19T00:00:00.000Z"
        package.rewrite()
        page.check_zips(written(tmp_path, "A", package), written(tmp_path, "X", good_package(5)))
        told = page.texts("#notices li")
        assert [text.startswith("A.zip: ") for text in told if "The clock of the computer" in text] == [True]
        assert [text.startswith("Who signed.") for text in told if "no-outside-anchor" in text] == [True]

    def test_packages_of_two_vaults_are_not_compared_but_both_are_checked(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        results = page.check_zips(written(tmp_path, "A", good_package()), written(tmp_path, "X", good_package(5)))
        assert [one["verdict"] for one in results] == ["intact", "intact"]
        assert "of another vault" in page.text("continuity")

    def test_one_that_cannot_be_read_does_not_stop_the_others(self, page: ChromiumPage, tmp_path: Path) -> None:
        (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
        results = page.check_zips(tmp_path / "broken.zip", written(tmp_path, "A", good_package()))
        assert [one["verdict"] for one in results] == ["unreadable", "intact"]
        assert page.text("verdict-title") == "This could not be read"
        assert "A.zip: Nothing was changed" in page.text("packages")

    def test_one_that_is_gone_before_it_is_read_leaves_the_others_their_verdict(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        sound, gone = written(tmp_path, "A", good_package()), written(tmp_path, "B", good_package(5))
        page.script("window.begun = start; window.start = (sources) => { window.waiting = sources; }")
        page.choose("zip-input", sound, gone)
        assert page.script("return waiting[1].zip.size") == gone.stat().st_size
        gone.unlink()
        page.script("begun(waiting)")
        assert [one["verdict"] for one in page.result()] == ["intact", "unreadable"]
        assert page.text("verdict-title") == "This could not be read"

    def test_an_empty_file_is_no_exhibit_that_happens_to_be_empty(self, page: ChromiumPage, tmp_path: Path) -> None:
        (tmp_path / "B.zip").write_bytes(b"")
        assert b"" in good_package().files.values()
        results = page.check_zips(written(tmp_path, "A", good_package()), tmp_path / "B.zip")
        assert [one["verdict"] for one in results] == ["intact", "unreadable"]

    def test_files_handed_over_earlier_are_looked_up_in_the_package_before(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        first = good_package()
        path = written(tmp_path, "A", first)
        follow_up = later()
        (stored,) = follow_up.log[3]["objects"]
        follow_up.left_out[stored["id"]] = "earlier"
        follow_up.rewrite()
        follow_up.put_head(since=len(first.log))
        follow_up.resign()
        alone = page.check_zip(written(tmp_path, "B", follow_up))
        assert "earlier-not-checked" in codes(alone, "notices")
        together = page.check_zips(path, tmp_path / "B.zip")
        assert [codes(one) for one in together] == [set(), set()]
        assert "earlier-not-checked" not in codes(together[1], "notices")
        first.left_out[stored["id"]] = "left-out"
        first.rewrite()
        without = written(tmp_path, "C", first)
        neither = page.check_zips(without, tmp_path / "B.zip")
        assert [codes(one) for one in neither] == [set(), {"record-mismatch"}]
        assert "nothing was changed in between" not in page.text("continuity")
        for both in ((path, without), (without, path)):
            assert [codes(one) for one in page.check_zips(*both, tmp_path / "B.zip")] == [set()] * 3


class TestOneFileAlone:
    def test_dropped_after_its_package_it_is_named_by_its_reference(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        page.check_zip(written(tmp_path, "report", package))
        (tmp_path / "from the phone.png").write_bytes(package.files[KNOWN_EXHIBIT])
        page.drop(tmp_path / "from the phone.png")
        (said,) = page.wait_for(lambda: page.texts("#alone-found li"))
        assert said == f"“from the phone.png”: this is {EXHIBIT} of report.zip, byte for byte."
        assert page.text("verdict-title") == "Nothing was changed since this was signed"

    def test_dropped_while_its_package_is_checked_it_waits_for_the_end(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        package = good_package()
        (tmp_path / "a.png").write_bytes(package.files[KNOWN_EXHIBIT])
        page.script(
            "const whole = Check.prototype.chainOfEntries;"
            "Check.prototype.chainOfEntries = async function () {"
            "  await new Promise((go) => { window.go = go; });"
            "  return whole.call(this); }"
        )
        page.choose("zip-input", written(tmp_path, "report", package))
        page.wait_for(lambda: page.script("return Boolean(window.go)"))
        page.script("window.given = start; window.start = (...all) => { window.dropped = true; return given(...all); }")
        page.drop(tmp_path / "a.png")
        page.wait_for(lambda: page.script("return Boolean(window.dropped)"))
        assert page.text("verdict-title") == ""
        page.script("go()")
        (said,) = page.wait_for(lambda: page.texts("#alone-found li"))
        assert said == f"“a.png”: this is {EXHIBIT} of report.zip, byte for byte."
        assert page.text("verdict-title") == "Nothing was changed since this was signed"

    def test_chosen_with_the_button_and_dropped_beside_the_folder_it_is_the_same(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        package = good_package()
        folder = package.unpack(tmp_path)
        page.drop(folder / KNOWN_EXHIBIT, folder)
        page.result()
        assert EXHIBIT in page.texts("#alone-found li")[0]
        page.choose("file-input", folder / "data" / "report.pdf")
        said = page.wait_for(lambda: page.texts("#alone-found li")[1:])
        assert said[0] == "“report.pdf” belongs to AB-report-2026-11-20, byte for byte: The report (report.pdf)."

    def test_one_changed_byte_makes_it_none_of_them(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        (tmp_path / "a.png").write_bytes(package.files[KNOWN_EXHIBIT] + b" ")
        page.drop(tmp_path / "a.png", written(tmp_path, "report", package))
        assert page.result()["verdict"] == "intact"
        assert "is none of the files of report.zip" in page.texts("#alone-found li")[0]

    def test_without_a_package_it_says_what_is_needed(self, page: ChromiumPage, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(b"x")
        page.drop(tmp_path / "a.png")
        page.wait_for(lambda: page.text("verdict-title"))
        assert page.text("verdict-title") == "One file alone cannot be checked"
        assert "Choose the package first" in page.text("verdict-next")
        assert page.json() == ""

    def test_a_file_that_the_record_names_but_the_package_lacks_is_known_with_the_reason(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        package = good_package()
        (stored,) = [one for entry in package.log for one in entry["objects"] if one["id"] in package.left_out]
        (tmp_path / "original.jpeg").write_bytes(package.bodies[stored["id"]])
        page.drop(written(tmp_path, "report", package), tmp_path / "original.jpeg")
        page.result()
        (said,) = page.texts("#alone-found li")
        assert "Exhibit AB/5 (AB-0005.jpeg) of report.zip" in said
        assert "not in the package (left out)" in said

    def test_where_the_package_was_changed_that_is_said_with_it(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        (tmp_path / "a.png").write_bytes(package.files[KNOWN_EXHIBIT])
        package.files["data/report.html"] += b" "
        page.drop(written(tmp_path, "report", package), tmp_path / "a.png")
        assert page.result()["verdict"] == "failed"
        assert "that package does not hold" in page.texts("#alone-found li")[0]

    def test_a_zip_that_is_an_exhibit_is_known_and_not_taken_for_a_package(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        inner = written(tmp_path, "chat export", good_package(5))
        package = good_package()
        log = Log(package, 9)
        stored = log.stored(inner.read_bytes(), "chat export.zip", "application/zip")
        log.write("exhibit", {"ref": "AB/9"}, (stored,))
        package.rewrite()
        page.check_zip(written(tmp_path, "report", package))
        page.drop(inner)
        (said,) = page.wait_for(lambda: page.texts("#alone-found li"))
        assert "Exhibit AB/9 (AB-0009.zip) of report.zip, byte for byte" in said

    def test_sealed_files_are_compared_with_what_the_summary_says(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        sealed = tmp_path / "AB-report-sealed.zip"
        sealed.write_bytes(b"PK\x03\x04 sealed")
        package.put_head(sealed=[f"{sha256(sealed.read_bytes())} {sealed.name}"])
        package.resign()
        path = written(tmp_path, "report", package)
        page.drop(path, sealed)
        result = page.result()
        assert (result["verdict"], "sealed-not-checked" in codes(result, "notices")) == ("intact", False)
        assert "a sealed file that belongs to report.zip" in page.texts("#alone-found li")[0]
        sealed.write_bytes(b"PK\x03\x04 another")
        page.forget()
        page.drop(path, sealed)
        assert codes(page.result()) == {"sealed-mismatch"}

    def test_sealed_files_of_two_packages_may_have_one_name(self, page: ChromiumPage, tmp_path: Path) -> None:
        """Two exports of one day: each file beside them belongs to one of the two packages."""
        given = []
        for number, package in enumerate((good_package(), later())):
            folder = tmp_path / str(number)
            folder.mkdir()
            sealed = folder / "AB-report-2026-11-20-sealed.zip"
            sealed.write_bytes(b"PK\x03\x04 sealed %d" % number)
            package.put_head(sealed=[f"{sha256(sealed.read_bytes())} {sealed.name}"])
            package.resign()
            given += [written(folder, "AB-report-2026-11-20", package), sealed]
        page.drop(*given)
        assert [(one["verdict"], codes(one)) for one in page.result()] == [("intact", set())] * 2
        assert [text.count("a sealed file that belongs to") for text in page.texts("#alone-found li")] == [1, 1]
