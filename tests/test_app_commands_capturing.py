"""The screen is captured from the command line pixel for pixel, with its warnings, and never against the rule."""

from io import BytesIO
from pathlib import Path

import pytest
from command_line import CommandLine, new_case
from PIL import Image
from xvfb import SIZE, VirtualScreen, noise

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.fixture
def case(tmp_path: Path, virtual_screen: VirtualScreen) -> CommandLine:
    return new_case(tmp_path).on(virtual_screen.computer)


def extracted(case: CommandLine, ref: str) -> Image.Image:
    out = case.folder / "extracted.png"
    out.unlink(missing_ok=True)
    assert case("extract", ref, out).status == 0
    with Image.open(BytesIO(out.read_bytes())) as picture:
        assert picture.format == "PNG"
        return picture.convert("RGB")


def test_an_area_that_was_saved_holds_the_pixels_that_another_program_sees(
    case: CommandLine, virtual_screen: VirtualScreen
) -> None:
    virtual_screen.show(noise(*SIZE))
    kept = case("screen", "--area", "30,40,500,300", "--title", "A demand", "--url", "https://example.org/1", "--json")
    assert kept.status == 0
    assert kept.err == ""
    assert set(kept.json) == {"id", "ref", "seq", "sha256"}
    seen = virtual_screen.seen_by_another_program().crop((30, 40, 530, 340))
    assert extracted(case, "AB/1").tobytes() == seen.tobytes()
    data = case("show", "AB/1", "--json").json["data"]
    assert isinstance(data, dict)
    assert (data["title"], data["url"], data["method"]) == ("A demand", "https://example.org/1", "area")
    assert (data["provenance"], data["sensitivity"]) == ("captured_live", "not_said")


def test_the_whole_screen_is_captured_where_nothing_else_is_said(
    case: CommandLine, virtual_screen: VirtualScreen
) -> None:
    virtual_screen.show(noise(*SIZE))
    assert "AB/1  Saved" in case("screen", "--delay", "2.5").out
    assert case.waited == [2.5]
    assert extracted(case, "AB/1").tobytes() == virtual_screen.seen_by_another_program().tobytes()
    assert case("screen", "--monitor", "1", "--json").json["ref"] == "AB/2"


def test_a_screen_of_one_colour_is_kept_with_a_warning(case: CommandLine, virtual_screen: VirtualScreen) -> None:
    virtual_screen.show(Image.new("RGB", SIZE, (0, 0, 0)))
    kept = case("screen", "--json")
    assert kept.status == 0
    assert kept.json["ref"] == "AB/1"
    assert "one colour" in kept.err
    assert len(case.objects()) == 1


@pytest.mark.parametrize("options", [("--area", "1200,0,500,10"), ("--area", "0,0,0,0"), ("--monitor", "7")])
def test_a_place_that_is_not_on_the_screen_is_told_and_nothing_is_kept(
    case: CommandLine, virtual_screen: VirtualScreen, options: tuple[str, str]
) -> None:
    refused = case("screen", *options)
    assert refused.status == 2
    assert len(refused.sentences) == 3
    assert case.objects() == []


def test_without_a_screen_the_way_out_is_named(tmp_path: Path) -> None:
    case = new_case(tmp_path)
    before = case.left_in_vault()
    refused = case("screen")
    assert refused.status == 2
    assert "add the file" in refused.err
    assert case.left_in_vault() == before


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_where_somebody_may_be_under_18_no_picture_is_even_taken_without_a_word_that_it_is_ordinary(
    tmp_path: Path, answer: str
) -> None:
    case = new_case(tmp_path, under18=answer)
    picture, words = tmp_path / "p.png", tmp_path / "chat.txt"
    picture.write_bytes(PNG)
    words.write_text("send it or else", encoding="utf-8")
    # There is no screen here: a refusal for safety, and not for that, comes before anything is captured.
    for options in ((), ("--sensitivity", "not_said"), ("--sensitivity", "intimate")):
        refused = case("screen", *options)
        assert refused.status == 4
        assert case.waited == []
        assert "IWF" in refused.err
        assert "do not copy" in refused.err.lower()
        assert case("add", picture, *options).status == 4
    assert case.objects() == []
    mixed = case("add", picture, words, "--json")
    assert mixed.status == 4
    assert mixed.json["ref"] == "AB/1"
    assert case("add", picture, "--sensitivity", "ordinary", "--json").json["ref"] == "AB/2"
    assert case("record", "payment", "status=demanded", "amount=300").status == 0


def test_an_exhibit_that_turns_out_to_be_forbidden_is_held_and_that_is_said(tmp_path: Path) -> None:
    case = new_case(tmp_path, under18="unsure")
    picture = tmp_path / "p.png"
    picture.write_bytes(PNG)
    case("add", picture, "--sensitivity", "ordinary")
    changed = case("amend", "AB/1", "sensitivity=intimate")
    assert changed.status == 0
    assert "Held from now on: AB/1" in changed.err
    assert case("extract", "AB/1", tmp_path / "out").status == 4
