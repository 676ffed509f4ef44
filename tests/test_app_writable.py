"""What is recorded comes back exactly, whatever it is; what is no text is refused by name and never repeated."""

from contextlib import closing

import pytest
from cases import artifact, new_case
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import WrongUse
from app.kinds import KINDS, WRITTEN_BY_HAND, Exhibit, Form, Kind

ANY = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=120)
LONG = st.builds(lambda piece, times: (piece * times)[:100_000], ANY, st.integers(1, 2000))
FREE = (Form.LINE, Form.TEXT, Form.EXACT_WORDS, Form.IDENTIFIER, Form.LINK, Form.MOMENT, Form.ZONE, Form.AMOUNT)


def free_fields(kind: Kind) -> list[str]:
    return [
        spec.name
        for spec in KINDS[kind].specs()
        if spec.form in FREE and not spec.many and spec.ask.refers_to is None and not spec.ask.kept_by_program
    ]


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    with closing(new_case(tmp_path_factory.mktemp("case"))) as case:
        yield case


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), kind=st.sampled_from(WRITTEN_BY_HAND))
def test_what_is_recorded_comes_back_exactly(case, data, kind):
    fields = data.draw(st.dictionaries(st.sampled_from(free_fields(kind)), ANY | LONG, min_size=1, max_size=4))
    entry = case.record(kind, fields)
    found = case.subject(entry.id)
    assert {name: found.data[name] for name in fields} == fields
    assert found.record.to_data() == fields


@pytest.mark.parametrize("kind", WRITTEN_BY_HAND)
@pytest.mark.parametrize(
    "text", ["a\r\nb\n\n c\t", "\u202eevil\u2066", "e\u0301 é", " leading and trailing ", "=1+1", "😈" * 25_000]
)
def test_line_ends_direction_marks_and_spaces_stay_as_they_are(case, kind, text):
    name = free_fields(kind)[-1]
    entry = case.record(kind, {name: text})
    assert case.subject(entry.id).data[name] == text


@pytest.mark.parametrize(("text", "named"), [("secret\0word", "NUL"), ("secret \ud800", "half a character")])
def test_what_is_no_text_is_refused_and_not_repeated(case, text, named):
    for attempt in (
        lambda: case.record(Kind.ACCOUNT, {"notes": text}),
        lambda: case.preserve(artifact(), Exhibit(title=text)),
        lambda: case.record(Kind.INCIDENT, {"what_happened": "x", "exact_words": text}),
    ):
        with pytest.raises(WrongUse, match=named) as refused:
            attempt()
        assert "secret" not in str(refused.value)


def test_an_amendment_is_looked_at_like_a_new_entry(case):
    entry = case.record(Kind.ACCOUNT, {"handle": "@x"})
    with pytest.raises(WrongUse, match="NUL"):
        case.amend(case.subject(entry.id), {"handle": "a\0"})
    with pytest.raises(WrongUse, match="NUL"):
        case.withdraw(case.subject(entry.id), "a\0")
