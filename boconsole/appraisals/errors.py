"""What is refused about appraisals, one class for each."""

from collections.abc import Sequence
from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.language import _


class CycleClosedError(BoconsoleError):
    """A closed cycle does not change."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} is closed and does not change; who may reopen it can.").format(name=name)
        )


class WrongPhaseError(BoconsoleError):
    """The cycle is in another phase."""

    def __init__(self, name: str, state: str, needed: str) -> None:
        super().__init__(
            _("{name} is in the phase {state}; this is done in: {needed}.").format(
                name=name, state=state, needed=needed
            )
        )


class NotReadyError(BoconsoleError):
    """People are not ready for the next phase."""

    def __init__(self, what: str, people: Sequence[str], more: int) -> None:
        names = ", ".join(people) + (f" +{more}" if more else "")
        super().__init__(
            _("{what}: {names}. Wait for them, or say why it goes on without them.").format(
                what=what, names=names
            )
        )


class UnfinishedError(BoconsoleError):
    """A cycle cannot be closed yet, whatever the reason."""

    def __init__(self, what: str, people: Sequence[str], more: int) -> None:
        names = ", ".join(people) + (f" +{more}" if more else "")
        super().__init__(
            _("{what}: {names}. Do that, or take them out of the cycle, then close it.").format(
                what=what, names=names
            )
        )


class WeightsError(BoconsoleError):
    """The weights of goals do not make a hundred."""

    def __init__(self, number: str, weight: int) -> None:
        super().__init__(
            _("The goals of {number} weigh {weight} %; change them until it is 100 %.").format(
                number=number, weight=weight
            )
        )


class NotYoursError(BoconsoleError):
    """What one does about oneself is not what the manager or HR does, and the other way round."""

    def __init__(self, number: str, who: str) -> None:
        super().__init__(
            _("{number}: this is done by {who}, and nobody does it about themselves.").format(
                number=number, who=who
            )
        )


class SubmittedError(BoconsoleError):
    """A review that was submitted does not change."""

    def __init__(self, number: str, day: date | None) -> None:
        super().__init__(
            _("{number} was submitted on {day}; ask for it to be sent back first.").format(
                number=number, day=day or "-"
            )
        )


class UnansweredError(BoconsoleError):
    """Questions have no score yet."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__(
            _("Without a score: {questions}. Score them, then submit; what is typed is kept.")
            .format(questions=", ".join(questions))
        )  # fmt: skip
