"""Entries, chain and receipts as somebody reads them who has vault/FORMAT.md, sections 1 and 2, and no code of ours."""

import hashlib
import json
import re
from datetime import datetime

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
ENTRY = "action app at by clock data id kind objects salt seq v zone"
KINDS = "vault case person exhibit incident account payment takedown contact anchor export session"
OBJECT = {"id", "sha256", "size", "media_type", "name"}
HEX32, HEX64 = "[0-9a-f]{32}", "[0-9a-f]{64}"


class Refused(Exception):
    """Refused, by the name that the vectors use."""

    def __init__(self, what: str, error: str = "Malformed") -> None:
        super().__init__(what)
        self.error = error


def need(truth: object, what: str, error: str = "Malformed") -> None:
    if not truth:
        raise Refused(what, error)


def form(value: object, pattern: str = r"(?s:.*)") -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def number(value: object, low: int = 0) -> bool:
    return type(value) is int and value >= low


def members(value: object, names: str | set[str]) -> bool:
    return isinstance(value, dict) and set(value) == set(names.split() if isinstance(names, str) else names)


def text_of(value: object) -> str:
    """The canonical text of a JSON value, written by hand so that no library decides what is canonical."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{text_of(name)}:{text_of(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(text_of, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in value) + '"'
    return "null" if value is None else str(value).lower()


def canonical(value: dict) -> bytes:
    try:
        return text_of(value).encode("utf-8")
    except UnicodeEncodeError:
        raise Refused("a lone surrogate") from None


def parse_line(line: bytes) -> dict:
    need(len(line) <= 1_048_576, "longer than 1 MiB")
    depth, inside, escaped = 0, False, False
    for byte in line:
        if inside:
            inside, escaped = byte != 0x22 or escaped, byte == 0x5C and not escaped
        elif byte == 0x22:
            inside = True
        elif byte in b"[]{}":
            depth += 1 if byte in b"[{" else -1
            need(depth <= 16, "too deep")

    def pairs_of(pairs: list) -> dict:
        need(len(dict(pairs)) == len(pairs), "a member twice")
        need(all(form(name, "[a-z][a-z0-9_]*") for name, _ in pairs), "a name")
        return dict(pairs)

    def integer(digits: str) -> int:
        need(len(digits) <= 17 and abs(int(digits)) < 2**53, "an integer")
        return int(digits)

    def refuse(_text: str) -> None:
        raise Refused("a number")

    numbers = {"parse_int": integer, "parse_float": refuse, "parse_constant": refuse}
    try:
        value = json.loads(line.decode("utf-8"), object_pairs_hook=pairs_of, **numbers)
    except ValueError:
        raise Refused("not JSON in UTF-8") from None
    need(isinstance(value, dict) and canonical(value) == line, "not canonical")
    return value


def moment(value: object) -> bool:
    try:
        return form(value, r"[0-9-]{10}T(?!24)[0-9:]{8}\.[0-9]{3}Z") and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def parse_entry(line: bytes) -> dict:
    entry = parse_line(line)
    need(members(entry, ENTRY), "thirteen members")
    action, kind, clock, data = entry["action"], entry["kind"], entry["clock"], entry["data"]
    need(number(entry["v"]) and entry["v"] == 1 and number(entry["seq"], 1), "v and seq")
    need(form(entry["id"], HEX32) and form(entry["salt"], HEX64), "id and salt")
    need(action in ("add", "amend", "withdraw") and kind in KINDS.split(), "action and kind")
    need(moment(entry["at"]) and form(entry["zone"]) and form(entry["app"]), "at, zone and app")
    compared = isinstance(clock, dict) and ("offset_s" in clock or "compared_at" in clock)
    need(members(clock, "source boot uptime_ms" + " offset_s compared_at" * compared), "clock")
    need(form(clock["source"]) and form(clock["boot"], HEX32) and number(clock["uptime_ms"]), "clock")
    need(not compared or (type(clock["offset_s"]) is int and moment(clock["compared_at"])), "a compared clock")
    need(members(entry["by"], "initials role") and form(entry["by"]["initials"], "[A-Z]{2,4}"), "by")
    need(entry["by"]["role"] in ("self", "supporter", "parent", "professional"), "role")
    need(isinstance(data, dict), "data")
    for value in data.values():
        whole = all(map(form, value)) if isinstance(value, list) else not isinstance(value, dict)
        need(whole and (value is not None or action == "amend"), "a value of data")
    need(action != "withdraw" or (members(data, "why") and form(data["why"])), "why")
    need(isinstance(entry["objects"], list), "objects")
    need(not entry["objects"] or (kind == "exhibit" and action != "withdraw"), "no objects here")
    for item in entry["objects"]:
        need(isinstance(item, dict) and members(item, OBJECT | (set(item) & {"name_hex"})), "object")
        need(form(item["id"], HEX32) and form(item["sha256"], HEX64) and number(item["size"]), "object")
        need(form(item["media_type"]) and form(item["name"]), "object")
        need(form(item.get("name_hex", "00"), "([0-9a-f]{2})+"), "name_hex")
    return entry


def check_rules(entries: list[dict]) -> None:
    """The rules between entries."""
    kinds, held, ended, refs = {}, set(), set(), set()
    for entry in entries:
        action, kind, data, subject = entry["action"], entry["kind"], entry["data"], entry["id"]
        need((action == "add") == (subject not in kinds), "add", "DamagedVault")
        need(kinds.setdefault(subject, kind) == kind, "kind", "DamagedVault")
        need(subject not in ended and (kind == "vault") == (entry["seq"] == 1), "order", "DamagedVault")
        need(action != "withdraw" or subject not in held, "held", "DamagedVault")
        if kind == "exhibit" and "ref" in data:
            need(action == "add" and form(data["ref"], "[A-Z]{2,4}/[1-9][0-9]*"), "ref", "DamagedVault")
            need(data["ref"] not in refs, "ref twice", "DamagedVault")
            refs.add(data["ref"])
        if action == "withdraw":
            ended.add(subject)
        if data.get("held") == "yes":
            held.add(subject)


def sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode("ascii")).digest()


def first_link(vault: str) -> str:
    return sha256(f"holdfast chain v1\n{vault}\n").hex()


def next_link(before: str, seq: int, subject: str, body: bytes) -> str:
    return sha256(f"{before}\n{seq}\n{subject}\n{hashlib.sha256(body).hexdigest()}\n").hex()


def base32(digest: bytes, letters: int) -> str:
    bits = "".join(f"{byte:08b}" for byte in digest)
    return "".join(ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, 5 * letters, 5))


def receipt(entries: int, link: str) -> str:
    digits = base32(bytes.fromhex(link), 26)
    code = digits + base32(sha256(f"holdfast receipt v1\n{entries}-{digits}\n"), 2)
    return f"{entries}-" + "-".join(code[at : at + 4] for at in range(0, 28, 4))


def read_receipt(text: str) -> tuple[int, str]:
    need(text.isascii() and len(text) <= 200, "letters", "MistypedReceipt")
    plain = re.sub("[ \t\r\n-]", "", text.upper()).replace("O", "0").replace("I", "1").replace("L", "1")
    entries, digits, check = plain[:-28], plain[-28:-2], plain[-2:]
    need(re.fullmatch("[1-9][0-9]{0,15}", entries) and set(digits) <= set(ALPHABET), "form", "MistypedReceipt")
    need(base32(sha256(f"holdfast receipt v1\n{entries}-{digits}\n"), 2) == check, "check", "MistypedReceipt")
    return int(entries), digits
