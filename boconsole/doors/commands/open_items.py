"""Open items by age and statements of account, by command.

The exit code is 1 when the books do not agree.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.invoices import side_of, today
from boconsole.doors.output import Answer
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.invoices.account_statement import Account, AccountStatement
    from boconsole.invoices.aged_list import AgedContact, AgedList
    from boconsole.invoices.sheets import Line, Sheet
    from boconsole.session import Session


def aged(call: Call) -> Answer:
    """Tell what is open, by days overdue."""
    from boconsole.invoices import aged_list, sheets

    session, words = call.session(), call.words
    side = aged_list.side_of(words.side)
    at = parse_day(words.at, field="at") if words.at else today(session)
    made = aged_list.make(session, side, at, valued=words.values)
    unfolded = {(each.partner_id, each.commodity) for each in made.contacts if words.items}
    sheet = sheets.of_aged(made, unfolded)
    if words.output:
        return _written(session, sheet, words.output)
    value = [_contact(each, words.items) for each in made.contacts]
    return Answer(value, lambda: _aged_text(sheet, made), code=not made.holds)


def statement(call: Call) -> Answer:
    """Tell the documents and payments of a contact, with what is owed after each."""
    from boconsole.invoices import account_statement, sheets

    session, words = call.session(), call.words
    starts = parse_day(words.starts, field="from") if words.starts else None
    ends = parse_day(words.ends, field="to") if words.ends else today(session)
    made = account_statement.make(
        session, words.contact, side_of(call), starts, ends, valued=words.values
    )
    sheet = sheets.of_statement(made)
    if words.output:
        return _written(session, sheet, words.output)
    return Answer(_statement(made), lambda: _statement_text(sheet), code=not made.holds)


def _written(session: "Session", sheet: "Sheet", name: str) -> Answer:
    from boconsole.invoices import sheets

    sheets.write(session, Path(name), sheet, overwrite=True)
    count = len(sheet.lines)
    told = ngettext("{n} line is in {path}.", "{n} lines are in {path}.", count)
    return Answer({"file": name, "lines": count}, told.format(n=count, path=name))


def _contact(each: "AgedContact", items: bool) -> dict[str, object]:
    from boconsole.invoices.aging import BUCKETS
    from boconsole.money import plain

    digits = each.precision
    ages = zip(BUCKETS, each.buckets, strict=True)
    value: dict[str, object] = {
        "partner": each.partner, "commodity": each.commodity,
        **{name: plain(amount, digits) for name, amount in ages},
        "total": plain(sum(each.buckets), digits),
    }  # fmt: skip
    if items:
        value["items"] = [
            {"number": item.number, "date": item.dated, "due": item.due,
             "age": BUCKETS[item.bucket], "amount": plain(item.amount, digits)}
            for item in each.items
        ]  # fmt: skip
    return value


def _aged_text(sheet: "Sheet", made: "AgedList") -> str:
    from boconsole.invoices import sheets

    if not made.contacts and made.holds:
        return _("Nothing.")
    return "\n".join([_table(sheet), "", *sheets.proof_texts(made)])


def _statement(made: "AccountStatement") -> dict[str, object]:
    return {
        "contact": made.partner, "side": made.side, "from": made.starts, "to": made.ends,
        "accounts": [_account(each) for each in made.accounts], "cut": made.cut,
        "agrees": made.holds,
    }  # fmt: skip


def _account(account: "Account") -> dict[str, object]:
    from boconsole.invoices.aging import BUCKETS
    from boconsole.money import plain

    digits = account.precision
    lines = [
        {
            "date": each.dated, "number": each.number, "text": each.text, "due": each.due,
            "debit": plain(each.debit, digits), "credit": plain(each.credit, digits),
            "balance": plain(each.balance, digits),
        }
        for each in account.lines
    ]  # fmt: skip
    ages = zip(BUCKETS, account.buckets, strict=True)
    return {
        "currency": account.commodity, "opening": plain(account.opening, digits), "lines": lines,
        "closing": plain(account.closing, digits), "open": plain(account.open, digits),
        **{name: plain(amount, digits) for name, amount in ages},
    }  # fmt: skip


def _statement_text(sheet: "Sheet") -> str:
    about = "  ".join(sheet.about)
    body = _table(sheet) if sheet.lines else _("Nothing.")
    return f"{sheet.title}  {about}\n\n{body}"


def _table(sheet: "Sheet") -> str:
    rows = [_cells(line) for line in sheet.lines if line.kind != "text"]
    kept = [
        place for place, column in enumerate(sheet.columns)
        if column.amount or any(row[place] for row in rows)
    ]  # fmt: skip
    headings = [sheet.columns[place].title for place in kept]
    right = frozenset(at for at, place in enumerate(kept) if sheet.columns[place].amount)
    return output.table(headings, [[row[place] for place in kept] for row in rows], right=right)


def _cells(line: "Line") -> list[str]:
    from boconsole.money import plain

    return [
        plain(cell, line.precision) if isinstance(cell, int) else cell or "" for cell in line.cells
    ]
