"""Entries -> pages: what a hand-over discloses, as tables, PDF and HTML."""
