"""Measurements against the goals of the design; `make bench` runs them all, QUICK=1 on less data."""
