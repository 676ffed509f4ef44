"""The kinds: every field the design names is there, and nothing that was written is lost in reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import WrongUse
from app.kinds import KINDS, Account, Exhibit, Form, Incident, Kind, Payment, Platform, parse_assignments
from vault.chain import canonical

FIELDS = {
    Kind.CASE: "title capacity consent under18 path country police_force",
    Kind.PERSON: "name initials role relation safe_contact",
    Kind.EXHIBIT: "ref title page_title device held url url_final platform place sensitivity others_shown sent_by "
    "origin provenance method captured_at act_at act_precision discovered_at shown_time accounts notes",
    Kind.ACCOUNT: "platform display_name handle persistent_id profile_url claimed_identity who_i_think "
    "why_i_think_so relationship notes",
    Kind.PAYMENT: "status kind amount currency recipient reference sort_code account_number network transaction "
    "deadline exact_words paid_at collected collected_where collected_when how_known cancel_attempted_at "
    "cancel_result provider_reference account notes",
    Kind.INCIDENT: "kind what_happened exact_words when when_precision discovered platform place url audience "
    "identifying_details told_by recorded accounts exhibits payments evidence_still_needed notes",
    Kind.TAKEDOWN: "url copy_of recipient route basis sent_at by_whom reference deadline response response_at "
    "removed_at how_confirmed last_checked reappeared_url next_action exhibits notes",
    Kind.CONTACT: "organisation person officer_number reference when how what_was_given outcome next_action notes",
}  # fmt: skip
DATA = st.dictionaries(
    st.sampled_from(sorted({name for names in FIELDS.values() for name in names.split()} | {"newer"})),
    st.text(max_size=8) | st.integers(-5, 5) | st.booleans() | st.lists(st.text(max_size=4), min_size=1, max_size=2),
)


def test_every_kind_of_entry_has_its_dataclass():
    assert set(KINDS) == set(Kind)


@pytest.mark.parametrize("kind", list(FIELDS))
def test_a_kind_has_the_fields_that_tables_and_command_line_name(kind):
    assert {spec.name for spec in KINDS[kind].specs()} >= set(FIELDS[kind].split())


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_says_what_it_asks(kind):
    for spec in KINDS[kind].specs():
        assert spec.ask.label, spec.name
        assert canonical({spec.name: 1})


@given(st.sampled_from(list(Kind)), DATA)
def test_reading_and_writing_a_record_loses_nothing(kind, data):
    written = KINDS[kind].from_data(data).to_data()
    known = {spec.name for spec in KINDS[kind].specs()}
    assert written == {name: value for name, value in data.items() if value != "" or name not in known}


def test_values_and_fields_of_a_newer_version_survive():
    account = Account.from_data({"platform": "a network of 2030", "shoe_size": 43, "handle": "@x"})
    assert account.platform is None
    assert account.to_data() == {"platform": "a network of 2030", "shoe_size": 43, "handle": "@x"}


def test_assignments_become_typed_data():
    data = parse_assignments(Account, [("platform", "skype"), ("persistent_id", "live:x=y"), ("notes", "")])
    assert data == {"platform": "skype", "persistent_id": "live:x=y", "notes": None}
    assert Account.from_data({"platform": "skype"}).platform is Platform.SKYPE


def test_a_list_is_given_by_repeating_it_and_nothing_else_is():
    assert parse_assignments(Incident, [("accounts", "a"), ("accounts", "b")]) == {"accounts": ["a", "b"]}
    with pytest.raises(WrongUse, match="twice"):
        parse_assignments(Account, [("handle", "a"), ("handle", "b")])


@pytest.mark.parametrize(
    ("kind", "field", "text"),
    [
        (Account, "platform", "friendster"),
        (Account, "shoe_size", "43"),
        (Exhibit, "ref", "AB/9"),
        (Exhibit, "held", "yes"),
    ],
)
def test_what_a_kind_has_no_word_for_is_refused_with_the_words_it_has(kind, field, text):
    with pytest.raises(WrongUse):
        parse_assignments(kind, [(field, text)])


def test_numbers_that_people_write_stay_as_they_are_written():
    assert parse_assignments(Payment, [("amount", "1.000,50"), ("reference", "007")]) == {
        "amount": "1.000,50", "reference": "007"
    }  # fmt: skip
    assert Payment.spec("amount").form is Form.AMOUNT
