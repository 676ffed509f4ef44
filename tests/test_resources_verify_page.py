"""The checker page in real Chromium: what an officer can rely on when they open resources/verify.html."""

import re
import zipfile
from pathlib import Path

import pytest
from alter_keys import anchor
from alter_tokens import stamped
from package_maker import KNOWN_EXHIBIT, good_package
from page import PAGE, ChromiumPage
from page_checks import as_zip, codes, page
from page_in_chromium import browser
from page_policy import policy_for, policy_in
from token_maker import good_token

__all__ = ["browser", "page"]

WRONG_FINGERPRINT = "0" * 63 + "1"


class TestGoodPackages:
    def test_a_zip_is_intact_and_the_verdict_stands_first(self, page: ChromiumPage, tmp_path: Path) -> None:
        result = page.check_zip(as_zip(tmp_path, good_package()))
        assert result["problems"] == []
        assert result["verdict"] == "intact"
        assert page.text("verdict-title") == "Nothing was changed since this was signed"
        places = page.driver.execute_script(
            "return ['verdict', 'outside', 'details', 'limits', 'choose']"
            ".map(id => document.getElementById(id).getBoundingClientRect().top)"
        )
        assert places == sorted(places)

    def test_the_same_litter_in_a_zip_is_no_package(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        package.files["data/Thumbs.db"] = b"litter"
        assert page.check_zip(as_zip(tmp_path, package))["verdict"] != "intact"

    def test_a_dropped_zip_and_a_dropped_folder_are_checked(self, page: ChromiumPage, tmp_path: Path) -> None:
        page.drop(as_zip(tmp_path, good_package()))
        assert page.result()["package"].endswith(".zip")
        page.open()
        page.drop(good_package().unpack(tmp_path))
        result = page.result()
        assert (result["package"], result["verdict"]) == ("AB-report-2026-11-20", "intact")


class TestAlteredPackages:
    def test_what_does_not_fit_is_named_by_exhibit_reference(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        package.files[KNOWN_EXHIBIT] += b" "
        del package.files["data/exhibits/AB-0002-2.jpg"]
        page.check_zip(as_zip(tmp_path, package))
        assert page.text("verdict-title") == "This does not fit together"
        listed = "\n".join(page.texts("#problems li"))
        assert "Exhibit AB/1 (AB-0001.png) was changed after it was signed." in listed
        assert "Exhibit AB/2 (AB-0002-2.jpg) is missing." in listed

    def test_an_exhibit_left_out_without_its_row_is_named_by_its_reference(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        package = good_package()
        del package.files[KNOWN_EXHIBIT]
        package.resign()
        page.check_zip(as_zip(tmp_path, package))
        assert "Exhibit AB/1" in page.texts("#problems li")[0]

    def test_what_is_no_package_could_not_be_read_and_that_is_all_it_says(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        (tmp_path / "holiday").mkdir()
        (tmp_path / "holiday" / "picture.png").write_bytes(b"\x89PNG")
        result = page.check_folder(tmp_path / "holiday")
        assert (result["verdict"], codes(result)) == ("unreadable", {"malformed"})
        assert page.text("verdict-title") == "This could not be read"
        assert page.text("details") == ""

    def test_a_zip_that_was_packed_again_has_its_own_headline(self, page: ChromiumPage, tmp_path: Path) -> None:
        path = tmp_path / "again.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in good_package().files.items():
                archive.writestr(f"AB-report-2026-11-20/{name}", data)
        assert page.check_zip(path)["verdict"] == "unreadable"
        headline = "This zip was packed again by another program. Unpack it and check the folder."
        assert page.text("verdict-title") == headline

    def test_the_folder_of_an_export_and_the_report_alone_are_sent_on_to_the_zip(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        out = tmp_path / "out"
        out.mkdir()
        for name in ("AB-report.zip", "AB-report-sealed.zip"):
            (out / name).write_bytes(b"content")
        (out / "AB-report.pdf").write_bytes(good_package().files["data/report.pdf"])
        assert page.check_folder(out)["verdict"] == "unreadable"
        assert "choose AB-report.zip instead" in page.texts("#problems li")[0]
        assert page.check_zip(out / "AB-report.pdf")["verdict"] == "unreadable"
        assert "choose the zip instead" in page.texts("#problems li")[0]

    def test_every_token_is_looked_at_and_said_to_be_of_nobody_that_is_known(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        package = good_package()
        anchor(9)(package)
        stamped(good_token)(package)
        result = page.check_zip(as_zip(tmp_path, package))
        assert result["verdict"] == "intact"
        unchecked = {one["path"] for one in result["notices"] if one["path"].endswith(".tsr")}
        assert unchecked == {"tagmanifest-sha256.txt.tsr", "data/anchors/9.tsr"}
        assert page.text("notices").count("anyone can set up a service") == 2

    def test_hostile_names_are_shown_as_the_text_they_are(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        package.files["data/<img src=x onerror=alert(1)>\u202egnp.exe"] = b"x"
        package.files["data/\x1b[31m<script>alert(1)<"] = b"x"
        result = page.check_folder(package.unpack(tmp_path))
        assert codes(result) == {"file-extra"}
        listed = "\n".join(page.texts("#problems li"))
        assert "data/<img src=x onerror=alert(1)>[U+202E]gnp.exe" in listed
        assert "data/[U+001B][31m<script>alert(1)<" in listed
        everything = page.driver.execute_script("return document.documentElement.textContent")
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", everything)
        assert page.driver.execute_script("return document.images.length + document.scripts.length") == 1

    @pytest.mark.parametrize(
        "hidden", ["\u2800", "\U0001d173", "\U0001bca0", "\ue123", "\U000f0000", "\u0378", "\u200f", "\ufe0f", "\u3164"]
    )
    def test_what_cannot_be_seen_in_a_name_is_written_out(
        self, page: ChromiumPage, tmp_path: Path, hidden: str
    ) -> None:
        package = good_package()
        package.files[f"data/a{hidden}b"] = b"x"
        assert codes(page.check_folder(package.unpack(tmp_path))) == {"file-extra"}
        assert f"data/a[U+{ord(hidden):04X}]b" in page.texts("#problems li")[0]

    def test_letters_with_a_hundred_accents_paint_over_nothing_else(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        package.files["data/a" + "\u0300" * 100] = b"x"
        page.check_folder(package.unpack(tmp_path))
        assert page.script("return getComputedStyle(document.querySelector('#problems li')).overflow") == "clip"

    def test_a_folder_with_a_file_that_cannot_be_part_of_a_package_has_one_too_many(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        folder = good_package().unpack(tmp_path)
        (folder / "Meine Notizen (für später).txt").write_text("x")
        result = page.check_folder(folder)
        assert (result["verdict"], codes(result)) == ("failed", {"file-extra"})


class TestFromOutside:
    def test_the_right_fingerprint_is_confirmed_however_it_is_written(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        groups = [package.fingerprint[i : i + 4].upper() for i in range(0, 64, 4)]
        page.type_in(fingerprint=" ".join(groups[:5]) + ":" + "-".join(groups[5:]))
        result = page.check_zip(as_zip(tmp_path, package))
        assert result["verdict"] == "intact"
        assert "no-outside-anchor" not in codes(result, "notices")
        assert page.texts("#typed li") == ["The fingerprint you typed in is the one of this package."]

    def test_the_fingerprint_shown_is_the_key_s_in_groups_of_four(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        assert page.check_zip(as_zip(tmp_path, package))["fingerprint"] == package.fingerprint
        groups = page.texts("#facts .groups span")
        assert [len(group) for group in groups] == [4] * 16
        assert "".join(groups) == package.fingerprint

    def test_a_wrong_fingerprint_typed_in_afterwards_changes_the_verdict(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        assert "no-outside-anchor" in codes(page.check_zip(as_zip(tmp_path, good_package())), "notices")
        page.type_in(fingerprint=WRONG_FINGERPRINT)
        result = page.compare()
        assert (result["verdict"], codes(result)) == ("failed", {"fingerprint-mismatch"})
        assert page.text("verdict-title") == "This does not fit together"
        page.type_in(fingerprint=good_package().fingerprint)
        assert page.compare()["verdict"] == "intact"

    def test_a_key_that_signed_nothing_here_is_not_named_as_the_one_who_signed(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        """The public key of somebody who is trusted lies in a package that another one made."""
        package = good_package()
        page.type_in(fingerprint=package.fingerprint)
        package.files["data/report.html"] += b" "
        package.write_manifests()
        package.files["tagmanifest-sha256.txt.sig"] = good_package(5).sign(package.files["tagmanifest-sha256.txt"])
        result = page.check_zip(as_zip(tmp_path, package))
        assert (codes(result), result["fingerprint"]) == ({"manifest-signature"}, None)
        assert package.fingerprint not in page.text("facts").replace("\n", "")
        assert "could not be compared" in page.texts("#typed li")[0]

    def test_half_a_fingerprint_is_a_typing_mistake_and_no_verdict(self, page: ChromiumPage, tmp_path: Path) -> None:
        page.type_in(fingerprint=good_package().fingerprint[:-1])
        result = page.check_zip(as_zip(tmp_path, good_package()))
        assert (result["verdict"], result["problems"]) == ("intact", [])
        assert "63" in page.texts("#typed li")[0]

    def test_a_sign_that_no_fingerprint_has_is_named(self, page: ChromiumPage, tmp_path: Path) -> None:
        page.type_in(fingerprint=good_package().fingerprint[:-1] + "O")
        result = page.check_zip(as_zip(tmp_path, good_package()))
        assert (result["verdict"], result["problems"]) == ("intact", [])
        (said,) = page.texts("#typed li")
        assert "There is “O” in this fingerprint" in said
        assert "64" not in said

    def test_receipts_of_any_age_fit_two_in_a_line_and_with_spaces(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        spaced = package.receipt(4).replace("-", " ").lower().replace("0", "o").replace("1", "l", 1)
        page.type_in(
            receipts=f"{package.receipt(1)} {spaced}\n{package.receipt(len(package.log))}, {package.receipt(2)}"
        )
        result = page.check_zip(as_zip(tmp_path, package))
        assert result["verdict"] == "intact"
        assert [one["entries"] for one in result["receipts"]] == [1, 4, len(package.log), 2]
        assert {one["state"] for one in result["receipts"]} == {"in-the-chain"}

    def test_a_receipt_broken_over_two_lines_is_read_and_a_mistake_in_one_leaves_the_others(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        package = good_package()
        first, second = package.receipt(9), package.receipt(10)
        page.fill(receipts=f"{first[:12]}\n{first[12:]}\n{second}")
        result = page.check_zip(as_zip(tmp_path, package))
        assert [(one["entries"], one["state"]) for one in result["receipts"]] == [
            (9, "in-the-chain"),
            (10, "in-the-chain"),
        ]
        page.fill(receipts=f"{second}\n{first[:-1]}")
        assert [one["state"] for one in page.compare()["receipts"]] == ["in-the-chain", "mistyped"]
        assert "agrees" not in page.text("verdict-next")
        page.fill(receipts=second)
        page.compare()
        assert page.text("verdict-next") == "What you typed in agrees with it."

    def test_a_mistyped_receipt_is_said_in_its_own_sentence_and_is_no_verdict(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        package = good_package()
        code = package.receipt(9)
        mistyped = code[:-6] + ("2" if code[-6] != "2" else "3") + code[-5:]
        page.type_in(receipts=mistyped)
        result = page.check_zip(as_zip(tmp_path, package))
        assert (result["verdict"], result["problems"]) == ("intact", [])
        assert [one["state"] for one in result["receipts"]] == ["mistyped"]
        assert "no-outside-anchor" in codes(result, "notices")
        assert "typing mistake" in page.texts("#typed li")[0]
        assert mistyped not in page.text("verdict")

    def test_a_receipt_of_another_vault_says_that_it_may_be_mistyped(self, page: ChromiumPage, tmp_path: Path) -> None:
        page.type_in(receipts=good_package(5).receipt(9))
        result = page.check_zip(as_zip(tmp_path, good_package()))
        assert (result["verdict"], codes(result)) == ("failed", {"receipt-mismatch"})
        assert "or was mistyped" in page.texts("#problems li")[0]
        assert "By itself every file is as it was when it was signed." in page.text("verdict")

    def test_a_receipt_is_not_said_to_fit_entries_that_are_not_those_of_the_chain(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        package = good_package()
        page.type_in(receipts=package.receipt(len(package.log)))
        package.put_lines("data/record.jsonl", package.lines_of("data/record.jsonl")[::-1])
        package.resign()
        result = page.check_zip(as_zip(tmp_path, package))
        assert (codes(result), [one["state"] for one in result["receipts"]]) == ({"chain-broken"}, ["not-checked"])
        assert "could not be compared" in page.texts("#typed li")[0]

    def test_a_receipt_that_fits_is_no_praise_beside_a_changed_file(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        page.type_in(receipts=package.receipt(9))
        package.files[KNOWN_EXHIBIT] += b" "
        assert page.check_zip(as_zip(tmp_path, package))["receipts"][0]["state"] == "in-the-chain"
        assert "the package does not hold" in page.texts("#typed li")[0]
        assert page.script("return document.querySelectorAll('#typed .fits').length") == 0

    def test_the_receipt_code_of_the_package_is_shown(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        page.check_zip(as_zip(tmp_path, package))
        assert package.receipt(len(package.log)) in page.text("facts")


class TestWhatIsSaid:
    def test_the_counts_and_the_limits_are_said(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        result = page.check_zip(as_zip(tmp_path, package))
        shown = sum(entry["id"] not in package.withheld for entry in package.log)
        assert (result["entries"], result["disclosed"]) == (len(package.log), shown)
        assert result["withheld"] == len(package.log) - shown
        assert result["head"] == package.links[-1]
        assert result["sealed"] == []
        assert result["timestamp"] == "none"
        assert {one["path"] for one in result["notices"] if one["code"] == "not-checked-here"} >= {"data/report.pdf"}
        assert "Anyone could make a whole package from nothing" in page.text("limits")

    def test_sealed_and_earlier_files_and_a_clock_set_back_are_said(self, page: ChromiumPage, tmp_path: Path) -> None:
        package = good_package()
        package.left_out = dict.fromkeys(package.left_out, "earlier")
        package.log[6]["at"] = "2026-11-19T00:00:00.000Z"
        package.rewrite()
        package.put_head(since=14, sealed=["0" * 64 + " AB-report-2026-11-20-sealed.zip"])
        package.resign()
        result = page.check_zip(as_zip(tmp_path, package))
        assert result["verdict"] == "intact"
        assert codes(result, "notices") >= {"sealed-not-checked", "earlier-not-checked", "clock-backwards"}

    def test_the_zip_is_offered_first_with_the_words_that_nothing_is_uploaded(self, page: ChromiumPage) -> None:
        first = page.driver.execute_script(
            "document.querySelector('#choose input').focus(); return document.activeElement.id"
        )
        assert first == "zip-input"
        assert "Nothing is uploaded" in page.text("choose") + page.driver.find_element("tag name", "header").text
        assert "nothing is uploaded" in page.text("choose")

    def test_a_long_check_can_be_stopped_and_gives_no_verdict(self, page: ChromiumPage, tmp_path: Path) -> None:
        page.driver.execute_script(
            "const running = document.getElementById('running');"
            "new MutationObserver(() => { if (!running.hidden) document.getElementById('cancel').click(); })"
            ".observe(running, { attributes: true });"
        )
        page.driver.find_element("id", "zip-input").send_keys(str(as_zip(tmp_path, good_package())))
        page.wait_for(lambda: page.text("verdict-title"))
        assert page.text("verdict-title") == "Nothing was checked"
        assert page.driver.execute_script("return document.getElementById('result-json').textContent") == ""

    def test_where_nothing_was_checked_no_sentence_about_the_last_check_is_left(
        self, page: ChromiumPage, tmp_path: Path
    ) -> None:
        package = good_package()
        page.fill(fingerprint=package.fingerprint)
        page.check_zip(as_zip(tmp_path, package))
        assert page.texts("#typed li") == ["The fingerprint you typed in is the one of this package."]
        page.drop(*[as_zip(tmp_path, package, name=f"copy-{number}") for number in range(51)])
        page.wait_for(lambda: page.text("verdict-title") == "Nothing was checked")
        assert page.texts("#typed li") == []

    def test_another_result_is_not_said_to_be_copied(self, page: ChromiumPage, tmp_path: Path) -> None:
        page.check_zip(as_zip(tmp_path, good_package()))
        page.script("document.getElementById('experts').open = true; document.getElementById('copy').click()")
        page.wait_for(lambda: page.text("copy") != "Copy the result")
        page.check_zip(as_zip(tmp_path, good_package(5)))
        assert page.text("copy") == "Copy the result"

    def test_every_visible_word_of_the_page_comes_from_the_one_object_of_words(self) -> None:
        body = re.search(r"<body>(.*?)<script>", PAGE.read_text(), re.DOTALL)
        assert body is not None
        without_script_notice = re.sub(r"<noscript>.*?</noscript>", "", body[1], flags=re.DOTALL)
        assert re.sub(r"<[^>]*>|\s", "", without_script_notice) == ""


class TestThePolicy:
    def test_the_policy_allows_this_script_and_this_style_and_nothing_else(self) -> None:
        text = PAGE.read_bytes().decode("utf-8")
        # After every change: .venv/bin/python tests/page_policy.py
        assert policy_in(text) == policy_for(text), f"the page's policy should be: {policy_for(text)}"

    def test_nothing_in_the_page_reads_text_as_html_or_code(self) -> None:
        text = PAGE.read_text()
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "http:",
            "https:",
        ):
            assert word not in text, word

    def test_a_request_and_a_foreign_script_are_refused(self, browser: ChromiumPage) -> None:
        browser.open()
        browser.driver.execute_script(
            "const image = new Image(); image.src = 'https://127.0.0.1:9/x.png';"
            "const script = document.createElement('script'); script.textContent = 'window.ran = true';"
            "document.body.append(image, script)"
        )
        refused = []
        browser.wait_for(lambda: refused.extend(browser.complaints()) or len(refused) >= 2)
        assert browser.driver.execute_script("return window.ran") is None
        assert all("Content Security Policy" in message for message in refused)
