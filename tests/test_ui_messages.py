"""Every error of the project becomes words for a person: a title, what, whether it is safe, what next."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

import app
import capture
import vault
from app.errors import HoldfastError, RefusedForSafety, WrongUse
from app.under18 import PictureRefused
from capture.errors import CaptureError
from ui.messages import message_for
from vault.errors import (
    BackupApart,
    BackupFileTooLarge,
    DiskFull,
    FileTooLarge,
    NothingThere,
    ReadOnlyDamaged,
    VaultError,
)

GENERAL = "That did not work"
"""The title for an error of which nothing more is known."""


def every_error() -> list[type[Exception]]:
    for package in (app, capture, vault):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return sorted({kind for base in (HoldfastError, VaultError, CaptureError) for kind in below(base)}, key=str)


def below(base: type[Exception]) -> Iterator[type[Exception]]:
    for kind in base.__subclasses__():
        yield kind
        yield from below(kind)


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_says_what_happened_whether_it_is_safe_and_what_to_do(kind: type[Exception]) -> None:
    takes_words = "what" in inspect.signature(kind).parameters or not issubclass(kind, HoldfastError)
    message = message_for(kind("Something like this.") if takes_words else kind())
    assert message.title
    assert message.what
    assert message.safe
    assert message.next
    assert "Holdfast made a mistake" not in message.title
    if issubclass(kind, VaultError):
        assert message.title != GENERAL


def test_an_error_that_is_nobodys_is_our_own_and_shows_nothing_of_what_it_holds() -> None:
    message = message_for(ValueError("secret words"))
    assert "It was not you" in message.title
    assert "secret" not in message.title + message.sentences


def test_a_refusal_that_is_not_about_a_picture_does_not_speak_of_one() -> None:
    refused = message_for(RefusedForSafety("This place is copied to a cloud.", next="Choose another."))
    assert "This place is copied to a cloud." in refused.sentences
    assert "under 18" not in refused.sentences
    assert "under 18" in message_for(PictureRefused()).sentences
    assert message_for(BackupApart()).title == "No backup was made"
    assert message_for(ReadOnlyDamaged()).title == "Something is damaged"
    assert message_for(NothingThere("There is no folder of this name.")).title == "There is nothing of this name"
    assert "under 18" not in message_for(WrongUse("No.", next="Yes.")).sentences


@pytest.mark.parametrize("error", [FileTooLarge(), BackupFileTooLarge()], ids=["vault", "backup"])
def test_a_file_too_large_for_its_disk_is_not_called_a_full_disk(error: DiskFull) -> None:
    assert "full" not in message_for(error).title
    assert "too large" in message_for(error).title
