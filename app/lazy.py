"""The heavy libraries, each loaded at its first use, so that window and command line start fast.

The one room where a function imports: nothing else in the project may.
"""

import functools
import importlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable

    from phonenumbers import PhoneNumber
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    from app.package.verify.tokens import Token
    from app.recovery_sheet import Sheet
    from app.report.disclosure import Disclosure
    from vault.identity import Identity


@dataclass(frozen=True, slots=True)
class PyHanko:
    """The parts of pyHanko that check a signature."""

    reader: "type[PdfFileReader]"
    coverage: "type[SignatureCoverageLevel]"
    check_integrity: "Callable[..., tuple[bool, bool]]"
    error: "type[PdfError]"


@functools.cache
def pyhanko() -> PyHanko:
    """Load pyHanko (a third of a second). What it logs about hostile files stays out of the terminal."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return PyHanko(PdfFileReader, SignatureCoverageLevel, validate_sig_integrity, PdfError)


@functools.cache
def token_reader() -> "Callable[[bytes, bytes], Token]":
    """Load what reads timestamp tokens: `app.package.verify.tokens.read_token`. It brings pyHanko along."""
    pyhanko()
    read: Callable[[bytes, bytes], Token] = importlib.import_module("app.package.verify.tokens").read_token
    return read


@dataclass(frozen=True, slots=True)
class ReportWriters:
    """The two writers of the report; `pdf` takes (disclosure, out, progress), `html` (disclosure, out)."""

    pdf: "Callable[[Disclosure, BinaryIO, Callable[[int, int], None] | None], None]"
    html: "Callable[[Disclosure, BinaryIO], None]"


@functools.cache
def report_writers() -> ReportWriters:
    """Load the writers of the report, and with them reportlab, HarfBuzz and segno (a third of a second).

    By name, so that nothing that merely reads this file depends on them.
    """
    return ReportWriters(
        importlib.import_module("app.report.pdf").write_pdf,
        importlib.import_module("app.report.html").write_html,
    )


@functools.cache
def pdf_signer() -> "Callable[[Identity, BinaryIO, BinaryIO], None]":
    """Load what signs report.pdf: a function of (identity, unsigned, signed). It brings pyHanko along."""
    sign: Callable[[Identity, BinaryIO, BinaryIO], None] = importlib.import_module("app.package.pdf_signature").sign_pdf
    return sign


@functools.cache
def guesses_needed() -> "Callable[[str, list[str]], float]":
    """Load zxcvbn (30 ms): a function of (passphrase of at most 72 characters, known words) -> guesses needed."""
    from zxcvbn import zxcvbn  # noqa: PLC0415

    return lambda passphrase, known: float(zxcvbn(passphrase, user_inputs=known)["guesses"])


@functools.cache
def sheet_writer() -> "Callable[[Sheet, BinaryIO], None]":
    """Load what draws a recovery sheet: `app.report.recovery_sheet.write_sheet`, by name as above."""
    write: Callable[[Sheet, BinaryIO], None] = importlib.import_module("app.report.recovery_sheet").write_sheet
    return write


@functools.cache
def casefile_class() -> object:
    """Load `app.casefile.Casefile`, and with it the cryptography: 50 ms and 12 MB that the locked window does not need.

    By name, as above; whoever asks says which type it is.
    """
    loaded: object = importlib.import_module("app.casefile").Casefile
    return loaded


@functools.cache
def package_export() -> object:
    """Load `app.package.export.export`."""
    loaded: object = importlib.import_module("app.package.export").export
    return loaded


@functools.cache
def package_choice() -> object:
    """Load `app.package.plan.Choice`."""
    loaded: object = importlib.import_module("app.package.plan").Choice
    return loaded


@functools.cache
def clock_class() -> object:
    """Load `app.clock.RecordingClock`: its stamps bring the log along."""
    loaded: object = importlib.import_module("app.clock").RecordingClock
    return loaded


@functools.cache
def vault_destroyer() -> object:
    """Load `app.keeping.destroy_vault`."""
    loaded: object = importlib.import_module("app.keeping").destroy_vault
    return loaded


@functools.cache
def backup_maker() -> object:
    """Load `app.copies.back_up`."""
    loaded: object = importlib.import_module("app.copies").back_up
    return loaded


@functools.cache
def unsaved_since_backup() -> object:
    """Load `app.copies.unsaved_since_backup`."""
    loaded: object = importlib.import_module("app.copies").unsaved_since_backup
    return loaded


@functools.cache
def last_backup() -> object:
    """Load `app.copies.last_backup`."""
    loaded: object = importlib.import_module("app.copies").last_backup
    return loaded


@functools.cache
def copy_comparer() -> object:
    """Load `app.comparing.compare_with`."""
    loaded: object = importlib.import_module("app.comparing").compare_with
    return loaded


@functools.cache
def qr_rows() -> "Callable[[str], list[list[bool]]]":
    """Load segno: a function of a text -> the rows of its QR code, True where dark, with the quiet zone around."""
    rows: Callable[[str], list[list[bool]]] = importlib.import_module("app.report.square").qr_rows
    return rows


@functools.cache
def wanted_class() -> object:
    """Load `vault.search.Wanted`, and with it SQLite."""
    loaded: object = importlib.import_module("vault.search").Wanted
    return loaded


@functools.cache
def case_views() -> object:
    """Make an `app.case_views.CaseViews`: timeline, gaps, sums and tables are loaded when a case is open."""
    loaded: object = importlib.import_module("app.case_views").CaseViews()
    return loaded


@functools.cache
def form_help() -> object:
    """Make an `app.form_help.FormHelp`: checks, platforms and notes are loaded when a case is open (35 ms)."""
    loaded: object = importlib.import_module("app.form_help").FormHelp()
    return loaded


@dataclass(frozen=True, slots=True)
class NumberRules:
    """The parts of python-stdnum that are used. Each check gives the number back or raises `wrong` or a child of it."""

    iban: "Callable[[str, bool], str]"
    bic: "Callable[[str], str]"
    luhn: "Callable[[str], str]"
    wrong: type[ValueError]
    wrong_digits: type[ValueError]
    unknown_part: type[ValueError]


@functools.cache
def number_rules() -> NumberRules:
    """Load python-stdnum (30 ms, mostly for what it could fetch and never does here)."""
    from stdnum import bic, exceptions, iban, luhn  # noqa: PLC0415

    return NumberRules(
        iban.validate,
        bic.validate,
        luhn.validate,
        exceptions.ValidationError,
        exceptions.InvalidChecksum,
        exceptions.InvalidComponent,
    )


@dataclass(frozen=True, slots=True)
class PhoneRules:
    """The parts of phonenumbers that are used. `parse` takes (text, region such as GB) and raises `not_a_number`."""

    parse: "Callable[[str, str], PhoneNumber]"
    is_possible: "Callable[[PhoneNumber], bool]"
    is_valid: "Callable[[PhoneNumber], bool]"
    e164: "Callable[[PhoneNumber], str]"
    is_mobile: "Callable[[PhoneNumber], bool]"
    not_a_number: type[Exception]


@functools.cache
def phone_rules() -> PhoneRules:
    """Load phonenumbers (25 ms); the numbering plan of a country follows when a number of it is read."""
    import phonenumbers  # noqa: PLC0415

    return PhoneRules(
        phonenumbers.parse,
        phonenumbers.is_possible_number,
        phonenumbers.is_valid_number,
        lambda number: phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        lambda number: phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.NumberParseException,
    )


@functools.cache
def keccak_256() -> "Callable[[bytes], bytes]":
    """Load pycryptodomex (30 ms): Keccak-256 as Ethereum and Monero use it, which SHA3-256 is not."""
    from Cryptodome.Hash import keccak  # noqa: PLC0415

    return lambda data: keccak.new(data=data, digest_bits=256).digest()
