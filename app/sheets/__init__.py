"""Tables in and out: a CSV file is read, compared with a case and imported; a kind is written as a CSV file.

read_sheet -> match_sheet -> import_sheet: each step can be shown before the next, and only the last one changes
anything.
"""

from app.sheets.cells import BadRow, Problem, Progress, SheetRow, quoted
from app.sheets.columns import ColumnProblem
from app.sheets.importing import Imported, import_and_set_aside, import_sheet
from app.sheets.matching import MatchedSheet, Repeat, match_sheet
from app.sheets.sheet import SHEET_KINDS, Sheet, read_sheet
from app.sheets.text import Encoding
from app.sheets.writing import TABLE_KINDS, bad_table, kind_table, require_new_file, write_new_file

__all__ = [
    "SHEET_KINDS",
    "TABLE_KINDS",
    "BadRow",
    "ColumnProblem",
    "Encoding",
    "Imported",
    "MatchedSheet",
    "Problem",
    "Progress",
    "Repeat",
    "Sheet",
    "SheetRow",
    "bad_table",
    "import_and_set_aside",
    "import_sheet",
    "kind_table",
    "match_sheet",
    "quoted",
    "read_sheet",
    "require_new_file",
    "write_new_file",
]
