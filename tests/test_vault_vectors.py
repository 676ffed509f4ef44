"""Every case in vectors/vault: the program and the independent reader both give what it says, or refuse as it says."""

import hashlib
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import independent_chain as chain
import independent_reader as reader
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.chain import (
    Entry,
    EntryId,
    Link,
    Malformed,
    MistypedReceipt,
    VaultId,
    body_hash,
    canonical,
    first_link,
    next_link,
    parse_line,
    parse_receipt,
    receipt_code,
)
from vault.errors import VaultError
from vault.head import read_head
from vault.keys import KdfCost, object_file_key, passphrase_key, recovery_key, sub_key
from vault.recovery import RecoverySecret, parse_words
from vault.slots import parse_slots
from vault.stream import CHUNK, BrokenObject, decrypt, measure

Case = dict[str, Any]
FOLDER = Path(__file__).parent / "vectors" / "vault"
PATHS = sorted(FOLDER.rglob("*.json"))
REFUSALS = (Malformed, MistypedReceipt, BrokenObject, VaultError, chain.Refused)


def bytes_of(parts: Sequence[dict[str, Any]]) -> bytes:
    """Bytes as a vector gives them: texts and hexadecimal, perhaps many times."""
    pieces = (bytes.fromhex(part["hex"]) if "hex" in part else part["text"].encode("utf-8") for part in parts)
    return b"".join(piece * part.get("times", 1) for piece, part in zip(pieces, parts, strict=True))


def text_of(written: str | Sequence[dict[str, Any]]) -> str:
    return written if isinstance(written, str) else bytes_of(written).decode("utf-8")


