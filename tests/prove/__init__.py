"""Proofs that nothing acknowledged is lost: `make prove` runs them at full size, the tests a seeded sample."""
