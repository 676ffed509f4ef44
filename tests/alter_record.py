"""Packages whose chain, record, tables or exhibits disagree, though everything was signed again with the right key."""

import json
from collections.abc import Callable

from alter_bag import replace
from package_maker import KNOWN_EXHIBIT, Alter, Package, canonical, good_package, sha256

CHAIN = "data/chain.txt"
RECORD = "data/record.jsonl"
ROWS_FILE = "data/tables/not-included.csv"
VAULT, PERSON, FIRST, CHAT, ACCOUNT, AMENDED, GONE, WITHDRAWAL, LEFT_OUT, APPENDED, ANCHOR = (
    1, 3, 4, 5, 6, 8, 9, 10, 12, 13, 15,
)  # fmt: skip
"""The numbers of entries in the good package."""


def log(change: Callable[[Package], object]) -> Alter:
    """Change the log, and make everything anew from it: chain, record, exhibits, head, manifests."""

    def alter(package: Package) -> None:
        change(package)
        package.rewrite()

    return alter


def data(n: int, **changes: object) -> Alter:
    return log(lambda package: package.log[n - 1]["data"].update(changes))


def members(n: int, **changes: object) -> Alter:
    return log(lambda package: package.log[n - 1].update(changes))


def append(n: int, **changes: object) -> Alter:
    """One entry more: a copy of entry n, changed."""

    def change(package: Package) -> None:
        entry = json.loads(canonical(package.log[n - 1]))
        package.log.append(entry | {"seq": len(package.log) + 1, "objects": []} | changes)

    return log(change)


def line(path: str, n: int, change: Callable[[bytes], bytes]) -> Alter:
    """Change line n of a file (from 1), and sign again."""

    def alter(package: Package) -> None:
        lines = package.lines_of(path)
        lines[n - 1] = change(lines[n - 1])
        package.put_lines(path, lines)
        package.resign()

    return alter


def raw(n: int, change: Callable[[bytes], bytes]) -> Alter:
    """Change the bytes of record line n, and make chain and head follow: what is wrong is the line's form alone."""

    def alter(package: Package) -> None:
        lines = package.lines_of(RECORD)
        lines[n - 1] = change(lines[n - 1])
        package.put_lines(RECORD, lines)
        chain = [row.split(b" ") for row in package.lines_of(CHAIN)]
        chain[n - 1][2] = sha256(lines[n - 1]).encode()
        previous = package.links[0]
        for row in chain:
            previous = sha256(f"{previous}\n{row[0].decode()}\n{row[1].decode()}\n{row[2].decode()}\n".encode())
            row[3] = previous.encode()
        package.put_lines(CHAIN, [b" ".join(row) for row in chain])
        package.put_head(head=previous)
        package.resign()

    return alter


