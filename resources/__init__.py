"""What is read, not run: the checker page, styles, guidance, contacts."""
