"""Bank and books beside each other."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.bank_records import numbers, reconciliation_record
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day
from boconsole.money import plain

if TYPE_CHECKING:
    from boconsole.bank.proposing import Proposal
    from boconsole.bank.reconciling import Reconciliation


def reconcile(call: Call) -> Answer:
    """Tell what bank and books say; the exit code is 1 where the lines of the bank miss."""
    from boconsole.bank import reconciling
    from boconsole.ledger import accounts

    words = call.words
    session = call.session()
    at = parse_day(words.at, field="at") if words.at else None
    found = reconciling.reconcile(session, accounts.find(words.account), at)
    value = reconciliation_record(found)
    value["at"] = at
    return Answer(value, lambda: _reconciliation_text(found), code=0 if found.proved else 1)


def _reconciliation_text(found: "Reconciliation") -> str:
    digits = found.bank.precision
    sums = (
        (_("Bank"), found.statement), (_("Open lines of the bank"), -found.open_bank_sum),
        (_("Books"), found.books), (_("Open lines of the books"), -found.open_books_sum),
        (_("Reconciled"), found.settled_bank), (_("Difference"), found.difference),
    )  # fmt: skip
    parts = [output.table(("", found.bank.commodity),
                          [(name, plain(amount, digits)) for name, amount in sums],
                          right=frozenset((1,)))]  # fmt: skip
    if found.statement != found.lines:
        parts.append(
            _("The bank says {told}, its lines lead to {found}: lines are missing.").format(
                told=plain(found.statement, digits), found=plain(found.lines, digits)
            )
        )
    if found.doubtful:
        parts.append(
            ngettext(
                "{n} line seems to be told twice and counts nothing; see it with: boconsole ledger "
                "bank lines --state doubtful",
                "{n} lines seem to be told twice and count nothing; see them with: boconsole "
                "ledger bank lines --state doubtful",
                found.doubtful,
            ).format(n=found.doubtful)
        )
    parts += [_open_lines(found), _open_books(found)]
    return "\n\n".join(part for part in parts if part)


def _open_lines(found: "Reconciliation") -> str:
    from boconsole.bank.matching import text_of

    rows = []
    for line in found.open_lines:
        best = next(iter(found.proposals.get(line.id, ())), None)
        rows.append(
            (str(line.id), str(line.dated), plain(line.amount, found.bank.precision),
             text_of(line), _best(best) if best else "")
        )  # fmt: skip
    headings = (_("Line"), _("Date"), _("Bank"), _("Text"), _("Proposed"))
    return output.table(headings, rows, right=frozenset((0, 2))) if rows else ""


def _best(way: "Proposal") -> str:
    from boconsole.bank.telling import reasons_text

    what = ", ".join(numbers(way.lines)) if way.lines else way.account
    return f"{way.score} {what} {reasons_text(way)}"


def _open_books(found: "Reconciliation") -> str:
    from boconsole.bank.matching import number_of

    rows = [
        (number_of(book), str(book.dated), plain(book.amount, found.bank.precision),
         book.description)
        for book in found.open_books
    ]  # fmt: skip
    headings = (_("Number"), _("Date"), _("Books"), _("Description"))
    return output.table(headings, rows, right=frozenset((2,))) if rows else ""
