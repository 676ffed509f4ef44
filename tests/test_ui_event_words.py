"""Hours in a timeline: an hour of another zone says which zone it is, as it was read and not as it was written."""

from zoneinfo import ZoneInfo

import pytest
from window import PASSPHRASE, make_case

from app.casefile import Casefile
from app.clock import RecordingClock
from app.kinds import Kind
from app.timeline import event_of
from capture import this_computer
from ui.event_words import how_sure, time_of

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def case(tmp_path):
    casefile = Casefile.open(make_case(tmp_path / "notes.holdfast"), PASSPHRASE, RecordingClock(this_computer()))
    yield casefile
    casefile.close()


def happened(case: Casefile, **fields: str):
    entry = case.record(Kind.INCIDENT, {"what_happened": "It", **fields})
    return event_of(case.subject(entry.id), "when")


@pytest.mark.parametrize(
    ("when", "zone", "shown"),
    [
        ("2026-11-02 23:40", "Europe/Berlin +01:00", "23:40 (Europe/Berlin)"),
        ("2026-11-02 23:40", "europe/berlin", "23:40 (Europe/Berlin)"),
        ("2026-11-02 23:40+05:30", "Europe/London +00:00", "23:40 (UTC+05:30)"),
        ("2026-11-02 23:40", "gmt-5", "23:40 (UTC-05:00)"),
        ("2026-11-02 23:40", "Europe/London +00:00", "23:40"),
        ("2026-11-02 23:40", "by his clock", ""),
    ],
)
def test_an_hour_of_another_zone_names_the_zone_it_was_read_in(case, when: str, zone: str, shown: str) -> None:
    assert time_of(happened(case, when=when, when_zone=zone), LONDON) == shown


def test_both_ends_of_a_span_name_the_zone_they_were_read_in(case) -> None:
    event = happened(
        case, when="2026-11-02 23:40+02:00", when_until="2026-11-03 01:10", when_precision="between", when_zone="gmt+1"
    )
    assert how_sure(event, LONDON).endswith("23:40 (UTC+02:00) and 3 November 2026, 01:10 (UTC+01:00)")
