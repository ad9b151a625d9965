"""When the next assessment of a subject is due, for the calendar of what ends."""

from datetime import date

from boconsole.assessments import words
from boconsole.ending import Ending
from boconsole.session import Session
from db.assessments import records as stored


def endings(session: Session, first: date, last: date) -> list[Ending]:
    """Return the last assessment of each subject whose next one is due between two days."""
    if not session.may(words.READ):
        return []
    return [
        Ending(row.next_on, "assessment", words.number(row.id), row.subject, row.title,
               "assessments")
        for row in stored.select_due(first, last) if row.next_on is not None
    ]  # fmt: skip
