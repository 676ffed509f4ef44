"""The web page: no element, attribute or address in it comes from evidence, and it can be read without eyes."""

import base64
import hashlib
import io
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from disclosures import Diary, disclose
from test_app_report_lines import SCRIPTS
from test_app_report_pdf import HOSTILE

from app.report.html import write_html
from vault.chain import Kind


class Page(HTMLParser):
    """Elements, attributes and texts of a page."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.attributes, self.texts, self.open = set(), set(), [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        if tag not in {"meta", "path", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "path":
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def written(diary):
    out = io.BytesIO()
    write_html(disclose(diary), out)
    return out.getvalue().decode("utf-8")


def full_case(text):
    """A case in which this text stands wherever evidence can put one."""
    diary = Diary(app=f"holdfast {text}")
    account = diary.add(
        Kind.ACCOUNT, display_name=text, handle=text, persistent_id=text, profile_url=text, platform=text, notes=text
    )
    diary.add(Kind.CASE, title=text, country=text)
    exhibit = diary.exhibit(
        text, title=text, url=text, page_title=text, notes=text, act_at=text, accounts=[account, text], other=text
    )
    diary.amend(exhibit, title=text, unknown=text)
    diary.add(Kind.INCIDENT, what_happened=text, exact_words=text, when=text, exhibits=[text], accounts=[text])
    diary.add(Kind.PAYMENT, amount=text, currency=text, exact_words=text, reference=text, status=text)
    diary.add(Kind.TAKEDOWN, url=text, recipient=text)
    diary.add(Kind.CONTACT, organisation=text, when=text)
    diary.withdraw(diary.exhibit(text), text)
    return diary


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_text_and_adds_no_element_and_no_attribute(text):
    harmless, hostile = Page(written(full_case("word"))), Page(written(full_case(text)))
    assert hostile.elements - {"span"} == harmless.elements - {"span"}
    assert hostile.attributes == harmless.attributes
    assert "".join(hostile.texts).count(text) > 15


def test_the_page_is_well_formed_and_holds_nothing_that_runs_loads_or_leads_elsewhere():
    page = written(full_case("word"))
    parsed = Page(page)
    assert parsed.open == []
    assert not parsed.elements & {"script", "img", "iframe", "object", "embed", "form", "link", "base", "video"}
    assert not {name for _, name in parsed.attributes if name.startswith("on") or name in {"src", "style"}}
    assert set(re.findall(r'href="(.)', page)) == {"#"}
    targets = set(re.findall(r'href="#([^"]*)"', page))
    assert targets <= set(re.findall(r'id="([^"]*)"', page))


def test_the_policy_lets_nothing_in_but_the_pages_own_style():
    page = written(Diary())
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"content=\"default-src 'none'; style-src 'sha256-{digest}'\"" in page


def test_each_foreign_text_is_isolated_and_what_cannot_be_seen_is_marked():
    diary = Diary()
    diary.add(Kind.ACCOUNT, handle="lucy\u202egnp.exe\u200b", display_name="محمد")
    page = written(diary)
    assert "\u202e" not in page
    assert "\u200b" not in page
    assert '<span class="mark">[U+202E]</span>' in page
    assert "<bdi>محمد</bdi>" in page


def test_every_script_is_on_the_page_as_it_was_typed():
    diary = Diary()
    for name in SCRIPTS.values():
        diary.add(Kind.ACCOUNT, display_name=name)
    text = "".join(Page(written(diary)).texts)
    assert [name for name in SCRIPTS.values() if name not in text] == []


def test_a_screen_reader_finds_language_title_headings_and_heads_of_tables():
    diary = full_case("word")
    page = written(diary)
    assert '<html lang="en">' in page
    assert "<title>Evidence report AB</title>" in page
    assert page.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert page.count("<table>") == page.count("<thead>")
    assert "<th>" not in page
    assert 'role="img"' in page


def test_the_same_disclosure_gives_the_same_page():
    diary = full_case("word")
    assert written(diary) == written(diary)
