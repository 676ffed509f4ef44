"""What a list in the window can be narrowed to, and what is said of a case in which something cannot be read."""

from pathlib import Path

from copies import PAGE, damage, pages_of
from window import PASSPHRASE, PNG, make_case

from app.casefile import Casefile
from app.clock import RecordingClock
from app.damaged import damaged
from app.kinds import Exhibit, Kind, Sensitivity
from app.listing import Sought, choices, listed
from capture import FileSource, this_computer


def opened(path: Path) -> Casefile:
    return Casefile.open(path, PASSPHRASE, RecordingClock(this_computer()))


def keep(casefile: Casefile, folder: Path, **about: str) -> str:
    (folder / "chat.png").write_bytes(PNG)
    source = FileSource(folder / "chat.png", casefile.clock.computer)
    return casefile.preserve(source.capture(), Exhibit(sensitivity=Sensitivity.ORDINARY, **about)).ref


def test_each_platform_that_is_named_anywhere_can_be_chosen_once(tmp_path):
    casefile = opened(make_case(tmp_path / "notes.holdfast"))
    assert choices(casefile).platforms == ()
    for platform in ("Skype", "skype", "Image board", "A forum of ours"):
        keep(casefile, tmp_path, platform=platform)
    casefile.record(Kind.ACCOUNT, {"display_name": "Gloria", "platform": "image_board"})
    found = choices(casefile)
    assert found.platforms == ("a forum of ours", "image board", "skype")
    assert [account.data["display_name"] for account in found.accounts] == ["Gloria"]
    for platform, number in zip(found.platforms, (1, 2, 2), strict=True):
        assert len(listed(casefile, Sought(platform=platform), 10, None).subjects) == number
    casefile.close()


def test_a_list_of_everything_leaves_out_what_the_program_writes_itself(tmp_path):
    casefile = opened(make_case(tmp_path / "notes.holdfast"))
    keep(casefile, tmp_path)
    casefile.record(Kind.INCIDENT, {"what_happened": "x"})
    casefile.receipt()
    kinds = [subject.kind for subject in listed(casefile, Sought(), 10, None).subjects]
    assert kinds == [Kind.INCIDENT, Kind.EXHIBIT]
    casefile.close()


def test_withdrawn_accounts_are_not_offered(tmp_path):
    casefile = opened(make_case(tmp_path / "notes.holdfast"))
    casefile.record(Kind.ACCOUNT, {"display_name": "Gloria"})
    casefile.withdraw(next(casefile.subjects(Kind.ACCOUNT)), "a mistake")
    assert choices(casefile).accounts == ()
    casefile.close()


def test_what_cannot_be_read_is_named_by_its_reference_with_how_much_of_it_is_left(tmp_path):
    casefile = opened(make_case(tmp_path / "notes.holdfast"))
    assert damaged(casefile) is None
    keep(casefile, tmp_path)
    keep(casefile, tmp_path, title="long " * 4000)
    casefile.amend(casefile.find("AB/1"), {"title": "longer " * 4000})
    entries = casefile.vault.head.entries
    pages = pages_of(casefile.vault, "entry", "overflow")
    path = casefile.vault.path
    casefile.close()
    for page in (pages[1], pages[-1]):
        damage(path / "log.db", page * PAGE + 100)
    casefile = opened(path)
    found = damaged(casefile)
    assert found is not None
    assert (found.unread, found.changed, found.others) == (("AB/2",), ("AB/1",), 0)
    assert found.entries == entries - 2
    assert casefile.find("AB/1").ref == "AB/1"
    casefile.close()


def test_damage_that_takes_no_entry_along_names_nothing(tmp_path):
    casefile = opened(make_case(tmp_path / "notes.holdfast"))
    keep(casefile, tmp_path)
    page = pages_of(casefile.vault, "meta")[0]
    entries, path = casefile.vault.head.entries, casefile.vault.path
    casefile.close()
    damage(path / "log.db", page * PAGE + 100)
    casefile = opened(path)
    found = damaged(casefile)
    assert found is not None
    assert (found.unread, found.changed, found.others, found.entries) == ((), (), 0, entries)
    casefile.close()
