"""Reads a vault as somebody does who has vault/FORMAT.md and no code of ours: nothing of it is imported or written."""

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import apsw
from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key
from independent_chain import (  # fmt: skip
    HEX32,
    HEX64,
    Refused,
    canonical,
    check_rules,
    first_link,
    form,
    members,
    need,
    next_link,
    number,
    parse_entry,
    parse_line,
)
from mnemonic import Mnemonic

HALF_A_LETTER = re.compile("[\ud800-\udfff]")


def hkdf(key: bytes, info: bytes, salt: bytes = b"") -> bytes:
    return hmac.digest(hmac.digest(salt or bytes(32), key, "sha256"), info + b"\x01", "sha256")


def passphrase_key(passphrase: str, salt: bytes, m_kib: int, t: int, p: int) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=t, lanes=p, memory_cost=m_kib)
    return kdf.derive(unicodedata.normalize("NFC", passphrase).encode())


def recovery_key(secret: bytes, salt: bytes) -> bytes:
    return hkdf(secret, b"holdfast/recovery/v1", salt)


def recovery_secret(text: str) -> bytes:
    known, words = Mnemonic("english").wordlist, text.lower().split()
    need(len(words) == 12 and set(words) <= set(known), "words", "MistypedWords")
    bits = "".join(f"{known.index(word):011b}" for word in words)
    secret = int(bits[:128], 2).to_bytes(16, "big")
    need(f"{hashlib.sha256(secret).digest()[0]:08b}"[:4] == bits[128:], "checksum", "MistypedWords")
    return secret


def parse_slots(content: bytes) -> dict:
    need(len(content) <= 65_536, "too large")
    try:
        named = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused("not JSON") from None
    need(isinstance(named, dict) and form(named.get("format"), r"(?s:holdfast-vault/.*)"), "format")
    need(named["format"] == "holdfast-vault/1", "format", "NewerFormat")
    need(content.endswith(b"\n"), "its line feed")
    slots = parse_line(content[:-1])
    need(members(slots, "format generation hmac slots vault"), "members")
    need(number(slots["generation"], 1) and form(slots["vault"], HEX32) and form(slots["hmac"], HEX64), "members")
    need(isinstance(slots["slots"], list) and 1 <= len(slots["slots"]) <= 8, "one to eight slots")
    for slot in slots["slots"]:
        need(members(slot, "id kdf nonce type wrapped") and isinstance(slot["kdf"], dict), "slot")
        need(form(slot["id"], HEX32) and form(slot["kdf"].get("salt"), HEX64), "slot")
        need(form(slot["nonce"], "[0-9a-f]{24}") and form(slot["wrapped"], "[0-9a-f]{96}"), "slot")
        need(kind_of(slot) in ("passphrase", "recovery"), "a kind of slot")
    return slots


def kind_of(slot: dict) -> str:
    kdf = slot["kdf"]
    if (slot["type"], kdf.get("name")) == ("recovery", "hkdf-sha256") and members(kdf, "name salt"):
        return "recovery"
    need((slot["type"], kdf.get("name")) == ("passphrase", "argon2id") and members(kdf, "name salt m_kib t p"), "kdf")
    need(all(number(kdf[name], 1) for name in ("m_kib", "t", "p")), "costs")
    need(8 * kdf["p"] <= kdf["m_kib"] <= 2 * 1024 * 1024 and kdf["t"] <= 16 and kdf["p"] <= 16, "costs")
    return "passphrase"


def unlock(slots: dict, passphrase: str | None, words: str | None) -> bytes:
    """The vault key, by one of the two."""
    for slot in slots["slots"]:
        cost = dict(slot["kdf"], salt=bytes.fromhex(slot["kdf"]["salt"]))
        if cost.pop("name") == "argon2id" and passphrase is not None and not HALF_A_LETTER.search(passphrase):
            wrapping = passphrase_key(passphrase, **cost)
        elif slot["type"] == "recovery" and words is not None:
            wrapping = recovery_key(recovery_secret(words), **cost)
        else:
            continue
        bound = canonical({"id": slot["id"], "kdf": slot["kdf"], "type": slot["type"], "vault": slots["vault"]})
        try:
            key = AESGCM(wrapping).decrypt(bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), bound)
        except InvalidTag:
            continue
        without = canonical({name: value for name, value in slots.items() if name != "hmac"})
        genuine = hmac.digest(hkdf(key, b"holdfast/slots/v1"), without, "sha256").hex() == slots["hmac"]
        need(genuine, "hmac", "DamagedVault")
        return key
    raise Refused("no slot", "WrongPassphrase" if words is None else "WrongWords")


def read_slots(folder: Path, passphrase: str | None, words: str | None) -> tuple[dict, bytes]:
    """Both copies, as section 4 says which one counts."""
    copies, unknown = [], 0
    for path in (folder / "slots.json", folder / "slots.bak.json"):
        content = path.read_bytes() if path.exists() else b""
        try:
            copies.append(parse_slots(content))
        except Refused as refused:
            if refused.error == "NewerFormat":
                unknown = max(unknown, json.loads(content)["generation"])
    copies.sort(key=lambda copy: -copy["generation"])
    need(unknown <= (copies[0]["generation"] if copies else 0), "format", "NewerFormat")
    need(copies, "slots", "DamagedVault")
    try:
        return copies[0], unlock(copies[0], passphrase, words)
    except Refused as refused:
        if copies[-1]["generation"] < copies[0]["generation"] and refused.error != "DamagedVault":
            raise
        return copies[-1], unlock(copies[-1], passphrase, words)


