"""A second writer of packages, from the text of FORMAT.md alone: it imports nothing of the project, so it can disagree.

`good_package()` is a small intact package in memory that knows its key; tests/package_alterations.py spoils it.
"""

import copy
import functools
import hashlib
import json
import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from signature_maker import certificate, key, pem, signed_pdf
from zip_maker import ZipPart, zip_of

TABLES = tuple("exhibits incidents accounts payments takedowns contacts continuity withheld".split())
EXTENSIONS = set(
    "png jpg jpeg gif webp bmp tif tiff heic heif avif mp4 m4v mov webm mkv avi 3gp mp3 m4a aac wav ogg opus amr "
    "pdf txt csv json eml zip".split()
)
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BEYOND_THE_TAGS = ("tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig", "tagmanifest-sha256.txt.tsr")
KNOWN_EXHIBIT = "data/exhibits/AB-0001.png"
"""A file that every good package of this maker holds."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(value: dict) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def png(shade: int, width: int = 8, height: int = 8) -> bytes:
    """A small grey picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def receipt_code(entries: int, link: str) -> str:
    bits = f"{int(link, 16):0256b}"[:130]
    code = "".join(CROCKFORD[int(bits[i : i + 5], 2)] for i in range(0, 130, 5))
    digest = hashlib.sha256(f"holdfast receipt v1\n{entries}-{code}\n".encode()).digest()
    check = f"{int.from_bytes(digest, 'big'):0256b}"[:10]
    code += CROCKFORD[int(check[:5], 2)] + CROCKFORD[int(check[5:], 2)]
    return "-".join([str(entries), *(code[i : i + 4] for i in range(0, 28, 4))])


def exhibit_name(ref: str, position: int, name: str) -> str:
    initials, number = ref.split("/")
    extension = name.rsplit(".", 1)[1].lower() if "." in name else ""
    part = f"-{position}" if position > 1 else ""
    return f"{initials}-{number:0>4}{part}.{extension if extension in EXTENSIONS else 'bin'}"


