"""The files that tables come in: encodings, separators and line ends of spreadsheets, limits, and any bytes at all."""

import codecs
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Unreadable, WrongUse
from app.kinds import Kind
from app.sheets import BadRow, Encoding, read_sheet


@pytest.fixture
def sheet_of(tmp_path):
    def read(content, **options):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return read_sheet(path, Kind.TAKEDOWN, **options)

    return read


def fields(sheet):
    return [row.fields for row in sheet.rows]


UMLAUTS = "url,recipient\r\nhttps://x.example,Büro №1\r\n"


@pytest.mark.parametrize(
    "content",
    [
        UMLAUTS.encode("utf-8"),
        UMLAUTS.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + UMLAUTS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + UMLAUTS.encode("utf-16-be"),
    ],
)
def test_unicode_is_read_in_every_form_that_spreadsheets_save(content, sheet_of):
    assert fields(sheet_of(content)) == [{"url": "https://x.example", "recipient": "Büro №1"}]


def test_an_old_encoding_is_read_where_somebody_says_so(sheet_of):
    table = b"url,recipient\nhttps://x.example,B\xfcro\nhttps://y.example,ok\nz,\xfc\n"
    with pytest.raises(Unreadable, match="in 2 lines, the first of them 2, 4"):
        sheet_of(table)
    assert fields(sheet_of(table, encoding=Encoding.WINDOWS_1252))[0]["recipient"] == "Büro"
    with pytest.raises(Unreadable, match="in line 2"):
        sheet_of(b"url\n\x81\n", encoding=Encoding.WINDOWS_1252)


def test_utf_16_without_a_mark_is_read_where_somebody_says_so(sheet_of):
    table = UMLAUTS.encode("utf-16-le")
    with pytest.raises(Unreadable, match="UTF-16"):
        sheet_of(table)
    assert len(fields(sheet_of(table, encoding=Encoding.UTF_16))) == 1
    with pytest.raises(Unreadable, match="in line 3"):
        sheet_of(table + b"x", encoding=Encoding.UTF_16)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_are_separated_as_the_header_says_and_lines_end_in_any_way(separator, end, sheet_of):
    other = {",": ";", ";": ",", "\t": ","}[separator]
    rows = [
        ["url", "notes"],
        ["https://x.example", f"a{other}{other}b"],
        ["https://y.example", f'"c{separator} d{end}e"'],
    ]
    read = fields(sheet_of(end.join(separator.join(row) for row in rows)))
    assert [row["notes"] for row in read] == [f"a{other}{other}b", f"c{separator} d{end}e"]


def test_a_first_line_may_name_the_separator(sheet_of):
    assert fields(sheet_of("sep=|\r\nurl|notes\r\na|b\r\n")) == [{"url": "a", "notes": "b"}]


def test_a_quotation_mark_that_is_not_closed_names_its_row_and_line(sheet_of):
    with pytest.raises(Unreadable, match="Row 3, which begins in line 4"):
        sheet_of('url,notes\na,"x\ny"\nb,"never closed\nc,d\n')


@pytest.mark.parametrize("content", ["", "\n\n", "url,notes\n", "url\n\n,\n"])
def test_a_table_without_rows_is_told(content, sheet_of):
    with pytest.raises(Unreadable, match="no rows"):
        sheet_of(content)


def test_a_table_has_limits_that_are_told(tmp_path, sheet_of):
    with pytest.raises(Unreadable, match="100,000 rows"):
        sheet_of("url\n" + "a\n" * 100_001)
    with pytest.raises(Unreadable, match="1000 columns"):
        sheet_of("url" + "," * 1000 + "\na\n")
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    with pytest.raises(Unreadable, match="64 MB"):
        read_sheet(tmp_path / "large.csv", Kind.TAKEDOWN)
    with pytest.raises(Unreadable, match="no file"):
        read_sheet(tmp_path, Kind.TAKEDOWN)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=200)
    | st.text(string.printable + "é\u202e\0;", max_size=200).map(lambda text: ("url;notes\n" + text).encode())
)
def test_no_file_does_more_than_be_refused(tmp_path, content):
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        sheet = read_sheet(path, Kind.TAKEDOWN)
    except (Unreadable, WrongUse):
        return
    assert all(row.fields for row in sheet.rows)
    assert all(isinstance(row, BadRow) and row.problems for row in sheet.bad)
