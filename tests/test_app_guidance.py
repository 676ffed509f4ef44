"""Whom one can turn to: dated, honest about what nobody confirmed, and never a wrong door for somebody under 18."""

from datetime import date

from app.guidance import HelpContact, HelpGroup, guidance


def group(words: str) -> HelpGroup:
    (found,) = [group for group in guidance().groups if words in group.title]
    return found


def contact(name: str) -> HelpContact:
    (found,) = [contact for group in guidance().groups for contact in group.contacts if contact.name == name]
    return found


def names(words: str) -> set[str]:
    return {contact.name for contact in group(words).contacts}


def test_the_list_has_a_date_and_says_of_each_contact_whether_it_was_confirmed():
    assert guidance().checked_on <= date(2026, 12, 31)
    said = [contact.checked for group in guidance().groups for contact in group.contacts]
    assert {True, False} == set(said)
    assert contact("Revenge Porn Helpline").checked
    assert not contact("Rape Crisis").checked


def test_the_helpline_has_its_own_number_and_is_for_adults():
    helpline = contact("Revenge Porn Helpline")
    assert "0345 6000 459" in helpline.ways
    assert "18 and older" in helpline.about
    assert "18 and older" in contact("StopNCII").about


def test_somebody_under_18_is_sent_to_those_who_may_help_them():
    young = names("under 18")
    assert {"An adult you trust", "Childline", "CEOP Safety Centre", "Internet Watch Foundation"} <= young
    assert not {"Revenge Porn Helpline", "StopNCII"} & young
    assert "Send no pictures" in contact("Internet Watch Foundation").about


def test_in_a_crisis_there_is_somebody_for_young_people_too():
    crisis = group("In danger")
    assert {"Emergency services", "Samaritans", "PAPYRUS HOPELINE247"} <= {contact.name for contact in crisis.contacts}
    assert guidance().groups[0] == crisis
    assert "under 35" in contact("PAPYRUS HOPELINE247").about


def test_help_does_not_depend_on_a_report_to_the_police():
    assert "whether it was reported or not" in contact("Victim Support").about
    assert contact("My Support Space").ways == ("mysupportspace.org.uk",)


def test_every_organisation_that_the_articles_name_is_there():
    everywhere = {contact.name for group in guidance().groups for contact in group.contacts}
    assert {
        "Victim Support",
        "Mind",
        "Samaritans",
        "PAPYRUS HOPELINE247",
        "Get Safe Online",
        "Revenge Porn Helpline",
        "CEOP Safety Centre",
        "My Support Space",
    } <= everywhere


def test_what_is_closed_is_named_only_beside_what_took_its_place():
    for closed, now in (("Action Fraud", "Report Fraud"), ("Thinkuknow", "CEOP Education")):
        assert closed in contact(now).about
        said = [
            contact.name
            for group in guidance().groups
            for contact in group.contacts
            if closed in contact.name or any(closed.replace(" ", "").lower() in way for way in contact.ways)
        ]
        assert said == []


def test_there_are_ways_for_whoever_cannot_speak_on_the_phone():
    assert {"Relay UK", "999 BSL", "SignLive"} <= names("Without speaking")
    assert "Shout" in names("In danger")


def test_outside_the_uk_there_is_somebody_too():
    countries = " ".join(names("Outside the UK"))
    assert all(country in countries for country in ("United States", "Ireland", "Australia", "Canada", "New Zealand"))
