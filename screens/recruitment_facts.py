"""What openings, candidates and their stages look like."""

from __future__ import annotations

from boconsole.language import N_, _
from boconsole.recruitment import offering, words
from boconsole.recruitment.asking import Line, OpeningLine
from boconsole.recruitment.interviewing import Talk
from boconsole.recruitment.offering import OfferRow
from screens.cells import Cell, Look, safe

OPENING, CANDIDATE, APPLICATION = words.OPENINGS, words.CANDIDATES, words.APPLICATIONS
FEATURES = (OPENING, CANDIDATE, APPLICATION)
STATES = {
    words.DRAFT: Look("D", N_("Draft"), "muted"), words.OPEN: Look("O", N_("Open"), "good"),
    words.ON_HOLD: Look("H", N_("On hold"), "warn"), words.FILLED: Look("F", N_("Filled"), "info"),
    words.CANCELLED: Look("X", N_("Cancelled"), "muted"),
}  # fmt: skip
STAGES = {
    words.APPLIED: Look("A", N_("Applied"), ""), words.SCREENED: Look("S", N_("Screened"), "info"),
    words.INTERVIEW: Look("I", N_("Interview"), "warn"),
    words.OFFER: Look("O", N_("Offer"), "strong"), words.HIRED: Look("H", N_("Hired"), "good"),
    words.REJECTED: Look("R", N_("Rejected"), "muted"),
    words.WITHDRAWN: Look("W", N_("Withdrawn"), "muted"),
}  # fmt: skip
OFFERS = {"made": N_("to approve"), "approved": N_("offered"), "accepted": N_("accepted")}


def offer_word(one: OfferRow) -> Cell:
    """Return how far an offer is: `to approve`, `offered`, `accepted`."""
    if one.state == offering.MADE and not one.approver:
        return Cell(_(OFFERS[offering.MADE]), "warn")
    if one.state == offering.MADE:
        return Cell(_(OFFERS["approved"]))
    title = _(offering.STATE_TITLES[one.state]).lower()
    return Cell(title, "good" if one.state == offering.ACCEPTED else "muted")


def state_word(state: str) -> Cell:
    """Return letter and word of an opening's state: `O Open`."""
    look = STATES[state]
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def stage_word(stage: str) -> Cell:
    """Return letter and word of a stage; a dash for none."""
    look = STAGES.get(stage)
    return Cell(f"{look.letter} {_(look.word)}", look.tone) if look else Cell("-", "muted")


def filled(one: OpeningLine) -> Cell:
    """Return how many seats are filled."""
    row = one.row
    return Cell(f"{row.hired}/{row.seats}", "good" if row.hired >= row.seats else "")


def kept(one: Line) -> Cell:
    """Return until when a candidate is kept, told where that is over."""
    return Cell(str(one.candidate.keep_until), "bad" if one.overdue else "")


def average(talk: Talk) -> Cell:
    """Return what interviewers think, as far as it may be seen."""
    if talk.hidden:
        return Cell(_("give yours first"), "warn")
    return Cell(talk.average or "-", "strong" if talk.average else "muted")


def interviewers(talk: Talk) -> Cell:
    """Return who holds an interview; a tick tells who gave a score."""
    return Cell(", ".join(f"{safe(one.login)}{' ✓' if one.given_at else ''}"
                          for one in talk.scores))  # fmt: skip
