"""The window leaves no plaintext either: the real program, real keys, and then everything is searched."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cases import clock
from demo_package import require_typed
from demo_screen import virtual_screen
from demo_steps import Step, Told, World, begun, closed_for_good, in_front, places_of, start, unlocked, walk, way
from street import WATCHABLE, Street, calls, tracing, watched, written_paths
from street_marks import Evidence, make_evidence
from street_searcher import Searcher
from street_secrets import secrets_of

from app.casefile import Casefile
from app.drafts import draft_name
from app.kinds import Kind, Under18

HOLDFAST = Path(sys.executable).parent / "holdfast"
SIZE = (1280, 900)


def told(street: Street, evidence: Evidence) -> Told:
    """What is typed: marks."""
    words = evidence.words
    return Told(
        passphrase=street.passphrase,
        capture=words["amended"],
        display_name=words["account"],
        skype_id="live:.cid.1a2b3c4d5e6f7a8b",
        amount="300",
        currency="GBP",
        recipient=words["payment"],
        file=evidence.files[1],
        draft=words["incident"],
    )


@dataclass(frozen=True)
class Walked:
    """A street that was walked with the window."""

    street: Street
    evidence: Evidence
    trace: Path | None


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    street = Street(tmp_path_factory.mktemp("window"))
    street.new_vault()
    evidence = make_evidence(street.stick)
    background = street.stick / "screen.png"
    evidence.on_the_screen.save(background)
    trace = street.folder / "trace" if tracing() else None
    with virtual_screen(*SIZE, street.folder / "pictures-of-the-window") as screen:
        shown_on = replace(street, display=screen.display).environ | {"QT_QPA_PLATFORM": "xcb"}
        variables = [f"{name}={value}" for name, value in shown_on.items()]
        screen.run("display", "-window", "root", background)

        program = (*watched(trace), *WATCHABLE, "holdfast") if trace else (HOLDFAST,)
        opened = start("env", *variables, *program, street.vault)
        marked = told(street, evidence)
        steps = (
            Step("the window is opened", (opened,), (in_front("Holdfast"),)),
            unlocked("the case is opened", marked.passphrase),
            *way(marked, street.handed_over, places_of(Path(sys.executable))),
            closed_for_good(),
        )
        walk(World(screen, street.vault, street.handed_over), steps)
    return Walked(street, evidence, trace)


def test_nothing_is_found_in_vault_home_and_temp_folders(window):
    street, evidence = window.street, window.evidence
    words = {"a word": evidence.stem, "the passphrase": street.passphrase}
    assert Searcher(words, evidence.colours, secrets_of(street)).in_folders(*street.closed) == {}


def test_what_was_kept_is_found_in_the_report_and_drafts_keys_and_covered_pictures_are_not(window):
    street, evidence = window.street, window.evidence
    words = evidence.words | {"the passphrase": street.passphrase}
    found = Searcher(words, evidence.colours, secrets_of(street)).in_folders(street.handed_over)
    assert set(found) == {"screen", "amended", "account", "payment"}


def test_each_answer_is_handed_over_in_the_field_that_it_was_typed_for(window):
    (package,) = window.street.handed_over.rglob("*.zip")
    require_typed(package, told(window.street, window.evidence))


def test_the_vault_holds_what_was_captured_added_and_typed(window):
    street, evidence = window.street, window.evidence
    casefile = Casefile.open(street.vault, street.passphrase, clock())
    searcher = Searcher(evidence.words, evidence.colours)
    screen, file = (searcher.in_bytes(content(casefile, ref)) for ref in ("AB/1", "AB/2"))
    draft = casefile.vault.log.draft(draft_name(Kind.ACCOUNT, None)) or ""
    casefile.close()
    assert (screen, file, searcher.in_bytes(draft.encode())) == ({"screen"}, {"png"}, {"incident"})


def content(casefile: Casefile, ref: str) -> bytes:
    (stored,) = casefile.find(ref).objects
    return b"".join(bytes(chunk) for chunk in casefile.vault.objects.read(stored))


def test_it_writes_nowhere_but_in_the_vault_and_where_it_is_told_and_opens_no_connection(window):
    if window.trace is None:
        pytest.skip("programs cannot be watched with strace here")
    written = written_paths(window.trace, Path.cwd())
    assert any(window.street.vault in path.parents for path in written)
    assert sorted(path for path in written if not window.street.may_hold(path)) == []
    assert {arguments.partition(",")[0] for _name, arguments in calls(window.trace, "socket")} == {"AF_UNIX"}


def test_a_case_is_begun_with_keys_alone(tmp_path):
    street = Street(tmp_path)
    marked = told(street, make_evidence(street.stick))
    with virtual_screen(*SIZE, tmp_path / "pictures-of-the-window") as screen:
        opened = start(HOLDFAST, street.vault)
        steps = (
            Step("the window is opened", (opened,), (in_front("Holdfast"),)),
            begun(marked, "AB"),
            closed_for_good(),
        )
        walk(World(screen, street.vault, street.handed_over), steps)
    casefile = Casefile.open(street.vault, street.passphrase, clock())
    author, under18 = casefile.author().initials, casefile.case().under18
    casefile.close()
    assert (author, under18) == ("AB", Under18.NO)
