"""The rooms of the books, by real keys: journal, an open entry, accounts, registers."""

from pathlib import Path

import pytest

from boconsole.ledger import entries, reading
from boconsole.session import Session
from screens.dialogs import ConfirmDialog
from screens.help import LinesScreen
from screens.ledger.accounts import AccountsScreen
from screens.ledger.approvals import ApprovalsScreen
from screens.ledger.entry import EntryScreen
from screens.ledger.journal import JournalScreen
from screens.ledger.register import RegisterScreen
from screens.widgets.bars import HeaderLine, NoticeLine
from tests.bookkeeping import OWN, WAITING, desk, typed_in
from tests.consoles import line
from tests.desks import LARGE, SMALL, press, quiet, shown


def state(session: Session, number: str) -> str:
    return entries.get(session, number).state


async def test_journal_shows_number_day_state_text_and_sum(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        lines = shown(app).splitlines()

    assert lines[2].split() == [OWN, "2026-05-03", "D", "draft", "Stamps", "45.00", "USD"]
    assert lines[3].split()[0] == WAITING


async def test_filter_finds_and_names_what_is_wrong(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "/", " account:rent amount:>1000 is:reversed", "enter")
        found = shown(app).splitlines()
        await typed_in(pilot, "/", "ctrl+u", " account:nowhere", "enter")
        wrong = shown(app)

    assert found[2].split()[:4] == ["JNL-2026-00014", "2026-04-22", "R", "reversed"]
    assert found[3].strip() == ""
    assert "there is no account 'nowhere'" in wrong


async def test_preview_and_page_show_lines_with_what_they_sum_to(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "j", "j", "j")
        await pilot.pause(0.1)
        await quiet(pilot)
        beside = shown(app)
        await press(pilot, "enter")
        opened = shown(app)

    assert "Bank | Euros bought" in opened
    for picture in (beside, opened):
        assert "200.00 EUR  220.00 USD" in picture
        assert "-220.00 USD    0.00 USD" in picture


async def test_number_behind_the_colon_opens_the_entry(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " jnl-2026-14", "enter")
        first = app.screen
        await typed_in(pilot, "q", ":", f" {WAITING.lower()}", "enter")
        second = app.screen

    assert isinstance(first, EntryScreen)
    assert isinstance(second, EntryScreen)
    assert first.whole is not None
    assert second.whole is not None
    assert (first.whole.entry.number, second.whole.entry.number) == ("JNL-2026-00014", WAITING)


async def test_reversed_entry_leads_to_its_reversal(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " jnl-2026-14", "enter", "L")
        text = shown(app)

    assert "Reverses JNL-2026-00014" in " ".join(text.split())
    assert "Entered twice" in text


async def test_history_tells_who_did_what(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "enter", "H")
        text, page = shown(app), app.screen

    assert isinstance(page, LinesScreen)
    assert "entry.create" in text
    assert "description: - → Stamps" in text


async def test_draft_is_posted_after_a_question(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "P")
        asked = app.screen
        before = state(books, OWN)
        await press(pilot, "y")
        said = line(app, NoticeLine).strip()

    assert isinstance(asked, ConfirmDialog)
    assert (before, state(books, OWN)) == ("draft", "posted")
    assert said == "JNL-2026-00017 is posted."


async def test_draft_above_the_threshold_waits_for_an_approval(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "j", "P", "y")
        refused = line(app, NoticeLine).strip()
        await typed_in(pilot, "v", "3")
        waiting = shown(app).splitlines()
        await typed_in(pilot, "A")
        approved = line(app, NoticeLine).strip()
        emptied = shown(app)

    assert "needs the approval of a colleague" in refused
    assert waiting[2].split()[0] == WAITING
    assert waiting[2].split()[-2:] == ["kim", "you"]
    assert waiting[3].strip() == ""
    assert approved == f"{WAITING} is approved."
    assert "Nothing waits for an approval" in emptied


async def test_own_entry_is_not_approved(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "A")
        said = line(app, NoticeLine).strip()

    assert "somebody else has to approve it" in said


async def test_marked_drafts_are_posted_together_or_not_at_all(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "space", "space", "P", "y")

    assert [state(books, number) for number in (OWN, WAITING)] == ["draft", "draft"]


async def test_draft_is_deleted_and_its_page_closes(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "enter", "D", "y")
        left = app.screen
        said = line(app, NoticeLine).strip()

    assert isinstance(left, JournalScreen)
    assert said == f"{OWN} is deleted."
    assert reading.count(books, "state:draft").number == 1


async def test_reversal_asks_for_day_and_reason(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " jnl-2026-13", "enter", "R")
        await typed_in(pilot, "ctrl+u", " +3d", "tab", " Cancelled", "ctrl+s")
        text = shown(app)

    assert state(books, "JNL-2026-00013") == "reversed"
    assert "Reverses JNL-2026-00013" in " ".join(text.split())
    assert "2026-05-07" in text


async def test_posted_entry_is_not_edited(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " jnl-2026-13", "enter", "e")
        said, here = line(app, NoticeLine).strip(), app.screen

    assert "posted and never changes" in said
    assert isinstance(here, EntryScreen)


# Accounts


async def test_tree_folds_and_keeps_the_sums(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "v", "2")
        whole = shown(app).splitlines()
        await press(pilot, "left")
        folded = shown(app).splitlines()
        await press(pilot, "right")
        again = shown(app).splitlines()

    assert [whole[place].split()[:2] for place in (2, 3)] == [["-", "Assets"], ["Bank", "1100"]]
    assert folded[2].split()[:2] == ["+", "Assets"]
    assert folded[3].split()[:2] == ["-", "Equity"]
    assert folded[2].split()[2:] == whole[2].split()[2:]
    assert again[2:9] == whole[2:9]


async def test_tree_is_filtered_by_kind(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "v", "2", "/", " kind:expense -rent", "enter")
        lines = shown(app).splitlines()

    assert [row.split()[0] for row in lines[2:5] if row.strip()] == [
        "Expenses", "Expenses:Supplies",
    ]  # fmt: skip


async def test_register_runs_to_the_balance_and_opens_entries(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "v", "2", "j", "enter")
        register, text = app.screen, shown(app)
        held = text.splitlines()[2:]
        await press(pilot, "enter")
        opened = app.screen

    assert isinstance(register, RegisterScreen)
    last = [row for row in held if row.startswith("  2026")][-1]
    assert last.split()[-2:] == ["61,580.00", "USD"]
    assert isinstance(opened, EntryScreen)
    assert opened.whole is not None
    assert opened.whole.entry.number == "JNL-2026-00016"


async def test_rooms_are_walked_by_name_and_back(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " view accounts", "enter")
        accounts = app.screen
        await typed_in(pilot, ":", " view approvals", "enter")
        approvals = app.screen
        await typed_in(pilot, "v", "2", "v", "1")
        journal = app.screen

    assert isinstance(accounts, AccountsScreen)
    assert isinstance(approvals, ApprovalsScreen)
    assert isinstance(journal, JournalScreen)
    assert journal.query_text == ""


async def test_room_is_typed_from_everywhere_with_a_query_behind_it(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "1", ":", " accounts kind:expense", "enter")
        accounts = line(app, HeaderLine)
        await typed_in(pilot, "5", "enter", ":", " bills", "enter")
        bills = line(app, HeaderLine)
        await typed_in(pilot, "v", "b")
        sheet = line(app, HeaderLine)

    assert "Accounts · kind:expense" in accounts
    assert "Ledger · Bills" in bills
    assert "Ledger · Balance sheet" in sheet


async def test_account_shows_its_entries_in_the_journal(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "v", "2", "G", "J")
        journal = app.screen
        lines = shown(app).splitlines()

    assert isinstance(journal, JournalScreen)
    assert journal.query_text == "account:Liabilities:Loan"
    assert lines[2].split()[0] == WAITING


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_empty_books_say_which_key_makes_an_entry(
    local_session: Session, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = desk(local_session, tmp_path)
    async with app.run_test(size=size) as pilot:
        await quiet(pilot)
        text = shown(app)

    assert "No entry matches. n enters one" in text
