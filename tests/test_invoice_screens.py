"""Invoices and bills on the screen, by real keys: lists, page, form, issuing, paper."""

from __future__ import annotations

import csv
from decimal import Decimal, localcontext
from pathlib import Path

from textual.pilot import Pilot

from boconsole import drafts as kept_drafts
from boconsole.invoices import documents, entering, partners, reading
from boconsole.invoices.words import Side
from boconsole.session import Session
from db import connection
from screens.app import BoconsoleApp
from screens.dialogs import ConfirmDialog, MenuDialog, PromptDialog
from screens.ledger import invoice_facts as facts
from screens.ledger.entry import EntryScreen
from screens.ledger.invoice import DocumentScreen
from screens.ledger.invoice_form import DocumentFormScreen
from screens.ledger.invoices import BillsScreen, InvoicesScreen
from screens.widgets.bars import NoticeLine
from tests.bookkeeping import desk, typed_in
from tests.consoles import line as told
from tests.desks import LARGE, SMALL, press, quiet, shown
from tests.trade import pay


async def enter(pilot: Pilot[None], room: str = "Invoices") -> InvoicesScreen | BillsScreen:
    await quiet(pilot)
    await typed_in(pilot, ":", f" view {room}", "enter")
    screen = pilot.app.screen
    assert isinstance(screen, InvoicesScreen | BillsScreen)
    return screen


def numbers(app: BoconsoleApp) -> list[str]:
    """Return the numbers of the list, without marks."""
    rows = [row.replace("*", " ").split() for row in shown(app).splitlines()[2:22]]
    return [row[0] for row in rows if row]


def drafts(session: Session, side: Side = "receivable") -> list[str]:
    return [f"#{row.id}" for row in reading.list_page(session, side, "is:draft").rows]


