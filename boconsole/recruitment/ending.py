"""When candidates are to be forgotten, and until when offers can be accepted."""

from datetime import date

from boconsole.ending import Ending
from boconsole.language import _
from boconsole.recruitment import offering, words
from boconsole.session import Session
from db.recruitment import interviews, records


def endings(session: Session, first: date, last: date) -> list[Ending]:
    """Return candidates whose day comes, and offers that wait for an answer, for HR alone."""
    if not session.may(words.READ):
        return []
    found = [
        Ending(row.keep_until, "candidate", row.number, row.name, _("to be forgotten"), "staff")
        for row in records.select_kept_until(first, last)
    ]
    rows = {row.id: row for row in records.select_applications() if row.stage == words.OFFER}
    for offer in interviews.select_offers(list(rows)):
        if offer.state == offering.MADE and first <= offer.expires_on <= last:
            row = rows[offer.application_id]
            found.append(Ending(offer.expires_on, "offer", row.number, row.candidate,
                                f"{row.opening_number} {row.opening}", "staff"))  # fmt: skip
    return found
