"""Stage files: the files are exactly those of the two manifests, with those hashes (RFC 8493; FORMAT.md, section 7)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.package.verify.container import FILE_LIMIT, MANIFEST_LIMIT, Container, is_path
from app.package.verify.signature import CERTIFICATE, PUBLIC_KEY, SIGNATURE, TAG_MANIFEST
from app.package.verify.verdict import Code, Findings, NoticeCode
from vault.chain import Malformed

BAG_INFO, MANIFEST, TOKEN = "bag-info.txt", "manifest-sha256.txt", TAG_MANIFEST + ".tsr"
CHAIN, HEAD, RECORD, REPORT = "data/chain.txt", "data/head.json", "data/record.jsonl", "data/report.pdf"
EXHIBITS, TABLES, NOT_INCLUDED = "data/exhibits/", "data/tables/", "data/tables/not-included.csv"
TABLE_NAMES = (
    "accounts", "contacts", "continuity", "exhibits", "incidents", "not-included", "payments", "takedowns", "withheld",
)  # fmt: skip

_TAG_FILES = frozenset({"bagit.txt", BAG_INFO, CERTIFICATE, MANIFEST, PUBLIC_KEY, "verify.html", "HOW-TO-VERIFY.txt"})
_BESIDE = frozenset({TAG_MANIFEST, SIGNATURE, TOKEN})
"""What signs the tag manifest is not in it."""
_PARTS = frozenset({CHAIN, HEAD, RECORD, REPORT, "data/report.html", *(f"{TABLES}{name}.csv" for name in TABLE_NAMES)})
_MORE_PARTS = re.compile(r"data/(?:exhibits/[^/]+|anchors/[1-9][0-9]{0,15}\.(?:txt|tsr))")
_ANCHOR = re.compile(r"(data/anchors/([1-9][0-9]{0,15}))\.(txt|tsr)")
_LINE = re.compile(rb"([0-9a-f]{64})  ([A-Za-z0-9_./-]+)")
_LINE_LIMIT = 512
_WRONG_CHECKSUM = "the zip gives another checksum (CRC-32) for it than its bytes have"
_BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """The files that are what the manifests say: path -> SHA-256. Nothing else of the package is parsed."""

    hashes: Mapping[str, str]
    listed: Mapping[str, str]
    """Everything that the manifest of data/ names, sound or not."""
    payload_holds: bool
    """Whether everything under data/ is as its manifest says."""

    def __contains__(self, path: str) -> bool:
        return path in self.hashes

    @property
    def exhibits(self) -> dict[str, str]:
        """What the manifest names in exhibits/: path -> SHA-256."""
        return {path: sha256 for path, sha256 in self.listed.items() if path.startswith(EXHIBITS)}


def check_files(package: Container, found: Findings) -> CheckedFiles:
    """Compare every file with the manifests; each is read once. A manifest that is not sound itself is not believed."""
    if package.litter:
        files = "a file" if len(package.litter) == 1 else f"{len(package.litter)} files"
        found.notice(NoticeCode.LITTER, package.litter[0], f"A file manager left {files} of its own here.")
    for path in sorted(_BESIDE & set(package.sizes)):
        if not package.hashed(path).checksum_holds:
            found.problem(Code.MALFORMED, path, _WRONG_CHECKSUM)
    beside = {path for path in package.sizes if not path.startswith("data/")} - _BESIDE
    tags = _manifest(package, TAG_MANIFEST, found)
    if tags is None:
        return CheckedFiles({}, {}, payload_holds=False)
    sound = _compare(package, tags, beside, _TAG_FILES, found)
    _check_declaration(package, sound, found)
    listed = _manifest(package, MANIFEST, found) if MANIFEST in sound else None
    if listed is None:
        return CheckedFiles(sound, {}, payload_holds=False)
    before = len(found.problems)
    sound |= _compare(package, listed, set(package.sizes) - beside - _BESIDE, _PARTS | _pairs(listed), found)
    return CheckedFiles(sound, listed, payload_holds=len(found.problems) == before)


def _manifest(package: Container, path: str, found: Findings) -> dict[str, str] | None:
    """A manifest: path -> SHA-256. None, and a problem, where it is malformed."""
    try:
        return _manifest_lines(package, path)
    except Malformed as error:
        found.problem(Code.MALFORMED, path, str(error))
        return None


def _manifest_lines(package: Container, path: str) -> dict[str, str]:
    if package.sizes[path] > MANIFEST_LIMIT:
        raise Malformed("longer than a manifest can be")
    hashes: dict[str, str] = {}
    previous = ""
    for line in package.lines(path, _LINE_LIMIT):
        match = _LINE.fullmatch(line)
        if match is None:
            raise Malformed("a line that is not a hash, two spaces and a path")
        name = match[2].decode("ascii")
        if not is_path(name) or name.startswith("data/") != (path == MANIFEST) or name in _BESIDE:
            raise Malformed("a path that has no place in this manifest")
        if name <= previous:
            raise Malformed("paths that are not sorted, or a path twice")
        if len(hashes) == FILE_LIMIT:
            raise Malformed("more files than a package can have")
        previous = name
        hashes[name] = match[1].decode("ascii")
    if not hashes:
        raise Malformed("an empty manifest")
    return hashes


def _compare(
    package: Container, listed: Mapping[str, str], there: Iterable[str], required: frozenset[str], found: Findings
) -> dict[str, str]:
    """The listed files that are there and have their hash."""
    sound: dict[str, str] = {}
    there = set(there)
    for path in sorted(there | set(listed) | required):
        if path not in there:
            found.problem(Code.FILE_MISSING, path, "This file is missing.")
        elif path not in listed:
            found.problem(Code.FILE_EXTRA, path, "This file does not belong to the package; no manifest names it.")
        elif path not in required and not (path.startswith("data/") and _MORE_PARTS.fullmatch(path)):
            found.problem(Code.FILE_EXTRA, path, "The manifest names this file, but a package has no such part.")
        else:
            try:
                hashed = package.hashed(path)
                if hashed.sha256 != listed[path]:
                    found.problem(Code.FILE_CHANGED, path, "This file was changed after the package was signed.")
                elif not hashed.checksum_holds:
                    found.problem(Code.MALFORMED, path, _WRONG_CHECKSUM)
                else:
                    sound[path] = listed[path]
            except Malformed as error:
                found.problem(Code.MALFORMED, path, str(error))
    return sound


def _pairs(listed: Iterable[str]) -> frozenset[str]:
    """What stands in data/anchors/ stands there in pairs: a head, and the token over it."""
    found = (match[1] for match in map(_ANCHOR.fullmatch, listed) if match is not None)
    return frozenset(f"{anchor}.{kind}" for anchor in found for kind in ("txt", "tsr"))


def anchored(files: CheckedFiles) -> dict[str, int]:
    """The path of each sound head in data/anchors/, and the number of entries in its name."""
    matches = map(_ANCHOR.fullmatch, files.hashes)
    return {match[0]: int(match[2]) for match in matches if match is not None and match[3] == "txt"}


def _check_declaration(package: Container, sound: Mapping[str, str], found: Findings) -> None:
    if "bagit.txt" in sound and (
        package.sizes["bagit.txt"] != len(_BAGIT) or package.read("bagit.txt", len(_BAGIT)) != _BAGIT
    ):
        found.problem(Code.MALFORMED, "bagit.txt", "not BagIt 1.0 in UTF-8")


def check_token_is_there(package: Container, promised: str, found: Findings) -> None:
    """A token is there if, and only if, head.json says so."""
    there = TOKEN in package.sizes
    if promised == "attached" and not there:
        found.problem(Code.FILE_MISSING, TOKEN, "head.json says that a timestamp is attached; it is missing.")
    elif promised == "none" and there:
        found.problem(Code.FILE_EXTRA, TOKEN, "head.json says that no timestamp is attached.")
