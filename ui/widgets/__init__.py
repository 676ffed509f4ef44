"""The pieces that pages are made of: labels, cards, fields, forms, lists."""
