"""Why something cannot be done with an appraisal as it is shown; the operations decide anew."""

from collections.abc import Callable

from boconsole.appraisals import words
from boconsole.appraisals.errors import CycleClosedError, SubmittedError, WrongPhaseError
from boconsole.appraisals.permitted import SELF
from boconsole.appraisals.reading import Form
from boconsole.language import _

WRITE, SEND_BACK, SEND_BACK_REVIEW, READ = "write", "self", "review", "read"
RATE, RELEASE, PROPOSE, GOAL, RESULT = "rate", "release", "propose", "goal", "result"
PHASES = {
    SEND_BACK: (words.SELF, words.REVIEW), SEND_BACK_REVIEW: (words.SELF, words.REVIEW),
    READ: (words.CALIBRATION,), RATE: (words.CALIBRATION,), RELEASE: (words.CALIBRATION,),
    PROPOSE: (words.REVIEW, words.CALIBRATION), GOAL: (words.GOALS,),
    RESULT: (words.GOALS, words.SELF, words.REVIEW),
}  # fmt: skip
"""In which phases something is done."""


def why_not(form: Form, what: str, *, briefly: bool = False) -> str:
    """Return why something cannot be done now, "" where it can be tried.

    Args:
        form: As it is shown.
        what: One of the words above.
        briefly: A few words for a menu on which the phase stands.
    """
    cycle = form.cycle
    if cycle.state == words.CLOSED:
        return str(CycleClosedError(cycle.name))
    needed = PHASES.get(what) or _writes(form)
    if cycle.state not in needed:
        titles = ", ".join(words.state_title(each) for each in needed)
        if briefly:
            return _("only in: {phases}").format(phases=titles)
        return str(WrongPhaseError(cycle.name, words.state_title(cycle.state), titles))
    return CHECKS[what](form) if what in CHECKS else ""


def _writes(form: Form) -> tuple[str, ...]:
    return (words.SELF, words.REVIEW) if form.person.role == SELF else (words.REVIEW,)


def _written(form: Form) -> str:
    row = form.person.row
    own = form.person.role == SELF
    state, at = (row.self_state, row.self_at) if own else (row.review_state, row.review_at)
    if state != words.SUBMITTED:
        return ""
    return str(SubmittedError(row.number, at.date() if at else None))


def _not_submitted(side: str) -> Callable[[Form], str]:
    def check(form: Form) -> str:
        state = getattr(form.person.row, f"{side}_state")
        return "" if state == words.SUBMITTED else _("it is not submitted")

    return check


def _read(form: Form) -> str:
    row = form.person.row
    if row.acknowledged_at:
        return _("it is acknowledged already")
    return "" if row.released_at else _("the review is not released yet")


def _rated(form: Form) -> str:
    row = form.person.row
    if row.released_at:
        return _("the review is released already")
    return "" if row.review_state == words.SUBMITTED else _("there is no review by the manager yet")


def _result(form: Form) -> str:
    done = form.person.row.review_state == words.SUBMITTED
    return _("the review is submitted already") if done else ""


def _proposed(form: Form) -> str:
    applied = form.person.row.proposal_state == words.APPLIED
    return _("it is applied already") if applied else ""


CHECKS: dict[str, Callable[[Form], str]] = {
    WRITE: _written, SEND_BACK: _not_submitted("self"), SEND_BACK_REVIEW: _not_submitted("review"),
    READ: _read, RATE: _rated, RELEASE: _rated, RESULT: _result, PROPOSE: _proposed,
}  # fmt: skip
"""What else has to be so, in the phase that is right."""
