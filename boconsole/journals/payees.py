"""How journals write who was paid."""


def joined(payee: str, description: str) -> bool:
    """Return whether a description begins with its payee as in hledger: `Ann | Rent`."""
    before, bar, _rest = description.partition("|")
    return bool(bar) and before.strip() == payee