@dataclass
class Package:
    """A package in memory. `files`: path without the folder's name -> bytes; `log`: the whole vault's, oldest first."""

    key: ec.EllipticCurvePrivateKey
    vault: str
    folder: str = "AB-report-2026-11-20"
    files: dict[str, bytes] = field(default_factory=dict)
    log: list[dict] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)
    """The bytes of every object, by object id."""
    withheld: set[str] = field(default_factory=set)
    """The ids whose entries are withheld."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Object id -> reason."""
    fingerprint_typed: str | None = None
    """What somebody who checks it types in as fingerprint."""
    receipts_typed: tuple[str, ...] = ()

    @property
    def spki(self) -> bytes:
        public = self.key.public_key()
        return public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)

    @property
    def fingerprint(self) -> str:
        return sha256(self.spki)

    @property
    def links(self) -> list[str]:
        """link(0) to link(N)."""
        links = [sha256(f"holdfast chain v1\n{self.vault}\n".encode())]
        for n, entry in enumerate(self.log, start=1):
            links.append(sha256(f"{links[-1]}\n{n}\n{entry['id']}\n{sha256(canonical(entry))}\n".encode()))
        return links

    def receipt(self, entries: int) -> str:
        return receipt_code(entries, self.links[entries])

    def copy(self) -> "Package":
        return Package(
            key=self.key, vault=self.vault, folder=self.folder, files=dict(self.files), log=copy.deepcopy(self.log),
            bodies=dict(self.bodies), withheld=set(self.withheld), left_out=dict(self.left_out),
        )  # fmt: skip

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message, ec.ECDSA(hashes.SHA256()))

    def lines_of(self, path: str) -> list[bytes]:
        return self.files[path].split(b"\n")[:-1]

    def put_lines(self, path: str, lines: list[bytes]) -> None:
        self.files[path] = b"".join(line + b"\n" for line in lines)

    @property
    def head(self) -> dict:
        return json.loads(self.files["data/head.json"])

    def put_head(self, **changes: object) -> None:
        self.files["data/head.json"] = canonical(self.head | changes) + b"\n"

    # From the log to the parts of data/.

    def write_chain(self) -> None:
        lines = [
            f"{n} {entry['id']} {sha256(canonical(entry))} {link}".encode()
            for n, (entry, link) in enumerate(zip(self.log, self.links[1:], strict=True), start=1)
        ]
        self.put_lines("data/chain.txt", lines)

    def write_record(self) -> None:
        lines = [
            canonical({"withheld": sha256(canonical(entry))}) if entry["id"] in self.withheld else canonical(entry)
            for entry in self.log
        ]
        self.put_lines("data/record.jsonl", lines)

    def write_exhibits(self) -> None:
        """exhibits/ and not-included.csv, from what the log shows."""
        for path in [path for path in self.files if path.startswith("data/exhibits/")]:
            del self.files[path]
        rows = ["object,seq,file,sha256,size,reason"]
        refs = {entry["id"]: entry["data"]["ref"] for entry in self.log if "ref" in entry["data"]}
        gone = {entry["id"] for entry in self.log if entry["action"] == "withdraw"}
        position: dict[str, int] = {}
        for entry in self.log:
            for stored in [] if entry["id"] in self.withheld else entry["objects"]:
                position[entry["id"]] = position.get(entry["id"], 0) + 1
                file = exhibit_name(refs[entry["id"]], position[entry["id"]], stored["name"])
                reason = "withdrawn" if entry["id"] in gone else self.left_out.get(stored["id"])
                if reason is None:
                    self.files[f"data/exhibits/{file}"] = self.bodies[stored["id"]]
                else:
                    cells = [stored["id"], entry["seq"], file, stored["sha256"], stored["size"], reason]
                    rows.append(",".join(map(str, cells)))
        self.put_lines("data/tables/not-included.csv", [row.encode() for row in rows])

    def write_head(self) -> None:
        shown = [entry for entry in self.log if entry["id"] not in self.withheld]
        added = {entry["id"] for entry in shown if entry["kind"] == "exhibit"}
        gone = {entry["id"] for entry in shown if entry["action"] == "withdraw"}
        head = {
            "format": "holdfast-package/1",
            "vault": self.vault,
            "entries": len(self.log),
            "head": self.links[-1],
            "fingerprint": self.fingerprint,
            "exported_at": "2026-11-20T18:30:00.000Z",
            "profile": "police",
            "app": "package-maker 1.0",
            "disclosed": len(shown),
            "withheld": len(self.log) - len(shown),
            "exhibits": len(added - gone),
            "since": 0,
            "timestamp": "none",
            "sealed": [],
        }
        self.files["data/head.json"] = canonical(head) + b"\n"

    def write_report(self, pdf_key: ec.EllipticCurvePrivateKey | None = None) -> None:
        self.files["data/report.pdf"] = signed_pdf(pdf_key or self.key, self.vault)

    def write_tables(self) -> None:
        for table in TABLES:
            self.files[f"data/tables/{table}.csv"] = "\ufeffid,seq\n".encode()

    def write_tags(self) -> None:
        """What stands beside data/, but for the manifests."""
        self.files["bagit.txt"] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
        self.files["verify.html"] = b"<!doctype html><title>Checker page</title>\n"
        self.files["HOW-TO-VERIFY.txt"] = b"Open verify.html.\n"
        self.files["public-key.pem"] = pem("PUBLIC KEY", self.spki)
        self.files["certificate.pem"] = pem("CERTIFICATE", certificate(self.key, self.vault))

    def write_bag_info(self, vault: str | None = None, files: int | None = None) -> None:
        payload = [data for path, data in self.files.items() if path.startswith("data/")]
        self.files["bag-info.txt"] = (
            f"Bagging-Date: 2026-11-20\nPayload-Oxum: {sum(map(len, payload))}.{files or len(payload)}\n"
            f"External-Identifier: {vault or self.vault}-{len(self.log)}\n"
        ).encode()

    def write_manifests(self) -> None:
        """Both manifests over the files as they are now, and the signature."""
        payload = {path: data for path, data in self.files.items() if path.startswith("data/")}
        self.put_lines("manifest-sha256.txt", manifest(payload))
        self.write_tag_manifest()

    def write_tag_manifest(self) -> None:
        tags = {p: d for p, d in self.files.items() if not p.startswith("data/") and p not in BEYOND_THE_TAGS}
        self.put_lines("tagmanifest-sha256.txt", manifest(tags))
        self.write_signature()

    def write_signature(self) -> None:
        self.files["tagmanifest-sha256.txt.sig"] = self.sign(self.files["tagmanifest-sha256.txt"])

    def resign(self) -> None:
        """Whoever has the key makes all of it agree again: bag-info.txt, manifests, signature."""
        self.write_bag_info()
        self.write_manifests()

    def rewrite(self) -> None:
        """Everything anew from the log, but for the reports."""
        self.write_chain()
        self.write_record()
        self.write_exhibits()
        self.write_head()
        self.resign()

    # To disk.

    def parts(self, method: int = 0) -> list[ZipPart]:
        """The parts of the package's zip: method 0 stored, 8 deflated."""
        return [ZipPart(f"{self.folder}/{path}", data, method) for path, data in sorted(self.files.items())]

    def zipped(self, method: int = 0) -> bytes:
        return zip_of(self.parts(method))

    def unpack(self, folder: Path) -> Path:
        """Write it as a folder `folder`/<title>, which is returned."""
        for path, data in self.files.items():
            target = folder / self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return folder / self.folder


