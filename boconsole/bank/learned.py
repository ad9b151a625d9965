"""What earlier matches taught: against which accounts lines of such a text were booked."""

from boconsole.bank.references import typical
from boconsole.session import Session
from db.bank import accounts as stored
from db.bank.rows import BankLineRow

OFFERED = 3


def accounts_of(session: Session, line: BankLineRow) -> list[str]:
    """Return the accounts of earlier lines of such a text, the most used first."""
    session.require("bank.read")
    rules = stored.find_rules(line.bank_id, typical(line.name, line.memo))
    return [rule.account for rule in rules[:OFFERED]]
