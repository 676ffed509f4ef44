"""The tables are made without the heavy libraries, which come with the writers at their first use."""

import subprocess
import sys

HEAVY = "{name.split('.')[0] for name in sys.modules} & {'reportlab', 'uharfbuzz', 'segno', 'bidi'}"


def test_whoever_checks_a_package_does_not_load_what_draws_reports():
    program = f"import sys, app.report.tables, app.lazy; print(sorted({HEAVY}))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout == "[]\n"


def test_the_writers_are_loaded_when_a_report_is_written():
    program = f"import sys, app.lazy; app.lazy.report_writers(); print(len({HEAVY}))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout == "4\n"
