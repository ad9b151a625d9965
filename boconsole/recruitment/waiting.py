"""Offers that wait for the approval of somebody other than who made them, without their salary."""

from collections.abc import Sequence

from boconsole.language import N_, _
from boconsole.ledger.approvals import Waiting
from boconsole.ledger.approving import holders
from boconsole.ledger.together import Ref
from boconsole.recruitment import offering, words
from boconsole.session import Session
from boconsole.staff.finding import today_of
from db.recruitment import interviews, records

KIND = "offer"
TITLE = N_("Offer")


def waiting(session: Session) -> list[Waiting]:
    """Return the offers that did not end, of open openings, for those who see all candidates."""
    if not session.may(words.READ):
        return []
    rows = {row.id: row for row in records.select_applications()
            if row.stage == words.OFFER and row.opening_state == words.OPEN}  # fmt: skip
    paid = {user_id for user_id, _login in holders(words.PAY)}
    may = [(one, login) for one, login in holders(words.APPROVE) if one in paid]
    found, today = [], today_of(session)
    for offer in interviews.select_offers(list(rows)):
        if (offer.state == offering.MADE and offer.approved_at is None
                and offer.expires_on >= today):  # fmt: skip
            row = rows[offer.application_id]
            found.append(Waiting(
                KIND, offer.id, offer.version, _(TITLE), row.number,
                offer.made_at.astimezone(session.zone).date(), row.candidate,
                f"{row.opening_number} {row.opening}", (), offer.maker,
                tuple(login for one, login in may if one != offer.made_by),
            ))  # fmt: skip
    return found


def approve(session: Session, refs: Sequence[Ref]) -> None:
    """Approve offers as they were seen, inside the caller's transaction."""
    for ref in refs:
        offering.approve(session, offering.again(ref.id)._replace(version=ref.version))
