"""The hash chain over the entries of a log: the part that writer and verifier share."""

from vault.chain.canonical import INTEGER_LIMIT, LINE_LIMIT, Malformed, Value, canonical, parse_line
from vault.chain.entry import (
    Action,
    Author,
    Clock,
    Data,
    Entry,
    EntryId,
    Kind,
    ObjectId,
    Role,
    StoredObject,
    VaultId,
    parse_moment,
    utc_text,
)
from vault.chain.links import Digest, Link, body_hash, first_link, next_link
from vault.chain.receipt import MistypedReceipt, Receipt, parse_receipt, receipt_code

__all__ = [
    "INTEGER_LIMIT",
    "LINE_LIMIT",
    "Action",
    "Author",
    "Clock",
    "Data",
    "Digest",
    "Entry",
    "EntryId",
    "Kind",
    "Link",
    "Malformed",
    "MistypedReceipt",
    "ObjectId",
    "Receipt",
    "Role",
    "StoredObject",
    "Value",
    "VaultId",
    "body_hash",
    "canonical",
    "first_link",
    "next_link",
    "parse_line",
    "parse_moment",
    "parse_receipt",
    "receipt_code",
    "utc_text",
]
