"""What projects refuse, one class for each."""

from collections.abc import Callable, Sequence

from boconsole.errors import BoconsoleError
from boconsole.language import _


class CycleError(BoconsoleError):
    """Tasks would wait for one another.

    Attributes:
        ids: The circle; its first one stands at its end again.
    """

    def __init__(self, ids: Sequence[int], name: Callable[[int], str] = str) -> None:
        circle = " → ".join(name(id_) for id_ in ids)
        super().__init__(
            _("These would wait for one another: {circle}. Take one of the links away.").format(
                circle=circle
            )
        )
        self.ids = tuple(ids)


class TimerRunsError(BoconsoleError):
    """Somebody's timer runs already."""

    def __init__(self, subject: str, since: str) -> None:
        super().__init__(
            _("Your timer runs on {subject} since {since}; stop it first.").format(
                subject=subject, since=since
            )
        )


class TimerTooLongError(BoconsoleError):
    """A timer ran for longer than a day, as if it was forgotten.

    Attributes:
        subject: Of the task or ticket it runs on.
    """

    def __init__(self, subject: str, ran: str, since: str) -> None:
        super().__init__(
            _(
                "Your timer on {subject} has run for {ran} since {since}; say how long it was."
            ).format(subject=subject, ran=ran, since=since)
        )
        self.subject = subject


class NoTimerError(BoconsoleError):
    """There is no timer to stop."""

    def __init__(self) -> None:
        super().__init__(_("No timer of yours runs; start one on a task or a ticket."))
