"""What may be written by hand: receivables and payables belong to documents and payments.

Documents, payments, revaluations and imports book them with kinds of their own, and a reversal
takes back what is there; an opening balance books what is owned and owed, and no result.
"""

from boconsole.ledger.errors import ControlAccountError, OpeningError
from boconsole.ledger.words import HAND, OPENING
from boconsole.session import Session
from db.ledger.rows import AccountRow

CONTROL = ("receivable", "payable")
RESULT = ("income", "expense")


def require_kind(session: Session, kind: str) -> None:
    """Raise NotAllowedError for an opening balance without the permission to take over books."""
    if kind == OPENING:
        session.require("ledger.import")


def require_bookable(kind: str, account: AccountRow) -> None:
    """Raise where an entry of a kind may not have a real line on an account.

    Virtual lines move no real balance and may stand anywhere.

    Raises:
        ControlAccountError: It is written by hand, and books receivables or payables.
        OpeningError: It is an opening balance, and books income or expenses.
    """
    if kind == HAND and account.role in CONTROL:
        raise ControlAccountError(account.path)
    if kind == OPENING and account.kind in RESULT:
        raise OpeningError(account.path)
