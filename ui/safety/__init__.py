"""The cards of “Keeping it safe”, one deed to a card."""
