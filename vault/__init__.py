"""How evidence is kept: keys, log, chain, objects. The contract is vault/FORMAT.md."""
