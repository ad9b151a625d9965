"""What the tabs of a candidate show: facts, steps, interviews, offers, what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textual.content import Content

from boconsole.language import N_, _
from boconsole.recruitment.card import Card
from boconsole.recruitment.interviewing import CANCELLED, RECOMMENDATIONS
from boconsole.session import Session
from boconsole.staff import words as staff_words
from boconsole.staff.words import number as employee_number
from screens import attached
from screens import recruitment_facts as facts
from screens.cells import Cell, moment, safe
from screens.contacts.tabs import Rows, TabRow
from screens.ledger.facts import money
from screens.places import Place
from screens.staff_facts import day, labelled

AREA = "staff"
NOWHERE = Place("")
FACTS, STEPS, TALKS, OFFERS = "facts", "steps", "interviews", "offers"


class Tab(NamedTuple):
    """One tab; without `read` it is the text of the facts."""

    id: str
    title: str
    read: Callable[[Session, Card], Rows] | None = None


def picture(card: Card, room: int) -> list[Content]:
    """Return the facts of a candidate."""
    row = card.row
    hired = employee_number(row.employee_id) if row.employee_id else ""
    lines = [
        (N_("Mail"), Cell(safe(row.email))), (N_("Phone"), Cell(safe(row.phone))),
        (N_("Source"), Cell(safe(row.source))), (N_("Hired as"), Cell(hired, "good")),
        (N_("Consent"), day(row.consent_on)), (N_("Kept until"), day(row.keep_until)),
        (N_("Files"), Cell(attached.told(card.files))), (N_("Note"), Cell(safe(row.note))),
    ]  # fmt: skip
    applied = [(N_("Opening"), Cell(f"{one.opening_number} {safe(one.opening)}: "
                                    f"{facts.stage_word(one.stage).text}"))
               for one in card.applications]  # fmt: skip
    return labelled([*applied, *lines], room)


def steps(session: Session, card: Card) -> Rows:
    """Return the steps of all applications, the latest first."""
    lines = []
    for step in reversed(card.stages):
        row = card.application(step.application_id)
        number = row.opening_number if row else ""
        stage = facts.stage_word(step.stage)
        said = _("undone") if step.undoes else step.reason
        lines.append(TabRow((
            Cell(moment(step.at.astimezone(session.zone))), stage, Cell(safe(step.by)),
            Cell(number, "info"), Cell(safe(said), "muted"),
        ), Place(AREA, record=number) if number else NOWHERE))  # fmt: skip
    return Rows((N_("At"), N_("Stage"), N_("By"), N_("Opening"), N_("Reason")), lines,
                N_("No opening is applied for; + applies for one."), NOWHERE)  # fmt: skip


def talks(session: Session, card: Card) -> Rows:
    """Return the interviews, with what may be seen of their scores."""
    lines = []
    for talk in card.talks:
        cancelled = talk.row.state == CANCELLED
        said = ", ".join(f"{safe(one.login)}: {_(RECOMMENDATIONS[one.recommendation])}"
                         for one in talk.scores if one.recommendation)  # fmt: skip
        lines.append(TabRow((
            Cell(moment(talk.row.at.astimezone(session.zone)), "muted" if cancelled else ""),
            facts.interviewers(talk),
            Cell(_("cancelled"), "muted") if cancelled else facts.average(talk),
            Cell(safe(talk.row.place)), Cell(said, "muted"),
        ), NOWHERE))  # fmt: skip
    return Rows((N_("When"), N_("Held by"), N_("Score"), N_("Place"), N_("Would hire")), lines,
                N_("No interview is planned; + plans one."), NOWHERE, drops=(3,))  # fmt: skip


def offers(session: Session, card: Card) -> Rows:
    """Return what was offered; the salary where it is open."""
    del session
    lines = []
    for one in card.offers:
        amount = Cell(_("closed"), "muted")
        if one.commodity:
            per = _(staff_words.PERIODS[one.per])
            amount = Cell(f"{money(one.amount, one.precision)} {one.commodity} {per}")
        by = " ✓ ".join(filter(None, (one.maker, one.approver)))
        lines.append(TabRow((
            facts.offer_word(one), amount,
            Cell(str(one.starts_on)), Cell(str(one.expires_on)), Cell(safe(by)),
        ), NOWHERE))  # fmt: skip
    headings = (N_("State"), N_("Salary"), N_("First day"), N_("Answer by"), N_("By"))
    told = _("O opens what is offered.") if card.closed else ""
    empty = N_("Nothing is offered; + makes an offer.")
    return Rows(headings, lines, empty, NOWHERE, head=told)


TABS = (
    Tab(FACTS, N_("Facts")), Tab(STEPS, N_("Stages"), steps), Tab(TALKS, N_("Interviews"), talks),
    Tab(OFFERS, N_("Offers"), offers),
)  # fmt: skip
