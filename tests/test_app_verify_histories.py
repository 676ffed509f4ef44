"""Packages of one vault that are given together are one history, or are said to be two."""

import tracemalloc
from collections.abc import Sequence
from pathlib import Path

from alter_bag import remade
from package_maker import KNOWN_EXHIBIT, Package, good_package
from zip_maker import ZipPart, zip_of

from app.package.verify import Code, NoticeCode, Outcome, Verdict, plain_words, verify_each
from app.package.verify.checking import Asked, check_package
from app.package.verify.histories import Glance
from app.package.verify.shelf import _Shelf
from vault.chain import VaultId


def until(entries: int, seed: int = 1) -> Package:
    """The package of the vault as it was after so many entries."""
    package = good_package(seed)
    del package.log[entries:]
    package.rewrite()
    return package


def changed_at(entry: int, entries: int = 15) -> Package:
    """Another history: one entry was written otherwise, and all that follows was made anew with the right key."""
    package = good_package()
    package.log[entry - 1]["app"] = "another program"
    del package.log[entries:]
    package.rewrite()
    return package


def given(folder: Path, **packages: Package) -> dict[str, Verdict]:
    """The verdicts on packages given together, by their names."""
    paths: list[Path] = []
    for name, package in packages.items():
        paths.append(folder / f"{name}.zip")
        paths[-1].write_bytes(package.zipped())
    return {Path(verdict.package).stem: verdict for verdict in verify_each(paths)}


def codes(verdicts: Sequence[Verdict]) -> list[set[Code]]:
    return [{problem.code for problem in verdict.problems} for verdict in verdicts]


def names(verdict: Verdict) -> list[str]:
    return [Path(name).stem for name in verdict.continues]


def test_a_later_package_continues_the_earlier_one_and_says_so(tmp_path: Path) -> None:
    told = given(tmp_path, later=good_package(), earlier=until(12))
    assert {verdict.outcome for verdict in told.values()} == {Outcome.INTACT}
    assert (names(told["later"]), names(told["earlier"])) == (["earlier"], [])
    said = f"It continues {tmp_path / 'earlier.zip'}: nothing was changed in between."
    assert said in plain_words(told["later"])
    assert told["later"].as_json()["continues"] == [str(tmp_path / "earlier.zip")]


def test_of_several_the_longest_shorter_one_is_continued(tmp_path: Path) -> None:
    told = given(tmp_path, c=good_package(), a=until(9), b=until(12), b2=until(12))
    assert (names(told["c"]), names(told["b"]), names(told["a"])) == (["b", "b2"], ["a"], [])


def test_two_histories_of_one_vault_are_told_of_both(tmp_path: Path) -> None:
    told = given(tmp_path, longer=good_package(), other=changed_at(7, 12))
    assert codes(list(told.values())) == [{Code.FORKED}, {Code.FORKED}]
    assert f"{tmp_path / 'other.zip'} shows another history" in told["longer"].problems[0].detail
    assert f"{tmp_path / 'longer.zip'} shows another history" in told["other"].problems[0].detail


def test_two_histories_of_the_same_length_are_two(tmp_path: Path) -> None:
    told = given(tmp_path, one=good_package(), other=changed_at(15))
    assert codes(list(told.values())) == [{Code.FORKED}, {Code.FORKED}]


def test_what_both_have_in_common_is_not_blamed_for_their_parting(tmp_path: Path) -> None:
    told = given(tmp_path, common=until(9), one=good_package(), other=changed_at(14))
    assert told["common"].outcome is Outcome.INTACT
    assert codes([told["one"], told["other"]]) == [{Code.FORKED}, {Code.FORKED}]
    assert names(told["one"]) == names(told["other"]) == ["common"]


def test_a_vault_made_again_with_another_key_is_another_history(tmp_path: Path) -> None:
    again = good_package()
    remade(again)
    told = given(tmp_path, true=until(12), again=again)
    assert codes(list(told.values())) == [{Code.FORKED}, {Code.FORKED}]


