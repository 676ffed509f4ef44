"""The window: PySide6 widgets, and nothing else."""
