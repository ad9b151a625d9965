"""The bank by command: statements in, lines matched and taken apart."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.bank_records import (
    line_record,
    match_record,
    numbers,
    reason_record,
    statement_record,
)
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _, ngettext
from boconsole.ledger.words import parse_day
from boconsole.money import plain

if TYPE_CHECKING:
    from boconsole.bank.importing import Imported
    from boconsole.bank.matching import Matched
    from db.bank.rows import BankLineRow, BankRow

STATES = (N_("open"), N_("matched"), N_("aside"), N_("doubtful"))


# Statements


def import_file(call: Call) -> Answer:
    """Take over a statement; lines that are there already are passed over."""
    from boconsole.bank import importing, telling
    from boconsole.bank.choosing import Choices
    from boconsole.bank.reading.maps import read_table_map
    from boconsole.ledger import accounts

    words = call.words
    session = call.session()
    choices = Choices(
        read_table_map(Path(words.map)) if words.map else None, words.number.strip(),
        words.currency.strip(), _amount(words.opening, "opening"),
        _amount(words.closing, "closing"), words.round,
    )  # fmt: skip
    account = accounts.find(words.account)
    done = importing.import_statement(
        session, Path(words.file), account, choices, dry_run=words.dry_run
    )
    told = telling.summary(done)
    if words.dry_run:
        told += " " + _("Nothing was kept.")
    return Answer(_imported(done, words.dry_run), told, telling.notes(done))


def _amount(text: str, field: str) -> Decimal | None:
    if not text:
        return None
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InvalidChangeError(field, _("{text!r} is no amount").format(text=text[:40]))
    return number


def _imported(done: "Imported", dry_run: bool) -> dict[str, object]:
    digits = done.bank.precision
    return {
        "account": done.bank.account, "number": done.bank.number,
        "commodity": done.bank.commodity, "added": done.added, "seen": done.seen,
        "rounded": done.rounded, "dry_run": dry_run, "other_numbers": done.others,
        "differences": [
            {"kind": each.kind, "date": each.day, "told": plain(each.told, digits),
             "found": plain(each.found, digits),
             "difference": plain(each.told - each.found, digits)}
            for each in done.differences
        ],
        "changed": [
            {"line": each.movement.line, "id": each.movement.id, "date": each.movement.dated,
             "amount": plain(each.movement.amount, digits), "known_date": each.known_dated,
             "known_amount": plain(each.known_amount, digits)}
            for each in done.changed
        ],
        "doubtful": [
            {"line": each.movement.line, "id": each.movement.id, "date": each.movement.dated,
             "amount": plain(each.movement.amount, digits), "same_as": each.known.id}
            for each in done.doubtful
        ],
    }  # fmt: skip


def list_statements(call: Call) -> Answer:
    """List statements."""
    from boconsole.bank import withdrawing
    from boconsole.ledger import accounts

    session = call.session()
    account = accounts.find(call.words.account) if call.words.account else None
    found = withdrawing.statements(session, account)

    def text() -> str:
        rows = [
            (output.local(each.at, session.zone), each.name, str(each.added),
             str(each.closing_on or "-"), _balance(bank, each.closing), bank.account)
            for bank, each in found
        ]  # fmt: skip
        headings = (_("Time"), _("File"), _("New"), _("Date"), _("Balance"), _("Account"))
        return output.table(headings, rows, right=frozenset((2, 4))) if rows else _("Nothing.")

    return Answer([statement_record(bank, each) for bank, each in found], text)


def _balance(bank: "BankRow", amount: int | None) -> str:
    return "-" if amount is None else plain(amount, bank.precision)


def withdraw(call: Call) -> Answer:
    """Take back the last statement."""
    from boconsole.bank import withdrawing
    from boconsole.ledger import accounts

    session = call.session()
    bank, gone = withdrawing.withdraw(session, accounts.find(call.words.account))
    told = ngettext(
        "{file} is taken back with {count} line.", "{file} is taken back with {count} lines.",
        gone.added,
    ).format(file=gone.name, count=gone.added)  # fmt: skip
    return Answer(statement_record(bank, gone), told)


# Lines


def list_lines(call: Call) -> Answer:
    """List lines of the bank."""
    from boconsole.bank import matching, reconciling
    from boconsole.ledger import accounts

    state = call.words.state
    if state and state not in STATES:
        raise InvalidChangeError("state", _("expected one of {words}").format(
            words=", ".join(STATES)))  # fmt: skip
    session = call.session()
    account = accounts.find(call.words.account) if call.words.account else None
    found = reconciling.bank_lines(session, account, state)

    def text() -> str:
        rows = [
            (str(line.id), str(line.dated), plain(line.amount, bank.precision), bank.commodity,
             _(line.state), matching.text_of(line), bank.account)
            for bank, line in found
        ]  # fmt: skip
        headings = (_("Line"), _("Date"), _("Amount"), _("Commodity"), _("State"), _("Text"),
                    _("Account"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((0, 2))) if rows else _("Nothing.")

    return Answer([line_record(bank, line) for bank, line in found], text)


def match(call: Call) -> Answer:
    """Match a bank line with entries."""
    from boconsole.bank import matching

    session = call.session()
    line = matching.get(session, _id(call.words.line))
    bank = matching.bank_of(line)
    books = matching.books_of(session, bank, call.words.entries)
    if call.words.through:
        day = parse_day(call.words.through, field="through")
        books += matching.books_through(session, bank, day)
    more = [matching.get(session, _id(each)) for each in call.words.line_too]
    return _matched(matching.match(session, line, books, *more))


def unmatch(call: Call) -> Answer:
    """Take a match apart."""
    from boconsole.bank import matching

    session = call.session()
    done = matching.unmatch(session, matching.get(session, _id(call.words.line)))
    told = _("Bank line {line} is open again.").format(line=done.line.id)
    return Answer(match_record(done), told)


def aside(call: Call) -> Answer:
    """Set lines aside."""
    from boconsole.bank import deciding, matching

    session = call.session()
    chosen = [matching.get(session, _id(each)) for each in call.words.lines]
    done = deciding.set_aside(session, chosen, call.words.reason)
    told = ngettext("{count} line is set aside.", "{count} lines are set aside.", len(done))
    return Answer(_records(done), told.format(count=len(done)))


def keep(call: Call) -> Answer:
    """Let lines count again."""
    from boconsole.bank import deciding, matching

    session = call.session()
    done = deciding.keep(session, [matching.get(session, _id(each)) for each in call.words.lines])
    told = ngettext("{count} line counts.", "{count} lines count.", len(done))
    return Answer(_records(done), told.format(count=len(done)))


def _records(done: "list[BankLineRow]") -> list[dict[str, object]]:
    from boconsole.bank import matching

    return [line_record(matching.bank_of(line), line) for line in done]


def undo(call: Call) -> Answer:
    """Take the last act on bank lines back."""
    from boconsole.bank import telling, undoing

    done = undoing.undo_last(call.session())
    return Answer({"undone": done.action, "lines": list(done.line_ids)}, telling.undone(done))


def close(call: Call) -> Answer:
    """Close what is reconciled."""
    from boconsole.bank import closings, reconciling
    from boconsole.ledger import accounts

    session, words = call.session(), call.words
    account = accounts.find(words.account)
    row = closings.close(session, account, parse_day(words.at, field="at") if words.at else None)
    balance = plain(row.balance, reconciling.find_bank(account).precision)
    told = _("{account} is reconciled and closed up to {day} with {balance}.")
    return Answer(
        {"account": account.path, "through": row.through, "balance": balance},
        told.format(account=account.path, day=row.through, balance=balance),
    )


def reopen(call: Call) -> Answer:
    """Open again what was closed last."""
    from boconsole.bank import closings
    from boconsole.ledger import accounts

    session = call.session()
    account = accounts.find(call.words.account)
    row = closings.reopen(session, account, call.words.reason)
    told = _("{account} is open again up to {day}.").format(account=account.path, day=row.through)
    return Answer({"account": account.path, "through": row.through}, told)


def new(call: Call) -> Answer:
    """Post the entry that a bank line lacks, and match both."""
    from boconsole.bank import creating, matching

    words = call.words
    session = call.session()
    line = matching.get(session, _id(words.line))
    _made, done = creating.create(
        session, line, [*words.against, *words.more], description=words.description,
        payee=words.payee, dated=parse_day(words.date) if words.date else None,
    )  # fmt: skip
    return _matched(done)


def accept(call: Call) -> Answer:
    """Match everything that is certain."""
    from boconsole.bank import accepting
    from boconsole.bank.telling import reasons_text
    from boconsole.ledger import accounts

    session = call.session()
    done = accepting.accept(session, accounts.find(call.words.account))
    value = [
        {**match_record(found), "score": way.score, "reasons": [*map(reason_record, way.reasons)]}
        for found, way in done
    ]
    told = [f"{_sentence(found)} {reasons_text(way)}" for found, way in done]
    return Answer(value, "\n".join(told) or _("Nothing is certain."))


def _matched(done: "Matched") -> Answer:
    return Answer(match_record(done), _sentence(done))


def _sentence(done: "Matched") -> str:
    return _("Bank line {line} is matched with {entries}.").format(
        line=done.line.id, entries=", ".join(numbers(done.books))
    )


def _id(text: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text[:12]) < 2**31:
        return int(text)
    raise InvalidChangeError("line", _("{text!r} is no number above 0").format(text=text[:20]))


def list_rules(call: Call) -> Answer:
    """List what was learned from earlier matches."""
    from boconsole.bank import reconciling
    from boconsole.ledger import accounts

    found = reconciling.rules(call.session(), accounts.find(call.words.account))

    def text() -> str:
        rows = [(str(rule.uses), rule.pattern, rule.account) for rule in found]
        headings = (_("Uses"), _("Text"), _("Account"))
        return output.table(headings, rows, right=frozenset((0,))) if rows else _("Nothing.")

    return Answer(
        [{"pattern": r.pattern, "account": r.account, "uses": r.uses} for r in found], text
    )
