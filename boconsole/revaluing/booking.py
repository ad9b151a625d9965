"""Posting a revaluation, with its opposite on the next day.

Cash has an entry of its own, so that the cash-flow statement shows what rates did to cash apart
from all else. An entry above the threshold of approvals stays a draft until a colleague has
approved it; its opposite is posted with it.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.journals.parts import Entry
from boconsole.journals.parts import Line as EntryLine
from boconsole.language import N_, _
from boconsole.ledger import approving, entries, periods
from boconsole.ledger.checking import number_of_entry
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.words import REVALUATION
from boconsole.money import from_minor
from boconsole.revaluing import accounts
from boconsole.revaluing.errors import RevaluationWaitsError
from boconsole.revaluing.planning import Line, Plan, plan
from boconsole.session import Session
from db.fields import number_of
from db.ledger.rows import AccountRow
from db.loading import reserve_ids
from db.revaluing import lines as stored
from db.revaluing.lines import LineLoad

LAST = date(9998, 12, 31)
CASH, OTHERS = N_("Revaluation of cash"), N_("Revaluation of foreign items")


def revalue(session: Session, day: date, seen: Plan | None = None) -> list[JournalEntry]:
    """Post what a day's closing rates change, with the opposite on the next day.

    Args:
        session: Who revalues.
        day: The last day counted, such as the end of a month.
        seen: What somebody looked at before: anything else now is refused.

    Returns:
        The entries, those above the threshold of approvals as drafts; none where nothing changes.

    Raises:
        NoClosingRateError: A currency has no rate up to the day.
        RevaluationWaitsError: A draft of the same day is not posted yet.
        UnrealisedAccountError: No account takes unrealised gains.
        PeriodClosedError: Nothing can be booked on the day, or on the next.
        StaleRecordError: Something else is to be revalued than what was seen.
    """
    session.require("ledger.prepare")
    session.require("ledger.post")
    if day > LAST:
        raise InvalidChangeError("at", _("expected a day before {last}").format(last=LAST))
    with audit.writing():
        found = plan(session, day)
        if found.waiting:
            raise RevaluationWaitsError(number_of_entry(found.waiting[0]), day)
        if seen is not None and found.changed != seen.changed:
            raise StaleRecordError(_("what is revalued"))
        if not found.changed:
            return []
        for each in (day, day + timedelta(days=1)):
            periods.require_open(session, each)
        cash = [line for line in found.changed if line.is_cash]
        others = [line for line in found.changed if not line.is_cash]
        return [
            _enter(session, day, _(about), part)
            for about, part in ((CASH, cash), (OTHERS, others)) if part
        ]  # fmt: skip


def _enter(session: Session, day: date, about: str, found: Sequence[Line]) -> JournalEntry:
    entry_id = reserve_ids("journal_entry", 1)[0]
    entry = Entry(day, None, "", "", "", f"{about} {day}", _booked(session, found))
    load, postings = entries.prepared(session, entry_id, entry, balanced=True)
    entries.store(load._replace(kind=REVALUATION), postings)
    number = number_of(day)
    stored.insert(
        [
            LineLoad(
                entry_id, number, line.account.id, line.commodity.id, line.worth.id,
                line.item.item_id if line.item else None, line.amount, line.before,
                line.difference,
            )
            for line in found
        ]
    )  # fmt: skip
    told = {"description": (None, load.description), "dated": (None, str(day)),
            "items": (None, len(found))}  # fmt: skip
    audit.record(session, "entry.create", "ledger", [audit.Line(entry_id, told, 1)])
    made = entries.get(session, str(entry_id))
    if approving.needs_approval(made.postings, day):
        return made
    return entries.post(session, made)


def _booked(session: Session, found: Sequence[Line]) -> list[EntryLine]:
    """Return gains and losses apart, by account and currency: none hides the other."""
    sums: dict[tuple[int, str, str, bool], tuple[Line, int]] = {}
    for line in found:
        key = (line.account.id, line.commodity.code, line.worth.code, line.difference > 0)
        before = sums.get(key, (line, 0))[1]
        sums[key] = (line, before + line.difference)
    taking: dict[int, AccountRow] = {}
    unrealised, booked = accounts.unrealised(), []
    for line, difference in sums.values():
        if line.account.id not in taking:
            taking[line.account.id] = accounts.adjustment(session, line.account)
        about = f"{line.account.path} {line.commodity.code}"
        for path, value in (
            (taking[line.account.id].path, difference), (unrealised.path, -difference),
        ):  # fmt: skip
            number, code = from_minor(value, line.worth.precision), line.worth.code
            booked.append(EntryLine(path, number, code, number, code, comment=about))
    return booked


def told(made: Sequence[JournalEntry]) -> list[str]:
    """Return what became of entries, a sentence for each."""
    posted = _("{number} is posted, and its opposite on the next day.")
    waits = _("{number} waits for an approval; its opposite is posted with it.")
    return [
        (posted if entry.head.state == "posted" else waits).format(number=entry.number)
        for entry in made
    ]
