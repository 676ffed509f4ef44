"""Marks words that are translated later, where they stand outside a widget."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - lupdate looks for exactly this name
    """The text as it is; lupdate collects it under that context. (PySide6's own has no type.)"""
    del context
    return text
