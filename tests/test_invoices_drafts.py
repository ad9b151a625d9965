"""Drafts of documents: typed, edited, taken back, issued together; addresses of partners."""

from datetime import date
from decimal import Decimal

import pytest

from boconsole import audit
from boconsole.errors import (
    InvalidChangeError,
    NotAllowedError,
    NotFoundError,
    StaleRecordError,
    UndoError,
)
from boconsole.invoices import (
    cash_rounding,
    drafting,
    entering,
    issuing,
    partners,
    reading,
    taking_back,
    together,
    typed_lines,
)
from boconsole.invoices.drafting import IssuedDocumentError, NewLine
from boconsole.invoices.reading import Document
from boconsole.invoices.typed_lines import Typed
from boconsole.language import use_language
from boconsole.ledger import accounts
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.entering import LINES, LineError
from boconsole.ledger.together import Ref
from boconsole.session import Session
from db import connection
from tests.people import add_agent
from tests.trade import MAY, credited, invoice, line, new, open_trade

WORK = Typed("Work", "2.5", "h", "150", "10", "4000", "T10")
FORM = {"contact": "acme", "date": MAY, "due": "10", "currency": "usd", "reference": "PO-9",
        "note": "", "rate": "", LINES: WORK.line}  # fmt: skip


@pytest.fixture
def trade(session: Session) -> Session:
    open_trade(session)
    return session


@pytest.fixture
def local(local_session: Session) -> Session:
    open_trade(local_session)
    return local_session


def ref(document: Document) -> Ref:
    return Ref(document.head.id, document.head.version, document.number)


# Typing


def test_typed_document_is_prepared_and_issued_at_once(local: Session) -> None:
    kept = entering.save(local, FORM, None, 0, kind="invoice", issue=False)
    done = entering.save(local, {**FORM, "due": "2026-05-04"}, None, 0, kind="invoice", issue=True)

    assert (kept.state, kept.head.partner, kept.head.due) == ("draft", "Acme", date(2026, 5, 14))
    assert (kept.head.net, kept.head.tax, kept.head.total) == (337_50, 33_75, 371_25)
    assert (kept.lines[0].unit, kept.lines[0].discount) == ("h", "10")
    assert (done.number, done.head.due) == ("INV-2026-00001", MAY)


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        ("text", WORK._replace(text="")),
        ("quantity", WORK._replace(quantity="two")),
        ("price", WORK._replace(price="")),
        ("discount", WORK._replace(discount="101")),
        ("account", WORK._replace(account="nowhere")),
        ("unit", WORK._replace(unit="a b")),
    ],
)
def test_refused_line_is_named_with_its_part(local: Session, part: str, typed: Typed) -> None:
    wanted = {**FORM, LINES: f"{WORK.line}\n{typed.line}"}

    with pytest.raises(LineError) as refused:
        entering.save(local, wanted, None, 0, kind="invoice", issue=False)

    assert (refused.value.line, refused.value.part) == (2, part)


def test_nothing_is_kept_when_issuing_is_refused(local: Session) -> None:
    with pytest.raises(InvalidChangeError):
        entering.save(local, {**FORM, "rate": "x"}, None, 0, kind="invoice", issue=True)
    kim = add_agent(local, "kim")
    with pytest.raises(NotAllowedError):
        entering.save(kim, FORM, None, 0, kind="invoice", issue=True)

    assert reading.count(local, "receivable", "") == (0, False)


def test_price_with_a_currency_is_that_of_the_document(local: Session) -> None:
    typed = WORK._replace(price="1,500.00 EUR", taxes="")
    made = entering.save(local, {**FORM, "currency": "", LINES: typed.line}, None, 0,
                         kind="bill", issue=False)  # fmt: skip
    with pytest.raises(InvalidChangeError) as refused:
        entering.save(local, {**FORM, LINES: typed.line}, None, 0, kind="bill", issue=False)

    assert (made.head.commodity, made.head.total) == ("EUR", 3375_00)
    assert refused.value.field == "currency"


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "1,250.50", "1250.50"), ("en", "1250", "1250"), ("en", "0.125", "0.125"),
        ("en", "-1,250", "-1250"), ("en", "1 250.5", "1250.5"),
        ("id", "1.250,50", "1250.50"), ("id", "1.250", "1250"), ("id", "1,5", "1.5"),
        ("id", "1.5", "1.5"), ("id", "-1.250.000", "-1250000"),
    ],
)  # fmt: skip
def test_numbers_are_typed_as_the_language_writes_them(
    language: str, text: str, number: str
) -> None:
    use_language(language)
    try:
        assert typed_lines.number_of(text) == Decimal(number)
    finally:
        use_language("en")


