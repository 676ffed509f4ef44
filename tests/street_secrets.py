"""What opens the vault of a street, or signs for it: never to be found anywhere."""

from street import Street

from vault.keys import DATABASE, HEAD, OBJECT, SLOTS, sub_key
from vault.slots import read_slots
from vault.vault import Vault


def secrets_of(street: Street) -> dict[str, bytes]:
    """The keys, as bytes, by their names."""
    key = read_slots(street.vault).unlock(street.passphrase)
    vault = Vault.open(street.vault, street.passphrase)
    signing = vault.identity.key.private_numbers().private_value.to_bytes(32, "big")
    vault.close()
    keys = {label.decode(): sub_key(key, label) for label in (DATABASE, HEAD, OBJECT, SLOTS)}
    return {"vault key": bytes(key), "signing key": signing} | keys