def manifest(files: dict[str, bytes]) -> list[bytes]:
    return [f"{sha256(data)}  {path}".encode() for path, data in sorted(files.items())]


class Log:
    """Writes the entries of a made-up case, one after the other, always the same for the same seed."""

    def __init__(self, package: Package, seed: int) -> None:
        self.package = package
        self.random = random.Random(seed)
        self.boot = self.hex(16)

    def hex(self, length: int) -> str:
        return self.random.randbytes(length).hex()

    def write(
        self, kind: str, data: dict, objects: tuple[dict, ...] = (), entry_id: str | None = None, action: str = "add"
    ) -> str:
        """Append an entry; its id is returned."""
        seq = len(self.package.log) + 1
        entry = {
            "v": 1, "seq": seq, "id": entry_id or self.hex(16), "action": action, "kind": kind,
            "at": f"2026-11-20T{10 + seq // 60:02d}:{seq % 60:02d}:30.123Z", "zone": "Europe/London +00:00",
            "clock": {"source": "system", "boot": self.boot, "uptime_ms": 1000 * seq},
            "by": {"initials": "AB", "role": "self"}, "app": "package-maker 1.0",
            "data": data, "objects": list(objects), "salt": self.hex(32),
        }  # fmt: skip
        self.package.log.append(entry)
        return entry["id"]

    def stored(self, body: bytes, name: str, media_type: str = "image/png") -> dict:
        object_id = self.hex(16)
        self.package.bodies[object_id] = body
        return {"id": object_id, "sha256": sha256(body), "size": len(body), "media_type": media_type, "name": name}


def _write_log(package: Package, seed: int) -> None:
    log = Log(package, seed)
    shown = {"sensitivity": "ordinary", "provenance": "captured_live"}
    log.write(
        "vault", {"format": "holdfast-vault/1", "vault": package.vault, "fingerprint": package.fingerprint}
    )  # fmt: skip
    log.write("case", {"title": "Case AB", "under18": "no"})
    package.withheld.add(log.write("person", {"name": "Alex Example", "initials": "AB"}))
    log.write(
        "exhibit", {"ref": "AB/1", "title": "A demand \u202e\x1b[31m=1+1", **shown}, (log.stored(png(10), "shot.PNG"),)
    )
    chat = log.write("exhibit", {"ref": "AB/2", **shown}, (log.stored(b"page\n", "page.html", "text/html"),))
    account = log.write("account", {"platform": "skype", "display_name": "<img src=x onerror=alert(1)>"})
    log.write("payment", {"status": "demanded", "amount": "300", "currency": "GBP", "account": account})
    log.write(
        "account",
        {"persistent_id": "live:.cid.1a2b3c4d5e6f7a8b", "display_name": None},
        entry_id=account,
        action="amend",
    )
    gone = log.write("exhibit", {"ref": "AB/3", **shown}, (log.stored(png(30), "wrong.png"),))
    log.write("exhibit", {"why": "Taken by mistake"}, entry_id=gone, action="withdraw")
    package.withheld.add(
        log.write("exhibit", {"ref": "AB/4", "sensitivity": "intimate"}, (log.stored(png(40), "a.png"),))
    )
    private = log.stored(png(50), "photo.jpeg", "image/jpeg")
    log.write("exhibit", {"ref": "AB/5", "sensitivity": "intimate"}, (private,))
    package.left_out[private["id"]] = "left-out"
    more = log.stored(b"", "no extension", "application/octet-stream") | {"name_hex": "6e6fff"}
    log.write("exhibit", {}, (log.stored(png(60), "part two.jpg", "image/jpeg"), more), entry_id=chat, action="amend")
    log.write("incident", {"what_happened": "Zwölf Nachrichten 😀 \u2028 in one night", "exhibits": ["AB/1"]})
    n = len(package.log)
    log.write("anchor", {"entries": n, "head": package.links[n], "receipt": package.receipt(n)})


@functools.cache
def _good_package(seed: int) -> Package:
    package = Package(key=key(seed), vault=random.Random(seed).randbytes(16).hex())
    _write_log(package, seed)
    package.write_tags()
    package.write_report()
    package.write_tables()
    package.files["data/report.html"] = b"<!doctype html><title>A report</title>\n"
    package.rewrite()
    return package


def good_package(seed: int = 1) -> Package:
    """A small package with nothing wrong; a fresh copy at each call. Another seed: another vault and key."""
    return _good_package(seed).copy()


Alter = Callable[[Package], None]
"""Spoils a package in place."""
