"""What assets look like: states, dates that come near, a page to read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from textual.content import Content

from boconsole.assets import words
from boconsole.assets.reading import AssetLine, AssetRow
from boconsole.language import N_, _, decimal
from boconsole.session import Session
from screens.cells import Cell, Look, fit, moment, safe, safe_block
from screens.prose import toned, wrapped

FEATURE = "asset"
LABEL = 16
SOON = timedelta(days=30)
STATES = {
    "ordered": Look("O", N_("ordered"), "info"),
    "in_stock": Look("S", N_("in stock"), ""),
    "deployed": Look("D", N_("deployed"), "good"),
    "in_repair": Look("R", N_("in repair"), "warn"),
    "lost": Look("L", N_("lost"), "bad"),
    "retired": Look("T", N_("retired"), "muted"),
    "disposed": Look("X", N_("disposed"), "muted"),
}
LETTERS = {"person": "", "place": "@ ", "asset": "# "}
"""Before the name of a holder that is no person."""


def today(session: Session) -> date:
    """Return the day of the one who looks."""
    return session.now().astimezone(session.zone).date()


def state_word(word: str) -> Cell:
    """Return letter and word of a state: `D deployed`."""
    look = STATES.get(word) or Look("?", word, "")
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def holder(row: AssetLine | AssetRow) -> Cell:
    """Return who has it, with a mark where that is a place or an asset."""
    if not row.holder:
        return Cell("-", "muted")
    return Cell(f"{LETTERS[row.holder_kind]}{safe(row.holder)}")


def due(day: date | None, now: date) -> Cell:
    """Return the day of a return: `!!` once it is over, `!` today."""
    if day is None:
        return Cell("")
    mark = "!! " if day < now else "! " if day == now else ""
    return Cell(f"{mark}{day}", "bad" if day < now else "warn" if day == now else "")


def end(day: date | None, now: date) -> Cell:
    """Return the last day of a warranty: `!` once it is near, `x` once it is over."""
    if day is None:
        return Cell("")
    if day < now:
        return Cell(f"x {day}", "muted")
    return Cell(f"! {day}", "warn") if day <= now + SOON else Cell(str(day))


def money(text: str, currency: str = "") -> str:
    """Return an exact amount such as `1299.00 USD` as the language writes it."""
    number, _blank, code = f"{text} {currency}".strip().partition(" ")
    if not number:
        return ""
    digits = len(number.partition(".")[2])
    return f"{decimal(Decimal(number), digits)} {safe(code)}".strip()


def picture(row: AssetRow, room: int, session: Session) -> list[Content]:
    """Return an asset to read."""
    lines = wrapped(toned((f"{safe(row.tag)} {safe(row.name)}", "strong")), room)
    for label, cell in _facts(row, session):
        if cell.text:
            first = toned((fit(_(label), LABEL), "muted"))
            for part in cell.text.split("\n"):
                lines += wrapped(toned(Cell(part, cell.tone)), room, first, " " * LABEL)
                first = Content(" " * LABEL)
    return lines


def _facts(row: AssetRow, session: Session) -> Iterator[tuple[str, Cell]]:
    now = today(session)
    yield N_("State"), state_word(row.state)
    yield N_("Condition"), _word(row.condition, words.CONDITION_TITLES)
    yield N_("With"), holder(row)
    if row.held_since:
        yield N_("Since"), Cell(moment(row.held_since.astimezone(session.zone)))
    yield N_("Return"), due(row.expected_on, now)
    yield N_("Acceptance"), _acceptance(row.acceptance)
    yield N_("Category"), Cell(safe(row.category))
    yield N_("Model"), Cell(safe(row.model))
    yield N_("Serial"), Cell(safe(row.serial))
    yield N_("Host"), Cell(safe(row.host))
    yield N_("Place"), Cell(safe(row.place))
    yield N_("Belongs to"), Cell(safe(row.organisation))
    for name, value in row.custom.items():
        yield f"cf.{name}", Cell(safe(value))
    yield from _bought(row, now)
    yield N_("Note"), Cell(safe_block(row.note))


def _bought(row: AssetRow, now: date) -> Iterator[tuple[str, Cell]]:
    yield N_("Bought"), Cell(str(row.bought_on or ""))
    yield N_("Supplier"), Cell(safe(row.supplier))
    yield N_("Order"), Cell(safe(row.order_number))
    yield N_("Invoice"), Cell(safe(row.invoice), "info")
    worth = row.worth
    if not worth.fixed_asset:
        yield N_("Cost"), Cell(money(row.cost))
    yield N_("Fixed asset"), Cell(safe(row.fixed_asset), "info")
    if worth.fixed_asset:
        yield N_("Cost"), Cell(money(worth.cost, worth.currency))
        yield N_("Accumulated"), Cell(money(worth.accumulated, worth.currency))
        yield N_("Book value"), Cell(money(worth.book_value, worth.currency), "strong")
    yield N_("Warranty"), end(row.warranty_on, now)
    yield N_("End of life"), end(row.end_of_life_on, now)


def _word(word: str, titles: dict[str, str]) -> Cell:
    return Cell(_(titles[word])) if word else Cell("")


def _acceptance(word: str) -> Cell:
    tones = {"asked": "warn", "accepted": "good", "refused": "bad"}
    titles = {"asked": N_("asked, no answer yet"), "accepted": N_("accepted"),
              "refused": N_("refused")}  # fmt: skip
    return Cell(_(titles[word]), tones[word]) if word else Cell("")
