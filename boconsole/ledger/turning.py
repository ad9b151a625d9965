"""Entries that hold for one day: their opposite is posted with them, on the next day.

A revaluation is one: it says what foreign items are worth on its day alone, so that what is
settled later is settled at the worth that it was booked with.

Source: IAS 21, paragraph 28; PSAK 10.
"""

from datetime import timedelta

from boconsole.language import _
from boconsole.ledger import entries
from boconsole.ledger.words import REVALUATION
from boconsole.session import Session
from db.ledger import entries as stored


def turned(session: Session, made: "entries.JournalEntry") -> "entries.JournalEntry":
    """Post the opposite of a posted entry where its kind asks for it, inside the transaction.

    It needs no approval of its own: who approved the one approved both.

    Returns:
        The entry as it is now.

    Raises:
        PeriodClosedError: Nothing can be booked on the next day.
    """
    if made.head.kind != REVALUATION:
        return made
    day = made.head.dated + timedelta(days=1)
    new = entries.opposite(session, made, day, "reversal", _("values hold for one day"))
    if made.head.approved_by is not None and made.head.approved_at is not None:
        at = int(made.head.approved_at.timestamp())
        stored.set_approval(new.head.id, new.head.version, made.head.approved_by, at)
        new = entries.get(session, str(new.head.id))
    entries.book_reversal(session, made, new)
    return entries.get(session, str(made.head.id))
