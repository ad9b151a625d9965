"""The bank statement of the demo: the last six weeks of its account, as a bank would tell them.

Some movements are in the books under another day, some not at all, and one comes twice.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from boconsole.bank import accepting, importing, matching, reconciling
from boconsole.bank.choosing import Choices
from boconsole.bank.keys import OPENING
from boconsole.bank.reading.maps import TableMap
from boconsole.ledger import accounts, commodities
from boconsole.money import from_minor
from boconsole.session import Session
from db.bank import links
from db.bank.rows import BankRow, BookLineRow

ACCOUNT, COMMODITY, WEEKS = "1111", "IDR", 6
COLUMNS = {"date": ("Tanggal",), "memo": ("Keterangan",), "amount": ("Jumlah",), "id": ("No",)}
MAP = TableMap(COLUMNS, currency=COMMODITY, delimiter=";")
OTHER = TableMap({**COLUMNS, "memo": ("Uraian",)}, currency=COMMODITY, delimiter=";")
OWN = ((9, "BIAYA ADM TRANSFER LLG", -6_500), (4, "BUNGA JASA GIRO", 412_750),
       (2, "SETORAN TUNAI", 1_750_000))  # fmt: skip
"""What only the bank tells: days before its end, text and amount."""


def keep(session: Session, today: date) -> int:
    """Import the statement, match what is before it and what is certain; returns its lines."""
    account = accounts.find(ACCOUNT)
    first = today - timedelta(weeks=WEEKS)
    bank = _imported(session, first, today)
    opening = next(
        line for _bank, line in reconciling.bank_lines(session, account) if line.key == OPENING
    )
    matching.match(session, opening, matching.books_through(session, bank, opening.dated))
    accepting.accept(session, account)
    return len(reconciling.bank_lines(session, account))


def _imported(session: Session, first: date, today: date) -> BankRow:
    account = accounts.find(ACCOUNT)
    commodity = commodities.by_code()[COMMODITY]
    probe = BankRow(
        0, account.id, account.path, commodity.id, COMMODITY, commodity.precision, "", "", 1
    )
    told = [book for book in links.select_open_books(probe, today) if book.dated >= first]
    opening = from_minor(links.sum_books(probe, first - timedelta(days=1)), probe.precision)
    rows = [*_rows(told, probe.precision, today), *_own(today)]
    closing = opening + sum((amount for _day, _text, amount, _id in rows), Decimal(0))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"giro-{today:%Y-%m}.csv"
        path.write_text(_table("Keterangan", rows), "utf-8")
        choices = Choices(MAP, opening=opening, closing=closing)
        done = importing.import_statement(session, path, account, choices)
        again = Path(folder) / f"giro-{today:%Y-%m}-mutasi.csv"
        twice = [(day, text.title(), amount, "") for day, text, amount, _id in rows[-4:-3]]
        again.write_text(_table("Uraian", twice), "utf-8")
        importing.import_statement(session, again, account, Choices(OTHER))
        importing.import_statement(session, path, account, Choices(MAP))
    return done.bank


Row = tuple[date, str, Decimal, str]


def _rows(told: list[BookLineRow], digits: int, today: date) -> Iterator[Row]:
    """Yield what the bank says of lines of the books; the last ones have not reached it."""
    for place, book in enumerate(told):
        day = book.dated + timedelta(days=place % 3)
        if day > today - timedelta(days=1):
            continue
        way = "CR" if book.amount > 0 else "DB"
        number = matching.number_of(book) if book.series in ("RCP", "PAY") else ""
        text = f"TRSF E-BANKING {way} {book.payee or book.description} {number}".upper().strip()
        yield day, text, from_minor(book.amount, digits), f"{day:%y%m%d}{place:04}"


def _own(today: date) -> Iterator[Row]:
    for before, text, amount in OWN:
        day = today - timedelta(days=before)
        yield day, text, Decimal(amount), f"{day:%y%m%d}9{before:03}"


def _table(heading: str, rows: list[Row]) -> str:
    lines = [f"{day};{text};{amount};{number}" for day, text, amount, number in rows]
    return "\n".join((f"Tanggal;{heading};Jumlah;No", *lines)) + "\n"
