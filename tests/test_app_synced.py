"""Folders that a cloud service copies are recognised, and vaults and exports are kept out of them."""

import json
from pathlib import Path

import pytest
from command_line import CommandLine, new_case

from app.errors import RefusedForSafety
from app.synced import Service, Surroundings, require_unsynced, synced_folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home" / "ann"
    made.mkdir(parents=True)
    return made


def folder(*parts: str | Path) -> Path:
    made = Path(*parts)
    made.mkdir(parents=True, exist_ok=True)
    return made


def service(path: Path, home: Path, **environ: str) -> Service | None:
    found = synced_folder(path, Surroundings(environ, home))
    if found is None:
        return None
    assert found.why
    return found.service


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("OneDrive", Service.ONEDRIVE),
        ("OneDrive - Some Company", Service.ONEDRIVE),
        ("iCloudDrive", Service.ICLOUD),
        ("Library/Mobile Documents/com~apple~CloudDocs", Service.ICLOUD),
        ("Library/CloudStorage/OneDrive-Personal", Service.ONEDRIVE),
        ("Library/CloudStorage/GoogleDrive-ann@example.org/My Drive", Service.GOOGLE_DRIVE),
        ("Library/CloudStorage/Dropbox", Service.DROPBOX),
        ("Library/CloudStorage/Somebody-Else", Service.ANOTHER),
        ("Dropbox", Service.DROPBOX),
        ("Dropbox (Personal)", Service.DROPBOX),
        ("Google Drive", Service.GOOGLE_DRIVE),
        ("Nextcloud", Service.NEXTCLOUD),
        ("ownCloud", Service.NEXTCLOUD),
    ],
)
def test_the_folders_that_these_services_make_are_known(home, place, expected):
    inside = folder(home, place, "deep", "inside")
    assert service(inside / "case.holdfast", home) is expected
    assert service(home / place, home) is expected
    assert service(home / "case.holdfast", home) is None
    assert service(folder(home, "Documents"), home) is None


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial", "ONEDRIVE"])
def test_the_environment_names_the_folder_of_onedrive(home, name):
    place = folder(home, "Work", "Files")
    assert service(place / "x", home, **{name: str(place)}) is Service.ONEDRIVE
    assert service(home / "x", home, **{name: str(place)}) is None
    assert service(home / "x", home, **{name: ""}) is None


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (".849C9593-D756-4E56-8D6E-42412F2A707B", Service.ONEDRIVE),
        (".dropbox", Service.DROPBOX),
        (".dropbox.cache", Service.DROPBOX),
        (".tmp.drivedownload", Service.GOOGLE_DRIVE),
        (".tmp.driveupload", Service.GOOGLE_DRIVE),
        (".sync_0a1b2c3d.db", Service.NEXTCLOUD),
        ("._sync_0a1b2c3d.db", Service.NEXTCLOUD),
        (".nextcloudsync.log", Service.NEXTCLOUD),
        (".owncloudsync.log", Service.NEXTCLOUD),
    ],
)
def test_marks_in_any_folder_above_give_it_away(home, tmp_path, mark, expected):
    place = folder(tmp_path, "elsewhere", "one", "two")
    (tmp_path / "elsewhere" / mark).touch()
    assert service(place / "case.holdfast", home) is expected
    assert service(tmp_path / "case.holdfast", home) is None


def test_the_settings_of_dropbox_name_its_folder_wherever_it_is(home, tmp_path):
    box = folder(tmp_path, "data", "box")
    settings = folder(home, ".dropbox")
    (settings / "info.json").write_text(json.dumps({"personal": {"path": str(box), "host": 1}}), encoding="utf-8")
    assert service(box / "case.holdfast", home) is Service.DROPBOX
    assert service(home / "case.holdfast", home) is None
    local = folder(tmp_path, "local")
    (settings / "info.json").rename(folder(local, "Dropbox") / "info.json")
    assert service(box / "case.holdfast", home) is None
    assert service(box / "case.holdfast", home, LOCALAPPDATA=str(local)) is Service.DROPBOX


def test_the_settings_of_nextcloud_name_its_folders(home, tmp_path):
    place = folder(tmp_path, "my cloud")
    settings = folder(home, ".config", "Nextcloud")
    lines = [
        "[General]",
        "clientVersion=3.16",
        "[Accounts]",
        "0\\Folders\\1\\localPath=" + str(place),
        "0\\url=https://x%20y",
    ]
    (settings / "nextcloud.cfg").write_text("\n".join(lines), encoding="utf-8")
    assert service(place / "case.holdfast", home) is Service.NEXTCLOUD
    assert service(home / "case.holdfast", home) is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b'{"a": 1}', b"\xff\xfe", b"[" * 100_000, b'{"a": {"path": 3}}']
)
def test_settings_that_cannot_be_read_are_passed_over(home, content):
    for name in (".dropbox/info.json", ".config/Nextcloud/nextcloud.cfg"):
        folder((home / name).parent)
        (home / name).write_bytes(content)
    assert service(home / "case.holdfast", home) is None


