"""Packages spoiled in the bag: files changed, gone or added, manifests, signature, key, head.json, the report."""

from package_maker import KNOWN_EXHIBIT, Alter, Package, good_package, key
from signature_maker import plain_pdf, signed_pdf

SIGNATURE = "tagmanifest-sha256.txt.sig"
TAGS = "tagmanifest-sha256.txt"
PAYLOAD = "manifest-sha256.txt"
TOKEN = "tagmanifest-sha256.txt.tsr"


def change(path: str) -> Alter:
    """One byte more in a file, nothing else touched."""

    def alter(package: Package) -> None:
        package.files[path] += b" "

    return alter


def remove(path: str, *, resigned: bool = False) -> Alter:
    def alter(package: Package) -> None:
        del package.files[path]
        if resigned:
            package.resign()

    return alter


def put(path: str, data: bytes = b"more\n", *, resigned: bool = False) -> Alter:
    def alter(package: Package) -> None:
        package.files[path] = data
        if resigned:
            package.resign()

    return alter


def replace(path: str, old: bytes, new: bytes) -> Alter:
    """Put `new` for `old` in a file, once, and sign everything again."""

    def alter(package: Package) -> None:
        assert old in package.files[path], (path, old)
        package.files[path] = package.files[path].replace(old, new, 1)
        package.resign()

    return alter


def head(**changes: object) -> Alter:
    def alter(package: Package) -> None:
        package.put_head(**changes)
        package.resign()

    return alter


def in_manifest(path: str, old: bytes, new: bytes) -> Alter:
    """Put `new` for `old` in a manifest, and sign what can still be signed."""

    def alter(package: Package) -> None:
        assert old in package.files[path], (path, old)
        package.files[path] = package.files[path].replace(old, new, 1)
        if path == PAYLOAD:
            package.write_tag_manifest()
        package.write_signature()

    return alter


def manifest_line_twice(package: Package) -> None:
    first = package.lines_of(PAYLOAD)[0] + b"\n"
    in_manifest(PAYLOAD, first, first + first)(package)


def manifest_unsorted(package: Package) -> None:
    first, second = package.lines_of(PAYLOAD)[:2]
    in_manifest(PAYLOAD, first + b"\n" + second, second + b"\n" + first)(package)


def remanifest(package: Package) -> None:
    """What somebody without the key can do: hash everything again and keep the old signature."""
    signature = package.files[SIGNATURE]
    package.write_manifests()
    package.files[SIGNATURE] = signature


def another_tag_signed(package: Package) -> None:
    package.files[SIGNATURE] = package.sign(b"something else")


def remade(package: Package) -> None:
    """The whole vault and package made again with another key: only something from outside shows it."""
    package.key = key(3)
    package.log[0]["data"]["fingerprint"] = package.fingerprint
    package.write_tags()
    package.write_report()
    package.rewrite()


def remade_but_fingerprint_known(package: Package) -> None:
    fingerprint = package.fingerprint
    remade(package)
    package.fingerprint_typed = fingerprint


def remade_but_receipt_known(package: Package) -> None:
    receipt = package.receipt(9)
    remade(package)
    package.receipts_typed = (receipt,)


def another_signature_and_fingerprint(package: Package) -> None:
    another_tag_signed(package)
    package.fingerprint_typed = good_package(5).fingerprint


def right_fingerprint(package: Package) -> None:
    groups = [package.fingerprint[i : i + 4].upper() for i in range(0, 64, 4)]
    package.fingerprint_typed = " ".join(groups[:8]) + "-" + ":".join(groups[8:])


def pasted_fingerprint(package: Package) -> None:
    """With no-break spaces, thin ones and other hyphens, as word processors put them in."""
    groups = [package.fingerprint[i : i + 4] for i in range(0, 64, 4)]
    package.fingerprint_typed = "\u00a0".join(groups[:6]) + "\u202f" + "\u2011".join(groups[6:]) + "\u200b"


def pasted_receipt(package: Package) -> None:
    package.receipts_typed = (package.receipt(10).replace("-", "\u2011", 3).replace("-", "\u2013", 2),)


def receipt_of(entries: int, seed: int = 1) -> Alter:
    def alter(package: Package) -> None:
        package.receipts_typed = (package.receipt(1), good_package(seed).receipt(entries).lower().replace("-", " "))

    return alter


