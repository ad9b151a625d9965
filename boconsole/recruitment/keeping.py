"""How long candidates are kept: some months from when they came, or from their last refusal.

Whoever agreed to be kept longer is kept as agreed.
"""

from datetime import date

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.moments import add_months
from boconsole.recruitment import words
from boconsole.session import Session
from boconsole.staff.finding import today_of
from db.ledger import calendar
from db.recruitment import records
from db.recruitment.rows import ApplicationRow, CandidateRow

SETTING = "candidate_months"
USUAL, MOST = 12, 120
FIELD = "keep_until"


def months() -> int:
    """Return for how many months candidates are kept."""
    return int(calendar.select_settings().get(SETTING, USUAL))


def set_months(session: Session, wanted: int) -> None:
    """Say for how many months candidates are kept from now on; raises InvalidChangeError."""
    session.require(words.EDIT)
    if not 1 <= wanted <= MOST:
        raise InvalidChangeError("months", _("lies between 1 and {most}").format(most=MOST))
    with audit.writing():
        before = months()
        calendar.put_setting(SETTING, str(wanted))
        line = audit.Line(0, {"months": (before, wanted)})
        audit.record(session, "candidate.keep", words.CANDIDATES, [line])


def until(session: Session) -> date:
    """Return until when somebody is kept from today on."""
    return add_months(today_of(session), months())


def over(session: Session, row: ApplicationRow, person: CandidateRow) -> tuple[str, str] | None:
    """Keep a candidate whose last application ends as long as the rule says.

    Returns:
        The day before and the day now, None where it stays: others go on, or the day was agreed.
    """
    others = records.select_applications(candidate_id=person.id)
    if person.employee_id is not None or any(
        one.stage in words.LIVE and one.id != row.id for one in others
    ):
        return None
    wanted = until(session)
    if wanted == person.keep_until or (person.consent_on and wanted < person.keep_until):
        return None
    records.update_candidate(person.id, person.version, {FIELD: wanted})
    return str(person.keep_until), str(wanted)


def back(person: CandidateRow, before: str, after: str) -> None:
    """Keep a candidate until the day before a step that is undone, unless it was moved since."""
    if str(person.keep_until) == after:
        day = date.fromisoformat(before)
        records.update_candidate(person.id, person.version, {FIELD: day})
