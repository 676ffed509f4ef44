"""What Holdfast does, without a window: the case, the report, the package, the checks, the command line."""
