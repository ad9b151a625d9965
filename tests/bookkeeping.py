"""Books to look at: four months of a small company, a reversal, and two drafts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from boconsole import drafts
from boconsole.ledger import entries, limits
from boconsole.ledger.typing import typed
from boconsole.session import Session
from db import connection
from screens.app import BoconsoleApp
from screens.places import Place
from tests.books import draft, open_books, sale
from tests.consoles import settings
from tests.desks import press, quiet, write
from tests.people import add_agent

WAITING, OWN = "DRF-17", "DRF-18"
"""The draft of somebody else that waits for an approval, and one of our own."""


def book(session: Session, day: date, payee: str, about: str, *lines: str) -> entries.JournalEntry:
    return entries.enter(session, typed(day, about, lines, payee=payee))


def build(session: Session) -> None:
    """Keep the books."""
    open_books(session)
    book(session, date(2026, 1, 2), "Owners", "Capital paid in",
         "Assets:Bank  50000 USD", "Equity:Capital")  # fmt: skip
    for month in range(1, 5):
        book(session, date(2026, month, 3), "Gedung Sentosa", "Rent",
             "Expenses:Rent  1250 USD", "Assets:Bank")  # fmt: skip
        book(session, date(2026, month, 12), "Toko Sumber", "Paper and ink",
             "Expenses:Supplies  83.40 USD", "Assets:Cash")  # fmt: skip
        sale(session, "4200.00", date(2026, month, 20))
    wrong = book(session, date(2026, 4, 22), "Gedung Sentosa", "Rent twice",
                 "Expenses:Rent  1250 USD", "Assets:Bank")  # fmt: skip
    book(session, date(2026, 4, 25), "Bank", "Euros bought",
         "Assets:Cash  200 EUR @ 1.10 USD", "Assets:Bank")  # fmt: skip
    entries.reverse(session, wrong, dated=date(2026, 4, 30), reason="Entered twice")
    limits.put(session, "5000")
    kim = add_agent(session, "kim", ("accountant",))
    draft(kim, "Assets:Equipment  7200 USD", "Liabilities:Loan", day=date(2026, 5, 2),
          about="Server")  # fmt: skip
    draft(session, "Expenses:Supplies  45 USD", "Assets:Cash", day=date(2026, 5, 3),
          about="Stamps")  # fmt: skip


def desk(session: Session, folder: Path, theme: str = "dark") -> BoconsoleApp:
    return BoconsoleApp(
        session.through("console"), settings(folder, theme=theme), drafts=drafts,
        release=connection.release, start=Place("ledger"),
    )  # fmt: skip


async def typed_in(pilot: Pilot[None], *strokes: str) -> None:
    """Press keys; a stroke with a blank in front is typed letter by letter."""
    for stroke in strokes:
        if stroke.startswith(" "):
            await write(pilot, stroke[1:])
            await pilot.pause(0.02)
            await quiet(pilot)
        else:
            await press(pilot, stroke)
