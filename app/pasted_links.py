"""Links that somebody pasted into their own words: what each says unopened, and which empty fields it could fill."""

from collections.abc import Iterator

from app.hints import Hint, Tone
from app.kinds import KINDS, FieldSpec, Form, Kind
from app.platforms import links_in
from vault.chain import Data

_LOOKED_AT = 20_000
"""Characters of a text that are searched for links; a hint comes while somebody writes."""


def pasted_links(kind: Kind, data: Data) -> Iterator[Hint]:
    """A suggestion for the first link in each text that could fill a link that is still empty. Nothing is opened."""
    record = KINDS[kind]
    links = {spec.name for spec in record.specs() if spec.form is Form.LINK}
    written = {str(data.get(name) or "").strip() for name in links}
    for spec in record.specs():
        text = data.get(spec.name)
        if not _is_words(spec) or not isinstance(text, str):
            continue
        for found in links_in(text[:_LOOKED_AT]):
            link = found.recognised
            known = link.fields_for(record)
            fills = {name: value for name, value in known.items() if name != spec.name and not data.get(name)}
            elsewhere = kind is Kind.ACCOUNT and data.get("platform") not in {None, "", link.platform}
            if link.raw not in written and not elsewhere and links & fills.keys():
                labels = ", ".join(f"“{spec.term}”" for spec in record.specs() if spec.name in fills)
                words = f"There is a link in it: {link.words}. It could also fill {labels}."
                yield Hint(spec.name, Tone.SUGGESTION, words, fills)
                break


def _is_words(spec: FieldSpec) -> bool:
    """Whether people write into it what they like."""
    asked = not spec.ask.kept_by_program and spec.ask.refers_to is None and not spec.many
    return asked and spec.form in {Form.LINE, Form.TEXT, Form.EXACT_WORDS, Form.IDENTIFIER}
