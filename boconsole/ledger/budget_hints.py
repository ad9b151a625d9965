"""What the doors tell about budgets: of an entry that is typed, prepared, posted or issued."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from boconsole.errors import InvalidChangeError
from boconsole.ledger import commodities, entering, entries, spending
from boconsole.ledger.entering import Choices, Typed
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.spending import Spending
from boconsole.money import AmountTooLargeError, PrecisionError, to_minor
from boconsole.session import Session
from db.ledger.rows import CommodityRow


def of(session: Session, made: Sequence[JournalEntry]) -> tuple[str, ...]:
    """Return a sentence for each budget that entries pass, as they are now."""
    return tuple(
        sentence for entry in made
        for sentence in spending.sentences(session, entry.head, entry.postings)
    )  # fmt: skip


def of_document(session: Session, entry_id: int | None) -> tuple[str, ...]:
    """Return the same for the entry of an issued document."""
    return of(session, [entries.get(session, str(entry_id))]) if entry_id else ()


def of_typed(
    session: Session, choices: Choices, day: date, lines: Sequence[Typed]
) -> tuple[str, ...]:
    """Return the same for an entry that is being typed; lines that cannot be read count nothing.

    Args:
        session: Who types.
        choices: As the form has them.
        day: Of the entry.
        lines: As they stand.
    """
    session.require("ledger.read")
    known = commodities.by_code()
    whole = [_with_code(line, choices) for line in lines]
    rest = entering.missing(whole)
    blank = [line for line in whole if line.account and not line.amount]
    found = []
    for line in whole:
        account = entering.account_of(choices.chart, line.account)
        if account is None:
            continue
        amounts = rest if len(blank) == 1 and line is blank[0] else _amount(line)
        for code, number in amounts.items():
            if (minor := _minor(number, known.get(code))) is not None:
                found.append(Spending(account.id, known[code].id, minor))
    return tuple(over.sentence for over in spending.of_lines(day, found))


def _with_code(line: Typed, choices: Choices) -> Typed:
    account = entering.account_of(choices.chart, line.account)
    typed = line.amount.partition(";")[0].strip()
    code = choices.habits.get(account.path, choices.default) if account else choices.default
    return line._replace(
        amount=entering.with_commodity(typed, code, choices.precisions)
        if line.amount else ""
    )  # fmt: skip


def _amount(line: Typed) -> Mapping[str, Decimal]:
    if not line.amount:
        return {}
    try:
        posting = entering.posting_of(line, 1)
    except InvalidChangeError:
        return {}
    amount = posting.amount
    return {amount.commodity: amount.number} if amount is not None else {}


def _minor(number: Decimal, commodity: CommodityRow | None) -> int | None:
    if commodity is None:
        return None
    try:
        return to_minor(number, commodity.code, commodity.precision)
    except (PrecisionError, AmountTooLargeError):
        return None
