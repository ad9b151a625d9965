"""Lists of what was at the end of a day, which keys choose."""

from __future__ import annotations

from datetime import date

from boconsole.language import N_, _
from boconsole.ledger.statements import periods
from boconsole.ledger.statements.periods import YEAR, Period
from screens.actions import SHOW
from screens.dialogs import PromptDialog
from screens.keys import LIST, Action
from screens.ledger.laid_out import LaidOutScreen
from screens.ledger.sheet_files import problem

DAY_KEYS = (
    Action("open-items.step-back", N_("The end of the month before"), ("<",), LIST, SHOW, rank=3,
           short=N_("before")),
    Action("open-items.step-on", N_("The end of the next month"), (">",), LIST, SHOW, rank=4,
           short=N_("after")),
    Action("open-items.year-back", N_("The same a year before"), ("{",), LIST, SHOW),
    Action("open-items.year-on", N_("The same a year later"), ("}",), LIST, SHOW),
    Action("open-items.day", N_("Type the day"), ("d",), LIST, SHOW, rank=5, short=N_("day")),
)  # fmt: skip


class AtDay(LaidOutScreen):
    """Answers `DAY_KEYS`.

    Attributes:
        at: The day that was chosen; None for today.
    """

    def __init__(self) -> None:
        self.at: date | None = None
        super().__init__()

    @property
    def day(self) -> date:
        """The day that is shown; today unless another was chosen."""
        return self.at or self.session.now().astimezone(self.session.zone).date()

    def action_step_back(self) -> None:
        """Go to the end of the month before."""
        self._go_to(periods.later(_month(self.day), -1).ends)

    def action_step_on(self) -> None:
        """Go to the end of this month, or of the next where this is it."""
        month = _month(self.day)
        self._go_to(month.ends if self.day < month.ends else periods.later(month, 1).ends)

    def action_year_back(self) -> None:
        """Go a year back."""
        self._go_to(periods.later(Period(self.day, self.day), -YEAR).ends)

    def action_year_on(self) -> None:
        """Go a year on."""
        self._go_to(periods.later(Period(self.day, self.day), YEAR).ends)

    def _go_to(self, day: date) -> None:
        self.at = day
        self.read_again()

    def action_day(self) -> None:
        """Ask for the day."""
        prompt = PromptDialog(_("At the end of which day? (2026-04-30, 2026-04, 2026)"),
                              str(self.day), check=problem)  # fmt: skip

        def take(text: str | None) -> None:
            if text:
                self._go_to(periods.read(text).ends)

        self.app.push_screen(prompt, take)


def _month(day: date) -> Period:
    return periods.read(f"{day:%Y-%m}")
