"""What may be written by hand: receivables and payables belong to documents and payments.

Documents, payments, revaluations and imports book them with kinds of their own, and a reversal
takes back what is there; an opening balance books what is owned and owed, and no result.
"""

from collections.abc import Iterable
from typing import NamedTuple

from boconsole.journals.parts import REAL
from boconsole.ledger.errors import ControlAccountError, OpeningError
from boconsole.ledger.words import HAND, OPENING
from boconsole.session import Session
from db.ledger import charts
from db.ledger.rows import PostingLoad, PostingRow

RESULT = ("income", "expense")


class Booked(NamedTuple):
    """A line by what counts here: its account, and whether it is a virtual one."""

    account_id: int
    kind: int


def require_bookable(
    session: Session, kind: str, lines: Iterable[Booked | PostingLoad | PostingRow]
) -> None:
    """Raise where an entry of a kind may not have one of its lines.

    Args:
        session: Who writes it; an opening balance needs the permission to import.
        kind: Of the entry.
        lines: Virtual ones move no real balance and may stand anywhere.

    Raises:
        ControlAccountError: It is written by hand, and books receivables or payables.
        OpeningError: It is an opening balance, and books income or expenses.
    """
    if kind == OPENING:
        session.require("ledger.import")
        result = {row.id: row.path for row in charts.select_accounts() if row.kind in RESULT}
        if path := _first(result, lines):
            raise OpeningError(path)
    elif kind == HAND and (path := _first(charts.select_control(), lines)):
        raise ControlAccountError(path)


def _first(paths: dict[int, str], lines: Iterable[Booked | PostingLoad | PostingRow]) -> str:
    return next(
        (paths[row.account_id] for row in lines if row.kind == REAL and row.account_id in paths), ""
    )
