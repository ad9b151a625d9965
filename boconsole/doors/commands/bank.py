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
    reasons_text,
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
    from boconsole.bank.opening import Difference
    from db.bank.rows import BankRow

STATES = (N_("open"), N_("matched"))
DIFFERENCES = {
    "lines": N_("{day}: the statement ends with {told}, its lines lead to {found}."),
    "chain": N_("{day}: the statement begins with {told}, the lines before lead to {found}."),
    "balance": N_("{day}: the bank holds {told}, all lines lead to {found}."),
}


# Statements


def import_file(call: Call) -> Answer:
    """Take over a statement; lines that are there already are passed over."""
    from boconsole.bank import importing
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
    told = ngettext(
        "{added} line is new, {seen} were there.", "{added} lines are new, {seen} were there.",
        done.added,
    ).format(added=done.added, seen=done.seen)  # fmt: skip
    if words.dry_run:
        told += " " + _("Nothing was kept.")
    return Answer(_imported(done, words.dry_run), told, _notes(done))


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
    }  # fmt: skip


def _notes(done: "Imported") -> tuple[str, ...]:
    digits = done.bank.precision
    notes = [_difference(each, digits) for each in done.differences]
    notes += [
        _(
            "Line {line}: the id {id} is known with {known} on {day}; the bank changed it or gives "
            "its ids twice. The line was not taken."
        ).format(line=each.movement.line, id=each.movement.id, day=each.known_dated,
                 known=plain(each.known_amount, digits))
        for each in done.changed
    ]  # fmt: skip
    if done.rounded:
        notes.append(
            ngettext("{count} amount was rounded.", "{count} amounts were rounded.",
                     done.rounded).format(count=done.rounded)
        )  # fmt: skip
    if done.others:
        numbers = ", ".join(number or "?" for number in done.others)
        notes.append(_("Left aside: the accounts {numbers}.").format(numbers=numbers))
    return tuple(notes)


def _difference(each: "Difference", digits: int) -> str:
    return _(DIFFERENCES[each.kind]).format(
        day=each.day, told=plain(each.told, digits), found=plain(each.found, digits)
    )


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
    return _matched(matching.match(session, line, books))


def unmatch(call: Call) -> Answer:
    """Take a match apart."""
    from boconsole.bank import matching

    session = call.session()
    done = matching.unmatch(session, matching.get(session, _id(call.words.line)))
    told = _("Bank line {line} is open again.").format(line=done.line.id)
    return Answer(match_record(done), told)


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
