"""What kind of thing some bytes are, by name and by content, and whether a picture may be hidden in them."""

import codecs
import re
from collections.abc import Iterable
from itertools import chain

HEAD_SIZE = 65_536
"""How many bytes of a file's beginning are looked at to tell its type."""

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"

_OFFICE = "application/vnd.openxmlformats-officedocument"
_BY_EXTENSION = {
    extension: media_type
    for extensions, media_type in (
        ("png", "image/png"),
        ("jpg jpeg jpe jfif", "image/jpeg"),
        ("gif", "image/gif"),
        ("webp", "image/webp"),
        ("bmp", "image/bmp"),
        ("tif tiff", "image/tiff"),
        ("heic heif", "image/heic"),
        ("avif", "image/avif"),
        ("jxl", "image/jxl"),
        ("svg", "image/svg+xml"),
        ("ico", "image/vnd.microsoft.icon"),
        ("psd", "image/vnd.adobe.photoshop"),
        ("mp4 m4v", "video/mp4"),
        ("mov qt", "video/quicktime"),
        ("webm", "video/webm"),
        ("mkv", "video/x-matroska"),
        ("avi", "video/x-msvideo"),
        ("3gp 3g2", "video/3gpp"),
        ("mpg mpeg", "video/mpeg"),
        ("wmv", "video/x-ms-wmv"),
        ("flv", "video/x-flv"),
        ("ogv", "video/ogg"),
        ("mp3", "audio/mpeg"),
        ("m4a m4b", "audio/mp4"),
        ("aac", "audio/aac"),
        ("wav", "audio/wav"),
        ("ogg oga opus", "audio/ogg"),
        ("flac", "audio/flac"),
        ("amr", "audio/amr"),
        ("pdf", "application/pdf"),
        ("zip", "application/zip"),
        ("7z", "application/x-7z-compressed"),
        ("rar", "application/vnd.rar"),
        ("tar", "application/x-tar"),
        ("gz tgz", "application/gzip"),
        ("xz", "application/x-xz"),
        ("bz2", "application/x-bzip2"),
        ("doc", "application/msword"),
        ("xls", "application/vnd.ms-excel"),
        ("ppt", "application/vnd.ms-powerpoint"),
        ("docx", f"{_OFFICE}.wordprocessingml.document"),
        ("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
        ("pptx", f"{_OFFICE}.presentationml.presentation"),
        ("odt", "application/vnd.oasis.opendocument.text"),
        ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("odp", "application/vnd.oasis.opendocument.presentation"),
        ("rtf", "application/rtf"),
        ("epub", "application/epub+zip"),
        ("msg", "application/vnd.ms-outlook"),
        ("mbox", "application/mbox"),
        ("eml", "message/rfc822"),
        ("mht mhtml", "multipart/related"),
        ("htm html", "text/html"),
        ("txt log", TEXT),
        ("csv", "text/csv"),
        ("md", "text/markdown"),
        ("vcf", "text/vcard"),
        ("ics", "text/calendar"),
        ("json", "application/json"),
        ("xml", "application/xml"),
    )
    for extension in extensions.split()
}

_SIGNATURES = tuple(
    (re.compile(pattern, re.DOTALL), media_type)
    for pattern, media_type in (
        (rb"\x89PNG\r\n\x1a\n", "image/png"),
        (rb"\xff\xd8\xff", "image/jpeg"),
        (rb"GIF8[79]a", "image/gif"),
        (rb"BM.{4}\x00{4}", "image/bmp"),
        (rb"II[*+]\x00|MM\x00[*+]", "image/tiff"),
        (rb"RIFF.{4}WEBP", "image/webp"),
        (rb"\x00\x00\x01\x00[\x01-\x40]\x00", "image/vnd.microsoft.icon"),
        (rb"8BPS\x00[\x01\x02]", "image/vnd.adobe.photoshop"),
        (rb"\xff\x0a|\x00\x00\x00\x0cJXL ", "image/jxl"),
        (rb"\x00\x00\x00\x0cjP  ", "image/jp2"),
        (rb"P[1-6]\s+(?:#[^\n]*\n\s*)*\d+\s+\d+\s", "image/x-portable-anymap"),
        (rb"\x00\x00.{2}ftypavi[fs]", "image/avif"),
        (rb"\x00\x00.{2}ftyp(?:he[iv][cmsx]|mif1|msf1)", "image/heic"),
        (rb"\x00\x00.{2}ftypM4[AB]", "audio/mp4"),
        (rb"\x00\x00.{2}ftyp3g", "video/3gpp"),
        (rb"\x00\x00.{2}ftypqt|[\x00-\x08].{3}(?:moov|mdat|wide)", "video/quicktime"),
        (rb"\x00\x00.{2}ftyp", "video/mp4"),
        (rb"\x1aE\xdf\xa3.{0,64}webm", "video/webm"),
        (rb"\x1aE\xdf\xa3", "video/x-matroska"),
        (rb"RIFF.{4}AVI ", "video/x-msvideo"),
        (rb"\x00\x00\x01[\xb3\xba]", "video/mpeg"),
        (rb"0&\xb2u\x8ef\xcf\x11", "video/x-ms-wmv"),
        (rb"FLV\x01", "video/x-flv"),
        (rb"RIFF.{4}WAVE", "audio/wav"),
        (rb"OggS\x00", "audio/ogg"),
        (rb"fLaC\x00", "audio/flac"),
        (rb"#!AMR", "audio/amr"),
        (rb"ID3[\x02-\x04]", "audio/mpeg"),
        (rb"%PDF-", "application/pdf"),
        (rb"\{\\rtf", "application/rtf"),
        (rb"PK(?:\x03\x04|\x05\x06)", "application/zip"),
        (rb"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
        (rb"Rar!\x1a\x07", "application/vnd.rar"),
        (rb"\x1f\x8b\x08", "application/gzip"),
        (rb"\xfd7zXZ\x00", "application/x-xz"),
        (rb"BZh[1-9]1AY&SY", "application/x-bzip2"),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    )
)

_BUILT_ON = {
    "application/zip": ("application/vnd.o", "application/epub+zip"),
    "application/x-ole-storage": ("application/vnd.ms-", "application/msword"),
    "audio/ogg": ("video/ogg",),
    "video/mp4": ("audio/mp4", "video/"),
}
"""Formats that others are built on: there the extension says more than the first bytes do (.docx is a zip)."""

_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CARRIES_A_FILE = re.compile(
    rb";base64,|data:(?:image|video|application)/|<svg[\s>]|/\* XPM \*/|%PDF-|%!PS|\{\\rtf"
    rb"|^content-type:\s*(?:image|video|audio|application|multipart/(?:mixed|related))"
    rb"|^content-disposition:\s*(?:attachment|inline)"
    rb"|^content-transfer-encoding:\s*(?:base64|binary|x-uuencode)"
    rb"|^begin [0-7]{3,4} \S|^=ybegin "
    rb"|(?<![a-z0-9+/])[a-z0-9+/]{480}|^(?:[> \t]*[a-z0-9+/=]{60,}[ \t\r]*\n){8}",
    re.IGNORECASE | re.MULTILINE,
)
_OVERLAP = 8_192
"""Bytes that two windows share, so that no mark of a carried file falls between them."""


def media_type_of(name: str, head: bytes) -> str:
    """The media type of a file with that name and beginning. What the content says counts more than the name.

    Where neither says anything: "text/plain" for text, "application/octet-stream" for the rest. The same on every
    computer: nothing of the system's own tables is asked.
    """
    named = _BY_EXTENSION.get(name.rpartition(".")[2].lower()) if "." in name else None
    found = _signed(head)
    if found is not None:
        return named if named is not None and named.startswith(_BUILT_ON.get(found, ())) else found
    if named is not None:
        return named
    return TEXT if head and not may_hold_a_picture(TEXT, head) else UNKNOWN


def may_hold_a_picture(media_type: str, head: bytes, rest: Iterable[bytes] = ()) -> bool:
    """Whether a picture or video may be in a file that begins with `head` and goes on with the chunks of `rest`.

    Cautious: False only for plain UTF-8 text that carries no other file. Pictures, video, sound (covers), archives,
    PDF, office files, mail with attachments, text with something encoded in it, and everything unknown give True.
    """
    if media_type.startswith(("image/", "video/", "audio/")) or _signed(head) is not None:
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    window = b""
    for piece in chain([head], rest):
        window = window[-_OVERLAP:] + piece
        try:
            text = decoder.decode(piece)
        except UnicodeDecodeError:
            return True
        if _NOT_TEXT.search(text) or _CARRIES_A_FILE.search(window):
            return True
    return False


def _signed(head: bytes) -> str | None:
    return next((media_type for signature, media_type in _SIGNATURES if signature.match(head)), None)
