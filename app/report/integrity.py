"""How the record was made, how to check it, and what that does not prove."""

from collections.abc import Iterator
from datetime import timedelta

from app.kinds import Kind
from app.receipt import square_text
from app.report.content import Block, Cell, Code, Commands, Facts, Paragraph, Said, Square, Subheading, code, said
from app.report.view import Row, View, counted, moment_words, recorded_at
from app.report.visible import in_fours
from vault.chain import Entry


def limits(view: View) -> Iterator[Block]:
    """How evidence came in, which clock was used, and where the limits are."""
    captured = [exhibit.data.get("provenance") for exhibit in view.current(Kind.EXHIBIT)]
    live, imported = captured.count("captured_live"), captured.count("imported")
    memory = sum(incident.data.get("recorded") == "from_memory" for incident in view.current(Kind.INCIDENT))
    yield Facts(
        (
            ("Captured live", (said(counted(live, "exhibit") + ", by this program from the screen of the computer"),)),
            (
                "Imported",
                (said(counted(imported, "exhibit") + ", as a file; bytes unchanged, earlier history unknown"),),
            ),
            ("From memory", (said(counted(memory, "incident") + " written down later, marked so"),)),
        )
    )
    yield Paragraph(
        said(
            "Files were stored as they came, hashed with SHA-256 at that moment, and never changed. Every entry is"
            " written once; a correction or a withdrawal is a new entry, and none replaces the one before. Words in"
            " this report are those of whoever wrote them down, unless they are marked as exact words of somebody"
            " else."
        )
    )
    yield Paragraph(
        said(
            "A picture of a screen shows what that screen showed. It is not a forensic image of a device; a web page"
            " can be altered on the screen before it is captured, and a name shown on a platform need not be the name"
            " of the person. Devices and platforms may hold more: ask the person before relying on a single picture."
        )
    )
    yield Subheading(said("Time"))
    yield from _time(view)


def integrity(view: View) -> Iterator[Block]:
    """The numbers to compare, how to check the package, and what a check cannot show."""
    shown = view.shown
    yield Square(
        square_text(shown.vault, shown.entries, shown.head, shown.fingerprint),
        (
            (Said("Receipt code ", strong=True),),
            code(shown.receipt),
            said(
                f"Whoever keeps this code can tell later that nothing in the first {shown.entries:,} entries was"
                " changed, dropped or remade. Write it down, or keep a photograph of this square, somewhere else than"
                " the package."
            ),
        ),
    )
    rows: tuple[Row, ...] = (
        ("Fingerprint of the key", _in_two_lines(shown.fingerprint)),
        ("Certificate (SHA-256)", _in_two_lines(shown.certificate_sha256)),
        ("Entries", (said(f"{shown.entries:,}, of which {shown.withheld:,} withheld"),)),
        ("Head of the chain", (code(shown.head),)),
        ("Vault", (code(shown.vault),)),
    )
    yield Facts(rows)
    yield Paragraph(
        said(
            "Compare the fingerprint with the person who gave you this, by phone or in another way than the package"
            " came: that it stands here shows nothing. A PDF viewer shows the certificate instead, in the properties of"
            " the signature. It calls the signer unknown, which is to be expected; it must say that the document was"
            " not changed since."
        )
    )
    yield Subheading(said("How to check"))
    yield from _how_to_check()
    yield Subheading(said("What this does not prove"))
    yield from _not_proved()


def _in_two_lines(digest: str) -> Cell:
    """64 hex digits as they are compared: eight groups of four in each of two lines."""
    return code(in_fours(digest[:32])), code(in_fours(digest[32:]))


def _time(view: View) -> Iterator[Block]:
    anchors = view.current(Kind.ANCHOR)
    if anchors:
        first = anchors[0]
        entries = first.data.get("entries")
        yield Paragraph(
            said(
                f"A receipt code or timestamp for the first {entries} entries was made on {recorded_at(first.first)}"
                f" ({counted(len(anchors), 'receipt or timestamp', 'receipts and timestamps')} in all). Whoever still"
                " has it can show that those entries were there, unchanged, when they got it."
            )
        )
    yield Paragraph(
        said("For everything that no receipt or timestamp outside covers, only this computer’s clock says when.")
    )
    compared = next((entry for entry in _newest_first(view) if entry.clock.offset_s is not None), None)
    if compared is not None and compared.clock.compared_at is not None:
        seconds = timedelta(seconds=abs(compared.clock.offset_s or 0))
        side = "ahead of" if (compared.clock.offset_s or 0) > 0 else "behind"
        apart = f"the phone was {seconds} (hours:minutes:seconds) {side} the computer" if seconds else "they agreed"
        yield Paragraph(
            (
                Said("The clock was compared with a phone on "),
                *moment_words(compared.clock.compared_at, compared.zone),
                Said(f": {apart}."),
            )
        )
    yield Paragraph(said("Some offences have a short time limit for reporting: do not wait.", muted=True))


def _newest_first(view: View) -> Iterator[Entry]:
    return (line.entry for line in reversed(view.shown.lines) if line.entry is not None)


def _how_to_check() -> Iterator[Block]:
    yield Paragraph(
        (
            Said("In a browser, with nothing installed: unpack the package, open "),
            Code("verify.html"),
            Said(" and drop the package on it. Or in a terminal, in the folder of the package:"),
        )
    )
    yield Commands(
        (
            "openssl dgst -sha256 -verify public-key.pem \\",
            "    -signature tagmanifest-sha256.txt.sig tagmanifest-sha256.txt",
            "sha256sum --strict -c tagmanifest-sha256.txt && sha256sum --strict -c manifest-sha256.txt",
            "openssl pkey -pubin -in public-key.pem -outform DER | sha256sum",
        )
    )
    yield Paragraph(
        said(
            "The first command must print “Verified OK”, the second “OK” behind every file; the last prints the"
            " fingerprint. HOW-TO-VERIFY.txt in the package has the same for Windows and macOS, and says what to do"
            " where something does not fit."
        )
    )


def _not_proved() -> Iterator[Block]:
    yield Paragraph(
        said(
            "A check shows that the package is complete and unchanged since it was signed. It does not show who sent a"
            " message, who is behind an account, or that what somebody wrote down is so. A package that was remade from"
            " nothing with another key passes every check: only a fingerprint, a receipt or a timestamp that came from"
            " outside shows that."
        )
    )
    yield Paragraph(
        said(
            "The words of this PDF and of report.html are a convenience. No checker compares them with the record: what"
            " counts is record.jsonl and the files in the folder exhibits. Copy long identifiers from the tables (CSV),"
            " not from the PDF."
        )
    )