def receipt_of_a_longer_log(package: Package) -> None:
    longer = package.copy()
    longer.log.append(longer.log[-1] | {"seq": len(longer.log) + 1})
    package.receipts_typed = (longer.receipt(len(longer.log)),)


def report(pdf: bytes) -> Alter:
    return put("data/report.pdf", pdf, resigned=True)


def report_with_more(package: Package) -> None:
    report(package.files["data/report.pdf"] + b"\n% more\n")(package)


def report_signed_twice(package: Package) -> None:
    report(signed_pdf(package.key, package.vault, package.files["data/report.pdf"], "Second"))(package)


def report_changed(package: Package) -> None:
    """One digit of the page moved, inside what the signature covers."""
    pdf = package.files["data/report.pdf"]
    assert b"/MediaBox" in pdf
    report(pdf.replace(b"/MediaBox", b"/TrimBox ", 1))(package)


def report_updated(package: Package) -> None:
    """An incremental update, by hand: another catalogue entry after the signature."""
    pdf = package.files["data/report.pdf"]
    previous = int(pdf.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    added = b"99 0 obj\n<< /Added true >>\nendobj\n"
    table = b"xref\n99 1\n%010d 00000 n \n" % len(pdf)
    trailer = pdf[previous:].split(b"trailer\n")[1].split(b"startxref")[0].strip()
    trailer = trailer.replace(b"<<", b"<< /Prev %d /Added 99 0 R " % previous, 1)
    end = b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % (len(pdf) + len(added))
    report(pdf + added + table + end)(package)


def report_by_another_key(package: Package) -> None:
    package.write_report(key(4))
    package.resign()


def _files() -> list[str]:
    return sorted(good_package().files)


_CHANGED_OTHERWISE = {"public-key.pem": "", "certificate.pem": "", TAGS: "manifest-signature", SIGNATURE: "malformed"}
"""Files whose change is found by another check than their hash; the keys are altered below."""

ROWS: list[tuple[str, str, Alter]] = [
    ("nothing", "", lambda _package: None),
    *((f"changed {path}", _CHANGED_OTHERWISE.get(path) or "file-changed", change(path))
      for path in _files() if path not in {"public-key.pem", "certificate.pem"}),
    *((f"missing {path}", "file-missing", remove(path)) for path in _files()),
    *((f"missing and signed again: {path}", "file-missing", remove(path, resigned=True)) for path in (
        "bagit.txt", "public-key.pem", "certificate.pem", "verify.html", "HOW-TO-VERIFY.txt", "data/report.pdf",
        "data/report.html", "data/record.jsonl", "data/chain.txt", "data/head.json", "data/tables/exhibits.csv",
        "data/tables/not-included.csv", "data/tables/withheld.csv")),
    *((f"extra {path}", "file-extra", put(path)) for path in (
        "more.txt", "data/more.txt", "data/exhibits/AB-0099.png", "data/tables/more.csv", "fetch.txt", TOKEN)),
    *((f"extra and signed: {path}", "file-extra", put(path, resigned=True)) for path in (
        "more.txt", "data/more.txt", "data/tables/more.csv", "more/more.txt", "data/anchors/more.txt")),
    ("extra exhibit, signed", "record-mismatch", put("data/exhibits/AB-0099.png", resigned=True)),
    ("token promised, none there", "file-missing", head(timestamp="attached")),
    # Manifests and signature.
    ("tag manifest signed over other bytes", "manifest-signature", another_tag_signed),
    ("exhibit changed, manifests remade without the key", "manifest-signature",
     lambda package: (change(KNOWN_EXHIBIT)(package), remanifest(package))),
    ("manifest climbs out", "malformed", in_manifest(PAYLOAD, b"  data/chain.txt", b"  data/../chain.txt")),
    ("manifest names an absolute path", "malformed", in_manifest(PAYLOAD, b"  data/chain.txt", b"  /data/chain.txt")),
    ("manifest names a tag file", "malformed", in_manifest(PAYLOAD, b"  data/chain.txt", b"  chain.txt")),
    ("tag manifest names a data file", "malformed", in_manifest(TAGS, b"  verify.html", b"  data/verify.html")),
    ("manifest with one space", "malformed", in_manifest(PAYLOAD, b"  data/chain.txt", b" data/chain.txt")),
    ("manifest with CR LF", "malformed", in_manifest(PAYLOAD, b"data/chain.txt\n", b"data/chain.txt\r\n")),
    ("manifest names a file twice", "malformed", manifest_line_twice),
    ("manifest unsorted", "malformed", manifest_unsorted),
    ("tag manifest empty", "malformed", lambda package: (put(TAGS, b"")(package), package.write_signature())),
    # What comes from outside.
    ("remade with another key", "", remade),
    ("remade with another key, fingerprint known", "fingerprint-mismatch", remade_but_fingerprint_known),
    ("remade with another key, receipt known", "receipt-mismatch", remade_but_receipt_known),
    ("signed over other bytes, another fingerprint known", "manifest-signature", another_signature_and_fingerprint),
    ("nothing, right fingerprint", "", right_fingerprint),
    ("nothing, right receipt", "", receipt_of(10)),
    ("nothing, fingerprint pasted from a program", "", pasted_fingerprint),
    ("nothing, receipt pasted from a program", "", pasted_receipt),
    ("receipt of another vault", "receipt-mismatch", receipt_of(10, seed=5)),
    ("receipt of a longer log", "receipt-beyond", receipt_of_a_longer_log),
    # bagit.txt, bag-info.txt, head.json.
    ("another BagIt version", "malformed", replace("bagit.txt", b"1.0", b"0.97")),
    ("bag-info of another vault", "head-mismatch",
     lambda package: (package.write_bag_info("0" * 32), package.write_manifests())),
    ("bag-info with another number of files", "head-mismatch",
     lambda package: (package.write_bag_info(files=1), package.write_manifests())),
    ("bag-info with one more line", "malformed",
     lambda package: (put("bag-info.txt", package.files["bag-info.txt"] + b"Contact-Name: A\n")(package),
                      package.write_manifests())),
    ("head with a wrong number of entries", "head-mismatch", head(entries=16)),
    ("head with another link", "head-mismatch", head(head="0" * 64)),
    ("head with another fingerprint", "head-mismatch", head(fingerprint="0" * 64)),
    ("head with another vault", "chain-broken", head(vault="0" * 32)),
    ("head with a wrong number of shown entries", "head-mismatch", head(disclosed=12)),
    ("head with a wrong number of withheld entries", "head-mismatch", head(withheld=0)),
    ("head with a wrong number of exhibits", "head-mismatch", head(exhibits=4)),
    ("head that follows a later package", "head-mismatch", head(since=16)),
    ("head of a newer format", "malformed", head(format="holdfast-package/2")),
    ("head with a member more", "malformed", head(more=1)),
    ("head with an unknown profile", "malformed", head(profile="press")),
    ("head with an unknown timestamp", "malformed", head(timestamp="later")),
    *((f"head with {value!r} for its {name}", "malformed", head(**{name: value}))
      for name in ("profile", "timestamp") for value in ([], {})),
    ("head on a day that does not exist", "malformed", head(exported_at="2026-02-30T00:00:00.000Z")),
    ("head with a negative number", "malformed", head(since=-1)),
    ("head with a truth for a number", "malformed", head(since=False)),
    ("head with a sealed file that is no hash", "malformed", head(sealed=["AB-sealed.zip"])),
    ("head not canonical", "malformed", replace("data/head.json", b'":', b'": ')),
    ("head without a line feed", "malformed", replace("data/head.json", b"}\n", b"}")),
    ("head with a member twice", "malformed", replace("data/head.json", b'{"app"', b'{"app":"","app"')),
    # The report.
    ("report with more bytes", "pdf-signature", report_with_more),
    ("report updated", "pdf-signature", report_updated),
    ("report changed inside", "pdf-signature", report_changed),
    ("report signed twice", "pdf-signature", report_signed_twice),
    ("report signed by another key", "pdf-signature", report_by_another_key),
    ("report not signed", "pdf-signature", report(plain_pdf())),
    ("report is no PDF", "pdf-signature", report(b"%PDF-1.4\n")),
    ("report empty", "pdf-signature", report(b"")),
]  # fmt: skip
