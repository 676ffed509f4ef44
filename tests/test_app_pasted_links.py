"""Links in somebody's own words: offered once, for fields that are empty, and never for another platform."""

from hypothesis import given
from hypothesis import strategies as st

from app.form_help import FormHelp
from app.hints import Tone, hints
from app.kinds import Kind
from app.pasted_links import pasted_links

PROFILE = "https://t.me/anna_example"


def test_a_link_in_a_sentence_is_offered_for_the_link_and_what_it_says():
    found = list(pasted_links(Kind.INCIDENT, {"what_happened": f"It was on {PROFILE}, at night."}))
    assert [(hint.field, hint.tone) for hint in found] == [("what_happened", Tone.SUGGESTION)]
    assert found[0].fills == {"url": PROFILE, "platform": "Telegram"}


def test_a_profile_that_is_pasted_as_a_name_is_offered_as_the_profile():
    found = list(pasted_links(Kind.ACCOUNT, {"display_name": PROFILE}))
    assert found[0].fills["profile_url"] == PROFILE
    assert found[0].fills["platform"] == "telegram"


def test_nothing_is_offered_where_the_link_stands_already_or_another_one_does():
    for url in (PROFILE, "https://example.com/"):
        assert not list(pasted_links(Kind.INCIDENT, {"what_happened": f"on {PROFILE}", "url": url}))


def test_a_link_is_offered_for_a_story_whatever_platform_was_typed_and_keeps_what_is_there():
    (hint,) = pasted_links(Kind.INCIDENT, {"what_happened": f"on {PROFILE}", "platform": "Telegram, the app"})
    assert hint.fills == {"url": PROFILE}
    assert hint.words.endswith("It could also fill “Link”.")


def test_links_in_what_is_chosen_or_referred_to_are_not_read():
    assert not list(pasted_links(Kind.INCIDENT, {"exhibits": [PROFILE], "accounts": [PROFILE], "kind": PROFILE}))


def test_a_link_to_one_platform_fills_nothing_of_an_account_on_another():
    other = {"platform": "skype", "notes": PROFILE}
    assert not list(pasted_links(Kind.ACCOUNT, other))
    kept = {
        "platform": "skype",
        "persistent_id": "",
        "profile_url": "https://www.facebook.com/profile.php?id=1000012345",
    }
    assert not [hint for hint in hints(Kind.ACCOUNT, kept) if hint.fills]


@given(st.text(max_size=200), st.sampled_from([Kind.INCIDENT, Kind.ACCOUNT, Kind.TAKEDOWN, Kind.CONTACT]))
def test_any_words_are_read_without_a_complaint(text, kind):
    list(pasted_links(kind, {"notes": text, "what_happened": text, "display_name": text}))


def test_every_platform_names_its_fields_and_says_honestly_what_nobody_confirmed():
    helped = FormHelp()
    assert helped.names("") == {}
    assert helped.names("no such platform") == {}
    assert helped.names("skype")["persistent_id"].label == "Skype ID"
    assert helped.names("instagram")["display_name"].hint.endswith("(Not confirmed.)")
    found = helped.finding("skype")
    assert found is not None
    assert found.beside == "persistent_id"
    assert any(step.endswith("(not confirmed)") for _title, steps in found.ways for step in steps)
    assert helped.finding("") is None
