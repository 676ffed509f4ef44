"""The checker page in real browsers: a large package, its memory, many entries, its own SHA-256 and theirs."""

from collections.abc import Iterator
from pathlib import Path

from package_maker import Log, Package, good_package
from page import ChromiumPage, Page, checker_page
from page_firefox import firefox_page

from bench.harness import QUICK, Measured, peak_mb, random_file, seconds

FILES = 50 if QUICK else 500
ENTRIES = 10_000 if QUICK else 100_000
ROUNDS = 3 if QUICK else 5

_SPEEDS = """
const MB = 1048576, data = new Uint8Array(64 * MB);
for (let at = 0; at < data.length; at += 65536) crypto.getRandomValues(data.subarray(at, at + 65536));
const theirs = async () => {
  const begun = performance.now();
  const digest = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", data)));
  return [performance.now() - begun, digest];
};
const ours = () => {
  const begun = performance.now(), sum = new Sha256();
  for (let at = 0; at < data.length; at += MB) sum.update(data.subarray(at, at + MB));
  return [performance.now() - begun, sum.hex()];
};
return (async () => {
  const ratios = [];
  await theirs();
  ours();
  for (let round = 0; round < ROUNDS; round += 1) {
    const [mine, digest] = ours(), [browsers, right] = await theirs();
    if (digest !== right) throw new Error("another digest");
    ratios.push(browsers / mine);
  }
  return ratios;
})();
"""

_TIME_THE_CHAIN = """
window.took = {};
for (const stage of ["readChain", "chainOfEntries"]) {
  const whole = Check.prototype[stage];
  Check.prototype[stage] = async function () {
    const begun = performance.now(), done = await whole.call(this);
    window.took[stage] = performance.now() - begun;
    return done;
  };
}
"""


def measure(folder: Path) -> Iterator[Measured]:
    large, long = _large_package(folder), _long_package(folder)
    with checker_page(folder / "chromium") as page:
        yield from _speeds(page, "Chromium", 0.2)
        yield from _chain(page, "Chromium", long)
    with checker_page(folder / "fresh") as page:
        yield Measured(f"package of {FILES} MB: the page in Chromium", seconds(lambda: _intact(page, large)), 4, "s")
        yield Measured(f"package of {FILES} MB: memory of the page", _renderer_peak(page), 500, "MB")
    with firefox_page(folder / "firefox") as page:
        yield from _speeds(page, "Firefox", 0.15)
        yield from _chain(page, "Firefox", long)


def _speeds(page: Page, name: str, goal: float) -> Iterator[Measured]:
    ratios = page.script(_SPEEDS.replace("ROUNDS", str(ROUNDS)))
    assert isinstance(ratios, list)
    yield Measured.median(f"own SHA-256 / WebCrypto, {name}", ratios, goal, "x", at_most=False)


def _chain(page: Page, name: str, package: Path) -> Iterator[Measured]:
    """The goal is about the chain; the record, which is read and hashed line by line, is held to it as well."""
    page.open()
    page.script(_TIME_THE_CHAIN)
    took: dict[str, list[float]] = {"readChain": [], "chainOfEntries": []}
    for _ in range(ROUNDS):
        _intact(page, package)
        for stage, rounds in took.items():
            rounds.append(float(str(page.script(f"return window.took.{stage}"))) / 1000)
    yield Measured.median(f"{ENTRIES:,} entries: the chain, {name}", took["readChain"], 2, "s")
    yield Measured.median(f"{ENTRIES:,} entries: chain and record, {name}", took["chainOfEntries"], 2, "s")


def _intact(page: Page, package: Path) -> None:
    assert page.check_zip(package)["verdict"] == "intact"


def _large_package(folder: Path) -> Path:
    package = good_package()
    log = Log(package, 2)
    for number in range(FILES):
        body = random_file(folder / "one", 1_000_000).read_bytes()
        log.write("exhibit", {"ref": f"AB/{100 + number}"}, (log.stored(body, "a.jpg", "image/jpeg"),))
    return _written(folder / "large.zip", package)


def _long_package(folder: Path) -> Path:
    package = good_package()
    log = Log(package, 3)
    for number in range(ENTRIES - len(package.log)):
        log.write("contact", {"what": f"Message {number}: pay, or everybody sees it", "channel": "chat"})
        package.log[-1]["at"] = package.log[0]["at"]
    return _written(folder / "long.zip", package)


def _written(path: Path, package: Package) -> Path:
    package.rewrite()
    path.write_bytes(package.zipped())
    return path


def _renderer_peak(page: ChromiumPage) -> float:
    """The most memory that a process with a page in it had, in MB."""
    renderers = [one for one in _descendants(page.driver.service.process.pid) if b"--type=renderer" in _command(one)]
    return max(peak_mb(one) for one in renderers)


def _descendants(process: int) -> Iterator[int]:
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield int(child)
            yield from _descendants(int(child))


def _command(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()
