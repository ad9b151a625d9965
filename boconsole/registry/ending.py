"""What of the registry ends: contracts, last days for a notice, obligations, documents."""

from collections.abc import Iterator
from datetime import date, timedelta

from boconsole.ending import Ending
from boconsole.language import _
from boconsole.registry import reading, words
from boconsole.session import Session
from db.registry import contracts, documents

MOST = 1_000


def endings(session: Session, first: date, last: date) -> list[Ending]:
    """Return what ends between two days, of what may be read."""
    found: list[Ending] = []
    if session.may("contract.read"):
        found += _contracts(first, last)
    if session.may("document.read"):
        rows = documents.select_ending(first, last, MOST, reading.today(session))
        found += [
            Ending(row.expires_on, "document", words.number(row.id), row.title, row.counterpart,
                   "documents")
            for row in reading.only_readable(session, rows) if row.expires_on
        ]  # fmt: skip
    return found


def _contracts(first: date, last: date) -> Iterator[Ending]:
    for row in contracts.select_ending(first, last):
        number = words.contract_number(row.id)
        about = " · ".join(filter(None, (row.counterpart, _(words.RENEWALS[row.renewal]))))
        if row.end_on and first <= row.end_on <= last:
            yield Ending(row.end_on, "contract", number, row.title, about, "documents")
        if row.notice_on and first <= row.notice_on <= last:
            yield Ending(row.notice_on, "notice", number, row.title, about, "documents")
    for one in contracts.select_obligations_due(first, last):
        about = " · ".join(filter(None, (one.contract, one.owner)))
        yield Ending(one.due_on, "obligation", words.contract_number(one.contract_id), one.title,
                     about, "documents")  # fmt: skip


def expiring(session: Session, within: int) -> list[Ending]:
    """Return ends and last days for a notice of contracts within some days from today.

    Raises:
        NotAllowedError: Contracts may not be read.
    """
    session.require("contract.read")
    today = reading.today(session)
    found = [each for each in _contracts(today, today + timedelta(days=within))
             if each.what != "obligation"]  # fmt: skip
    dated = [each._replace(days=(each.day - today).days) for each in found]
    return sorted(dated, key=lambda each: (each.day, each.what, each.number))
