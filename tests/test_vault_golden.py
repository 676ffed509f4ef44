"""A vault of every format so far opens for ever, and holds what it held on the day when it was made."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import apsw
import pytest
from cases import clock
from independent_chain import receipt
from independent_reader import ReadVault
from vaults import STAMP

from app.casefile import Casefile
from vault.chain import Action, Kind, receipt_code
from vault.check import check
from vault.drafts import Draft
from vault.keys import DATABASE, sub_key
from vault.recovery import parse_words
from vault.slots import read_slots
from vault.vault import Vault

FOLDER = Path(__file__).parent / "vectors" / "golden"
NAME = "vault-1"
EXPECTED: dict[str, Any] = json.loads((FOLDER / f"{NAME}.json").read_bytes())


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(FOLDER / f"{NAME}.holdfast", tmp_path / "case.holdfast"))


def test_the_vault_is_as_it_was_committed():
    folder = FOLDER / f"{NAME}.holdfast"
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == EXPECTED["files"]


@pytest.mark.parametrize("secret", ["passphrase", "words"])
def test_the_program_reads_every_entry_link_and_object_in_it(copy, secret):
    if secret == "words":
        vault = Vault.open_with_words(copy, parse_words(EXPECTED["words"]))
    else:
        vault = Vault.open(copy, EXPECTED["passphrase"])
    assert vault.findings == ()
    report = check(vault)
    assert (report.faults, report.notes) == ([], [])
    rows = list(vault.log.rows())
    assert [row.body.decode("utf-8") for row in rows] == EXPECTED["entries"]
    assert [row.link for row in rows] == EXPECTED["links"]
    assert receipt_code(vault.head.entries, vault.head.link) == EXPECTED["receipt"]
    assert (vault.id, vault.generation) == (EXPECTED["vault"], EXPECTED["generation"])
    assert vault.identity.fingerprint == EXPECTED["fingerprint"]
    for name, body in EXPECTED["drafts"].items():
        assert vault.log.draft(name) == body
    stored = [item for row in rows for item in row.entry.objects]
    assert {item.id for item in stored} == {*EXPECTED["objects"], *EXPECTED["withdrawn"]}
    for item in stored:
        if item.id in EXPECTED["objects"]:
            content = b"".join(bytes(chunk) for chunk in vault.objects.read(item))
            assert content.hex() == EXPECTED["objects"][item.id]["content"]
    vault.close()


@pytest.mark.parametrize("secret", ["passphrase", "words"])
def test_the_independent_reader_reads_the_same_in_it(copy, secret):
    found = ReadVault(copy, **{secret: EXPECTED[secret]})
    assert [body.decode("utf-8") for body in found.bodies] == EXPECTED["entries"]
    assert found.links[1:] == EXPECTED["links"]
    assert receipt(*found.head) == EXPECTED["receipt"]
    assert (found.id, found.generation) == (EXPECTED["vault"], EXPECTED["generation"])
    assert found.fingerprint == EXPECTED["fingerprint"]
    assert {name: content.hex() for name, content in found.objects.items()} == {
        name: item["content"] for name, item in EXPECTED["objects"].items()
    }


def test_it_opens_whatever_another_version_made_of_the_caches(copy):
    key = sub_key(read_slots(copy).unlock(EXPECTED["passphrase"]), DATABASE)
    log = apsw.Connection(str(copy / "log.db"))
    log.execute("PRAGMA cipher='chacha20'")
    log.execute(f"PRAGMA key='raw:{key.hex()}'")
    log.execute("DROP TABLE cache_subject; CREATE TABLE cache_subject(another TEXT)")
    log.execute("DROP TABLE cache_object; UPDATE meta SET value = 'another' WHERE name = 'cache_version'")
    log.close()
    case = Casefile.open(copy, EXPECTED["passphrase"], clock(), "AB")
    assert case.vault.findings == ()
    assert case.check().faults == []
    assert case.find("AB/1").data["title"] == "Message with a demand for £350"
    case.close()


def test_it_is_understood_as_a_case_and_can_be_gone_on_with(copy):
    case = Casefile.open(copy, EXPECTED["passphrase"], clock(), "AB")
    assert case.case().title == "Case AB"
    assert case.find("AB/1").data["title"] == "Message with a demand for £350"
    assert case.find("AB/3").withdrawn
    assert {subject.kind for subject in case.subjects()} >= {Kind.ACCOUNT, Kind.PAYMENT, Kind.INCIDENT, Kind.ANCHOR}
    case.amend(case.find("AB/2"), {"title": "Still empty"})
    case.close()
    again = Vault.open(copy, EXPECTED["passphrase"])
    again.append([Draft(Action.WITHDRAW, Kind.EXHIBIT, _exhibit(again), {"why": "taken back years later"})], STAMP)
    assert check(again).faults == []
    again.close()
    assert len(ReadVault(copy, EXPECTED["passphrase"]).entries) == len(EXPECTED["entries"]) + 2


def _exhibit(vault):
    found = vault.log.with_ref("AB/1")
    assert found is not None
    return found
