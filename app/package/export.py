"""The export: plan, build, sign, verify, record, and only then give the result its name (FORMAT.md, section 3)."""

import hashlib
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from importlib import resources
from io import BytesIO
from pathlib import Path

from app import lazy, unfinished
from app.casefile import Casefile
from app.errors import CheckFailed, WrongUse
from app.kinds import Export
from app.package.archive import Archive, file_chunks
from app.package.bag import (
    BAG_DECLARATION,
    MANIFEST,
    SIGNATURE,
    TAG_MANIFEST,
    Part,
    bag_info,
    manifest,
    part_of,
    sha256,
)
from app.package.plan import Choice, disclose
from app.package.signature import certificate_pem, public_key_pem
from app.package.verify import Outcome, Verdict, verify
from app.places import require_outside_vaults
from app.report.disclosure import Disclosure, NotIncluded, exhibit_files
from app.report.tables import make_tables
from app.room import require_room
from vault.chain import Kind, canonical, utc_text
from vault.disk import Disk, told
from vault.vault import Vault

FORMAT = "holdfast-package/1"


class Stage(StrEnum):
    """What an export is doing."""

    READING = "reading"
    REPORT = "report"
    PACKING = "packing"
    CHECKING = "checking"


ExportProgress = Callable[[Stage, int, int], None]
"""Told (stage, done, all); it may raise to stop: nothing is left behind then."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export made; it was verified before it got its name. Sizes in bytes, digests in hex."""

    folder: Path
    package: Path
    report: Path
    entries: int
    head: str
    fingerprint: str
    receipt: str
    left_out: tuple[NotIncluded, ...]
    withheld: int
    verdict: Verdict


def export(
    casefile: Casefile,
    out: Path,
    choice: Choice | None = None,
    progress: ExportProgress = lambda _stage, _done, _all: None,
    *,
    disk: Disk | None = None,
) -> Exported:
    """Make the folder `out`, which must not exist, with report and package, all or nothing.

    Raises WrongUse, NoRoom, VaultError (DiskFull, DiskFailed, DamagedVault), and CheckFailed where the result does
    not verify.
    """
    choice = choice or Choice()
    disk = disk or Disk()
    if out.exists() or out.is_symlink():
        raise WrongUse(
            f"There is already something at “{out}”.", next="Choose another name: an export never overwrites."
        )
    require_outside_vaults(out)
    draft = out.with_name(f"tmp-{secrets.token_hex(8)}")
    with casefile.turn():
        casefile.begin_session()
        try:
            unfinished.remember(casefile.vault, draft)
            with told():
                disk.make_folder(draft)
            made = _Making(casefile.vault, disclose(casefile, choice, _of(progress, Stage.READING)), draft)
            require_room(out.parent, _size_of_files(made.shown))
            made.write(progress)
            progress(Stage.CHECKING, 0, 1)
            verdict = _verified(made)
            with told():
                _sync(draft, disk)
            casefile.note_export(made.record(choice))
            with told():
                disk.rename(draft, out)
                disk.sync_folder(out.parent)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        finally:
            unfinished.clear(casefile.vault)
    progress(Stage.CHECKING, 1, 1)
    return _exported(made, out, verdict)


@dataclass(frozen=True, slots=True)
class _Making:
    """One export while it is being made in a folder under a temporary name."""

    vault: Vault
    shown: Disclosure
    folder: Path

    @property
    def title(self) -> str:
        return f"{self.shown.initials}-report-{self.shown.exported_at:%Y-%m-%d}"

    @property
    def report(self) -> Path:
        return self.folder / f"{self.title}.pdf"

    @property
    def package(self) -> Path:
        return self.folder / f"{self.title}.zip"

    def write(self, progress: ExportProgress) -> None:
        with told():
            self._write_report(_of(progress, Stage.REPORT))
            self._write_package(_of(progress, Stage.PACKING))

    def record(self, choice: Choice) -> dict[str, str | int | bool | list[str] | None]:
        files = [f"{_digest(path)} {path.stat().st_size} {path.name}" for path in (self.report, self.package)]
        return Export(
            entries=self.shown.entries,
            head=self.shown.head,
            profile=choice.profile.value,
            withheld=tuple(choice.withhold),
            files=tuple(files),
        ).to_data()

    def _write_report(self, progress: Callable[[int, int], None]) -> None:
        unsigned = self.folder / "unsigned.pdf"
        with unsigned.open("xb") as file:
            lazy.report_writers().pdf(self.shown, file, progress)
        with unsigned.open("rb") as source, self.report.open("x+b") as signed:
            lazy.sign_pdf()(self.vault.identity, source, signed)
        unsigned.unlink()

    def _write_package(self, progress: Callable[[int, int], None]) -> None:
        payload = sorted(_payload(self.vault, self.shown, self.report), key=lambda part: part.path)
        identity = self.vault.identity
        tags = {
            "HOW-TO-VERIFY.txt": _resource("how-to-verify.txt"),
            "bag-info.txt": bag_info(
                self.shown.exported_at.date(), f"{self.shown.vault}-{self.shown.entries}", payload
            ),
            "bagit.txt": BAG_DECLARATION,
            "certificate.pem": certificate_pem(identity),
            "public-key.pem": public_key_pem(identity),
            "verify.html": _resource("verify.html"),
        }
        hashes: dict[str, str] = {}
        with Archive(self.package, self.title) as archive:
            for path in sorted(path for path in tags if path < "data/"):
                archive.add(part_of(path, tags[path]))
            for done, part in enumerate(payload):
                progress(done, len(payload))
                hashes[part.path] = archive.add(part)
            tags[MANIFEST] = manifest(hashes)
            tag_manifest = manifest({path: sha256(content) for path, content in tags.items()})
            tags |= {TAG_MANIFEST: tag_manifest, SIGNATURE: identity.sign(tag_manifest)}
            for path in sorted(path for path in tags if path > "data/"):
                archive.add(part_of(path, tags[path]))
        progress(len(payload), len(payload))