def test_numbers_of_a_document_are_read_again_in_every_language(local: Session) -> None:
    made = drafting.prepare(
        local,
        new(NewLine("Fuel", Decimal("1.500"), Decimal("1234.125"), "4000", "", Decimal("2.500"))),
    )
    values = entering.values_of(made)
    use_language("id")
    try:
        typed = entering.values_of(made)
        now = entering.save(local, {LINES: typed[LINES], "note": "x"}, made, 1, kind="invoice",
                            issue=False)  # fmt: skip
    finally:
        use_language("en")

    assert entering.values_of(now)[LINES] == values[LINES]
    assert now.head.total == made.head.total


@pytest.mark.parametrize("text", ["1,25,0", "one", "1.2.3", "", "NaN"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidChangeError):
        typed_lines.number_of(text)


def test_lines_are_the_same_after_a_text(local: Session) -> None:
    odd = Typed("Pipes | and | bars", "", "", "1", "", "4000", "")

    assert typed_lines.typed_of(f"{WORK.line}\n\n{odd.line}") == [WORK, odd]
    made = entering.save(local, {**FORM, LINES: odd.line}, None, 0, kind="invoice", issue=False)
    assert typed_lines.typed_of(typed_lines.lines_text(made))[0].text == odd.text


def test_totals_while_typing_are_those_that_are_saved(local: Session) -> None:
    accounts.add(local, [NewAccount("Income:Rounding", "4950", role="rounding")])
    cash_rounding.set_coins(local, "USD 0.05 nearest")
    other = Typed("Ink", "3", "", "1.11", "", "Income:Sales", "")
    choices = typed_lines.read_choices(local)

    shown = typed_lines.totals(choices, "invoice", MAY, "USD", [WORK, Typed("half"), other])
    made = entering.save(local, {**FORM, LINES: f"{WORK.line}\n{other.line}"}, None, 0,
                         kind="invoice", issue=False)  # fmt: skip
    again = typed_lines.totals(
        typed_lines.read_choices(local), "invoice", MAY, "USD",
        typed_lines.typed_of(typed_lines.lines_text(made)),
    )  # fmt: skip

    assert shown.nets == (337_50, None, 3_33)
    assert shown.taxes == (("T10", 33_75),)
    assert (shown.rounding, shown.total) == (2, made.head.total)
    assert again.total == made.head.total
    assert typed_lines.totals(choices, "bill", MAY, "USD", [other]).rounding == 0
    with pytest.raises(NotFoundError):
        typed_lines.totals(choices, "invoice", MAY, "USD", [WORK._replace(taxes="NO")])


# Editing and taking back


def test_edit_of_the_form_changes_what_changed_and_is_taken_back(trade: Session) -> None:
    made = entering.save(trade, FORM, None, 0, kind="invoice", issue=False)
    fewer = WORK._replace(quantity="1", discount="")

    now = entering.save(trade, {LINES: fewer.line, "note": "Thanks"}, made, made.head.version,
                        kind="invoice", issue=False)  # fmt: skip
    assert (now.head.total, now.head.note, now.head.reference) == (165_00, "Thanks", "PO-9")
    told = {each.field: (each.before, each.after)
            for each in audit.history(trade, "invoice", made.head.id)[-1].changes}  # fmt: skip
    assert told["lines"] == (["Work  2.5 h x 150 -10%  Income:Sales  T10"],
                             ["Work  1 h x 150  Income:Sales  T10"])  # fmt: skip
    assert told["total"] == ("371.25", "165.00")

    (back,) = taking_back.undo_last(trade)
    assert entering.values_of(back) == entering.values_of(made)
    with pytest.raises(UndoError):
        taking_back.undo_last(trade)
    assert audit.verify().broken == 0


def test_undo_refuses_what_was_touched_since(local: Session) -> None:
    made = drafting.prepare(local, new(line("1")))
    made = drafting.edit(local, made, new(line("2")))
    issuing.issue(local, made)

    with pytest.raises(UndoError):
        taking_back.undo_last(local)


def test_drafts_deleted_together_come_back_together(trade: Session) -> None:
    note = issuing.credit(trade, invoice(trade, "9.00"))
    drafts = [drafting.prepare(trade, new(line(price), day=MAY)) for price in ("1", "2")]

    together.delete(trade, [ref(each) for each in (*drafts, note)])
    assert reading.count(trade, "receivable", "draft").number == 0
    back = taking_back.undo_last(trade)

    assert [each.head.total for each in back] == [1_00, 2_00, 9_00] or sorted(
        each.head.total for each in back
    ) == [1_00, 2_00, 9_00]
    assert [each.head.origin_id for each in back if each.head.kind == "invoice-credit"] == [
        note.head.origin_id
    ]
    with pytest.raises(UndoError):
        taking_back.undo_last(trade)


def test_stale_edit_tells_both_sides(local: Session) -> None:
    made = entering.save(local, FORM, None, 0, kind="invoice", issue=False)
    theirs = entering.save(local, {"note": "Theirs", "due": "2026-07-01"}, made, 1,
                           kind="invoice", issue=False)  # fmt: skip

    with pytest.raises(StaleRecordError) as refused:
        entering.save(local, {"note": "Mine"}, made, 1, kind="invoice", issue=False)
    assert refused.value.theirs == {"note": "Theirs", "due": "2026-07-01"}
    assert refused.value.yours == {"note": "Mine"}
    both = entering.save(local, {"note": "Mine"}, made, refused.value.version, kind="invoice",
                         issue=False)  # fmt: skip
    assert (both.head.note, both.head.due) == ("Mine", theirs.head.due)


# Together


def test_drafts_issued_together_are_numbered_by_day_or_not_at_all(trade: Session) -> None:
    days = (date(2026, 5, 3), date(2026, 5, 1), date(2026, 5, 2))
    drafts = [drafting.prepare(trade, new(line("1"), day=day)) for day in days]
    beyond = drafting.prepare(trade, new(NewLine("Ink", Decimal(1), Decimal(1), "4000", "VAT")))
    connection.execute("UPDATE tax_code SET collected_id = NULL WHERE code = 'VAT'")

    with pytest.raises(Exception, match="VAT"):
        together.issue(trade, [ref(each) for each in (*drafts, beyond)])
    assert reading.count(trade, "receivable", "draft").number == 4
    done = together.issue(trade, [ref(each) for each in drafts])

    assert [(each.number, each.head.dated.day) for each in done] == [
        (f"INV-2026-0000{number}", number) for number in (1, 2, 3)
    ]
    with pytest.raises(StaleRecordError):
        together.issue(trade, [ref(drafts[0])])


def test_issued_document_is_not_edited(local: Session) -> None:
    made = drafting.prepare(local, new(line("1")))
    issuing.issue(local, made)

    with pytest.raises(IssuedDocumentError):
        entering.save(local, {"note": "x"}, made, made.head.version, kind="invoice", issue=False)
    assert not entering.may_credit(credited(local, reading.again(made.head.id)))


# Partners


def test_address_is_guarded_audited_and_printed_as_it_was(trade: Session) -> None:
    made = invoice(trade, "1.00")
    old = partners.read(trade, "acme")
    new_ = partners.put(trade, old, address="  Dam 1 \\n\n Amsterdam", tax_number=" NL 12 ")

    assert (new_.address, new_.tax_number) == ("Dam 1\nAmsterdam", "NL 12")
    with pytest.raises(StaleRecordError) as refused:
        partners.put(trade, old, address="Elsewhere", tax_number="")
    assert refused.value.theirs["tax_number"] == "NL 12"
    assert reading.again(made.head.id).head.partner_address == ""
    later = invoice(trade, "1.00")
    assert later.head.partner_address == "Dam 1\nAmsterdam"
    with pytest.raises(Exception, match="never changes"), connection.transaction():
        connection.execute("UPDATE invoice SET partner_address = 'x' WHERE id = ?",
                           (later.head.id,))  # fmt: skip
    with pytest.raises(Exception, match="never changes"), connection.transaction():
        connection.execute("UPDATE invoice_line SET unit = 'x' WHERE invoice_id = ?",
                           (later.head.id,))  # fmt: skip
    kim = add_agent(trade, "kim", ("auditor",))
    with pytest.raises(NotAllowedError):
        partners.put(kim, new_, address="", tax_number="")