def put(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(text: bytes) -> bytes:
        assert old in text, (old, text)
        return text.replace(old, new, 1)

    return change


def cell(row: str, column: int, value: str) -> Alter:
    """Put a value into a cell of the row of not-included.csv that ends with a reason, and sign again."""

    def alter(package: Package) -> None:
        lines = [text.decode().split(",") for text in package.lines_of(ROWS_FILE)]
        next(cells for cells in lines if cells[-1] == row)[column] = value
        package.put_lines(ROWS_FILE, [",".join(cells).encode() for cells in lines])
        package.resign()

    return alter


def rows(change: Callable[[list[bytes]], list[bytes]]) -> Alter:
    def alter(package: Package) -> None:
        package.put_lines(ROWS_FILE, change(package.lines_of(ROWS_FILE)))
        package.resign()

    return alter


def hide(n: int) -> Alter:
    """Withhold one entry alone; the counts follow."""

    def alter(package: Package) -> None:
        lines = package.lines_of(RECORD)
        lines[n - 1] = canonical({"withheld": sha256(lines[n - 1])})
        package.put_lines(RECORD, lines)
        package.put_head(disclosed=package.head["disclosed"] - 1, withheld=package.head["withheld"] + 1)
        package.resign()

    return alter


def show_person(package: Package) -> None:
    package.withheld.discard(package.log[PERSON - 1]["id"])


def cut(package: Package) -> None:
    """The last entry cut off, as if it had never been; head.json still names it."""
    for path in (CHAIN, RECORD):
        package.put_lines(path, package.lines_of(path)[:-1])
    package.resign()


def record_cut(package: Package) -> None:
    package.put_lines(RECORD, package.lines_of(RECORD)[:-1])
    package.resign()


def swap(package: Package) -> None:
    """Two record lines change places."""
    lines = package.lines_of(RECORD)
    lines[5], lines[6] = lines[6], lines[5]
    package.put_lines(RECORD, lines)
    package.resign()


def swapped_and_a_receipt(package: Package) -> None:
    """What the chain says is not what the record shows: a receipt of another vault is compared with neither."""
    swap(package)
    package.receipts_typed = (good_package(5).receipt(9),)


def another_entry(package: Package) -> None:
    """The chain goes over another entry 7 than the record shows, and is sound in itself."""
    record = package.files[RECORD]
    package.log[6]["data"]["amount"] = "3000"
    package.rewrite()
    package.files[RECORD] = record
    package.resign()


def renamed(package: Package) -> None:
    package.files["data/exhibits/AB-0007.png"] = package.files.pop(KNOWN_EXHIBIT)
    package.resign()


def other_picture(package: Package) -> None:
    body = bytearray(package.files[KNOWN_EXHIBIT])
    body[-1] ^= 1
    package.files[KNOWN_EXHIBIT] = bytes(body)
    package.resign()


def exhibit_gone(package: Package) -> None:
    del package.files[KNOWN_EXHIBIT]
    package.resign()


def exhibit_and_row(package: Package) -> None:
    stored = package.log[FIRST - 1]["objects"][0]
    cells = [stored["id"], FIRST, "AB-0001.png", stored["sha256"], stored["size"], "left-out"]
    rows(lambda lines: [*lines, ",".join(map(str, cells)).encode()])(package)


def withdrawn_but_there(package: Package) -> None:
    stored = package.log[GONE - 1]["objects"][0]
    package.files["data/exhibits/AB-0003.png"] = package.bodies[stored["id"]]
    rows(lambda lines: [text for text in lines if not text.endswith(b",withdrawn")])(package)


def not_withdrawn_but_said(package: Package) -> None:
    del package.files[KNOWN_EXHIBIT]
    stored = package.log[FIRST - 1]["objects"][0]
    cells = [stored["id"], FIRST, "AB-0001.png", stored["sha256"], stored["size"], "withdrawn"]
    rows(lambda lines: [*lines, ",".join(map(str, cells)).encode()])(package)


def left_out(reason: str, **head: object) -> Alter:
    """The picture that is left out, for another reason; head.json changed too."""

    def alter(package: Package) -> None:
        package.left_out = dict.fromkeys(package.left_out, reason)
        package.rewrite()
        package.put_head(**head)
        package.resign()

    return alter


def held(n: int, reason: str | None, then: object = "yes") -> Alter:
    """Exhibit of entry n is held back, later `held` is set to `then`; its file is left out for a reason, or there."""

    def change(package: Package) -> None:
        about = {"action": "amend", "objects": []}
        append(n, data={"held": "yes"}, **about)(package)
        if then != "yes":
            append(n, data={"held": then}, **about)(package)
        if reason:
            package.left_out[package.log[n - 1]["objects"][0]["id"]] = reason

    return log(change)


def held_when_added(package: Package) -> None:
    package.log[FIRST - 1]["data"]["held"] = "yes"


def another_size(package: Package) -> None:
    package.log[FIRST - 1]["objects"][0]["size"] += 1


def record_more(text: bytes) -> Alter:
    """A line behind the last one of the record."""

    def alter(package: Package) -> None:
        package.put_lines(RECORD, [*package.lines_of(RECORD), text])
        package.resign()

    return alter


def one_object_twice(package: Package) -> None:
    package.log[FIRST - 1]["objects"] *= 2


_GOOD = good_package()
_GONE_ID = _GOOD.log[GONE - 1]["id"]
_DEEP = b'{"v":' + b'{"a":' * 16 + b"1" + b"}" * 16 + b"}"
_NEW = "0123456789abcdef" * 2

ROWS: list[tuple[str, str, Alter]] = [
    # The chain.
    ("chain line with another link", "chain-broken", line(CHAIN, 5, lambda text: text[:-4] + b"0000")),
    ("chain line with another hash", "chain-broken", line(CHAIN, 5, lambda text: text[:40] + b"0000" + text[44:])),
    ("chain line with another id", "chain-broken", line(CHAIN, 5, lambda text: b"5 " + b"0" * 32 + text[34:])),
    ("chain line with another number", "chain-broken", line(CHAIN, 5, lambda text: b"6" + text[1:])),
    ("chain over another entry than the record", "chain-broken", another_entry),
    ("record line changed", "chain-broken", line(RECORD, 7, put(b'"amount":"300"', b'"amount":"301"'))),
    ("record lines swapped", "chain-broken", swap),
    ("record lines swapped, receipt of another vault", "chain-broken", swapped_and_a_receipt),
    ("record with an empty line more", "chain-broken", record_more(b"")),
    ("record with a line more that is no JSON", "chain-broken", record_more(b"more")),
    ("record one line shorter", "chain-broken", record_cut),
    ("record empty", "chain-broken", lambda package: (package.files.update({RECORD: b""}), package.resign())),
    ("record withholds another entry", "chain-broken",
     line(RECORD, PERSON, lambda text: text[:13] + b"0000" + text[17:])),
    ("entry with another number", "chain-broken", members(7, seq=8)),
    ("chain line in upper case", "malformed", line(CHAIN, 5, lambda text: text.upper())),
    ("chain line with a column more", "malformed", line(CHAIN, 5, lambda text: text + b" 0")),
    ("chain line with too long a number", "malformed", line(CHAIN, 5, lambda text: b"5" * 17 + text[1:])),
    ("chain line with a leading zero", "malformed", line(CHAIN, 5, lambda text: b"0" + text)),
    ("chain with CR LF", "malformed", line(CHAIN, 5, lambda text: text + b"\r")),
    ("chain without its last line feed", "malformed",
     lambda package: (package.files.update({CHAIN: package.files[CHAIN][:-1]}), package.resign())),
    ("chain empty", "malformed", lambda package: (package.files.update({CHAIN: b""}), package.resign())),
    # Lines of the record.
    ("record line with spaces", "malformed", raw(7, put(b",", b", "))),
    ("record line with a fraction", "malformed", raw(7, put(b'"uptime_ms":7000', b'"uptime_ms":7000.5'))),
    ("record line with an exponent", "malformed", raw(7, put(b'"uptime_ms":7000', b'"uptime_ms":7e3'))),
    ("record line with too large an integer", "malformed", raw(7, put(b":7000", b":9007199254740992"))),
    ("record line with a member twice", "malformed", raw(7, put(b'"app":', b'"app":"","app":'))),
    ("record line with members out of order", "malformed",
     raw(7, put(b'"source":"system","uptime_ms":7000', b'"uptime_ms":7000,"source":"system"'))),
    ("record line nested too deep", "malformed", raw(7, lambda _text: _DEEP)),
    ("record line that is all brackets", "malformed", raw(7, lambda _text: b"[" * 100_000)),
    ("record line of brackets in a string that never ends", "malformed", raw(7, lambda _text: b'"' + b"[{" * 100_000)),
    ("record line of strings that never end", "malformed", raw(7, lambda _text: b"{[" * 17 + b'"\\' * 500_000)),
    ("record line longer than 1 MiB", "malformed", raw(7, put(b'"300"', b'"' + b"3" * 1_048_577 + b'"'))),
    ("record line with a needless escape", "malformed", raw(7, put(b'"300"', b'"\\u0033"'))),
    ("record line with a lone surrogate", "malformed", raw(7, put(b'"300"', b'"\\ud800"'))),
    ("record line that is not UTF-8", "malformed", raw(7, put(b'"300"', b'"\xff"'))),
    ("record line with a byte order mark", "malformed", raw(7, lambda text: b"\xef\xbb\xbf" + text)),
    ("record line with CR LF", "malformed", raw(7, lambda text: text + b"\r")),
    ("record line that is empty", "malformed", raw(7, lambda _text: b"")),
    ("record line that is a list", "malformed", raw(7, lambda text: b"[" + text + b"]")),
    ("record line withheld with a member more", "malformed", raw(PERSON, lambda text: text[:-1] + b',"z":1}')),
    ("record line with a member name that is not allowed", "malformed", data(7, Amount="1")),
    ("record line with a member more", "malformed", members(7, more="1")),
    ("record line without salt", "malformed", log(lambda package: package.log[6].pop("salt"))),
    ("record line of version 2", "malformed", members(7, v=2)),
    ("record line with an unknown action", "malformed", members(7, action="delete")),
    ("record line with an unknown kind", "malformed", members(7, kind="secret")),
    ("record line with a short salt", "malformed", members(7, salt="00")),
    ("record line at a time that does not exist", "malformed", members(7, at="2026-02-30T10:00:00.000Z")),
    ("record line with null in an add", "malformed", data(7, amount=None)),
    ("record line with a list of numbers", "malformed", data(7, amount=[1])),
    ("record line of a payment with an object", "malformed",
     raw(7, put(b'"objects":[]', b'"objects":' + json.dumps(_GOOD.log[FIRST - 1]["objects"], sort_keys=True,
                                                              separators=(",", ":")).encode()))),
    # Head against record.
    ("last entry cut off", "head-mismatch", cut),
    ("entry 1 withheld", "head-mismatch", hide(VAULT)),
    ("entry 1 of another vault", "head-mismatch", data(VAULT, vault="0" * 32)),
    ("entry 1 with another key", "head-mismatch", data(VAULT, fingerprint="0" * 64)),
    ("entry 1 of another format", "head-mismatch", data(VAULT, format="holdfast-vault/2")),
    ("entry 1 is no vault", "head-mismatch", members(VAULT, kind="case")),
    ("a second vault", "head-mismatch", append(VAULT, id=_NEW)),
    ("entry 1 amended", "head-mismatch", append(VAULT, action="amend")),
    # The record in itself.
    ("a correction withheld alone", "record-mismatch", hide(AMENDED)),
    ("a person shown", "record-mismatch", log(show_person)),
    ("a reference twice", "record-mismatch", data(LEFT_OUT, ref="AB/1")),
    ("a reference amended", "record-mismatch", data(APPENDED, ref="AB/2")),
    ("a reference of another form", "record-mismatch", data(LEFT_OUT, ref="AB/05")),
    ("a reference with an absurd number", "record-mismatch", data(FIRST, ref="AB/12345678901")),
    ("an exhibit without a reference", "record-mismatch", append(FIRST, id=_NEW, data={})),
    ("an amendment of nothing", "record-mismatch", append(AMENDED, id=_NEW)),
    ("a withdrawal of nothing", "record-mismatch", append(WITHDRAWAL, id=_NEW)),
    ("added twice", "record-mismatch", append(ACCOUNT)),
    ("another kind for an id", "record-mismatch", append(AMENDED, kind="payment")),
    ("amended after it was withdrawn", "record-mismatch", append(APPENDED, id=_GONE_ID)),
    ("withdrawn twice", "record-mismatch", append(WITHDRAWAL)),
    ("an object named twice", "record-mismatch", log(one_object_twice)),
    # The record against exhibits/ and not-included.csv.
    ("exhibit in neither place", "record-mismatch", exhibit_gone),
    ("exhibit in both places", "record-mismatch", exhibit_and_row),
    ("exhibit under another name", "record-mismatch", renamed),
    ("another picture under its name", "record-mismatch", other_picture),
    ("left-out row gone", "record-mismatch", rows(lambda lines: lines[:-1])),
    ("left-out row twice", "record-mismatch", rows(lambda lines: [*lines, lines[-1]])),
    ("left-out row twice, and one without form", "malformed", rows(lambda lines: [*lines, lines[-1], b"more"])),
    ("left-out row with another object", "record-mismatch", cell("left-out", 0, "0" * 32)),
    ("left-out row with another entry", "record-mismatch", cell("left-out", 1, "13")),
    ("left-out row with another name", "record-mismatch", cell("left-out", 2, "AB-0005.png")),
    ("left-out row with another hash", "record-mismatch", cell("left-out", 3, "0" * 64)),
    ("left-out row with another size", "record-mismatch", cell("left-out", 4, "70")),
    ("reason withdrawn where it is not", "record-mismatch", cell("left-out", 5, "withdrawn")),
    ("another reason where it is withdrawn", "record-mismatch", cell("withdrawn", 5, "left-out")),
    ("a file there but said to be withdrawn", "record-mismatch", not_withdrawn_but_said),
    ("a withdrawn file there", "record-mismatch", withdrawn_but_there),
    ("a held file there", "record-mismatch", held(FIRST, None)),
    ("a file there that was held from the first", "record-mismatch", log(held_when_added)),
    ("a held file left out for another reason", "record-mismatch", held(FIRST, "left-out")),
    ("a held file left out", "", held(FIRST, "held")),
    ("reason held where it is held no more", "record-mismatch", held(FIRST, "held", None)),
    ("a file there that is held no more", "", held(FIRST, None, None)),
    ("reason held where it is not", "record-mismatch", left_out("held")),
    ("reason damaged", "", left_out("damaged")),
    ("reason earlier in a first package", "record-mismatch", left_out("earlier")),
    ("reason earlier for what came later", "record-mismatch", left_out("earlier", since=LEFT_OUT - 1)),
    ("reason earlier for what came before", "", left_out("earlier", since=LEFT_OUT)),
    ("reason sealed where nothing is", "record-mismatch", left_out("sealed")),
    ("reason sealed where something is", "", left_out("sealed", sealed=["0" * 64 + " AB-sealed.zip"])),
    ("an object with another size than its file", "record-mismatch", log(another_size)),
    ("row with an absurd number in its name", "malformed", cell("left-out", 2, "AB-1234567890.jpeg")),
    ("row with an unknown reason", "malformed", cell("left-out", 5, "secret")),
    ("row with a leading zero", "malformed", cell("left-out", 1, "012")),
    ("row with a cell more", "malformed", cell("left-out", 5, "left-out,")),
    ("row in quotes", "malformed", cell("left-out", 2, '"AB-0005.jpeg"')),
    ("rows without a header", "malformed", rows(lambda lines: lines[1:])),
    ("rows with a byte order mark", "malformed", replace(ROWS_FILE, b"object", b"\xef\xbb\xbfobject")),
]  # fmt: skip
