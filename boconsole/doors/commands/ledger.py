"""The books by command: entries, balances, periods, journals in and out."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.ledger.words import HAND, OPENING, parse_day
from boconsole.text import required_line

if TYPE_CHECKING:
    from boconsole.ledger.entries import JournalEntry
    from db.ledger.rows import AccountRow

DEFAULT_LIMIT = 10_000


# Entries


def new(call: Call) -> Answer:
    """Prepare an entry; with `--post`, post it too."""
    from boconsole.ledger import budget_hints, dimensions, entries
    from boconsole.ledger.typing import typed

    words = call.words
    day = parse_day(words.date)
    session = call.session()
    if words.template:
        from boconsole.ledger import recurring

        entry = recurring.find_template(session, words.template).entry(day)
    else:
        entry = typed(
            day, required_line(words.description, field="description"), words.lines,
            payee=words.payee, code=words.code, comment=words.note,
        )  # fmt: skip
    entry = dimensions.marked(
        entry, [dimensions.read_tag(tag) for tag in words.tag],
        dimensions.read_links(",".join(words.link)),
    )  # fmt: skip
    kind = OPENING if words.opening else HAND
    if words.post:
        made = entries.enter(session, entry, kind=kind)
        return _answer(
            made, _("{number} is posted.").format(number=made.number),
            budget_hints.of(session, [made]),
        )  # fmt: skip
    made = entries.draft(session, entry, kind=kind)
    return _answer(
        made, _("{number} is prepared; post it with: boconsole ledger post {number}").format(
            number=made.number), budget_hints.of(session, [made]),
    )  # fmt: skip


def post(call: Call) -> Answer:
    """Post a draft."""
    from boconsole.ledger import budget_hints, entries

    session = call.session()
    made = entries.post(session, entries.get(session, call.words.number))
    over = budget_hints.of(session, [made])
    return _answer(made, _("{number} is posted.").format(number=made.number), over)


def approve(call: Call) -> Answer:
    """Approve a draft of somebody else."""
    from boconsole.ledger import approving, entries

    session = call.session()
    found = entries.get(session, call.words.number)
    approving.approve(session, found)
    again = entries.get(session, call.words.number)
    return _answer(again, _("{number} is approved.").format(number=found.number))


def delete(call: Call) -> Answer:
    """Throw a draft away."""
    from boconsole.ledger import entries

    session = call.session()
    found = entries.get(session, call.words.number)
    entries.delete(session, found)
    sentence = _("{number} is deleted.").format(number=found.number)
    return Answer({"number": found.number, "deleted": True}, sentence)


def reverse(call: Call) -> Answer:
    """Post the opposite of an entry."""
    from boconsole.ledger import entries

    session = call.session()
    found = entries.get(session, call.words.number)
    day = parse_day(call.words.date) if call.words.date else None
    made = entries.reverse(session, found, dated=day, reason=call.words.reason)
    if made.state == "draft":
        text = _("{number} would reverse {old}; it waits for an approval.")
    else:
        text = _("{number} reverses {old}.")
    return _answer(made, text.format(number=made.number, old=found.number))


def show(call: Call) -> Answer:
    """Show an entry."""
    from boconsole.doors.commands import ledger_marks
    from boconsole.ledger import entries

    session = call.session()
    found = entries.get(session, call.words.number)
    more = ledger_marks.hanging(session, found)
    return Answer(entry_record(found) | more, lambda: _entry_text(found, more))


def _answer(entry: "JournalEntry", sentence: str, notes: tuple[str, ...] = ()) -> Answer:
    def text() -> str:
        return sentence or _entry_text(entry)

    return Answer(entry_record(entry), text, notes)


def entry_record(entry: "JournalEntry") -> dict[str, object]:
    """Return an entry for programs; amounts are exact decimals as text."""
    from boconsole.money import plain

    head = entry.head
    lines = [
        {
            "account": row.account,
            "amount": plain(row.amount, row.precision),
            "commodity": row.commodity,
            "value": plain(row.value, row.value_precision),
            "value_commodity": row.value_commodity,
            "virtual": bool(row.kind),
            "label": row.label,
            "tags": [list(tag) for tag in line.tags],
        }
        for row, line in zip(entry.postings, entry.lines, strict=True)
    ]
    return {
        "id": head.id, "number": entry.number, "state": entry.state, "kind": head.kind,
        "date": head.dated, "description": head.description, "payee": head.payee,
        "code": head.code, "note": head.comment, "tags": json.loads(head.tags),
        "links": json.loads(head.links), "reverses": head.reverses_id,
        "reversed_by": head.reversed_by, "approved": head.approved_by is not None,
        "posted_at": head.posted_at, "lines": lines,
    }  # fmt: skip


def _entry_text(entry: "JournalEntry", more: Mapping[str, object] | None = None) -> str:
    from boconsole.doors.commands import ledger_marks
    from boconsole.money import plain

    head = entry.head
    told = f"{head.dated}  {entry.number}  {_(entry.state)}  {head.payee} {head.description}"
    rows = [
        (row.account, plain(row.amount, row.precision), row.commodity, row.label)
        for row in entry.postings
    ]
    headings = (_("Account"), _("Amount"), _("Commodity"), _("Label"))
    table = output.table(headings, rows, right=frozenset((1,)))
    hanging = ledger_marks.hanging_text(entry, more or {})
    return "\n".join((told.rstrip(), *hanging, "", table))


# Reading


def balances(call: Call) -> Answer:
    """Tell what accounts hold."""
    from boconsole.ledger import balances as reading

    at = parse_day(call.words.at, field="at") if call.words.at else None
    found = reading.balances(
        call.session(), " ".join(call.words.query), at, memo=not call.words.real
    )
    value = [
        {"account": each.account.path, "commodity": each.commodity.code, "amount": each.text}
        for each in found
    ]

    def text() -> str:
        rows = [(each.text, each.commodity.code, each.account.path) for each in found]
        headings = (_("Amount"), _("Commodity"), _("Account"))
        return output.table(headings, rows, right=frozenset((0,))) if rows else _("Nothing.")

    return Answer(value, text)


def register(call: Call) -> Answer:
    """List the lines of an account with its running balance."""
    from boconsole.ledger import accounts
    from boconsole.ledger import balances as reading
    from boconsole.money import plain

    session = call.session()
    session.require("ledger.read")
    account = accounts.find(call.words.account)
    found = reading.register(
        session, account, starts=_day(call.words.starts, "from"), ends=_day(call.words.ends, "to"),
        limit=_limit(call.words.limit), lines=reading.lines_of(session, call.words.where),
    )  # fmt: skip
    value = [
        {
            "date": row.line.dated,
            "number": row.number,
            "description": row.line.description,
            "payee": row.line.payee,
            "account": row.account,
            "amount": plain(row.line.amount, row.line.precision),
            "commodity": row.line.commodity,
            "balance": plain(row.balance, row.line.precision),
        }
        for row in found
    ]

    def text() -> str:
        rows = [
            (str(each["date"]), str(each["number"]), str(each["description"]),
             str(each["amount"]), str(each["balance"]), str(each["commodity"]))
            for each in value
        ]  # fmt: skip
        headings = (_("Date"), _("Number"), _("Description"), _("Amount"), _("Balance"),
                    _("Commodity"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((3, 4))) if rows else _("Nothing.")

    return Answer(value, text)


def _day(text: str, field: str) -> date | None:
    return parse_day(text, field=field) if text else None


def _limit(text: str) -> int:
    if not text:
        return DEFAULT_LIMIT
    if not text.isdecimal() or not 0 < int(text) < 10**9:
        raise InvalidChangeError("limit", _("{text!r} is no number above 0").format(text=text[:20]))
    return int(text)


def list_accounts(call: Call) -> Answer:
    """List the chart of accounts."""
    from boconsole.ledger import accounts

    low = " ".join(call.words.query).casefold()
    found = [row for row in accounts.chart(call.session()) if low in row.path.casefold()]
    value = [account_record(row) for row in found]

    def text() -> str:
        rows = [
            (row.code, row.path, _(row.kind) if row.kind else "-", row.role, row.cash_flow)
            for row in found
        ]
        headings = (_("Code"), _("Account"), _("Kind"), _("Role"), _("Cash flow"))
        return output.table(headings, rows) if rows else _("There is no account yet.")

    return Answer(value, text)


def account_record(row: "AccountRow") -> dict[str, object]:
    """Return an account for programs."""
    return {
        "account": row.path, "code": row.code, "kind": row.kind, "role": row.role,
        "cash_flow": row.cash_flow, "opened_on": row.opened_on, "closed_on": row.closed_on,
    }  # fmt: skip


def check(call: Call) -> Answer:
    """Prove the books; the exit code is 1 when something does not hold."""
    from boconsole.bank import checking as bank
    from boconsole.fixed_assets import checking as fixed_assets
    from boconsole.invoices import checking as documents
    from boconsole.ledger import checking, rebuilding
    from boconsole.revaluing import checking as revaluations

    session = call.session()
    notes: tuple[str, ...] = ()
    if call.words.rebuild:
        wrong = rebuilding.rebuild(session)
        told = ngettext("{n} kept sum or tag was wrong and is kept anew.",
                        "{n} kept sums or tags were wrong and are kept anew.", wrong)  # fmt: skip
        notes = (told.format(n=wrong) if wrong else _("No kept sum or tag was wrong."),)
    proof = checking.check(
        session, (documents.faults, bank.faults, fixed_assets.faults, revaluations.faults)
    )
    value = {
        "entries": proof.entries,
        "lines": proof.lines,
        "faults": [fault._asdict() for fault in proof.faults],
    }
    told = _("{entries} entries with {lines} lines were derived again.").format(
        entries=proof.entries, lines=proof.lines
    )
    if not proof.faults:
        return Answer(value, told + " " + _("Everything holds."), notes)
    reasons = "\n".join(fault.reason for fault in proof.faults)
    return Answer(value, f"{told}\n{reasons}", notes, code=1)


# Files


def import_journal(call: Call) -> Answer:
    """Take over a journal whole, or nothing of it."""
    from boconsole.ledger import importing

    session = call.session()
    done = importing.import_journal(session, Path(call.words.file), call.words.format)
    left = [
        {"what": each.what, "file": each.place.file, "line": each.place.line} for each in done.left
    ]
    notes = tuple(
        _("{file}:{line}: {what} is not imported.").format(
            file=each.place.file, line=each.place.line, what=each.what
        )
        for each in done.left
    )
    value = {
        "entries": done.entries, "lines": done.lines, "accounts": done.accounts,
        "commodities": done.commodities, "rates": done.rates, "not_imported": left,
    }  # fmt: skip
    told = ngettext(
        "{entries} entry with {lines} lines is posted.",
        "{entries} entries with {lines} lines are posted.",
        done.entries,
    )
    return Answer(value, told.format(entries=done.entries, lines=done.lines), notes)


def export_journal(call: Call) -> Answer:
    """Write the posted entries to a file."""
    from boconsole.ledger import exporting

    session = call.session()
    words = call.words
    done = exporting.export(
        session, Path(words.file), words.format,
        starts=_day(words.starts, "from") or exporting.FIRST,
        ends=_day(words.ends, "to") or exporting.LAST, spreadsheet=words.spreadsheet,
    )  # fmt: skip
    told = _("{entries} entries with {lines} lines are in {file}.")
    return Answer(done._asdict(), told.format(**done._asdict()))
