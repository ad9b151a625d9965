"""Entering an entry by keys alone: completion, the balancing amount, repeats, drafts, refusals."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from textual.widgets import Static

from boconsole import drafts, language
from boconsole.ledger import accounts, entering, entries, reading, repeating
from boconsole.ledger.entering import LineError, Typed
from boconsole.ledger.entries import JournalEntry
from boconsole.money import plain
from boconsole.session import Session
from screens.dialogs import MenuDialog
from screens.ledger.entry import EntryScreen
from screens.ledger.forms import EntryFormScreen
from screens.widgets.bars import NoticeLine
from tests.bookkeeping import OWN, desk, typed_in
from tests.consoles import line
from tests.desks import SMALL, press, quiet, shown

TO_LINES = ("n", "tab", "tab", "tab", "tab")
"""From the journal to the account of the first line of a new entry."""


def newest(session: Session) -> JournalEntry:
    row = max(reading.list_page(session, "").rows, key=lambda row: row.id)
    return entries.get(session, str(row.id))


def lines(entry: JournalEntry) -> list[str]:
    return [
        f"{row.account} {plain(row.amount, row.precision)} {row.commodity}"
        for row in entry.postings
    ]  # fmt: skip


async def test_entry_is_entered_by_keys_and_kept_as_a_draft(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "n", "ctrl+u", " fri", "enter", " Cafe", "enter", " Coffee", "enter")
        await typed_in(pilot, "enter", " suppl", "enter", " 12.5", "enter", " 1000", "enter")
        await typed_in(pilot, "=", "ctrl+s")
        opened = app.screen
        said = line(app, NoticeLine).strip()

    made = newest(books)
    assert isinstance(opened, EntryScreen)
    assert (made.state, made.head.dated) == ("draft", date(2026, 5, 1))
    assert (made.head.payee, made.head.description) == ("Cafe", "Coffee")
    assert lines(made) == ["Expenses:Supplies 12.50 USD", "Assets:Cash -12.50 USD"]
    assert said == f"{made.number} is kept as a draft."


async def test_what_is_missing_is_told_while_typing(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *TO_LINES, " rent", "enter", " 1250", "enter")
        missing = rest(app)
        await typed_in(pilot, " bank", "enter")
        left = rest(app)
        await typed_in(pilot, " -1000", "enter")
        less = rest(app)
        await typed_in(pilot, " loan", "enter", "=")
        nothing = rest(app)

    assert missing == "Missing: -1,250.00 USD"
    assert left == "Left for the empty line: -1,250.00 USD"
    assert less == "Missing: -250.00 USD"
    assert nothing == "Balanced."


def rest(app: object) -> str:
    return str(app.screen.query_one("#rest", Static).render())  # type: ignore[attr-defined]


async def test_empty_amount_takes_the_rest_and_is_posted(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *TO_LINES, " 5000", "enter", " 99", "enter", " 1100", "ctrl+t")
        said = line(app, NoticeLine).strip()

    made = newest(books)
    assert (made.state, said) == ("posted", f"{made.number} is posted.")
    assert lines(made) == ["Expenses:Rent 99.00 USD", "Assets:Bank -99.00 USD"]


async def test_last_entry_of_the_payee_is_repeated(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "n", "tab", " Toko", "down", "enter", "ctrl+r", "ctrl+t")

    made = newest(books)
    assert (made.head.payee, made.head.description) == ("Toko Sumber", "Paper and ink")
    assert lines(made) == ["Expenses:Supplies 83.40 USD", "Assets:Cash -83.40 USD"]
    assert made.state == "posted"


async def test_line_is_deleted_and_another_takes_its_place(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *TO_LINES, " rent", "enter", " 10", "enter", " cash", "enter")
        await typed_in(pilot, " -4", "enter", " bank", "enter", "=", "up", "ctrl+d")
        await typed_in(pilot, "enter", "=", "ctrl+s")

    assert lines(newest(books)) == ["Expenses:Rent 10.00 USD", "Assets:Bank -10.00 USD"]


@pytest.mark.parametrize(
    ("strokes", "problem", "number"),
    [
        ((" nowhere", "enter", " 5 USD"), "There is no account 'nowhere'", 1),
        ((" rent", "enter", " 5.005 USD"), "more digits", 1),
        (
            (" rent", "enter", " 5 USD", "enter", " bank", "enter", " oops"),
            "An amount is expected",
            2,
        ),
        ((" rent", "enter", " 5 XQZ", "enter", " bank"), "no commodity 'XQZ'", 1),
        ((" rent", "enter", "enter", " bank", "enter"), "Only one amount", 1),
    ],
)
async def test_refused_line_is_shown_at_its_place(
    books: Session, tmp_path: Path, strokes: tuple[str, ...], problem: str, number: int
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *TO_LINES, *strokes, "ctrl+s")
        form = app.screen
        assert isinstance(form, EntryFormScreen)
        line_ = form.lines.lines[number - 1]
        told = str(line_.query_one(".problem", Static).render())
        inside = app.focused in (line_.account, line_.amount)

    assert problem in told
    assert inside
    assert newest(books).number == OWN


async def test_entry_that_does_not_balance_is_a_draft_but_not_posted(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *TO_LINES, " rent", "enter", " 5", "enter", " bank", "enter", " -4")
        await typed_in(pilot, "ctrl+t")
        refused = line(app, NoticeLine)
        none = newest(books).number
        await typed_in(pilot, "ctrl+s")

    assert "does not balance: 1.00 USD" in refused
    assert none == OWN
    assert lines(newest(books)) == ["Expenses:Rent 5.00 USD", "Assets:Bank -4.00 USD"]


async def test_draft_is_edited_and_its_lines_stay(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "enter", "e", "tab", " Pos", "ctrl+s")
        text = shown(app)

    made = entries.get(books, OWN)
    assert made.head.payee == "Pos"
    assert lines(made) == ["Expenses:Supplies 45.00 USD", "Assets:Cash -45.00 USD"]
    assert "Pos | Stamps" in text


async def test_typed_lines_come_back_after_the_form_was_left(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *TO_LINES, " rent", "enter", " 10", "enter", " cash")
        await typed_in(pilot, "escape", "k")
        await typed_in(pilot, "n")
        asked = app.screen
        await typed_in(pilot, "y", "ctrl+t")

    assert isinstance(asked, MenuDialog)
    assert lines(newest(books)) == ["Expenses:Rent 10.00 USD", "Assets:Cash -10.00 USD"]
    assert drafts.list_all(books) == []


async def test_entry_changed_by_somebody_else_is_not_overwritten(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "enter", "e")
        old = entries.get(books, OWN)
        entries.edit(books, old, entering.entry_of(
            old.head.dated, repeating.lines_of(old), description="Letters"))  # fmt: skip
        await typed_in(pilot, "tab", " Pos", "ctrl+s")
        text = shown(app)

    assert entries.get(books, OWN).head.payee == ""
    assert "changed by somebody else" in text


# What is typed


@pytest.mark.parametrize(
    ("start", "first"),
    [("11", "Assets:Bank"), ("ban", "Assets:Bank"), ("exp", "Expenses"), ("ex re", "Expenses:Rent"),
     ("Expenses:S", "Expenses:Supplies"), ("uip", "Assets:Equipment")],
)  # fmt: skip
def test_accounts_are_offered_by_code_path_and_part(books: Session, start: str, first: str) -> None:
    assert entering.offered(accounts.chart(books), start)[0].path == first


def test_missing_amounts_count_each_commodity_and_prices() -> None:
    typed = [Typed("a", "10 USD"), Typed("b", "2 EUR @ 1.5 USD"), Typed("c", "-1 GBP"),
             Typed("d", "oops"), Typed("e", "")]  # fmt: skip

    assert entering.missing(typed) == {"USD": Decimal("-13.0"), "GBP": Decimal(1)}


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("12.5", "12.5 USD"),
        ("-1,000", "-1000 USD"),
        ("3 EUR", "3 EUR"),
        ("$4", "$4"),
        ("", ""),
        ("1,250 EUR", "1250 EUR"),
        ("$1,250", "$1250"),
        ("1.250", "1.250 USD"),
        ("1,250.50", "1,250.50 USD"),
        ("1,250,000", "1250000 USD"),
        ("1,25", "1,25 USD"),
    ],
)
def test_bare_number_gets_the_commodity_of_its_account(amount: str, expected: str) -> None:
    assert entering.with_commodity(amount, "USD") == expected


def test_refused_line_names_line_and_part(session: Session) -> None:
    from tests.books import open_books

    open_books(session)
    with pytest.raises(LineError) as refused:
        entering.entry_of(date(2026, 5, 4), [Typed("Rent", "5 USD"), Typed("", "-5 USD")])

    assert (refused.value.line, refused.value.part) == (2, "account")


def test_commodity_of_an_account_is_that_of_its_last_lines(session: Session) -> None:
    from tests.books import enter, open_books

    open_books(session)
    enter(session, "Assets:Cash  5 EUR", "Income:Sales", day=date(2026, 5, 4))
    enter(session, "Assets:Bank  9 USD", "Income:Sales", day=date(2026, 6, 4))

    choices = entering.read_choices(session)
    assert (choices.habits["Assets:Cash"], choices.habits["Income:Sales"]) == ("EUR", "USD")


def test_payees_and_their_last_entry_are_found(session: Session) -> None:
    from boconsole.ledger.typing import typed
    from tests.books import open_books

    open_books(session)
    for day in (4, 6, 5):
        given = ("Expenses:Rent  1 USD", "Assets:Cash")
        entries.enter(session, typed(date(2026, 5, day), f"Day {day}", given, payee="Toko Abadi"))

    last = repeating.last_of(session, "toko abadi")
    assert repeating.payees(session, "tok") == ["Toko Abadi"]
    assert last is not None
    assert last.head.description == "Day 6"
    assert repeating.last_of(session, "toko") is None


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("1.250", "1250 IDR"), ("1.250.000", "1250000 IDR"), ("1.250 USD", "1250 USD"),
     ("12,5", "12,5 IDR"), ("0.125 BTC", "0.125 BTC"), ("1,250", "1,250 IDR")],
)  # fmt: skip
def test_thousands_are_grouped_as_the_language_does(amount: str, expected: str) -> None:
    language.use_language("id")
    try:
        assert entering.with_commodity(amount, "IDR", {"BTC": 8, "IDR": 2}) == expected
    finally:
        language.use_language("en")
