"""The receipt as a QR code: rows of dark and light squares, drawn by each writer in its own way."""

import segno


def qr_rows(text: str) -> list[list[bool]]:
    """The modules of a QR code for a text, row by row, True where dark, with the quiet zone of four around."""
    made = segno.make(text, error="m", micro=False, boost_error=False)
    return [[bool(module) for module in row] for row in made.matrix_iter(scale=1, border=4)]