def test_the_same_package_twice_is_one_history(tmp_path: Path) -> None:
    told = given(tmp_path, one=good_package(), again=good_package())
    assert codes(list(told.values())) == [set(), set()]
    assert names(told["one"]) == []


def test_packages_of_other_vaults_are_not_compared(tmp_path: Path) -> None:
    told = given(tmp_path, mine=good_package(), hers=until(12, seed=5))
    assert codes(list(told.values())) == [set(), set()]
    assert names(told["mine"]) == []


def test_a_package_whose_chain_does_not_hold_is_compared_with_nothing(tmp_path: Path) -> None:
    broken = until(12)
    broken.files["data/chain.txt"] += b"more"
    told = given(tmp_path, broken=broken, a=until(9), c=good_package())
    assert codes([told["broken"]]) == [{Code.FILE_CHANGED}]
    assert (told["c"].outcome, names(told["c"])) == (Outcome.INTACT, ["a"])


def test_what_goes_on_beside_a_changed_file_is_not_praised(tmp_path: Path) -> None:
    spoiled = until(12)
    spoiled.files[KNOWN_EXHIBIT] += b"more"
    for packages in ({"a": spoiled, "b": good_package()}, {"a": until(9), "b": spoiled}):
        told = given(tmp_path, **packages)
        assert names(told["b"]) == ["a"]
        assert told["b"].as_json()["continues"] == [str(tmp_path / "a.zip")]
        words = plain_words(told["b"])
        assert "nothing was changed in between" not in words
        assert f"continue those of {tmp_path / 'a.zip'}, but the two packages do not both hold." in words


def test_a_receipt_that_only_the_longer_one_has_is_no_doubt_about_the_shorter_one(tmp_path: Path) -> None:
    paths = [tmp_path / "a.zip", tmp_path / "b.zip"]
    paths[0].write_bytes(until(12).zipped())
    paths[1].write_bytes(good_package().zipped())
    told = {Path(one.package).stem: one for one in verify_each(paths, receipts=[good_package().receipt(15)])}
    assert codes(list(told.values())) == [set(), set()]
    assert f"It continues {paths[0]}: nothing was changed in between." in plain_words(told["b"])


def test_a_package_that_only_claims_to_be_of_this_vault_spoils_nothing(tmp_path: Path) -> None:
    liar = good_package(seed=5)
    liar.put_head(vault=good_package().vault)
    liar.resign()
    told = given(tmp_path, liar=liar, mine=good_package())
    assert codes([told["liar"], told["mine"]]) == [{Code.CHAIN_BROKEN}, set()]


def follow_up(entries: int = 12) -> Package:
    """A package that leaves to the one of so many entries what that one has of AB/1."""
    package = good_package()
    package.left_out[package.log[3]["objects"][0]["id"]] = "earlier"
    package.rewrite()
    package.put_head(since=entries)
    package.resign()
    return package


def notices(verdict: Verdict) -> set[NoticeCode]:
    return {notice.code for notice in verdict.notices}


def test_files_that_an_earlier_package_has_are_looked_up_there(tmp_path: Path) -> None:
    without = until(12)
    without.left_out[without.log[3]["objects"][0]["id"]] = "left-out"
    without.rewrite()
    told = given(tmp_path, before=until(12), later=follow_up())
    assert codes([told["before"], told["later"]]) == [set(), set()]
    assert NoticeCode.EARLIER_NOT_CHECKED not in notices(told["later"])
    told = given(tmp_path, before=without, later=follow_up())
    assert codes([told["before"], told["later"]]) == [set(), {Code.RECORD_MISMATCH}]
    assert told["later"].problems[0].path == KNOWN_EXHIBIT