def object_file(case: Case) -> bytes:
    """The file that an object vector describes, made by its rule (README.md)."""
    if "input" in case:
        return bytes.fromhex(case["input"])
    size = case["plaintext"]["counting"]
    plain = (bytes(range(251)) * (size // 251 + 1))[:size]
    chunks = [plain[at : at + CHUNK] for at in range(0, max(size, 1), CHUNK)] + [b""] * case.get(
        "empty_last_chunk", False
    )
    flags = case.get("last_flags") or [0] * (len(chunks) - 1) + [1]
    salt, sealed_under = bytes.fromhex(case["salt"]), case.get("sealed_under", case["id"])
    header = b"HFOBJ\0\0\x01" + salt
    key = reader.hkdf(bytes.fromhex(case["key"]), b"holdfast/object-file/v1" + sealed_under.encode(), salt)
    nonces = [counter.to_bytes(11, "big") + bytes([flag]) for counter, flag in enumerate(flags)]
    sealed = [AESGCM(key).encrypt(nonce, chunk, header) for nonce, chunk in zip(nonces, chunks, strict=True)]
    for edit in case.get("edit", ()):
        if "chunks" in edit:
            sealed = [sealed[place] for place in edit["chunks"]]
    file = header + b"".join(sealed)
    for edit in case.get("edit", ()):
        file = file[: len(file) - edit.get("cut", 0)] + bytes.fromhex(edit.get("append", ""))
        if "flip" in edit:
            file = file[: edit["flip"]] + bytes([file[edit["flip"]] ^ 1]) + file[edit["flip"] + 1 :]
    return file


def read_object_file(case: Case, reads: Callable[[bytes, bytes, str], dict[str, Any]]) -> dict[str, Any]:
    file = object_file(case)
    assert (hashlib.sha256(file).hexdigest(), len(file)) == (case["file_sha256"], case["file_size"])
    assert file.hex() == case.get("file", file.hex())
    return reads(file, bytes.fromhex(case["key"]), case["id"])


def measured(file: bytes, key: bytes, object_id: str) -> dict[str, Any]:
    found = measure(decrypt(key, object_id, io.BytesIO(file)))
    return {"sha256": found.sha256, "size": found.size}


def independently_measured(file: bytes, key: bytes, object_id: str) -> dict[str, Any]:
    plain = b"".join(reader.read_object(file, key, object_id))
    return {"sha256": hashlib.sha256(plain).hexdigest(), "size": len(plain)}


def links(case: Case, first: Callable[[str], str], following: Callable[[str, int, str, bytes], str]) -> list[str]:
    if "previous" in case:
        return [following(case["previous"], case["seq"], case["id"], case["entry"].encode())]
    found = [first(case["vault"])]
    for text in case["entries"]:
        entry = json.loads(text)
        found.append(following(found[-1], entry["seq"], entry["id"], text.encode()))
    return found


def unlocked(case: Case) -> str:
    file = parse_slots(bytes_of(case["input"]))
    return file.unlock(case["passphrase"] if "passphrase" in case else parse_words(case["words"])).hex()


def head_of(case: Case, folder: Path) -> dict[str, Any]:
    (folder / "head").write_bytes(bytes.fromhex(case["input"]))
    head = read_head(folder, bytes.fromhex(case["key"]))
    assert head is not None
    return {"entries": head.entries, "link": head.link}


def slots_of(content: bytes) -> dict[str, Any]:
    file = parse_slots(content)
    return {"vault": file.vault, "generation": file.generation, "slots": [slot.id for slot in file.slots]}


def key_of(case: Case) -> bytes:
    salt = bytes.fromhex(case.get("salt", ""))
    if "label" in case:
        return sub_key(bytes.fromhex(case["vault_key"]), case["label"].encode())
    if "secret" in case:
        return recovery_key(RecoverySecret(bytes.fromhex(case["secret"])), salt)
    if "object_key" in case:
        return object_file_key(bytes.fromhex(case["object_key"]), salt, case["id"])
    return passphrase_key(case["passphrase"], salt, KdfCost(case["m_kib"], case["t"], case["p"]))


def independent_key_of(case: Case) -> bytes:
    salt = bytes.fromhex(case.get("salt", ""))
    if "label" in case:
        return reader.hkdf(bytes.fromhex(case["vault_key"]), case["label"].encode())
    if "secret" in case:
        return reader.recovery_key(bytes.fromhex(case["secret"]), salt)
    if "object_key" in case:
        return reader.hkdf(bytes.fromhex(case["object_key"]), b"holdfast/object-file/v1" + case["id"].encode(), salt)
    return reader.passphrase_key(case["passphrase"], salt, case["m_kib"], case["t"], case["p"])


def independent_slots_of(content: bytes) -> dict[str, Any]:
    slots = reader.parse_slots(content)
    return {
        "vault": slots["vault"],
        "generation": slots["generation"],
        "slots": [slot["id"] for slot in slots["slots"]],
    }


def independently_unlocked(case: Case) -> str:
    return reader.unlock(reader.parse_slots(bytes_of(case["input"])), case.get("passphrase"), case.get("words")).hex()


def independent_head_of(case: Case) -> dict[str, Any]:
    entries, link = reader.read_head(bytes.fromhex(case["input"]), bytes.fromhex(case["key"]))
    return {"entries": entries, "link": link}


def receipt_of(text: str) -> dict[str, Any]:
    receipt = parse_receipt(text)
    return {"entries": receipt.entries, "digits": receipt.digits}


def program_links(case: Case) -> list[str]:
    return links(
        case,
        lambda vault: first_link(VaultId(vault)),
        lambda before, seq, subject, body: next_link(Link(before), seq, EntryId(subject), body_hash(body)),
    )


THE_PROGRAM: dict[str, Callable[[Case, Path], object]] = {
    "line": lambda case, _: canonical(parse_line(bytes_of(case["input"]))),
    "entry": lambda case, _: {"body_hash": body_hash(Entry.from_bytes(bytes_of(case["input"])).to_bytes())},
    "chain": lambda case, _: program_links(case),
    "receipt": lambda case, _: receipt_of(text_of(case["input"])),
    "slots": lambda case, _: slots_of(bytes_of(case["input"])),
    "unlock": lambda case, _: unlocked(case),
    "head": head_of,
    "object": lambda case, _: read_object_file(case, measured),
    "words": lambda case, _: parse_words(text_of(case["input"])).hex(),
    "key": lambda case, _: key_of(case).hex(),
}

THE_INDEPENDENT_READER: dict[str, Callable[[Case], object]] = {
    "line": lambda case: chain.canonical(chain.parse_line(bytes_of(case["input"]))),
    "entry": lambda case: {
        "body_hash": hashlib.sha256(chain.canonical(chain.parse_entry(bytes_of(case["input"])))).hexdigest()
    },
    "chain": lambda case: links(case, chain.first_link, chain.next_link),
    "receipt": lambda case: dict(zip(("entries", "digits"), chain.read_receipt(text_of(case["input"])), strict=True)),
    "slots": lambda case: independent_slots_of(bytes_of(case["input"])),
    "unlock": independently_unlocked,
    "head": independent_head_of,
    "object": lambda case: read_object_file(case, independently_measured),
    "words": lambda case: reader.recovery_secret(text_of(case["input"])).hex(),
    "key": lambda case: independent_key_of(case).hex(),
}


def verdict(read: Callable[[], object]) -> object:
    """What a reader gives, or the name of its refusal."""
    try:
        return read()
    except REFUSALS as refused:
        return f"refused: {refused.error if isinstance(refused, chain.Refused) else type(refused).__name__}"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.relative_to(FOLDER).with_suffix("").as_posix())
def test_the_program_and_the_independent_reader_both_do_what_a_case_says(path, tmp_path):
    case, parser = json.loads(path.read_text("ascii")), path.parent.name
    expected = f"refused: {case['error']}" if "error" in case else case["expected"]
    if parser == "line" and "error" not in case:
        expected = bytes_of(case["input"])
    assert verdict(lambda: THE_PROGRAM[parser](case, tmp_path)) == expected
    assert verdict(lambda: THE_INDEPENDENT_READER[parser](case)) == expected
    if "link" in case and parser == "receipt":
        assert receipt_code(expected["entries"], case["link"]) == case["input"]
        assert chain.receipt(expected["entries"], case["link"]) == case["input"]


def test_every_parser_has_cases_that_it_takes_and_cases_that_it_refuses():
    assert {path.name for path in FOLDER.iterdir()} == set(THE_PROGRAM)
    for parser in set(THE_PROGRAM) - {"chain", "key"}:
        names = [path.name for path in (FOLDER / parser).iterdir()]
        assert {name.partition("-")[0] for name in names} == {"good", "bad"}, parser
