"""The bank in the console, by real keys: proposals, splits, payments, imports, the proof."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from boconsole.bank import accepting, matching
from boconsole.bank.desk import matched_with
from boconsole.ledger import entries
from boconsole.session import Session
from db.bank import lines
from screens.app import BoconsoleApp
from screens.dialogs import ProgressDialog
from screens.ledger.bank import BankScreen
from screens.ledger.bank_forms import BankEntryScreen
from screens.ledger.entry import EntryScreen
from screens.ledger.reconcile import ReconcileScreen
from screens.places import Place
from screens.widgets.bars import FooterLine, NoticeLine
from tests.banks import all_lines, build, take_rows, the_bank
from tests.bookkeeping import desk, typed_in
from tests.books import enter
from tests.consoles import line
from tests.desks import LARGE, SMALL, press, quiet, row, shown


def entry(session: Session, amount: str, about: str, day: int = 4) -> str:
    wanted = (f"Assets:Bank  {amount} USD", "Income:Sales")
    return enter(session, *wanted, day=date(2026, 5, day), about=about).number


@pytest.fixture
def books(local_session: Session, tmp_path: Path) -> Session:
    """Books of a bank with four lines that lead to 197.50, and three entries."""
    build(local_session, tmp_path)
    return local_session


async def go(pilot: Pilot[None], app: BoconsoleApp, account: str = "/Assets:Bank") -> None:
    """Go to the reconciliation of an account, or with "" to the room of all."""
    await quiet(pilot)
    await app.go(Place("ledger", view=f"bank{account}"))
    await pilot.pause(0.1)
    await quiet(pilot)


def said(app: BoconsoleApp) -> str:
    return line(app, NoticeLine).strip()


def states() -> dict[str, str]:
    return {one.memo.split()[0] + f"{one.amount}": one.state for one in all_lines() if one.amount}


async def test_room_shows_what_is_open_and_leads_to_the_lines(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, app, "")
        room, rows = app.screen, shown(app).splitlines()
        await press(pilot, "j", "enter")
        refused = said(app)
        await press(pilot, "k", "enter")
        await pilot.pause(0.1)
        await quiet(pilot)
        found = shown(app)
        inside = isinstance(app.screen, ReconcileScreen)
        await press(pilot, "[", "]")
        again = isinstance(app.screen, ReconcileScreen)

    assert isinstance(room, BankScreen)
    assert rows[2].split()[:5] == ["Assets:Bank", "4", "220.00", "197.50", "-22.50"]
    assert "I imports the first" in refused
    assert inside
    assert again
    assert "Bank statement (2026-05-07) 197.50  Reconciled 0.00  Books 220.00 USD" in found
    assert "Missing: 4 lines open 197.50" in found
    assert "Proposal 1 of 1: sure" in found
    assert "the bank names 4711-9" in found


async def test_proposal_is_chosen_accepted_and_undone(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, app)
        await press(pilot, "j", "j")
        await pilot.pause(0.1)
        await quiet(pilot)
        first = shown(app)
        await press(pilot, "right")
        second = shown(app)
        await press(pilot, "a")
        matched, words = states()["Transfer6000"], said(app)
        await press(pilot, "h", "k")
        await pilot.pause(0.1)
        await quiet(pilot)
        footer = line(app, FooterLine)
        await press(pilot, "enter")
        entry_shown = isinstance(app.screen, EntryScreen)
        await press(pilot, "q", "u")

    assert "Proposal 1 of 2: 65 points" in first
    assert "JNL-2026-00002" in first
    assert "Proposal 2 of 2: 62 points" in second
    assert (matched, words) == ("matched", "Matched with JNL-2026-00003.")
    assert "unmatch" in footer
    assert "accept" not in footer.replace("all sure", "")
    assert entry_shown
    assert states()["Transfer6000"] == "open"


async def test_all_that_is_sure_is_accepted_and_undone_at_once(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, app)
        await typed_in(pilot, "S")
        told, after, proof = said(app), states(), shown(app)
        await press(pilot, "u")

    assert told == "1 line is matched; u undoes it."
    assert after == {"PT10000": "matched", "ADMIN-250": "open", "Transfer6000": "open",
                     "Transfer4000": "open"}  # fmt: skip
    assert "Reconciled 100.00" in proof
    assert "Missing: 3 lines open 97.50" in proof
    assert states()["PT10000"] == "open"


async def test_missing_entry_is_split_over_accounts(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, app)
        await typed_in(pilot, "j", "n")
        form = app.screen
        await typed_in(pilot, " 5100", "enter", " 1", "enter", " 5000", "enter", "ctrl+t")
        kept = said(app)
        await typed_in(pilot, "ctrl+s")
        words = said(app)
    made = entries.get(books, "JNL-2026-00004")

    assert isinstance(form, BankEntryScreen)
    assert "ctrl+s posts the entry and matches it" in kept
    assert words == "JNL-2026-00004 is posted and matched."
    assert [(row.account, row.amount) for row in made.postings] == [
        ("Assets:Bank", -2_50), ("Expenses:Supplies", 1_00), ("Expenses:Rent", 1_50)
    ]  # fmt: skip
    assert made.head.description == "ADMIN FEE"
    assert states()["ADMIN-250"] == "matched"


async def test_marked_lines_are_matched_with_one_entry(books: Session, tmp_path: Path) -> None:
    number = entry(books, "140.00", "Deposit", 7)
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, app)
        await typed_in(pilot, "space", "j", "j", "j", "space", "f")
        asked = shown(app)
        await press(pilot, "enter")
        words = said(app)

    assert "One entry for 140.00" in asked
    assert words == f"Matched with {number}."
    assert (states()["PT10000"], states()["Transfer4000"]) == ("matched", "matched")
    assert lines.sum_lines(the_bank().id) == 197_50


async def test_entries_chosen_by_hand_leave_a_rest_for_a_new_one(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, app)
        await typed_in(pilot, "f", " 00002", "enter")
        asked = shown(app)
        await typed_in(pilot, "y", " 4000", "enter", "ctrl+s")
    matched = next(one for one in all_lines() if one.amount == 100_00)

    assert "40.00 of the line is left" in asked
    assert [(matching.number_of(book), book.amount) for book in matched_with(books, matched)
            ] == [("JNL-2026-00004", 40_00), ("JNL-2026-00002", 60_00)]  # fmt: skip


async def test_line_told_twice_is_set_aside_or_kept(books: Session, tmp_path: Path) -> None:
    take_rows(books, tmp_path, "2026-05-05;-2.50;Monthly fee;",
              "2026-05-06;60.00;Money of a friend;")  # fmt: skip
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, app)
        await typed_in(pilot, "/", " state:doubtful", "enter")
        asked, footer = shown(app), line(app, FooterLine)
        await press(pilot, "w", "enter")
        aside = said(app)
        await press(pilot, "K")
        kept = said(app)

    assert "Told twice? It seems to be bank line" in asked
    assert "K keep" in footer
    assert (aside, kept) == ("Set aside; it counts in no balance.", "It counts now.")
    assert (states()["Monthly-250"], states()["Money6000"]) == ("aside", "open")


async def test_refused_file_stays_typed_and_says_line_and_column(
    books: Session, tmp_path: Path
) -> None:
    bad = tmp_path / "may.csv"
    bad.write_text("date;amount;text;id\n2026-05-09;5.00;Fine;X1\n2026-05-10;5,x;Bad;X2\n")
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, app)
        await typed_in(pilot, "I")
        row(app, "file").text = f"{tmp_path}/ma"
        await pilot.pause(0.2)
        await quiet(pilot)
        await press(pilot, "down", "enter", "ctrl+s")
        refused = " ".join(shown(app).split())
        bad.write_text("date;amount;text;id\n2026-05-05;-2.50;Fee again;\n2026-05-10;5.00;G;X2\n")
        await press(pilot, "ctrl+s")
        told = " ".join(shown(app).split())

    assert "may.csv:3: column 2 (amount):" in refused
    assert "nothing was imported" in refused
    assert "2 lines are new, 0 were there." in told
    assert "Line 2: -2.50 on 2026-05-05 seems to be the same as bank line" in told
    assert states()["G500"] == "open"


async def test_table_without_a_map_says_what_to_do(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, app, "")
        await typed_in(pilot, "j", "I")
        row(app, "file").text = f"{tmp_path}/bank.csv"
        await press(pilot, "ctrl+s")
        text, typed = " ".join(shown(app).split()), row(app, "file").text

    assert "Import a statement of Assets:Cash" in text
    assert "this file is a table, and no map is kept; name a TOML file" in text
    assert typed == f"{tmp_path}/bank.csv"


async def test_proved_balance_is_shown_and_closed(books: Session, tmp_path: Path) -> None:
    entry(books, "40.00", "Last", 7)
    entry(books, "-2.50", "Fee", 5)
    app = desk(books, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await go(pilot, app)
        await typed_in(pilot, "C", "y")
        early = said(app)
        await press(pilot, "a", "a", "a", "a")
        proved = shown(app)
        await press(pilot, "C", "y", "h", "j", "U")
        closed, refused = shown(app), said(app)

    assert "197.50" in early
    assert "4 lines are open" in early
    assert "Proved: the statement's balance is the reconciled balance of the books." in proved
    assert "Closed up to 2026-05-07." in closed
    assert "closed up to 2026-05-07" in refused


async def test_long_accepting_tells_how_far_it_is_and_stops(
    books: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_once = Event()

    def slow(_session: object, _account: object, progress: Callable[[int, int], None]) -> None:
        while True:
            progress(200, 1_000)
            shown_once.wait(0.02)

    monkeypatch.setattr(accepting, "accept", slow)
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, app)
        await pilot.press("S")
        while not isinstance(app.screen, ProgressDialog):
            await pilot.pause(0.05)
        await pilot.pause(0.1)
        told = shown(app)
        await press(pilot, "escape")
        words = said(app)

    assert "200 / 1,000  20 %" in told
    assert words == "Stopped."
    assert states()["PT10000"] == "open"