def read_head(content: bytes, head_key: bytes) -> tuple[int, str]:
    try:
        plain = AESGCM(head_key).decrypt(content[:12], content[12:], None)
    except (InvalidTag, ValueError):
        raise Refused("head", "DamagedVault") from None
    need(form(plain.decode("latin-1"), f"[0-9]{{20}} {HEX64}\n"), "head", "DamagedVault")
    return int(plain[:20]), plain[21:85].decode()


def read_object(content: bytes, object_key: bytes, object_id: str) -> Iterator[bytes]:
    header, body, step = content[:40], content[40:], 262_144 + 16
    need(len(header) == 40 and header[:8] == b"HFOBJ\0\0\1", "header", "BrokenObject")
    cipher = AESGCM(hkdf(object_key, b"holdfast/object-file/v1" + object_id.encode(), header[8:]))
    sealed = [body[at : at + step] for at in range(0, max(len(body), 1), step)]
    for counter, chunk in enumerate(sealed):
        try:
            plain = cipher.decrypt(counter.to_bytes(11, "big") + bytes([counter == len(sealed) - 1]), chunk, header)
        except (InvalidTag, ValueError):
            raise Refused(f"chunk {counter}", "BrokenObject") from None
        need(plain or counter == 0, "an empty last chunk", "BrokenObject")
        yield plain


class ReadVault:
    """A vault that was read whole and checked. `objects` are by id, without those of withdrawn exhibits."""

    def __init__(self, folder: Path, passphrase: str | None = None, words: str | None = None) -> None:
        slots, key = read_slots(folder, passphrase, words)
        self.id = slots["vault"]
        log = apsw.Connection(str(folder / "log.db"), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            log.execute("PRAGMA cipher='chacha20'")
            log.execute(f"PRAGMA key='raw:{hkdf(key, b'holdfast/db/v1').hex()}'")
            rows = list(log.execute("SELECT seq, id, body, link FROM entry ORDER BY seq"))
            ((private, certificate),) = log.execute("SELECT private_key, certificate FROM identity")
            self.generation = int(dict(log.execute("SELECT name, value FROM meta"))["generation"])
        finally:
            log.close()
        self.bodies = [row[2] for row in rows]
        self.entries = [parse_entry(body) for body in self.bodies]
        self.links = [first_link(self.id)]
        for (seq, subject, body, link), entry in zip(rows, self.entries, strict=True):
            need((seq, subject) == (entry["seq"], entry["id"]) and seq == len(self.links), "row", "DamagedVault")
            need(link == next_link(self.links[-1], seq, subject, body), f"link {seq}", "DamagedVault")
            self.links.append(link)
        check_rules(self.entries)
        self._check_identity(private, certificate)
        need(slots["generation"] >= self.generation, "older slots", "DamagedVault")
        self.head = read_head((folder / "head").read_bytes(), hkdf(key, b"holdfast/head/v1"))
        need(self.links[self.head[0] : self.head[0] + 1] == [self.head[1]], "possible loss", "DamagedVault")
        withdrawn = {entry["id"] for entry in self.entries if entry["action"] == "withdraw"}
        held = {entry["id"] for entry in self.entries if entry["data"].get("held") == "yes"}
        named = [
            item
            for entry in self.entries
            for item in entry["objects"]
            if entry["id"] not in withdrawn and (entry["id"] not in held or _path(folder, item).exists())
        ]
        object_key = hkdf(key, b"holdfast/object/v1")
        self.objects = {item["id"]: _object(folder, object_key, item) for item in named}

    def _check_identity(self, private: bytes, certificate: bytes) -> None:
        key, paper = load_der_private_key(private, None), x509.load_der_x509_certificate(certificate)
        form_of = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        public, certified = key.public_key().public_bytes(*form_of), paper.public_key().public_bytes(*form_of)
        paper.verify_directly_issued_by(paper)
        self.fingerprint = hashlib.sha256(public).hexdigest()
        need(public == certified and len(public) == 91, "signing key", "DamagedVault")
        said = {"fingerprint": self.fingerprint, "format": "holdfast-vault/1", "vault": self.id}
        need(self.entries[0]["data"] == said and paper.subject.rfc4514_string() == f"CN={self.id}", "1", "DamagedVault")


def _path(folder: Path, item: dict) -> Path:
    return folder / "objects" / item["id"][:2] / item["id"]


def _object(folder: Path, object_key: bytes, item: dict) -> bytes:
    plain = b"".join(read_object(_path(folder, item).read_bytes(), object_key, item["id"]))
    need((hashlib.sha256(plain).hexdigest(), len(plain)) == (item["sha256"], item["size"]), "object", "BrokenObject")
    return plain
