"""Entries taken up again: as they would be typed, and the last one of a payee."""

from boconsole.journals.parts import Line
from boconsole.language import _
from boconsole.ledger import entries
from boconsole.ledger.dimensions import tags_text, unsaid
from boconsole.ledger.entering import Typed
from boconsole.ledger.entries import JournalEntry
from boconsole.session import Session
from db.conditions import Compare, Selection, Words, both
from db.ledger import pages

OFFERED, SEARCHED = 6, 200
RECENT, LEAST_SEARCHED = 5_000, 3
"""How many of the newest entries are looked through first; letters before older ones are."""
REPEATED = ("normal", "import")


def lines_of(entry: JournalEntry) -> list[Typed]:
    """Return the lines of an entry as they would be typed."""
    return [_typed(line) for line in entry.lines]


def _typed(line: Line) -> Typed:
    amount = f"{line.number:f} {line.commodity}"
    if line.commodity != line.value_commodity:
        amount += f" @@ {abs(line.value):f} {line.value_commodity}"
    told = tags_text(unsaid(line.tags, line.comment), colon=True)
    if note := ", ".join(filter(None, (line.comment, told))):
        amount += f"  ; {note}"
    return Typed(line.account, amount)


def why_not_typed(entry: JournalEntry) -> str:
    """Return why an entry cannot be edited in a form, or nothing."""
    special = any(line.lot or line.kind or line.dated or line.status for line in entry.lines)
    if special:
        return _("It has lots or virtual lines, which the form cannot hold; delete it and import.")
    return ""


def last_of(session: Session, payee: str, description: str = "") -> JournalEntry | None:
    """Return the newest entry of a payee, or of a description where no payee is given."""
    session.require("ledger.read")
    wanted = payee.strip() or description.strip()
    if not wanted:
        return None
    by_payee, low = bool(payee.strip()), wanted.casefold()
    for entry_id, kind, its_payee, about in pages.select_recent(RECENT):
        its = its_payee if by_payee else about
        if kind in REPEATED and its.casefold() == low:
            return entries.get(session, str(entry_id))
    column = "payee" if by_payee else "description"
    where = both(Words((), (wanted,), column=column), Compare("kind", "in", REPEATED))
    found = pages.page(Selection(where), None, SEARCHED).rows
    line = next((row for row in found if getattr(row, column).casefold() == low), None)
    return entries.get(session, str(line.id)) if line else None


def payees(session: Session, start: str) -> list[str]:
    """Return payees with a word that begins so, those used last first; older ones if none is."""
    session.require("ledger.read")
    low = start.strip().casefold()
    if not low:
        return []
    recent = dict.fromkeys(payee for _id, _kind, payee, _about in pages.select_recent(RECENT))
    found = [payee for payee in recent if f" {payee.casefold()}".find(f" {low}") >= 0]
    if not found and len(low) >= LEAST_SEARCHED:
        where = Words(tuple(low.split()), prefix=True, column="payee")
        rows = pages.page(Selection(where), None, SEARCHED).rows
        found = list(dict.fromkeys(row.payee for row in rows if row.payee))
    return found[:OFFERED]
