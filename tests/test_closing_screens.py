"""The closing room by real keys: months, years, locks, exceptions, check lists, thresholds."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from textual.events import Paste
from textual.pilot import Pilot

from boconsole.closing import months
from boconsole.invoices import drafting
from boconsole.ledger import entries, exceptions, limits, periods
from boconsole.ledger.limits import Limit
from boconsole.session import Session
from screens.forms import FormScreen
from screens.help import LinesScreen
from screens.ledger.accounts import AccountsScreen
from screens.ledger.checklist import ChecklistScreen
from screens.ledger.closing import ClosingScreen
from screens.ledger.journal import JournalScreen
from screens.places import Place
from screens.widgets.bars import FooterLine, NoticeLine
from tests.bookkeeping import OWN, WAITING, desk
from tests.consoles import line
from tests.desks import LARGE, SMALL, press, quiet, shown
from tests.people import add_agent
from tests.trade import line as priced
from tests.trade import new, open_trade


async def begin(pilot: Pilot[None]) -> None:
    """Go to the closing room."""
    await quiet(pilot)
    pilot.app.call_later(pilot.app.go, Place("ledger", view="closing"))  # type: ignore[attr-defined]  # BoconsoleApp
    await quiet(pilot)


async def typed_in(pilot: Pilot[None], *strokes: str) -> None:
    """Press keys; a stroke with a blank in front is pasted, which costs less than its letters."""
    for stroke in strokes:
        if stroke.startswith(" "):
            pilot.app.post_message(Paste(stroke[1:]))
            await pilot.pause(0.02)
            await quiet(pilot)
        else:
            await press(pilot, stroke)


def state(session: Session, name: str) -> str:
    return months.span(session, name).state


async def test_month_is_closed_and_opened_again_with_a_reason(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await begin(pilot)
        first = shown(app)
        await typed_in(pilot, "C")
        asked = shown(app)
        await typed_in(pilot, "y")
        closed = (line(app, NoticeLine).strip(), state(books, "2026-01"))
        await typed_in(pilot, "j", "k", "O", "ctrl+s")
        refused = (type(app.screen), state(books, "2026-01"))
        await typed_in(pilot, " late", "ctrl+s")
        said = line(app, NoticeLine).strip()

    assert "2026 O open 16 2 11,466.40 USD" in " ".join(first.split())
    assert "Close 2026-01? It takes no entries until it is opened again." in asked
    assert closed == ("2026-01 is closed.", "closed")
    assert issubclass(refused[0], FormScreen)
    assert refused[1] == "closed"
    assert (said, state(books, "2026-01")) == ("2026-01 is open again.", "open")


async def test_refused_closing_names_what_waits(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await begin(pilot)
        await typed_in(pilot, "j", "j", "j", "j", "C", "y")
        said = line(app, NoticeLine).strip()

    assert said.startswith("Error: 2 drafts from 2026-05-01 to 2026-05-31 are not posted")
    assert state(books, "2026-05") == "open"


async def test_year_is_closed_reversed_closed_and_locked(books: Session, tmp_path: Path) -> None:
    for number in (WAITING, OWN):
        entries.delete(books, entries.get(books, number))
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await begin(pilot)
        await typed_in(pilot, "k", "C")
        asked = " ".join(shown(app).split())
        await typed_in(pilot, "y")
        closed = line(app, NoticeLine).strip()
        await typed_in(pilot, "j", "k", "O", " late", "ctrl+s")
        reopened = state(books, "2026")
        await typed_in(pilot, "C", "y", "j", "k", "F", " 2025", "enter")
        unsure = state(books, "2026")
        await typed_in(pilot, "ctrl+u", " 2026", "enter")
        footer = line(app, FooterLine)

    assert "Its result (11,466.40 USD) goes to retained earnings" in asked
    assert closed == "2026 is closed. Its result is in CLS-2026-00001."
    assert (reopened, unsure, state(books, "2026")) == ("open", "closed", "locked")
    assert "close" not in footer


async def test_lock_dates_move_and_the_hard_one_only_forward(
    books: Session, tmp_path: Path
) -> None:
    periods.set_lock(books, "hard", date(2025, 12, 31))
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await begin(pilot)
        await typed_in(pilot, "g", "d", " 2026-03-31", "ctrl+s")
        moved = shown(app)
        await typed_in(pilot, *["j"] * 5, "enter", "ctrl+u", " 2025-11-30", "tab", " for ever",
                       "ctrl+s")  # fmt: skip
        refused = shown(app)
        await typed_in(pilot, "ctrl+u", " 2026-01-31", "ctrl+s")

    assert "Lock: ledger through 2026-03-31" in " ".join(moved.split())
    assert "Closing · ledger 2026-03-31, hard 2025-12-31" in moved
    assert "never moves back" in refused
    assert "2025-11-30" in refused
    assert periods.locks(books)["hard"] == date(2026, 1, 31)


async def test_exception_is_allowed_seen_and_withdrawn(books: Session, tmp_path: Path) -> None:
    add_agent(books, "siti", ("accountant",))
    app = desk(books, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await begin(pilot)
        await typed_in(pilot, "g", "j", "j", "n", "tab", " no", "tab", " +2h", "tab",
                       " late", "ctrl+s")  # fmt: skip
        refused = line(app, NoticeLine).strip()
        await typed_in(pilot, "shift+tab", "shift+tab", "ctrl+u", " siti", "ctrl+s")
        made = exceptions.running(books)
        await typed_in(pilot, "g", *["j"] * 6)
        await pilot.pause(0.1)
        await quiet(pilot)
        beside = shown(app)
        await typed_in(pilot, "D")
        asked = shown(app)
        await typed_in(pilot, "y")

    assert "There is no active account no." in refused
    assert [(each.part, each.login, each.reason) for each in made] == [("sales", "siti", "late")]
    assert "siti: sales" in beside
    assert "until 2026-05-04 11:00" in beside
    assert "Granted by root" in beside
    assert "Withdraw the exception of siti (late)?" in asked
    assert exceptions.running(books) == []


async def test_points_lead_to_their_causes(books: Session, tmp_path: Path) -> None:
    periods.close_period(books, months.span(books, "2026-01"))
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await begin(pilot)
        await typed_in(pilot, "j", "j", "j", "enter")
        listed, place = shown(app), app.screen.place()  # type: ignore[attr-defined]  # ShellScreen
        await typed_in(pilot, "j", "j", "j", "enter")
        done = line(app, NoticeLine).strip()
        await typed_in(pilot, "k", "k", "enter")
        drafts = app.screen
        await typed_in(pilot, "[")
        again = app.screen
        await typed_in(pilot, "g", "enter")
        earlier = app.screen
        await typed_in(pilot, *["j"] * 4, "enter")
        accounts = app.screen

    assert "Check list of 2026-05" in listed
    assert "- open No draft of an entry is left 2 DRF-17, DRF-18" in " ".join(listed.split())
    assert place.view == "closing/2026-05"
    assert done == "This point is done: What comes back is entered."
    assert isinstance(drafts, JournalScreen)
    assert drafts.query_text == "is:draft date:2026-05-01..2026-05-31"
    assert isinstance(again, ChecklistScreen)
    assert isinstance(earlier, ChecklistScreen)
    assert earlier.span is not None
    assert earlier.span.name == "2026-02"
    assert isinstance(accounts, AccountsScreen)
    assert accounts.query_text.startswith("account:Expenses:Rent or ")


async def test_drafts_of_documents_are_shown_in_their_room_or_named(
    local_session: Session, tmp_path: Path
) -> None:
    from screens.ledger import rooms

    open_trade(local_session)
    drafting.prepare(local_session, new(priced("10.00"), day=date(2026, 5, 2)))
    periods.ensure([date(2026, 5, 1)])
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await begin(pilot)
        await typed_in(pilot, "enter", *["j"] * 6, "enter")
        there = app.screen

    if "invoices" in rooms.ROOMS_BY_ID:
        assert there.query_text == "is:draft date:2026-05-01..2026-05-31"  # type: ignore[attr-defined]  # a list
    else:
        assert isinstance(there, LinesScreen)


async def test_thresholds_are_set_and_taken_out(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await begin(pilot)
        await typed_in(pilot, "T", "n", " IDR", "tab", " much", "ctrl+s")
        refused = shown(app)
        await typed_in(pilot, "ctrl+u", " 1500", "ctrl+s")
        listed = shown(app)
        await press(pilot, "enter")
        await typed_in(pilot, "ctrl+u", " 7000", "ctrl+s")
        found = limits.listed(books)
        await typed_in(pilot, "j", "D", "y", "q")
        back = app.screen

    assert "'much' is no sum" in refused
    assert "IDR                        above 1500 IDR" in listed
    assert found == [Limit("", Decimal(7000)), Limit("IDR", Decimal(1500))]
    assert limits.listed(books) == [Limit("", Decimal(7000))]
    assert isinstance(back, ClosingScreen)


async def test_reader_is_told_which_right_is_missing(books: Session, tmp_path: Path) -> None:
    clerk = add_agent(books, "siti", ("accountant", "agent"))
    periods.close_period(books, months.span(books, "2026-01"))
    app = desk(clerk, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await begin(pilot)
        await typed_in(pilot, "k", "O")
        said = line(app, NoticeLine).strip()
        footer = line(app, FooterLine)

    assert "ledger.reopen" in said
    assert "reopen" not in footer
