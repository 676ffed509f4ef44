"""The screen is captured pixel for pixel, or the person is told why not and what to do."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from xvfb import SIZE, VirtualScreen, noise, running_xvfb

from capture import (
    AreaOutsideScreen,
    AreaSource,
    Artifact,
    Box,
    Caution,
    Family,
    Method,
    NeedsPortal,
    NoScreen,
    Provenance,
    ScreenSource,
    monitors,
    this_computer,
)


def picture(artifact: Artifact) -> Image.Image:
    with artifact.open() as stream:
        content = stream.read()
    assert artifact.size == len(content)
    with Image.open(BytesIO(content)) as opened:
        assert opened.format == "PNG"
        return opened.convert("RGB")


def same_pixels(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and one.tobytes() == other.tobytes()


def test_the_whole_screen_is_saved_as_another_program_sees_it(virtual_screen: VirtualScreen) -> None:
    shown = noise(*SIZE)
    virtual_screen.show(shown)
    saved = picture(ScreenSource(computer=virtual_screen.computer).capture())
    assert same_pixels(saved, virtual_screen.seen_by_another_program())
    assert same_pixels(saved, shown)


@pytest.mark.parametrize(
    ("x", "y", "width", "height"),
    [(0, 0, 1, 1), (1279, 799, 1, 1), (17, 33, 401, 299), (0, 0, 1280, 800), (640, 0, 3, 800)],
)
def test_an_area_holds_exactly_its_pixels(
    virtual_screen: VirtualScreen, x: int, y: int, width: int, height: int
) -> None:
    virtual_screen.show(noise(*SIZE))
    artifact = AreaSource(x, y, width, height, virtual_screen.computer).capture()
    seen = virtual_screen.seen_by_another_program().crop((x, y, x + width, y + height))
    assert same_pixels(picture(artifact), seen)
    assert artifact.method is Method.AREA


@pytest.mark.parametrize(
    ("x", "y", "width", "height"),
    [(0, 0, 0, 10), (0, 0, 10, -1), (-1, 0, 10, 10), (1271, 0, 10, 10), (0, 791, 10, 10), (5000, 5000, 10, 10)],
)
def test_an_area_that_is_not_wholly_on_the_screen_is_refused_in_words(
    virtual_screen: VirtualScreen, x: int, y: int, width: int, height: int
) -> None:
    with pytest.raises(AreaOutsideScreen) as refused:
        AreaSource(x, y, width, height, virtual_screen.computer).capture()
    assert refused.value.what
    assert "safe" in refused.value.safe
    assert "area" in refused.value.next


def test_one_monitor_of_two_is_saved_alone(tmp_path: Path) -> None:
    with running_xvfb(1000, 400, tmp_path) as screen:
        screen.run("xrandr", "--setmonitor", "L", "600/160x400/100+0+0", "screen")
        screen.run("xrandr", "--setmonitor", "R", "400/100x400/100+600+0", "none")
        shown = noise(1000, 400)
        screen.show(shown)
        assert {monitor.box for monitor in monitors(screen.computer)} == {Box(0, 0, 600, 400), Box(600, 0, 400, 400)}
        for monitor in monitors(screen.computer):
            artifact = ScreenSource(monitor.number, screen.computer).capture()
            box = monitor.box
            part = shown.crop((box.x, box.y, box.x + box.width, box.y + box.height))
            assert same_pixels(picture(artifact), part)
        with pytest.raises(NoScreen, match="2"):
            ScreenSource(3, screen.computer).capture()


def test_a_picture_of_one_colour_is_kept_with_a_warning(virtual_screen: VirtualScreen) -> None:
    virtual_screen.show(Image.new("RGB", SIZE, (12, 200, 7)))
    artifact = ScreenSource(computer=virtual_screen.computer).capture()
    assert artifact.warnings == (Caution.ONE_COLOUR,)
    assert picture(artifact).getpixel((5, 5)) == (12, 200, 7)


def test_one_other_pixel_is_enough_for_no_warning(virtual_screen: VirtualScreen) -> None:
    shown = Image.new("RGB", SIZE, (12, 200, 7))
    shown.putpixel((SIZE[0] - 1, SIZE[1] - 1), (12, 200, 8))
    virtual_screen.show(shown)
    assert ScreenSource(computer=virtual_screen.computer).capture().warnings == ()


def test_a_capture_says_how_when_and_where_it_was_made(virtual_screen: VirtualScreen) -> None:
    virtual_screen.show(noise(*SIZE))
    paris = timezone(timedelta(hours=1))
    computer = replace(
        virtual_screen.computer, clock=lambda: datetime(2026, 11, 20, 11, 15, 30, tzinfo=paris), zone=paris, scale=125
    )
    artifact = ScreenSource(computer=computer).capture()
    assert artifact.provenance is Provenance.CAPTURED_LIVE
    assert artifact.captured_at.isoformat() == "2026-11-20T10:15:30+00:00"
    assert artifact.captured_at.tzinfo is UTC
    assert artifact.context.device == "Debian GNU/Linux 12, screen 1280x800 at 125 %"
    assert artifact.context.zone == "local +01:00"
    assert artifact.media_type == "image/png"
    assert artifact.name == "screen-20261120T101530Z.png"
    assert artifact.may_hold_a_picture()


def test_without_a_display_the_person_is_told_what_to_do() -> None:
    with pytest.raises(NoScreen) as refused:
        ScreenSource(computer=this_computer({})).capture()
    assert "add the file" in refused.value.next


def test_a_display_that_does_not_answer_is_said_so() -> None:
    computer = replace(this_computer({"DISPLAY": ":60000"}), family=Family.LINUX)
    with pytest.raises(NoScreen):
        ScreenSource(computer=computer).capture()


@pytest.mark.parametrize(
    "environ",
    [
        {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"},
    ],
)
def test_on_wayland_no_black_picture_is_saved_but_the_way_out_is_named(environ: dict[str, str]) -> None:
    for source in (ScreenSource(computer=this_computer(environ)), AreaSource(0, 0, 9, 9, this_computer(environ))):
        with pytest.raises(NeedsPortal) as refused:
            source.capture()
        assert "Xorg" in refused.value.next
        assert "screenshot tool" in refused.value.next


def test_a_capture_says_how_large_the_system_draws_things(virtual_screen):
    virtual_screen.show(noise(64, 64))
    assert ScreenSource(computer=virtual_screen.computer).capture().context.device.endswith("1280x800 at 100 %")
    for dpi, scale in ((192, 200), (120, 125)):
        subprocess.run(["xrdb", "-merge"], input=f"Xft.dpi: {dpi}\n".encode(), env=virtual_screen.environ, check=True)
        assert ScreenSource(computer=virtual_screen.computer).capture().context.device.endswith(f"at {scale} %")
    subprocess.run(["xrdb", "-remove"], env=virtual_screen.environ, check=True)
