"""The bank as `--json` tells of it; amounts are exact decimals as text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boconsole.money import plain

if TYPE_CHECKING:
    from boconsole.bank.matching import Matched
    from boconsole.bank.proposing import Proposal, Reason
    from boconsole.bank.reconciling import Reconciliation
    from db.bank.rows import BankLineRow, BankRow, BookLineRow, StatementRow


def statement_record(bank: "BankRow", each: "StatementRow") -> dict[str, object]:
    """Return a statement for programs."""
    digits = bank.precision
    return {
        "account": bank.account, "commodity": bank.commodity, "file": each.name,
        "sha256": each.sha256, "imported_at": each.at, "added": each.added, "seen": each.seen,
        "opening": None if each.opening is None else plain(each.opening, digits),
        "closing": None if each.closing is None else plain(each.closing, digits),
        "closing_on": each.closing_on,
    }  # fmt: skip


def line_record(bank: "BankRow", line: "BankLineRow") -> dict[str, object]:
    """Return a bank line for programs; the amount is an exact decimal as text."""
    from boconsole.bank.keys import OPENING
    from boconsole.bank.matching import waits_for

    return {
        "line": line.id, "account": bank.account, "date": line.dated,
        "amount": plain(line.amount, bank.precision), "commodity": bank.commodity,
        "name": line.name, "memo": line.memo, "reference": line.reference,
        "opening": line.key == OPENING, "state": line.state, "reason": line.reason,
        "same_as": line.twin_id, "waits_for": waits_for(line),
    }  # fmt: skip


def match_record(done: "Matched") -> dict[str, object]:
    """Return a bank line with the entries it is, or was, matched with."""
    from boconsole.bank import matching

    bank = matching.bank_of(done.line)
    return {**line_record(bank, done.line), "entries": numbers(done.books)}


def numbers(books: "Sequence[BookLineRow]") -> list[str]:
    """Return the numbers of the entries of some lines, each once."""
    from boconsole.bank.matching import number_of

    return list(dict.fromkeys(number_of(book) for book in books))


def reconciliation_record(found: "Reconciliation") -> dict[str, object]:
    """Return a reconciliation for programs; amounts are exact decimals as text."""
    bank, told = found.bank, found.told
    digits = bank.precision
    return {
        "account": bank.account, "number": bank.number, "commodity": bank.commodity,
        "at": found.at,
        "statement_balance": plain(found.statement, digits),
        "statement_date": told.closing_on if told else None,
        "lines_balance": plain(found.lines, digits),
        "book_balance": plain(found.books, digits),
        "difference": plain(found.difference, digits),
        "open_bank_sum": plain(found.open_bank_sum, digits),
        "open_book_sum": plain(found.open_books_sum, digits),
        "reconciled_balance": plain(found.settled_bank, digits),
        "unexplained": plain(found.unexplained, digits),
        "proved": found.proved,
        "doubtful_lines": found.doubtful,
        "open_bank_lines": [line_record(bank, line) for line in found.open_lines],
        "open_book_lines": [book_record(bank, book) for book in found.open_books],
        "proposals": [
            proposal_record(bank, each) for listed in found.proposals.values() for each in listed
        ],
    }  # fmt: skip


def book_record(bank: "BankRow", book: "BookLineRow") -> dict[str, object]:
    """Return a line of the books for programs."""
    from boconsole.bank.matching import number_of

    return {
        "number": number_of(book), "date": book.dated,
        "amount": plain(book.amount, bank.precision), "commodity": bank.commodity,
        "code": book.code, "payee": book.payee, "description": book.description,
        "label": book.label,
    }  # fmt: skip


def proposal_record(bank: "BankRow", each: "Proposal") -> dict[str, object]:
    """Return a proposal for programs, with the reasons of its score."""
    return {
        "line": each.line_id, "kind": each.kind, "entries": numbers(each.lines),
        "account": each.account, "score": each.score, "certain": each.certain,
        "rest": plain(each.rest, bank.precision),
        "reasons": [reason_record(reason) for reason in each.reasons],
    }  # fmt: skip


def reason_record(reason: "Reason") -> dict[str, object]:
    """Return a reason for programs, with its words."""
    from boconsole.bank.telling import reason_text

    return {"kind": reason.kind, "points": reason.points, "text": reason_text(reason)}
