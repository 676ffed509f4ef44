"""What may be written down: any text there is, but no recovery words and nothing that is no text."""

from collections.abc import Iterator, Mapping

from app.errors import WrongUse
from app.recovery_words import refuse_recovery_words

Values = Mapping[str, str | int | bool | list[str] | None]


def require_writable(fields: Values) -> None:
    """Let the fields of an entry pass, or the texts that go into one.

    Raises WrongUse for recovery words, for NUL characters, which many programs take for the end of a text, and for
    halves of characters (lone surrogates), which no file can hold. None of them is repeated.
    """
    for name, text in _texts(fields):
        if "\0" in text:
            raise WrongUse(
                f"In “{name}” stands a NUL character (U+0000): many programs would take it for the end of the text.",
                next="Take it out and try again. Every other character is kept as it is.",
            )
        if not _is_text(text):
            raise WrongUse(
                f"In “{name}” stands half a character, which no file can hold.",
                next="Copy the text again, or type that place anew.",
            )
    refuse_recovery_words(text for _name, text in _texts(fields))


def _texts(fields: Values) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                yield name, text


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
