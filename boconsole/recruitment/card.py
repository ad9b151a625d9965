"""One candidate whole: applications, steps, interviews, and what is offered where it is opened."""

from typing import NamedTuple

from boconsole.filing import FileRow
from boconsole.language import _
from boconsole.money import plain
from boconsole.recruitment import candidates, exporting, offering, seeing, words
from boconsole.recruitment.interviewing import CANCELLED, RECOMMENDATIONS, Talk, talks
from boconsole.session import Session
from boconsole.staff import words as staff_words
from db import files
from db.recruitment import interviews, records
from db.recruitment.rows import ApplicationRow, CandidateRow, OfferRow, StageRow


class Card(NamedTuple):
    """A candidate.

    Attributes:
        applications: Those that are seen, the newest first.
        offers: The newest first; their amounts are told only where they are opened.
        opened: Whether what is offered is open.
        closed: Whether it is there and may be opened.
    """

    row: CandidateRow
    applications: list[ApplicationRow]
    stages: list[StageRow]
    talks: list[Talk]
    offers: list[OfferRow]
    files: list[FileRow]
    opened: bool
    closed: bool

    @property
    def id(self) -> int:
        """Of the candidate."""
        return self.row.id

    def application(self, application_id: int) -> ApplicationRow | None:
        """Return one of the applications."""
        return next((one for one in self.applications if one.id == application_id), None)


def read(session: Session, candidate_id: int, *, opened: bool = False, look: bool = True) -> Card:
    """Return a candidate.

    Args:
        session: Who looks.
        candidate_id: At whom.
        opened: With what is offered, for those who may see it; the look is written down.
        look: Whether this is a new look; False where one that is written down goes on.

    Raises:
        NotAllowedError, NotFoundError: It may not be seen, or is not there.
    """
    row = seeing.candidate(session, words.candidate_number(candidate_id))
    found = seeing.applications(session, row.id)
    ids = [one.id for one in found]
    offers = interviews.select_offers(ids)
    may = session.may(words.PAY)
    shown = opened and may and bool(offers)
    if shown and look:
        seeing.looked(session, [row.id])
    return Card(
        row, found, records.select_stages(ids), talks(session, ids),
        offers if shown else [offering.closed(one) for one in offers],
        files.select(candidates.SHELF, row.id), shown, bool(offers) and may and not shown,
    )  # fmt: skip


def record(found: Card) -> dict[str, object]:
    """Return a candidate for programs."""
    return {
        **exporting.candidate_record(found.row),
        "applications": [
            {**exporting.application_record(one),
             "history": [exporting.stage_record(step) for step in found.stages
                         if step.application_id == one.id],
             "interviews": [talk.record() for talk in found.talks
                            if talk.row.application_id == one.id],
             "offers": [offering.record(offer) for offer in found.offers
                        if offer.application_id == one.id]}
            for one in found.applications
        ],
        "files": [{"id": file.id, "name": file.name, "size": file.size} for file in found.files],
        "opened": found.opened, "closed": found.closed,
    }  # fmt: skip


def told(session: Session, found: Card) -> list[str]:
    """Return a candidate as paragraphs of a text."""
    row = found.row
    facts = [(_("Mail"), row.email), (_("Phone"), row.phone), (_("Source"), row.source),
             (_("Consent"), str(row.consent_on or "")), (_("Kept until"), str(row.keep_until)),
             (_("Files"), ", ".join(file.name for file in found.files)),
             (_("Note"), row.note)]  # fmt: skip
    lines = [f"{row.number} {row.name}"]
    lines += [f"{title}: {value}" for title, value in facts if value]
    parts = ["\n".join(lines)]
    for one in found.applications:
        own = [f"{one.opening_number} {one.opening}: {_(words.STAGE_TITLES[one.stage])}"]
        own += ["  " + step_text(session, step) for step in found.stages
                if step.application_id == one.id]  # fmt: skip
        own += ["  " + talk_text(session, talk) for talk in found.talks
                if talk.row.application_id == one.id]  # fmt: skip
        own += ["  " + offer_text(offer) for offer in found.offers
                if offer.application_id == one.id]  # fmt: skip
        parts.append("\n".join(own))
    if found.closed:
        parts.append(_("Closed: {names}; --private opens them.").format(names=_("Pay")))
    return parts


def step_text(session: Session, step: StageRow) -> str:
    """Return a step in words."""
    at = step.at.astimezone(session.zone)
    stage = _(words.STAGE_TITLES[step.stage])
    said = _("{stage} again (undone)").format(stage=stage) if step.undoes else stage
    return " · ".join(filter(None, (f"{at:%Y-%m-%d %H:%M}", said, step.by, step.reason)))


def talk_text(session: Session, talk: Talk) -> str:
    """Return an interview in words."""
    at = talk.row.at.astimezone(session.zone)
    given = [f"{one.login} {_(RECOMMENDATIONS[one.recommendation])}" if one.recommendation
             else one.login for one in talk.scores]  # fmt: skip
    said = _("cancelled") if talk.row.state == CANCELLED else talk.average
    hidden = _("others are shown after your own score") if talk.hidden else ""
    head = _("Interview {id}").format(id=talk.row.id)
    return " · ".join(filter(None, (f"{head} {at:%Y-%m-%d %H:%M}", talk.row.place,
                                    ", ".join(given), said, hidden)))  # fmt: skip


def offer_text(offer: OfferRow) -> str:
    """Return an offer in words, with the salary only where it is open."""
    amount = ""
    if offer.commodity:
        per = _(staff_words.PERIODS[offer.per])
        amount = f"{plain(offer.amount, offer.precision)} {offer.commodity} {per}"
    approved = _("approved by {login}").format(login=offer.approver) if offer.approver else ""
    days = _("from {day}, answer by {end}").format(day=offer.starts_on, end=offer.expires_on)
    state = _("Offer: {state}").format(state=_(offering.STATE_TITLES[offer.state]))
    return " · ".join(filter(None, (state, amount, days, offer.maker, approved)))
