"""One request of leave: its days one by one, and the balance that it takes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.content import Content

from boconsole.language import N_
from boconsole.leave import reading, telling
from boconsole.leave.reading import Balance, Request
from boconsole.ledger.together import Ref
from screens import leave_facts, staff_rooms
from screens.keys import DETAIL, Action
from screens.leave_acts import LeaveActs, impossible, leave_actions
from screens.ledger.page import RecordPage, page_actions


class Whole(NamedTuple):
    """A request with the balances of its person."""

    request: Request
    balances: tuple[Balance, ...]


class LeaveRequestScreen(LeaveActs, RecordPage[Whole]):
    """A request to read."""

    AREA = staff_rooms.AREA
    CSS_PATH = "styles/page.tcss"
    ALONE = N_("This request was not opened from a list.")
    LAST = N_("The list ends here.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *leave_actions(DETAIL),
        *page_actions("leave", N_("Next request"), N_("Request before")),
    )

    def read(self, record_id: int) -> Whole:
        """Return a request; blocks."""
        found = reading.get(self.session, str(record_id))
        telling.mark_read(self.session, record_id)
        if not found.mine and found.decides:
            seen = reading.balances_to_decide(self.session, found)
        else:
            seen = reading.balances_of(self.session, found.row.employee_id)
        return Whole(found, tuple(seen))

    def ref_of(self, whole: Whole) -> Ref:
        """Return a request as it is acted on, and its number."""
        row = whole.request.row
        return Ref(row.id, row.version, whole.request.number)

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return the lines of a request."""
        return leave_facts.picture(whole.request, room, whole.balances)

    def why_not(self, action: Action) -> str:
        """Say what cannot be done to this request."""
        found = impossible(action, self.whole.request) if self.whole else ""
        return found or super().why_not(action)

    def with_requests(self, then: Callable[[Sequence[Request]], object]) -> None:
        """Act on this request; on nothing before it is read."""
        then([] if self.whole is None else [self.whole.request])

    def acted(self) -> None:
        """Read it again."""
        self.action_refresh()
