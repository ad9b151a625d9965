"""The statements of the books by command: trial balance to journal, each with its proof.

The exit code is 1 when a proof does not hold.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.ledger.statements.shapes import Cell, Money, Proof, Row, Statement

LISTED = ("journal", "general-ledger")
"""Statements whose sections are entries or accounts with their lines."""
SUMMED = ("sides", "net-income", "cash")
"""Sections that are sums themselves."""


def trial_balance(call: Call) -> Answer:
    """Print the trial balance."""
    from boconsole.ledger.statements import trial

    starts, ends = _days(call)
    return _answer(
        call,
        trial.trial_balance(
            call.session(),
            starts,
            ends,
            compare=call.words.compare,
            currency=call.words.currency,
            where=call.words.where,
        ),
    )


def balance_sheet(call: Call) -> Answer:
    """Print the balance sheet."""
    from boconsole.ledger.statements import position

    starts, ends = _days(call)
    return _answer(
        call,
        position.balance_sheet(
            call.session(), ends, starts=starts, compare=call.words.compare,
            currency=call.words.currency,
        )
    )  # fmt: skip


def income_statement(call: Call) -> Answer:
    """Print the income statement."""
    from boconsole.ledger.statements import performance

    words = call.words
    return _answer(
        call,
        performance.income_statement(
            call.session(),
            *_days(call),
            compare=words.compare,
            currency=words.currency,
            where=words.where,
        ),
    )


def cash_flow(call: Call) -> Answer:
    """Print the cash-flow statement."""
    from boconsole.ledger.statements import cash

    words = call.words
    return _answer(
        call,
        cash.cash_flow(
            call.session(), *_days(call), method=words.method, compare=words.compare,
            currency=words.currency,
        )
    )  # fmt: skip


def equity_changes(call: Call) -> Answer:
    """Print how equity changed."""
    from boconsole.ledger.statements import equity

    return _answer(
        call, equity.equity_changes(call.session(), *_days(call), currency=call.words.currency)
    )


def general_ledger(call: Call) -> Answer:
    """Print accounts with their lines."""
    from boconsole.ledger.statements import details

    return _answer(
        call,
        details.general_ledger(
            call.session(), *_days(call), account=call.words.account, limit=_limit(call)
        ),
    )


def journal(call: Call) -> Answer:
    """Print entries in order of day."""
    from boconsole.ledger.statements import details

    return _answer(call, details.journal(call.session(), *_days(call), limit=_limit(call)))


def _days(call: Call) -> tuple[date | None, date | None]:
    words = call.words
    at = getattr(words, "at", "")
    if at and words.ends and at != words.ends:
        raise InvalidChangeError("at", _("it is the same as --to; give one of them"))
    starts = parse_day(words.starts, field="from") if words.starts else None
    ends = at or words.ends
    return starts, parse_day(ends, field="at" if at else "to") if ends else None


def _limit(call: Call) -> int:
    from boconsole.ledger.statements.details import LIMIT

    text: str = call.words.limit
    if not text:
        return LIMIT
    if not text.isdecimal() or not 0 < int(text) < 10**9:
        raise InvalidChangeError("limit", _("{text!r} is no number above 0").format(text=text[:20]))
    return int(text)


def _answer(call: Call, statement: "Statement") -> Answer:
    holds = all(proof.holds for proof in statement.proofs)
    if call.words.output or call.words.form:
        return _written(call, statement, 0 if holds else 1)
    return Answer(
        record(statement), lambda: _text(statement), tuple(_notes(statement)), 0 if holds else 1
    )


def _written(call: Call, statement: "Statement", code: int) -> Answer:
    """Write a statement to a file; without a name it has that of the statement."""
    from pathlib import Path

    from boconsole.ledger.statements import exporting, telling

    words = call.words
    path = Path(words.output or f"{statement.name}.{words.form}")
    notes = tuple(_notes(statement))
    lines = telling.lines(statement, notes)
    exporting.write(call.session(), path, statement, lines, form=words.form,
                    spreadsheet=words.spreadsheet, overwrite=True)  # fmt: skip
    told = ngettext("{n} line is in {path}.", "{n} lines are in {path}.", len(lines))
    return Answer({"statement": statement.name, "file": str(path), "lines": len(lines)},
                  told.format(n=len(lines), path=path), notes, code)  # fmt: skip


# For programs


def record(statement: "Statement") -> dict[str, object]:
    """Return a statement for programs; amounts are exact decimals as text, by commodity."""
    from boconsole.doors.budget_lines import judgements

    digits = statement.precisions
    columns = [column.key for column in statement.columns]
    return {
        "statement": statement.name,
        "title": statement.title,
        "signs": statement.signs,
        "currency": statement.currency or None,
        "columns": [
            {"column": column.key, "title": column.title, "from": column.starts, "to": column.ends}
            for column in statement.columns
        ],
        "sections": [
            {
                "section": section.key,
                "title": section.title,
                "rows": [
                    _row(row, columns, digits)
                    | judgements(statement, row.total, section.key, row.kind)
                    for row in section.rows
                ],
                "totals": _cells(columns, section.totals, digits),
                **judgements(statement, section.totals, section.key),
            }
            for section in statement.sections
        ],
        "proofs": [_proof(proof, digits) for proof in statement.proofs],
        "holds": all(proof.holds for proof in statement.proofs),
        "unclassified": list(statement.unclassified),
        "unconvertible": [
            {"column": each.column, "account": each.path, "commodity": each.commodity,
             "amount": _plain({each.commodity: each.amount}, digits)[each.commodity]}
            for each in statement.unconvertible
        ],
        "cut": statement.cut,
        "remarks": list(statement.remarks),
    }  # fmt: skip


def _row(row: "Row", columns: Sequence[str], digits: Mapping[str, int]) -> dict[str, object]:
    told: dict[str, object] = {
        "title": row.title, "account": row.path or None, "account_id": row.account_id or None,
        "kind": row.kind, "depth": row.depth, "cells": _cells(columns, row.own, digits),
    }  # fmt: skip
    if row.entry_id:
        told |= {"entry_id": row.entry_id, "number": row.number, "date": row.dated}
    else:
        told["totals"] = _cells(columns, row.total, digits)
    return told


def _cells(
    columns: Sequence[str], cells: Sequence["Cell"], digits: Mapping[str, int]
) -> dict[str, object]:
    return {
        column: {"amounts": _plain(cell.amounts, digits), "values": _plain(cell.values, digits)}
        for column, cell in zip(columns, cells, strict=True)
    }


def _proof(proof: "Proof", digits: Mapping[str, int]) -> dict[str, object]:
    return {
        "proof": proof.key, "sentence": proof.sentence, "column": proof.column,
        "left": _plain(proof.left, digits), "right": _plain(proof.right, digits),
        "holds": proof.holds,
    }  # fmt: skip


def _plain(money: "Money", digits: Mapping[str, int]) -> dict[str, str]:
    from boconsole.money import plain

    return {code: plain(amount, digits[code]) for code, amount in money.items()}


# For people


def _text(statement: "Statement") -> str:
    from boconsole.doors import budget_lines
    from boconsole.ledger.statements import plans

    headings: tuple[str, ...] = (_("Account"), *(column.title for column in statement.columns))
    rows = list(_lines(statement))
    if plans.is_budgeted(statement):
        headings, rows = (*headings, _("Per cent")), list(budget_lines.lines(statement))
    right = frozenset(range(1, len(headings)))
    told = output.table(headings, rows, right=right) if rows else _("Nothing.")
    return "\n".join((statement.title, "", told, "", *_proved(statement)))


def _lines(statement: "Statement") -> Iterator[tuple[str, ...]]:
    """Yield the rows that hold something themselves, section by section, and their totals."""
    empty = ("",) * len(statement.columns)
    listed = statement.name in LISTED
    for section in statement.sections:
        yield (section.title if listed else section.title.upper(), *empty)
        rows = [row for row in section.rows if _is_told(row)]
        for row in rows:
            yield from _amounts(statement, _title(statement, row), row.own)
        if rows and not listed and section.key not in SUMMED:
            yield from _amounts(statement, _("Total"), section.totals)


def _title(statement: "Statement", row: "Row") -> str:
    if statement.name == "general-ledger" and row.entry_id:
        return f"{row.dated} {row.number} {row.title}"
    return row.path or row.title


def _is_told(row: "Row") -> bool:
    return any(cell.amounts or cell.values for cell in row.own) or row.kind == "sum"


def _amounts(
    statement: "Statement", title: str, cells: Sequence["Cell"]
) -> Iterator[tuple[str, ...]]:
    """Yield one line for each commodity, the title on the first."""
    columns = [
        [f"{amount} {code}" for code, amount in _plain(money, statement.precisions).items()]
        for money in (getattr(cell, statement.measure) for cell in cells)
    ]
    for place in range(max([1, *map(len, columns)])):
        told = (column[place] if place < len(column) else "" for column in columns)
        yield (title if place == 0 else "", *(text or ("0" if place == 0 else "") for text in told))


def _proved(statement: "Statement") -> Iterator[str]:
    """Yield each sentence that holds, with its sides, and all that does not hold."""
    failed = {proof.sentence for proof in statement.proofs if not proof.holds}
    told: dict[str, Proof] = {}
    for proof in statement.proofs:
        first = told.setdefault(proof.sentence, proof)
        if proof.column == first.column and proof.key.endswith("-converted"):
            told[proof.sentence] = proof
    if statement.name != "general-ledger":
        for sentence, proof in told.items():
            if sentence not in failed:
                yield _("Proved: {sentence} ({sum})").format(
                    sentence=sentence, sum=_joined(proof.left, statement)
                )
    for proof in statement.proofs:
        if not proof.holds:
            yield _("Not so ({column}): {sentence} {left} against {right}.").format(
                column=proof.column, sentence=proof.sentence,
                left=_joined(proof.left, statement), right=_joined(proof.right, statement),
            )  # fmt: skip


def _joined(money: "Money", statement: "Statement") -> str:
    told = _plain(money, statement.precisions)
    return ", ".join(f"{amount} {code}" for code, amount in told.items()) or "0"


def _notes(statement: "Statement") -> Iterator[str]:
    yield from statement.remarks
    if count := len(statement.unclassified):
        option = "--cash-flow" if statement.name == "cash-flow" else "--kind"
        text = ngettext(
            "{count} account is not classified ({first}); say what it is with: "
            "boconsole ledger account NAME {option} X",
            "{count} accounts are not classified ({first}, …); say what they are with: "
            "boconsole ledger account NAME {option} X",
            count,
        )
        yield text.format(count=count, first=statement.unclassified[0], option=option)
    for code in dict.fromkeys(each.commodity for each in statement.unconvertible):
        left = [each for each in statement.unconvertible if each.commodity == code]
        text = _(
            "No rate leads from {commodity} to {currency}; amounts left out: {count}, "
            "the first {amount} of {account}."
        )
        yield text.format(
            commodity=code, currency=statement.currency, count=len(left),
            amount=_plain({code: left[0].amount}, statement.precisions)[code],
            account=left[0].path or _("cash"),
        )  # fmt: skip
    if statement.cut:
        yield _("There is more; ask for fewer days, or for more with --limit.")