def _payload(vault: Vault, shown: Disclosure, report: Path) -> Iterator[Part]:
    page = BytesIO()
    lazy.report_writers().html(shown, page)
    yield part_of("data/report.html", page.getvalue())
    yield Part("data/report.pdf", report.stat().st_size, lambda: file_chunks(report))
    yield part_of("data/head.json", _head(shown))
    yield _lines_part("data/chain.txt", lambda: (_chain_line(shown, number) for number in range(shown.entries)))
    yield _lines_part("data/record.jsonl", lambda: (_record_line(shown, number) for number in range(shown.entries)))
    for name, content in make_tables(shown.lines, shown.subjects, shown.not_included).items():
        yield part_of(f"data/tables/{name}", content)
    for exhibit in shown.of_kind(Kind.EXHIBIT):
        for stored, name in exhibit_files(exhibit):
            if stored.id not in shown.not_included:
                yield Part(f"data/exhibits/{name}", stored.size, partial(vault.objects.read, stored))


def _size_of_files(shown: Disclosure) -> int:
    files = (stored for exhibit in shown.of_kind(Kind.EXHIBIT) for stored, _name in exhibit_files(exhibit))
    return sum(stored.size for stored in files if stored.id not in shown.not_included)


def _lines_part(path: str, lines: Callable[[], Iterator[bytes]]) -> Part:
    return Part(path, sum(map(len, lines())), lines)


def _chain_line(shown: Disclosure, number: int) -> bytes:
    line = shown.lines[number]
    return f"{line.seq} {line.id} {line.body_hash} {line.link}\n".encode("ascii")


def _record_line(shown: Disclosure, number: int) -> bytes:
    line = shown.lines[number]
    body = canonical({"withheld": line.body_hash}) if line.entry is None else line.entry.to_bytes()
    return body + b"\n"


def _head(shown: Disclosure) -> bytes:
    exhibits = [exhibit for exhibit in shown.of_kind(Kind.EXHIBIT) if not exhibit.withdrawn]
    members = {
        "format": FORMAT,
        "vault": shown.vault,
        "entries": shown.entries,
        "head": shown.head,
        "fingerprint": shown.fingerprint,
        "exported_at": utc_text(shown.exported_at),
        "profile": shown.profile.value,
        "app": shown.app,
        "disclosed": shown.entries - shown.withheld,
        "withheld": shown.withheld,
        "exhibits": len(exhibits),
        "since": 0,
        "timestamp": "none",
        "sealed": [],
    }
    return canonical(members) + b"\n"


def _verified(made: _Making) -> Verdict:
    verdict = verify(made.package, fingerprint=made.shown.fingerprint, own_app=made.shown.app)
    if verdict.outcome is not Outcome.INTACT:
        raise CheckFailed(
            "The package that was made did not pass its own check.",
            safe="Everything in the vault is safe; the package was thrown away.",
            next="Try again; if it happens again, run a check of the vault.",
        )
    return verdict


def _exported(made: _Making, out: Path, verdict: Verdict) -> Exported:
    return Exported(
        folder=out,
        package=out / made.package.name,
        report=out / made.report.name,
        entries=made.shown.entries,
        head=made.shown.head,
        fingerprint=made.shown.fingerprint,
        receipt=made.shown.receipt,
        left_out=tuple(made.shown.not_included.values()),
        withheld=made.shown.withheld,
        verdict=replace(verdict, package=str(out / made.package.name)),
    )


def _sync(folder: Path, disk: Disk) -> None:
    for path in folder.iterdir():
        with path.open("rb+") as file:
            disk.sync(file)
    disk.sync_folder(folder)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _resource(name: str) -> bytes:
    return resources.files("resources").joinpath(name).read_bytes()


def _of(progress: ExportProgress, stage: Stage) -> Callable[[int, int], None]:
    return lambda done, total: progress(stage, done, total)
