"""What a kind looks like to another program: JSON Schema (draft 2020-12), made from the same fields as the forms."""

from app.kinds.field import FieldSpec, Form
from app.kinds.record import Record

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: type[Record]) -> dict[str, object]:
    """The schema of the `data` of a kind, as `list --json` and `show --json` print it.

    Every field may be missing; fields of a newer version may stand beside these.
    """
    return {
        "$schema": _DIALECT,
        "$id": f"urn:holdfast:{kind.KIND.value}:{kind.VERSION}",
        "title": kind.KIND.value,
        "description": (kind.__doc__ or "").strip().split("\n")[0],
        "type": "object",
        "properties": {spec.name: _property(spec) for spec in kind.specs()},
        "additionalProperties": True,
    }


def _property(spec: FieldSpec) -> dict[str, object]:
    value: dict[str, object] = {"type": "integer" if spec.form is Form.NUMBER else "string"}
    if spec.choices is not None:
        value["enum"] = [choice.value for choice in spec.choices]
    if spec.ask.refers_to is not None:
        value["description"] = f"the id of a {spec.ask.refers_to.value}"
    described: dict[str, object] = {"type": "array", "items": value} if spec.many else value
    return {"title": spec.term, **described}
