"""The PDF: hostile text appears as the text it is, fonts are inside, and nothing in the file names anybody."""

import io
import re
import subprocess

import pytest
from disclosures import Diary, disclose
from test_app_report_lines import SCRIPTS

from app.report.disclosure import Reason
from app.report.pdf import write_pdf
from vault.chain import Kind

HOSTILE = {
    "an HTML element": "<img src=x onerror=alert(1)>",
    "report markup": '<font color="[1,2,3]">red</font><br/><a href="x">y</a>',
    "a formula": "=cmd|' /C calc'!A0",
    "PDF syntax": ") Tj ET Q endstream (",
    "an entity": "&lt;b&gt; &#x202e;",
    "braces": "{0} %s ${HOME} %(name)s",
}


def printed(diary, **options):
    out = io.BytesIO()
    write_pdf(disclose(diary, **options), out)
    return out.getvalue()


def run(command, pdf, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    arguments = [str(file) if word == "PDF" else word for word in command]
    done = subprocess.run(arguments, capture_output=True, check=True, text=True, errors="replace")
    assert done.stderr == ""
    return done.stdout


def text_of(pdf, tmp_path):
    return run(["pdftotext", "-layout", "PDF", "-"], pdf, tmp_path)


@pytest.fixture(scope="module")
def hostile_pdf():
    diary = Diary()
    for text in HOSTILE.values():
        diary.add(Kind.ACCOUNT, display_name=text, platform="other")
        diary.exhibit(name=text, title=text, page_title=text, notes=text)
        diary.add(Kind.PAYMENT, amount=text, currency=text, exact_words=text)
        diary.add(Kind.INCIDENT, what_happened=text, when=text)
    return printed(diary)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stands_in_the_pdf_as_the_text_it_is(hostile_pdf, text, tmp_path):
    assert text in text_of(hostile_pdf, tmp_path)


def test_hidden_characters_are_shown_and_no_control_reaches_the_page(tmp_path):
    diary = Diary()
    diary.add(Kind.ACCOUNT, handle="lucy\u202egnp.exe", display_name="a\x00b\x1b[31m\u200bc")
    text = text_of(printed(diary), tmp_path)
    assert "lucy[U+202E]gnp.exe" in text
    assert "a[U+0000]b[U+001B][31m[U+200B]c" in text
    assert not set(text) & set("\u202e\x00\x1b\u200b")


def test_names_in_many_scripts_can_be_copied_from_the_pdf(tmp_path):
    diary = Diary()
    for name in SCRIPTS.values():
        diary.add(Kind.ACCOUNT, display_name=name)
    text = re.sub("[\u200e\u200f\u202a-\u202e]", "", text_of(printed(diary), tmp_path))
    assert [name for name in SCRIPTS.values() if name not in text] == []


def test_very_long_words_and_names_are_whole(tmp_path):
    diary = Diary()
    diary.add(Kind.ACCOUNT, handle="h" * 10_000, display_name="n" * 300)
    diary.add(Kind.INCIDENT, exact_words="w" * 10_000)
    text = text_of(printed(diary), tmp_path)
    assert text.count("w") >= 10_000
    assert text.count("h") >= 10_000


def test_the_file_is_sound_every_font_is_inside_and_no_script_or_link_is(hostile_pdf, tmp_path):
    run(["qpdf", "--check", "PDF"], hostile_pdf, tmp_path)
    fonts = run(["pdffonts", "PDF"], hostile_pdf, tmp_path).splitlines()[2:]
    assert fonts
    assert all(re.search(r"Identity-H +yes yes yes", font) for font in fonts)
    uncompressed = run(["qpdf", "--qdf", "--object-streams=disable", "PDF", "-"], hostile_pdf, tmp_path)
    assert not re.search(r"/(JavaScript|JS|URI|Launch|OpenAction|AA|EmbeddedFile|Annots)\b", uncompressed)


def test_the_files_properties_name_nobody_and_say_when_it_was_made(tmp_path):
    information = run(["pdfinfo", "-isodates", "PDF"], printed(Diary()), tmp_path)
    known = dict(line.split(":", 1) for line in information.splitlines())
    assert known["Title"].strip() == "Evidence report AB"
    assert [known[name].strip() for name in ("Author", "Creator", "Subject", "Keywords")] == ["", "", "", ""]
    assert known["Producer"].strip() == "holdfast 0.1.0"
    assert known["CreationDate"].strip().startswith("2026-11-20T17:30:00")


def test_the_same_disclosure_gives_the_same_bytes():
    diary = Diary()
    diary.exhibit(title="متن 用户 text")
    assert printed(diary) == printed(diary)


def test_every_page_says_which_of_how_many_it_is(tmp_path):
    diary = Diary()
    for _ in range(12):
        diary.exhibit()
    pages = text_of(printed(diary), tmp_path).removesuffix("\f").split("\f")
    assert len(pages) > 12
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "exhibits AB/1 to AB/12" in page


def test_a_table_that_goes_on_over_the_page_repeats_its_head(tmp_path):
    diary = Diary()
    for number in range(150):
        diary.add(Kind.CONTACT, organisation=f"helpline {number}", when=f"2026-11-{number % 28 + 1:02}T10:00")
    pages = text_of(printed(diary), tmp_path).split("\f")
    in_table = [page for page in pages if page.count("reported") > 3]
    assert len(in_table) > 2
    assert all("When" in page and "Record" in page for page in in_table)


def test_a_sheet_for_each_exhibit_can_be_found_in_the_outline(tmp_path):
    diary = Diary()
    diary.exhibit()
    left_out = diary.exhibit()
    outline = run(["qpdf", "--json", "PDF"], printed(diary, absent={left_out: Reason.LEFT_OUT}), tmp_path)
    assert "Exhibit AB/1" in outline
    assert "Exhibit AB/2" in outline


def test_progress_ends_at_the_whole_and_may_stop_the_work():
    diary = Diary()
    for _ in range(5):
        diary.exhibit()
    told = []
    write_pdf(disclose(diary), io.BytesIO(), lambda done, count: told.append((done, count)))
    assert told[-1][0] == told[-1][1] == len(told)

    def stop(done, _count):
        if done == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_pdf(disclose(diary), io.BytesIO(), stop)
