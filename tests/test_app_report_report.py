"""What the report says: the person's own words, the right order, nothing withheld, and what it does not prove."""

from disclosures import Diary, disclose, made_for

from app.report.content import Facts, Figures, Foreign, Quotation, Square, Table
from app.report.disclosure import Profile, Reason
from app.report.report import compose
from vault.chain import Kind


def texts_of(value):
    """Every text in a block or a part of one, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list):
        return [text for item in value for text in texts_of(item)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for name in value.__dataclass_fields__ for text in texts_of(getattr(value, name))]
    return []


def sections_of(diary, **options):
    report = compose(disclose(diary, **options))
    return {section.title: [kept(block) for block in section.blocks] for section in report.sections()}


def kept(block):
    """A block that can be read twice: the rows of a table come one by one."""
    return Table(block.columns, tuple(block.rows)) if isinstance(block, Table) else block


def words_of(blocks):
    return " ".join(texts_of(blocks))


def everything(diary, **options):
    return " ".join(words_of(blocks) for blocks in sections_of(diary, **options).values())


def rows_of(blocks):
    return [row for block in blocks if isinstance(block, Table) for row in block.rows]


def test_what_happened_is_told_only_in_the_persons_own_words():
    diary = Diary()
    assert "What happened" not in words_of(sections_of(diary)["Summary"])
    diary.add(Kind.INCIDENT, what_happened="He posted it again.", when="2026-11-14")
    assert "He posted it again." in words_of(sections_of(diary)["Summary"])


def test_long_words_are_shortened_in_the_summary_visibly_and_stand_in_full_among_the_incidents():
    diary = Diary()
    story = "It went on and on. " * 100
    diary.add(Kind.INCIDENT, what_happened=story)
    sections = sections_of(diary)
    assert story.strip() not in words_of(sections["Summary"])
    assert "shortened here" in words_of(sections["Summary"])
    assert story in words_of(sections["Incidents"])


def test_the_chronology_takes_the_time_of_the_act_before_that_of_the_capture_and_puts_the_undated_last():
    diary = Diary()
    diary.exhibit(title="captured today")
    diary.exhibit(title="done long before", act_at="2026-01-05T10:00:00Z")
    diary.add(Kind.INCIDENT, what_happened="sometime", when="some day in spring")
    diary.add(Kind.INCIDENT, what_happened="in October", when="2026-10-01T08:00")
    blocks = sections_of(diary)["Chronology"]
    told = words_of(blocks)
    places = [told.index(words) for words in ("done long before", "in October", "captured today", "sometime")]
    assert places == sorted(places)
    assert "Without a date" in told
    assert "some day in spring" in told
    assert [texts_of(row[0])[-1] for row in rows_of(blocks)] == ["done", "happened", "captured", "as it was written"]


def test_the_id_that_does_not_change_stands_before_the_names_and_own_accounts_are_no_suspects():
    diary = Diary()
    diary.add(Kind.ACCOUNT, display_name="Lucy", handle="@lucy", persistent_id="live:.cid.1", platform="skype")
    diary.add(Kind.ACCOUNT, display_name="My own name", relationship="Mine", platform="facebook")
    sections = sections_of(diary)
    told = words_of(sections["Who to look for"])
    assert told.index("live:.cid.1") < told.index("@lucy") < told.index("Lucy")
    assert told.index("not suspects") < told.index("My own name")
    assert "My own name" not in words_of(sections["Summary"])
    figures = next(block for block in sections["Handling"] if isinstance(block, Figures))
    assert ("1", "account to look for") in [(one.value, one.label) for one in figures.figures]


def test_exact_words_stand_apart_from_descriptions_and_what_is_from_memory_says_so():
    diary = Diary()
    diary.add(Kind.INCIDENT, what_happened="He wrote this:", exact_words="pay now\nor else", recorded="from_memory")
    diary.add(Kind.PAYMENT, amount="300", exact_words="send wu now", collected_where="Abidjan")
    sections = sections_of(diary)
    quoted = [block.words for block in sections["Incidents"] if isinstance(block, Quotation)]
    assert quoted == [Foreign("pay now\nor else", words=True)]
    assert "(from memory)" in words_of(sections["Incidents"])
    money = words_of(sections["Demands and payments"])
    assert "send wu now" in money
    assert "Abidjan" in money


def test_a_withdrawn_exhibit_appears_as_withdrawn_with_the_reason_and_with_nothing_else():
    diary = Diary()
    exhibit = diary.exhibit("my bank.png", title="my bank statement", url="https://bank.example/me")
    diary.withdraw(exhibit, "wrong window")
    told = everything(diary)
    assert "wrong window" in told
    assert "AB/1" in words_of(sections_of(diary)["Not in this package"])
    assert "bank" not in told
    assert "Exhibit AB/1" not in sections_of(diary)


def test_nothing_of_a_withheld_entry_is_told_but_its_place():
    diary = Diary()
    diary.add(Kind.PERSON, name="Ann Secret", safe_contact="07700 900000")
    account = diary.add(Kind.ACCOUNT, display_name="Hidden account")
    diary.exhibit(accounts=[account])
    told = everything(diary, withhold=lambda entry: entry.kind in {Kind.PERSON, Kind.ACCOUNT})
    assert "Ann Secret" not in told
    assert "07700" not in told
    assert "Hidden account" not in told
    assert "2 entries are withheld" in told
    assert "entries 2 to 3" in told
    assert "not shown in this report" in told


def test_an_exhibits_sheet_says_where_the_file_is_or_why_it_is_not_here():
    diary = Diary()
    diary.exhibit("chat.png", title="the chat", sensitivity="ordinary")
    sealed = diary.exhibit("photo.jpg", sensitivity="intimate")
    held = diary.exhibit("other.jpg")
    sections = sections_of(diary, absent={sealed: Reason.LEFT_OUT, held: Reason.HELD})
    assert "in the package, folder exhibits" in words_of(sections["Exhibit AB/1"])
    assert "AB-0001.png" in words_of(sections["Exhibit AB/1"])
    assert "left out of this package" in words_of(sections["Exhibit AB/2"])
    assert "under 18" in words_of(sections["Exhibit AB/3"])
    assert "not sorted" in words_of(sections["Exhibit AB/3"])
    assert len(rows_of(sections["Not in this package"])) == 2


def test_every_later_word_about_an_exhibit_is_in_its_history():
    diary = Diary()
    exhibit = diary.exhibit(title="first title")
    diary.amend(exhibit, title="second title", place="a group")
    diary.amend(exhibit, place=None)
    told = words_of(sections_of(diary)["Exhibit AB/1"])
    assert "recorded, with 1 file" in told
    assert "second title" in told
    assert "removed" in told


def test_the_report_gives_what_to_compare_and_says_what_it_does_not_prove():
    diary = Diary()
    shown = disclose(diary)
    told = words_of(sections_of(diary)["How to check this report"])
    for wanted in (shown.receipt, shown.head, "verify.html", "openssl dgst -sha256 -verify public-key.pem"):
        assert wanted in told
    assert shown.fingerprint in told.replace(" ", "")
    assert shown.certificate_sha256 in told.replace(" ", "")
    assert "another key passes every check" in told


def test_a_field_that_this_version_does_not_know_is_shown():
    diary = Diary()
    diary.exhibit(future_field="from a newer version")
    blocks = sections_of(diary)["Exhibit AB/1"]
    rows = [row for block in blocks if isinstance(block, Facts) for row in block.rows]
    assert any(texts_of(row)[-1] == "from a newer version" for row in rows)


def test_the_report_says_whom_it_is_for():
    shown = disclose(Diary())
    assert "for the police" in "".join(texts_of(compose(shown).subtitle))
    assert "for the solicitor" in "".join(texts_of(compose(made_for(shown, Profile.SOLICITOR)).subtitle))


def test_the_report_says_what_a_receipt_proves_and_its_square_holds_all_that_it_stands_for():
    diary = Diary()
    diary.add(Kind.INCIDENT, what_happened="He posted it again.")
    shown = disclose(diary)
    blocks = sections_of(diary)["How to check this report"]
    (square,) = (block for block in blocks if isinstance(block, Square))
    assert square.text == f"holdfast {shown.vault} {shown.entries} {shown.head} {shown.fingerprint}"
    beside = words_of([square])
    assert shown.receipt in beside
    assert f"nothing in the first {shown.entries} entries was changed, dropped or remade" in beside
    assert "somewhere else than the package" in beside


def test_the_fingerprint_stands_in_two_even_lines_to_be_compared():
    diary = Diary()
    shown = disclose(diary)
    blocks = sections_of(diary)["How to check this report"]
    cells = dict(row for block in blocks if isinstance(block, Facts) for row in block.rows)
    lines = ["".join(piece.text for piece in line) for line in cells["Fingerprint of the key"]]
    assert [len(line.split()) for line in lines] == [8, 8]
    assert "".join(lines).replace(" ", "") == shown.fingerprint


def test_the_report_says_what_the_commands_must_print_and_that_an_unknown_signer_is_expected():
    told = words_of(sections_of(Diary())["How to check this report"])
    for wanted in ("“Verified OK”", "unknown, which is to be expected", "that it stands here shows nothing"):
        assert wanted in told


def test_the_foot_of_a_page_leaves_out_nobodys_exhibits():
    """“AB/1 to AB/2” beside a CD/1 would read as if that one were not there."""
    diary = Diary()
    diary.exhibit(ref="AB/1")
    diary.exhibit(ref="CD/1")
    diary.exhibit(ref="AB/2")
    assert "exhibits AB/1 to AB/2, CD/1 ·" in compose(disclose(diary)).footer
    for initials in ("EF", "GH"):
        diary.exhibit(ref=f"{initials}/1")
    assert "· 5 exhibits ·" in compose(disclose(diary)).footer
