"""Pages -> package: the bag, its signature, and the check of it."""
