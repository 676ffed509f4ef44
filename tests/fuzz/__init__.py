"""Every parser of the verifier under random bytes: with hypothesis in the tests, guided by coverage in `make fuzz`."""
