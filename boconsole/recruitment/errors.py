"""What is refused in recruitment, one class for each."""

from collections.abc import Sequence
from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.language import _


class StepError(BoconsoleError):
    """An opening or application cannot go from one state to the other."""

    def __init__(self, number: str, old: str, new: str, possible: Sequence[str]) -> None:
        ways = ", ".join(possible) or _("none")
        super().__init__(
            _("{number} is {old} and cannot become {new}; possible from here: {ways}.").format(
                number=number, old=old, new=new, ways=ways
            )
        )


class ClosedOpeningError(BoconsoleError):
    """An opening takes nobody in its state."""

    def __init__(self, number: str, state: str) -> None:
        super().__init__(
            _("{number} is {state}, so nobody goes on there; open it first.").format(
                number=number, state=state
            )
        )


class NoReasonError(BoconsoleError):
    """A step needs a reason."""

    def __init__(self, number: str, stage: str) -> None:
        super().__init__(
            _("{number} becomes {stage}: say why, it is asked later.").format(
                number=number, stage=stage
            )
        )


class HiringStepError(BoconsoleError):
    """Somebody is hired by hiring, not by moving."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "{number} is hired with staff hire {number}, which makes the record of the person."
            ).format(number=number)
        )


class AppliedError(BoconsoleError):
    """Somebody applied for an opening already."""

    def __init__(self, number: str, opening: str) -> None:
        super().__init__(
            _("{number} applied for {opening} already; move that application.").format(
                number=number, opening=opening
            )
        )


class WhichApplicationError(BoconsoleError):
    """A candidate has no application, or several."""

    def __init__(self, number: str, openings: Sequence[str]) -> None:
        super().__init__(
            _("{number} applied for {openings}; name one with --opening.").format(
                number=number, openings=", ".join(openings)
            )
            if openings
            else _("{number} applied for no opening; apply first.").format(number=number)
        )


class ForgottenError(BoconsoleError):
    """Nothing is known of a candidate any more."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} was forgotten; nothing is kept of that person.").format(number=number)
        )


class HiredError(BoconsoleError):
    """Somebody works here."""

    def __init__(self, number: str, employee: str) -> None:
        super().__init__(
            _("{number} was hired as {employee}; that record is kept by its own rules.").format(
                number=number, employee=employee
            )
        )


class KnownPersonError(BoconsoleError):
    """A candidate may be somebody who has a record already."""

    def __init__(self, number: str, people: Sequence[str]) -> None:
        super().__init__(
            _("{number} may be {people}: say --as {first}, or --as new for somebody else.").format(
                number=number, people=", ".join(people), first=people[0]
            )
        )


class OfferStateError(BoconsoleError):
    """An offer does not allow this in its state."""

    def __init__(self, number: str, reason: str) -> None:
        super().__init__(_("The offer to {number}: {reason}.").format(number=number, reason=reason))


class OwnOfferError(BoconsoleError):
    """Nobody approves what they offered themselves."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("The offer to {number} is yours; somebody else has to approve it.").format(
                number=number
            )
        )


class NotInterviewerError(BoconsoleError):
    """Somebody does not hold an interview."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("You do not hold this interview of {number}; HR can name you.").format(number=number)
        )


class NoSeatError(BoconsoleError):
    """All seats of an opening are taken."""

    def __init__(self, number: str, seats: int) -> None:
        super().__init__(
            _(
                "All {seats} seats of {number} are filled or promised; give it more seats first."
            ).format(number=number, seats=seats)
        )


class StandingOffersError(BoconsoleError):
    """An opening cannot close while candidates there have an offer."""

    def __init__(self, number: str, candidates: Sequence[str]) -> None:
        super().__init__(
            _("Offers of {number} stand ({candidates}); withdraw or decline them first.").format(
                number=number, candidates=", ".join(candidates)
            )
        )


class ExpiredOfferError(BoconsoleError):
    """An offer was not accepted in time."""

    def __init__(self, number: str, day: date) -> None:
        super().__init__(
            _("The offer to {number} ended on {day}; withdraw it and make another one.").format(
                number=number, day=day
            )
        )


class InterviewOverError(BoconsoleError):
    """An interview was called off, or its candidate is not considered any more."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} is not considered any more, or the interview was called off.").format(
                number=number
            )
        )


class ScoreGivenError(BoconsoleError):
    """A score was given and others have theirs, so it stays as it is."""

    def __init__(self) -> None:
        super().__init__(_("Scores were given here already, so they stay as they are."))