def test_icloud_that_takes_desktop_and_documents_along_is_noticed(home):
    desktop = folder(home, "Desktop")
    assert service(desktop / "case.holdfast", home) is None
    cloud = folder(home, "Library", "Mobile Documents", "com~apple~CloudDocs")
    (cloud / "Desktop").symlink_to(desktop)
    assert service(desktop / "case.holdfast", home) is Service.ICLOUD
    assert service(folder(home, "Documents"), home) is None


def test_links_into_a_synced_folder_and_out_of_it_are_followed(home, tmp_path):
    cloud, outside = folder(home, "Dropbox"), folder(tmp_path, "outside")
    (tmp_path / "link").symlink_to(cloud)
    assert service(tmp_path / "link" / "case.holdfast", home) is Service.DROPBOX
    (cloud / "link").symlink_to(outside)
    assert service(cloud / "link" / "case.holdfast", home) is Service.DROPBOX
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert service(tmp_path / "circle" / "x", home) is None


def test_a_home_folder_with_the_settings_of_dropbox_is_not_itself_synced(home):
    folder(home, ".dropbox", "instance1")
    assert service(home / "case.holdfast", home) is None


def test_it_is_refused_with_the_reason_and_allowed_where_somebody_wants_it(home):
    place = folder(home, "OneDrive") / "case.holdfast"
    around = Surroundings({}, home)
    with pytest.raises(RefusedForSafety, match="copied to OneDrive") as refused:
        require_unsynced(place, around, anyway=False)
    assert "--anyway" in refused.value.next
    assert "copied to OneDrive" in require_unsynced(place, around, anyway=True)
    assert require_unsynced(home / "x", around, anyway=False) == ""
    with pytest.raises(RefusedForSafety) as final:
        require_unsynced(place, around)
    assert "--anyway" not in final.value.next


def test_no_vault_and_no_export_goes_there_unless_somebody_says_anyway(tmp_path):
    line = new_case(tmp_path)
    cloud = folder(tmp_path, "Dropbox")
    before = line.left_in_vault()
    vault, out = cloud / "case.holdfast", cloud / "out"
    refused = [
        line.raw("create", vault, "--initials", "AB", "--passphrase-file", line.secret),
        line("export", out, "--for", "police"),
        line("passphrase", "--new-passphrase-file", line.secret, "--recovery-words-file", cloud / "words"),
    ]
    for answer in refused:
        assert answer.status == 4
        assert "Dropbox" in answer.err
        assert answer.out == ""
    assert list(cloud.iterdir()) == []
    assert line.left_in_vault() == before
    made = line.raw("create", vault, "--initials", "AB", "--anyway", "--passphrase-file", line.secret)
    assert made.status == 0
    assert "Dropbox" in made.err
    assert line("export", out, "--for", "police", "--anyway").status == 0


def test_a_vault_that_lies_there_already_is_warned_about_at_every_opening_with_a_way_out(tmp_path):
    line = new_case(tmp_path)
    (tmp_path / "Dropbox").mkdir()
    assert "Dropbox" not in line("list").err
    moved = line.vault.rename(tmp_path / "Dropbox" / "case.holdfast")
    secret = ("--passphrase-file", line.secret)
    for command in (("list",), ("list", "--json"), ("check",), ("record", "incident", "what_happened=x"), ("slots",)):
        answer = line.raw(command[0], moved, *command[1:], *secret)
        assert answer.status == 0, answer.err
        assert answer.err.count("copied to Dropbox") == 1
        assert "move its whole folder" in answer.err
        assert "Dropbox" not in answer.out


def test_a_vault_that_is_opened_with_recovery_words_there_is_warned_about_too(tmp_path):
    words, new = tmp_path / "words", tmp_path / "new"
    line = new_case(tmp_path, "--recovery-words-file", str(words))
    (tmp_path / "Dropbox").mkdir()
    moved = line.vault.rename(tmp_path / "Dropbox" / "case.holdfast")
    new.write_text("another horse entirely")
    answer = line.raw("recover", moved, "--recovery-words-file", words, "--new-passphrase-file", new)
    assert answer.status == 0, answer.err
    assert "copied to Dropbox" in answer.err


def test_only_create_and_export_take_anyway(tmp_path):
    line = CommandLine(tmp_path)
    for command in ("passphrase", "rekey", "recover", "slots", "destroy", "add", "list"):
        assert "--anyway" not in line.raw(command, "--help").out
