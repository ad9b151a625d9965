"""The board of an opening: who is where, since when, and what interviewers think."""

from typing import NamedTuple

from boconsole.recruitment import interviewing, offering, seeing, words
from boconsole.session import Session
from db.recruitment import interviews, records
from db.recruitment.rows import ApplicationRow, OfferRow, OpeningRow

COLUMNS = (*words.LIVE, words.HIRED)


class Card(NamedTuple):
    """A candidate on the board.

    Attributes:
        average: Of the scores that are seen, "" for none.
        offer: State of the offer that stands: "", `made`, `approved` or `accepted`.
    """

    row: ApplicationRow
    average: str
    offer: str

    @property
    def id(self) -> int:
        """Of the application."""
        return self.row.id


class Board(NamedTuple):
    """An opening with its cards, and how many are over."""

    opening: OpeningRow
    columns: tuple[tuple[Card, ...], ...]
    over: dict[str, int]

    def card(self, application_id: int) -> Card | None:
        """Return one of the cards."""
        return next((card for own in self.columns for card in own
                     if card.id == application_id), None)  # fmt: skip


def read(session: Session, opening_id: int) -> Board:
    """Return the board of an opening that is seen; raises NotAllowedError and NotFoundError."""
    opening = seeing.opening(session, words.opening_number(opening_id))
    rows = records.select_applications(opening_id=opening.id)
    ids = [row.id for row in rows]
    averages: dict[int, str] = {}
    for talk in interviewing.talks(session, ids):
        averages[talk.row.application_id] = talk.average or averages.get(
            talk.row.application_id, ""
        )
    offers = {one.application_id: _state(one) for one in reversed(interviews.select_offers(ids))
              if one.state in (offering.MADE, offering.ACCEPTED)}  # fmt: skip
    cards = [Card(row, averages.get(row.id, ""), offers.get(row.id, "")) for row in rows]
    cards.sort(key=lambda card: (card.row.since_at, card.id))
    columns = tuple(tuple(card for card in cards if card.row.stage == stage) for stage in COLUMNS)
    over = {stage: sum(row.stage == stage for row in rows) for stage in words.OVER}
    return Board(opening, columns, over)


def _state(offer: OfferRow) -> str:
    return "approved" if offer.state == offering.MADE and offer.approver else offer.state