async def test_list_tells_states_open_sums_and_what_is_overdue(
    dealings: Session, tmp_path: Path
) -> None:
    app = desk(dealings, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await enter(pilot)
        first = shown(app).splitlines()
        await typed_in(pilot, "v", "3")
        overdue = shown(app).splitlines()
        await typed_in(pilot, "/", "ctrl+u", " zurich open:>1", "enter")
        found = numbers(app)
        await typed_in(pilot, "/", "ctrl+u", " state:lost")
        wrong = shown(app)
        await typed_in(pilot, "escape", ":", " view Bills", "enter")
        bills = shown(app).splitlines()

    assert "Invoices · 1 of 7 · open 640.00 EUR +1" in first[0]
    assert first[2].split()[:3] == ["#7", "D", "2026-06-02"]
    assert first[4].split() == [
        "INV-2026-00004", "I", "2026-05-28", "Acme", "640.00", "EUR", "640.00",
    ]  # fmt: skip
    assert "Overdue · is:overdue" in overdue[0]
    assert overdue[2].split() == [
        "INV-2026-00002", "p", "2026-04-03", "!", "Acme", "2,043.58", "USD", "1,543.58",
    ]  # fmt: skip
    assert found == ["INV-2026-00002"]
    assert "expected a state" in wrong
    assert "Bills · 1 of 1 · open 410.00 USD" in bills[0]


async def test_page_has_lines_taxes_payments_and_jumps(dealings: Session, tmp_path: Path) -> None:
    app = desk(dealings, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " inv-2", "enter")
        page = shown(app)
        await typed_in(pilot, "y")
        copied = app.clipboard
        await typed_in(pilot, "L", "1")
        entry = app.screen
        await typed_in(pilot, "q", "L", "2")
        payment = shown(app)
        await typed_in(pilot, ":", " bill-1", "enter")
        bill_page = shown(app)
        await typed_in(pilot, "H")
        history = shown(app)

    for text in ("12.5 h × 150 -5 %", "T10 10 % × 1,781.25", "178.13", "Left open  1,543.58 USD",
                 "! 31 days overdue", "Dam 1  Amsterdam", "RCP-2026-00002", "PO-4407"):  # fmt: skip
        assert text in page, text
    assert copied == "INV-2026-00002"
    assert isinstance(entry, EntryScreen)
    assert "INV-2026-00002" in payment
    assert "Bill BIL-2026-00001 | Paper Mill" in bill_page
    assert "invoice.issue" in history


async def test_form_adds_up_while_typing_and_issues(dealings: Session, tmp_path: Path) -> None:
    app = desk(dealings, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await enter(pilot)
        await typed_in(pilot, "n", " acm")
        await pilot.pause(0.2)
        await typed_in(pilot, "down", "enter", "tab", "tab", "tab", "enter", "enter")
        await typed_in(pilot, " Work", "enter", " 2", "enter", " h", "enter", " 1,500.00", "enter")
        await typed_in(pilot, " 10", "enter", " sal", "enter", " t1", "enter")
        await pilot.pause(0.15)
        await quiet(pilot)
        typed = shown(app)
        await typed_in(pilot, " Ink", "enter", " x", "ctrl+t")
        form, refused = app.screen, shown(app)
        await typed_in(pilot, "ctrl+d", "ctrl+t")
        page = app.screen

    assert "Contact !        Acme" in typed
    assert "2,700.00" in typed
    assert "Net 2,700.00   T10 270.00   Total 2,970.00 USD" in typed
    assert isinstance(form, DocumentFormScreen)
    assert "! 'x' is no number" in refused
    assert isinstance(page, DocumentScreen)
    assert page.whole is not None
    assert (page.whole.document.number, page.whole.document.head.total) == (
        "INV-2026-00005", 2970_00,
    )  # fmt: skip
    assert page.whole.document.lines[0].account == "Income:Sales"


async def test_edit_asks_before_it_is_lost_and_is_undone(dealings: Session, tmp_path: Path) -> None:
    app = desk(dealings, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await enter(pilot)
        await typed_in(pilot, "j", "e", "tab", "tab", "tab", "tab", " PO-9", "tab", " A ", "escape")
        asked = app.screen
        await typed_in(pilot, "k")
        kept = kept_drafts.list_all(dealings)
        await typed_in(pilot, "e", "y", "ctrl+s")
        said = told(app, NoticeLine).strip()
        saved = documents.whole(dealings, 6).document
        await typed_in(pilot, "u")
        undone = documents.whole(dealings, 6).document
        await typed_in(pilot, "e", "ctrl+t")
        issued = documents.whole(dealings, 6).document

    assert isinstance(asked, MenuDialog)
    assert [(draft.record_id, draft.fields["reference"]) for draft in kept] == [(6, "PO-9")]
    assert said == "#6 is kept as a draft."
    assert (saved.head.reference, saved.lines[0].text) == ("PO-9", "Consulting in AprilA")
    assert (undone.head.reference, undone.lines[0].text) == ("", "Consulting in April")
    assert (issued.number, issued.head.version) == ("INV-2026-00005", undone.head.version + 1)


async def test_marked_drafts_are_issued_with_one_question(
    dealings: Session, tmp_path: Path
) -> None:
    app = desk(dealings, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await enter(pilot)
        await typed_in(pilot, "space", "space", "I")
        asked, question = app.screen, shown(app)
        await press(pilot, "y")
        said, rows = told(app, NoticeLine).strip(), numbers(app)

    assert isinstance(asked, ConfirmDialog)
    assert "Issue 2 drafts?" in question
    assert said == "2 documents are issued."
    assert rows[:2] == ["INV-2026-00006", "INV-2026-00005"]


async def test_draft_is_deleted_and_comes_back(dealings: Session, tmp_path: Path) -> None:
    app = desk(dealings, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await enter(pilot)
        await typed_in(pilot, "enter", "D", "y")
        there, left = app.screen, drafts(dealings)
        await typed_in(pilot, "u")
        back = drafts(dealings)

    assert isinstance(there, InvoicesScreen)
    assert left == ["#6"]
    assert back == ["#9", "#6"]


async def test_document_is_paid_from_its_page(dealings: Session, tmp_path: Path) -> None:
    app = desk(dealings, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " bil-1", "enter", "M")
        await typed_in(pilot, "tab", "tab", "tab", "ctrl+u", " 1100", "ctrl+s", "q")
        paid = shown(app)
        await typed_in(pilot, "M")
        refused = told(app, NoticeLine)

    assert "P paid" in paid
    assert "Paid and credited by" in paid
    assert "Nothing of this document is open." in refused


async def test_credit_note_is_prepared_and_refused_twice(dealings: Session, tmp_path: Path) -> None:
    app = desk(dealings, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " inv-4", "enter", "C")
        note = shown(app)
        await typed_in(pilot, "I", "y", "q")
        credited = shown(app)
        await typed_in(pilot, "C")
        said = told(app, NoticeLine).strip()

    assert "Credit note #" in note
    assert "Credits         INV-2026-00004" in note
    assert "C cancelled" in credited
    assert "Credited" in credited
    assert said.endswith("Only an issued invoice or bill that is not credited yet can be credited.")


async def test_refused_names_of_files_stay_in_the_prompt(dealings: Session, tmp_path: Path) -> None:
    app = desk(dealings, tmp_path)
    there, paper, table = (tmp_path / name for name in ("there.pdf", "new.pdf", "list.csv"))
    there.write_text("x")
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " inv-2", "enter", "w", "1", "ctrl+u", f" {there}", "enter")
        prompt, refused = app.screen, app.notices.log[-1].text
        await typed_in(pilot, "ctrl+u", f" {paper}", "enter")
        said = told(app, NoticeLine).strip()
        await typed_in(pilot, "q", ":", " view Invoices", "enter", "x", "ctrl+u", " /a", "enter")
        again = app.screen
        await typed_in(pilot, "ctrl+u", f" {table}", "enter")

    assert isinstance(prompt, PromptDialog)
    assert "there is such a file already" in refused
    assert said.startswith("1 page is in")
    assert paper.read_bytes().startswith(b"%PDF")
    assert isinstance(again, PromptDialog)
    with table.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["total"] for row in rows if row["number"] == "INV-2026-00002"] == ["2043.58"]
    assert len(rows) == 7


async def test_payment_elsewhere_is_seen_and_the_address_is_edited(
    dealings: Session, tmp_path: Path
) -> None:
    app = desk(dealings, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await enter(pilot)
        await typed_in(pilot, "v", "2")
        before = shown(app).splitlines()[0]
        pay(dealings, "1543.58", documents.whole(dealings, 2).document)
        app.following.spread("payment", frozenset())
        await pilot.pause(0.1)
        await quiet(pilot)
        after = shown(app).splitlines()[0]
        await typed_in(pilot, "B", " ,", "tab", "ctrl+u", " NL9", "ctrl+s")
        facts = partners.read(dealings, "Acme")

    assert "1 of 2 · open 640.00 EUR +1" in before
    assert "1 of 1 · open 640.00 EUR " in after
    assert (facts.address, facts.tax_number) == (",Dam 1\nAmsterdam", "NL9")


async def test_stale_draft_shows_both_sides_and_is_saved_on_top(
    dealings: Session, tmp_path: Path
) -> None:
    app = desk(dealings, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await enter(pilot)
        await typed_in(pilot, "j", "e", "tab", "tab", "tab", "tab", " PO-9")
        theirs = documents.whole(dealings, 6).document
        entering.save(dealings, {"note": "Theirs"}, theirs, theirs.head.version, kind="invoice",
                      issue=False)  # fmt: skip
        await typed_in(pilot, "ctrl+s")
        both = shown(app)
        await typed_in(pilot, "enter")
        head = documents.whole(dealings, 6).document.head

    assert "Theirs" in both
    assert (head.reference, head.note) == ("PO-9", "Theirs")


def test_hostile_texts_are_letters_on_the_page(dealings: Session) -> None:
    evil = "[/x]\x1b[5mEVIL\u202e"
    connection.execute(
        "UPDATE invoice SET partner_name = ?, reference = ?, note = ? WHERE id = 6", (evil,) * 3
    )
    connection.execute("UPDATE invoice_line SET text = ?, unit = ?, taxes = '' "
                       "WHERE invoice_id = 6", (evil, evil))  # fmt: skip
    connection.execute("UPDATE organisation SET address = ?, tax_number = ?", (evil, evil))

    lines = facts.picture(documents.whole(dealings, 6), 60, dealings)
    page = "\n".join(line.plain for line in lines)

    assert page.count("[/x]") >= 7
    assert not {"\x1b", "\u202e"} & set(page)
    assert max(line.cell_length for line in lines) <= 60


def test_rate_is_told_as_a_decimal_whatever_was_computed_before() -> None:
    with localcontext():
        _third = Decimal(1) / Decimal(3)

        assert (facts.rate("11/10"), facts.rate("1/3")) == ("1.1", "1/3")
