"""How evidence comes in: screens, areas and files, each with its context."""
