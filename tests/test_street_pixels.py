"""What `screen --area` keeps is exactly what is on the screen there, as another program sees it."""

import pytest
from PIL import Image
from street import Street
from xvfb import SIZE, VirtualScreen, noise

WIDTH, HEIGHT = SIZE
AREAS = {
    "one pixel at the top left": (0, 0, 1, 1),
    "one pixel at the bottom right": (WIDTH - 1, HEIGHT - 1, 1, 1),
    "one pixel in between": (641, 377, 1, 1),
    "an odd area in between": (333, 111, 257, 191),
    "the left edge": (0, 17, 3, HEIGHT - 17),
    "the right edge": (WIDTH - 5, 0, 5, HEIGHT),
    "the top edge": (0, 0, WIDTH, 1),
    "the bottom edge": (1, HEIGHT - 2, WIDTH - 1, 2),
    "all of it": (0, 0, WIDTH, HEIGHT),
}
BEYOND = ("-1,0,10,10", f"{WIDTH - 9},0,10,10", f"0,{HEIGHT},1,1", "5,5,0,10", "5,5,10,-1", f"0,0,{2**70},1")


@pytest.fixture(scope="module")
def street(virtual_screen: VirtualScreen, tmp_path_factory: pytest.TempPathFactory) -> Street:
    street = Street(tmp_path_factory.mktemp("pixels"), virtual_screen.display)
    street.new_vault()
    virtual_screen.show(noise(*SIZE))
    return street


def seen(screen: VirtualScreen, area: tuple[int, int, int, int]) -> Image.Image:
    """An area as ImageMagick's import takes it from the screen."""
    left, top, width, height = area
    return screen.seen_by_another_program().crop((left, top, left + width, top + height))


def kept(street: Street, *options: str) -> Image.Image:
    """A capture as it comes out of the vault again."""
    said = street("screen", *options, "--sensitivity", "ordinary")
    assert said.status == 0, said.err
    ref = said.out.split()[0]
    out = street.handed_over / f"{ref.replace('/', '-')}.png"
    assert street("extract", ref, out).status == 0
    with Image.open(out) as picture:
        assert (picture.format, picture.mode) == ("PNG", "RGB")
        return picture.convert("RGB")


@pytest.mark.parametrize("name", AREAS)
def test_the_pixels_of_an_area_are_those_on_the_screen(street, virtual_screen, name):
    area = AREAS[name]
    picture = kept(street, "--area", ",".join(map(str, area)))
    assert picture.size == area[2:]
    assert picture.tobytes() == seen(virtual_screen, area).tobytes()


def test_without_an_area_it_is_the_whole_screen(street, virtual_screen):
    assert kept(street).tobytes() == virtual_screen.seen_by_another_program().tobytes()


def test_an_area_that_is_not_on_the_screen_is_refused_and_nothing_is_kept(street):
    before = sorted((street.vault / "objects").rglob("*"))
    for area in BEYOND:
        said = street("screen", f"--area={area}", "--sensitivity", "ordinary")
        assert (said.status, said.out) == (2, ""), area
        assert len(said.err.splitlines()) == 3
    assert sorted((street.vault / "objects").rglob("*")) == before
