"""Times and sums in words: exact where they are, and honest where they are not."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.kinds import Payment, PaymentStatus
from app.money import totals
from app.report.moments import Precision, both_times, local_time, read_moment
from vault.moments import is_known_zone

LONDON_SUMMER = "Europe/London +01:00"


def test_a_time_is_told_in_the_zone_where_it_was_recorded_and_in_utc():
    moment = read_moment("2026-06-30T23:30:05.123Z", LONDON_SUMMER)
    assert local_time(moment.at, LONDON_SUMMER) == "1 July 2026, 00:30 (Europe/London)"
    assert both_times(moment.at, LONDON_SUMMER) == "1 July 2026, 00:30:05 (Europe/London), 30 June 2026, 23:30:05 UTC"


def test_a_time_without_a_zone_is_local_to_where_it_was_typed():
    moment = read_moment("2026-06-30 10:42", LONDON_SUMMER)
    assert both_times(moment.at, LONDON_SUMMER, moment.precision) == ("30 June 2026, 10:42 (Europe/London), 09:42 UTC")


def test_summer_time_counts_on_the_day_it_happened_not_on_the_day_it_was_written_down():
    written_in_winter = "Europe/London +00:00"
    moment = read_moment("2026-07-01 10:00", written_in_winter)
    assert both_times(moment.at, written_in_winter, moment.precision) == "1 July 2026, 10:00 (Europe/London), 09:00 UTC"
    other = read_moment("2026-07-01T09:30Z", written_in_winter)
    assert local_time(other.at, written_in_winter) == "1 July 2026, 10:30 (Europe/London)"
    assert moment.at < other.at


def test_a_zone_without_a_name_counts_by_its_offset():
    moment = read_moment("2026-07-01 10:00", "local +02:00")
    assert both_times(moment.at, "local +02:00", moment.precision) == "1 July 2026, 10:00 (local), 08:00 UTC"


def test_a_day_alone_is_told_as_a_day():
    moment = read_moment("2026-11-18", LONDON_SUMMER)
    assert local_time(moment.at, LONDON_SUMMER, moment.precision) == "18 November 2026"


@pytest.mark.parametrize("text", ["2026-11-18, around noon", "2026-11", "2026-11-18T10:00 or later"])
def test_words_around_a_date_are_ordered_by_it_but_never_taken_for_exact(text):
    assert not read_moment(text, LONDON_SUMMER).exact


@pytest.mark.parametrize("text", ["last week", "", "2026-13-45", "2026-02-30", "9999-99", "0000-01-01", "٢٠٢٦-١١-١٨"])
def test_what_is_no_time_is_not_made_into_one(text):
    assert read_moment(text, LONDON_SUMMER) is None


def test_an_offset_that_was_typed_with_a_time_counts():
    moment = read_moment("2026-11-20T10:00+01:00", "Europe/London +00:00")
    assert moment.at.astimezone(UTC) == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert local_time(moment.at, "+02:00") == "20 November 2026, 11:00 (+02:00)"


@pytest.mark.parametrize("zone", ["", "nonsense", "Europe/London +99:99", "\u202e+01:00x"])
def test_an_odd_zone_counts_as_utc(zone):
    assert read_moment("2026-11-18T10:00", zone).at.isoformat() == "2026-11-18T10:00:00+00:00"


@pytest.mark.parametrize(
    ("zone", "utc", "label"),
    [
        ("+0100", 9, "+0100"),
        ("-05:00", 15, "-05:00"),
        ("UTC+1", 9, "UTC+1"),
        ("utc +01:00", 9, "utc +01:00"),
        ("GMT-5", 15, "GMT-5"),
        ("europe/LONDON", 9, "Europe/London"),
        ("america/new_york", 14, "America/New_York"),
        ("Etc/GMT+1", 11, "Etc/GMT+1"),
    ],
)
def test_a_zone_is_read_however_it_is_written(zone, utc, label):
    moment = read_moment("2026-07-01 10:00", zone)
    assert is_known_zone(zone)
    assert moment.exact
    assert moment.at.astimezone(UTC).hour == utc
    assert both_times(moment.at, zone, moment.precision) == f"1 July 2026, 10:00 ({label}), {utc:02}:00 UTC"


@pytest.mark.parametrize("zone", ["nonsense", "BST", "London time", "+99:99", "+2560", "+130", "UTC+", "Europe"])
def test_a_time_in_a_zone_that_is_not_understood_is_not_taken_for_exact(zone):
    moment = read_moment("2026-07-01 10:00", zone)
    assert not is_known_zone(zone)
    assert (moment.exact, moment.precision) == (False, Precision.DAY)
    assert local_time(moment.at, zone).endswith("(UTC)")
    assert read_moment("2026-07-01", zone).exact
    assert read_moment("2026-07-01T10:00Z", zone).exact


def test_a_name_that_is_not_understood_is_told_by_its_offset():
    moment = read_moment("2026-07-01 10:00", "nowhere +02:00")
    assert moment.exact
    assert local_time(moment.at, "nowhere +02:00") == "1 July 2026, 10:00 (+02:00)"


def test_a_zone_behind_the_time_is_not_read():
    assert not read_moment("2026-07-01 14:05 EST", LONDON_SUMMER).exact


def payment(amount, currency="GBP", status=PaymentStatus.PAID):
    return Payment(amount=amount, currency=currency, status=status)


def test_sums_are_exact_and_each_currency_and_status_stands_alone():
    gbp, btc = totals(
        [payment("0.1"), payment("0.2", " gbp "), payment("300", status=PaymentStatus.DEMANDED), payment("1e3", "BTC")]
    )
    assert gbp.sums == {PaymentStatus.PAID: Decimal("0.3"), PaymentStatus.DEMANDED: Decimal(300)}
    assert gbp.everything == Decimal("300.3")
    assert (btc.sums, btc.not_plain) == ({}, 1)


@pytest.mark.parametrize("amount", ["1,000", "1.000.000", "£300", "300-500", "NaN", "Infinity", "-5", "٣٠٠", "9" * 99])
def test_an_amount_that_can_be_read_two_ways_is_counted_and_not_added(amount):
    (total,) = totals([payment("100"), payment(amount)])
    assert (total.everything, total.not_plain) == (Decimal(100), 1)


def test_a_currency_and_its_sign_are_one_total_but_a_dollar_sign_may_be_any_dollar():
    found = totals([payment("1", "£"), payment("2"), payment("3", "$"), payment("4", "USD"), payment("5", "pounds")])
    assert [(total.currency, total.everything) for total in found] == [
        ("GBP", Decimal(3)),
        ("$", Decimal(3)),
        ("USD", Decimal(4)),
        ("POUNDS", Decimal(5)),
    ]


@pytest.mark.parametrize(
    ("amount", "currency", "plain"),
    [("1.000", "GBP", 0), ("300.500", "", 0), ("0.001", "GBP", 1), ("1.000", "BTC", 1), ("1.250", "Bitcoin", 1)],
)
def test_three_digits_after_a_point_are_parts_of_a_coin_but_perhaps_thousands_of_a_currency(amount, currency, plain):
    (total,) = totals([payment(amount, currency)])
    assert (len(total.sums), total.not_plain) == (plain, 1 - plain)


def test_an_amount_without_a_currency_is_counted_in_its_coin():
    (total,) = totals([Payment(amount="1.000", coin="BTC")])
    assert total.everything == Decimal(1)
