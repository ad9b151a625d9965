"""The appraisals of a person as rows of a tab, as far as the one who looks may see them."""

from __future__ import annotations

from boconsole.appraisals import reading
from boconsole.appraisals.reading import CycleRow, Person
from boconsole.language import N_
from boconsole.session import Session
from boconsole.staff.card import Card
from screens import appraisal_facts as facts
from screens.cells import Cell, safe
from screens.contacts.tabs import Rows, TabRow
from screens.places import Place

NOWHERE = Place("")
AREA = "staff"


def read(session: Session, card: Card) -> Rows:
    """Return the appraisals of a person, the newest first; blocks."""
    lines = [_line(cycle, one) for cycle, one in reading.of_person(session, card.id)]
    return Rows(
        (N_("Cycle"), N_("Phase"), N_("Step"), N_("Reached"), N_("Rating")), lines,
        N_("No appraisal is here for you; the person, managers above and HR see them."), NOWHERE,
        drops=(3,),
    )  # fmt: skip


def _line(cycle: CycleRow, one: Person) -> TabRow:
    rating = f"{one.row.rating} {safe(one.title)}" if one.row.rating is not None else "-"
    return TabRow((
        Cell(safe(cycle.name), "info"), facts.state_word(cycle.state), facts.step_word(one),
        facts.percent(one.reached), Cell(rating, "strong" if one.title else "muted"),
    ), Place(AREA, record=one.number))  # fmt: skip