def test_files_are_looked_up_in_the_very_package_that_was_handed_over_before(tmp_path: Path) -> None:
    """Not in one of another length, nor in one that tells another history."""
    for before in (until(11), changed_at(7, 12), until(12, seed=5)):
        told = given(tmp_path, before=before, later=follow_up())
        assert Code.RECORD_MISMATCH not in codes([told["later"]])[0]
        assert NoticeCode.EARLIER_NOT_CHECKED in notices(told["later"])


def test_files_are_looked_up_in_the_package_before_though_its_head_says_that_it_ends_elsewhere(tmp_path: Path) -> None:
    """Where it ends is what its chain says; its head.json is only believed for a first glance."""
    for left_out in (True, False):
        before = until(9)
        if left_out:
            before.left_out[before.log[3]["objects"][0]["id"]] = "left-out"
            before.rewrite()
        before.put_head(entries=12)
        before.resign()
        told = given(tmp_path, before=before, later=follow_up(9))
        assert codes([told["later"]]) == [{Code.RECORD_MISMATCH} if left_out else set()]
        assert codes([told["before"]]) == [{Code.HEAD_MISMATCH}]
        assert NoticeCode.EARLIER_NOT_CHECKED not in notices(told["later"])


def test_the_package_before_is_found_behind_any_number_of_others(tmp_path: Path) -> None:
    later = long_package(100)
    later.left_out[later.log[3]["objects"][0]["id"]] = "earlier"
    later.rewrite()
    later.put_head(since=9)
    later.resign()
    between = {f"at{entries}": long_package(entries) for entries in range(20, 90)}
    told = given(tmp_path, later=later, before=until(9), **between)
    assert {verdict.outcome for verdict in told.values()} == {Outcome.INTACT}
    assert NoticeCode.EARLIER_NOT_CHECKED not in notices(told["later"])


def long_package(entries: int) -> Package:
    package = good_package()
    last = package.log[-1]
    package.log += [last | {"seq": seq, "id": f"{seq:032x}"} for seq in range(16, entries + 1)]
    package.rewrite()
    return package


def test_packages_that_only_say_that_they_are_between_hide_no_parting(tmp_path: Path) -> None:
    """A package is compared with the longest shorter ones: whoever hides one puts empty ones before it."""
    longest, other = long_package(100), changed_at(7, 12)
    paths = [tmp_path / "longest.zip", tmp_path / "other.zip"]
    paths[0].write_bytes(longest.zipped())
    paths[1].write_bytes(other.zipped())
    for entries in range(13, 100):
        longest.put_head(entries=entries)
        paths.append(tmp_path / f"{entries}.zip")
        paths[-1].write_bytes(zip_of([ZipPart("AB/data/head.json", longest.files["data/head.json"])]))
    told = {Path(verdict.package).stem: verdict for verdict in verify_each(paths)}
    assert len(told) == len(paths)
    assert codes([told["longest"], told["other"]]) == [{Code.FORKED}, {Code.FORKED}]
    assert codes([told["50"]]) == [{Code.MALFORMED}]


def test_packages_of_one_vault_by_the_thousand_are_light() -> None:
    tracemalloc.start()
    shelf = _Shelf({index: Glance(VaultId("0" * 32), index + 1) for index in range(10_000)})
    others = [shelf.others(index) for index in range(10_000)]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert others[9_999][-1] == 9_999
    assert most < 50_000_000


def test_a_package_that_became_another_one_after_a_glance_is_not_believed(tmp_path: Path) -> None:
    """It was compared with those of the vault that it was of before, or with none."""
    path = tmp_path / "package.zip"
    path.write_bytes(good_package().zipped())
    checked = check_package(path, Asked(None, (), ""))
    for seen in ({}, {0: Glance(VaultId("0" * 32), 15)}):
        (verdict,) = _Shelf(seen).add(0, checked)
        assert codes([verdict]) == [{Code.MALFORMED}]
    (verdict,) = _Shelf({0: Glance(VaultId(good_package().vault), 15)}).add(0, checked)
    assert verdict.outcome is Outcome.INTACT
