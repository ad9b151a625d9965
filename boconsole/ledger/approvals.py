"""What waits for an approval, as every feature of the books tells it; here: drafts of entries."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from boconsole.language import N_, _
from boconsole.ledger import approving, reading
from boconsole.ledger.words import FIXED_ASSET, OPENING, REVALUATION
from boconsole.session import Session
from db.ledger.pages import Sum

ENTRY = "entry"
TITLES = {
    "reversal": N_("Reversal"),
    FIXED_ASSET: N_("Fixed asset"),
    REVALUATION: N_("Revaluation"),
    OPENING: N_("Opening balance"),
}
"""Entries that are told apart; any other is called an entry."""
MOST = 10_000
"""Drafts of entries that are listed at most."""


class Waiting(NamedTuple):
    """A record that waits, and the logins of those who may approve it: nobody who wrote it.

    Attributes:
        kind: Of the record: `entry`, or one of `boconsole.invoices.waiting.TITLES`.
        title: What it is, for people, in their language.
        number: What it is called where records of all kinds stand together: `Bill #7`.
        dated: The day it is booked, or undone.
        contact: The other side; may be empty.
        about: Its description, reference or reason.
        sums: What it moves, by commodity.
    """

    kind: str
    id: int
    version: int
    title: str
    number: str
    dated: date
    contact: str
    about: str
    sums: tuple[Sum, ...]
    preparer: str
    approvers: tuple[str, ...]


Finder = Callable[[Session], Sequence[Waiting]]
"""Returns what waits of one feature; nothing of what the one who asks may not read."""


def waiting(session: Session) -> list[Waiting]:
    """Return the drafts of entries that wait, those of fixed assets and revaluations too."""
    holders = approving.holders()
    found = reading.list_page(session, "is:unapproved sort:date", "", MOST)
    return [
        Waiting(
            ENTRY, line.id, line.version, _(TITLES.get(line.kind, N_("Entry"))),
            reading.number_of(line), line.dated, line.payee, line.description, line.sums,
            line.preparer, tuple(approving.may_approve(line.id, line.prepared_by, holders)),
        )
        for line in found.rows
    ]  # fmt: skip
