"""The impact annex: only on request, in the person's words, marked as standing outside the log; private notes never."""

import zipfile
from contextlib import closing

from cases import new_case

from app.notes import Area, keep_note
from app.package.export import export
from app.package.plan import Choice
from app.package.verify import Outcome


def test_notes_on_the_impact_go_out_only_if_asked_and_private_ones_never(tmp_path):
    with closing(new_case(tmp_path)) as case:
        keep_note(case, "I think it was <b>Tom</b>, keep to myself")
        keep_note(case, "I could not go to <i>work</i> for weeks", impact=Area.WORK)
        without = export(case, tmp_path / "without")
        asked = export(case, tmp_path / "asked", Choice(impact=True))
    for made in (without, asked):
        assert made.verdict.outcome is Outcome.INTACT
    reports = {}
    for name, made in (("without", without), ("asked", asked)):
        with zipfile.ZipFile(made.package) as package:
            (report,) = [each for each in package.namelist() if each.endswith("data/report.html")]
            reports[name] = package.read(report).decode("utf-8")
            everything = b"".join(package.read(each) for each in package.namelist())
        assert b"keep to myself" not in everything
    assert "could not go to" not in reports["without"]
    assert "I could not go to &lt;i&gt;work&lt;/i&gt; for weeks" in reports["asked"]
    assert "stand outside the log" in " ".join(reports["asked"].split())
